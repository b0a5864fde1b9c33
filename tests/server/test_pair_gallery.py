"""The gallery of test pairs."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from io import BytesIO

import numpy as np
import pytest
from fastapi.testclient import TestClient
from PIL import Image

from model.data.datasets import Digits, to_unit
from model.data.tasks import PAIR
from model.network.config import CapsNetConfig
from model.zoo.checkpoint import ModelCard, load_model
from server.app import create_app
from server.settings import Settings
from tests.conftest import TEST_CLIENT
from tests.server.helpers import error_of, read_safetensors
from tests.small_models import save_capsnet

PATH = "/api/pairs?model=multimnist"


@pytest.fixture(scope="module")
def test_pairs(test_digits: Digits) -> Digits:
    return PAIR.test_set(test_digits)


@pytest.fixture(scope="module")
def card(settings: Settings) -> ModelCard:
    return load_model("multimnist", settings.weights_dir).card


def test_the_first_page(client: TestClient, test_pairs: Digits, test_digits: Digits) -> None:
    page = client.get(PATH).json()
    assert (page["page"], page["pages"], page["count"]) == (0, 167, 10_000)
    assert [pair["index"] for pair in page["pairs"]] == list(range(60))
    assert [pair["labels"] for pair in page["pairs"]] == test_pairs.labels[:60].tolist()
    for pair in page["pairs"]:
        assert pair["digits"][0] == pair["index"]
        assert test_digits.labels[pair["digits"]].tolist() == pair["labels"]


def test_a_thumbnail_is_the_pair(client: TestClient, test_pairs: Digits) -> None:
    for pair in client.get(f"{PATH}&page=2").json()["pairs"]:
        head, _, data = pair["thumbnail"].partition(",")
        assert head == "data:image/png;base64"
        picture = np.asarray(Image.open(BytesIO(base64.b64decode(data))))
        np.testing.assert_array_equal(picture, test_pairs.images[pair["index"]].numpy())


def test_pages_by_label_hold_each_pair_with_such_a_digit_once(client: TestClient, test_pairs: Digits) -> None:
    expected = (test_pairs.labels == 5).any(dim=1).nonzero().flatten().tolist()
    first = client.get(f"{PATH}&label=5").json()
    pages = [client.get(f"{PATH}&label=5&page={page}").json() for page in range(first["pages"])]
    assert [pair["index"] for page in pages for pair in page["pairs"]] == expected
    assert first["count"] == len(expected)


def test_the_misclassified_pairs_are_those_of_the_card(client: TestClient, card: ModelCard) -> None:
    first = client.get(f"{PATH}&misclassified=true").json()
    pages = [client.get(f"{PATH}&misclassified=true&page={page}").json() for page in range(first["pages"])]
    assert {pair["index"]: pair["predicted"] for page in pages for pair in page["pairs"]} == card.misclassified
    assert first["count"] == len(card.misclassified)
    others = client.get(f"{PATH}&misclassified=false").json()
    assert others["count"] == 10_000 - len(card.misclassified)
    assert all(pair["predicted"] == pair["labels"] for pair in others["pairs"])


def test_filters_combine(client: TestClient, card: ModelCard, test_pairs: Digits) -> None:
    expected = [index for index in sorted(card.misclassified) if 4 in test_pairs.labels[index].tolist()]
    page = client.get(f"{PATH}&misclassified=true&label=4").json()
    assert [pair["index"] for pair in page["pairs"]] == expected[:60]
    assert page["count"] == len(expected)


@pytest.mark.parametrize("page", ["167", "9" * 30])
def test_past_the_last_page_the_list_is_empty(client: TestClient, page: str) -> None:
    answer = client.get(f"{PATH}&page={page}").json()
    assert (answer["pairs"], answer["pages"]) == ([], 167)


def test_a_pairs_pixels_and_layers_are_exact_and_can_be_posted(
    client: TestClient, card: ModelCard, test_pairs: Digits, test_digits: Digits
) -> None:
    index = min(card.misclassified)
    pair = client.get(f"/api/pairs/{index}?model=multimnist").json()
    assert (pair["index"], pair["predicted"]) == (index, card.misclassified[index])
    assert pair["labels"] == test_pairs.labels[index].tolist()
    np.testing.assert_array_equal(np.float32(pair["pixels"]), to_unit(test_pairs.images[index]).numpy())
    for layer, digit, offset in zip(pair["layers"], pair["digits"], pair["offsets"], strict=True):
        np.testing.assert_array_equal(np.float32(layer["pixels"]), to_unit(test_digits.images[digit]).numpy())
        assert layer["offset"] == offset
    trace = "/api/trace?model=multimnist"
    by_pixels, _ = read_safetensors(client.post(trace, json={"pixels": pair["pixels"]}).content)
    by_layers, _ = read_safetensors(client.post(trace, json={"layers": pair["layers"]}).content)
    np.testing.assert_allclose(by_layers["image"], by_pixels["image"], atol=1e-7)
    for tensors in (by_pixels, by_layers):
        assert np.argsort(-tensors["lengths"][-1])[:2].tolist() == pair["predicted"]


def test_offsets_are_those_of_training(client: TestClient) -> None:
    pairs = [pair for page in range(3) for pair in client.get(f"{PATH}&page={page}").json()["pairs"]]
    offsets = np.array([pair["offsets"] for pair in pairs])
    assert offsets.shape == (180, 2, 2)
    assert (offsets.min(), offsets.max()) == (-4, 4)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/pairs/10000?model=multimnist", 404, "unknown_pair"),
        ("/api/pairs/-1?model=multimnist", 404, "unknown_pair"),
        ("/api/pairs/seven?model=multimnist", 422, "wrong_type"),
        (f"{PATH}&label=10", 422, "out_of_range"),
        (f"{PATH}&page=-1", 422, "out_of_range"),
        (f"{PATH}&misclassified=perhaps", 422, "wrong_type"),
        ("/api/pairs?model=cifar", 404, "unknown_model"),
        ("/api/pairs/0?model=cifar", 404, "unknown_model"),
        ("/api/pairs", 422, "wrong_task"),
        ("/api/pairs/0", 422, "wrong_task"),
        ("/api/pairs?model=mnist", 422, "wrong_task"),
    ],
)
def test_bad_questions(client: TestClient, path: str, status: int, code: str) -> None:
    assert error_of(client.get(path)) == (status, code)


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A model of pairs with other sizes and fewer classes, beside one of single digits."""
    folder = tmp_path_factory.mktemp("weights")
    small = CapsNetConfig(conv1_channels=4, primary_types=2, decoder_hidden=(8, 8))
    save_capsnet(folder, "one", small)
    large = CapsNetConfig(image_size=40, conv1_channels=4, primary_types=2, classes=7, decoder_hidden=(8, 8))
    save_capsnet(folder, "two", large, task="pair")
    settings = Settings(device="cpu", allowed_hosts=TEST_CLIENT, weights_dir=folder, default_model="one")
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


def test_a_model_of_other_sizes_sees_pairs_of_its_classes_in_its_size(other: TestClient, test_pairs: Digits) -> None:
    page = other.get("/api/pairs?model=two").json()
    assert page["count"] == int((test_pairs.labels < 7).all(dim=1).sum())
    pair = other.get(f"/api/pairs/{page['pairs'][0]['index']}?model=two").json()
    assert np.array(pair["pixels"]).shape == (40, 40)
    for body in ({"pixels": pair["pixels"]}, {"layers": pair["layers"]}):
        assert other.post("/api/classify?model=two", json=body).status_code == 200
    lacking = int((test_pairs.labels == 9).any(dim=1).nonzero()[0])
    assert error_of(other.get(f"/api/pairs/{lacking}?model=two")) == (404, "unknown_pair")
    assert error_of(other.get("/api/pairs?model=two&label=7")) == (422, "out_of_range")
