"""Models unlike the default one: one that sees two digits, and one of two iterations."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from fastapi.testclient import TestClient

from model.data.datasets import to_unit
from model.data.tasks import PAIR
from model.network.config import CapsNetConfig
from model.network.functional import lengths
from model.zoo.checkpoint import CheckpointError, ModelCard, load_model
from server.app import create_app
from server.settings import Settings
from tests.conftest import TEST_CLIENT
from tests.server.helpers import error_of, png, read_safetensors, stroke
from tests.small_models import save_capsnet

SMALL: dict[str, Any] = {"conv1_channels": 4, "decoder_hidden": (8, 8), "routing_iterations": 2}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    save_capsnet(folder, "one", CapsNetConfig(**SMALL))
    save_capsnet(folder, "two", CapsNetConfig(image_size=36, **SMALL), task="pair")
    return folder


@pytest.fixture(scope="module")
def both(folder: Path) -> Iterator[TestClient]:
    settings = Settings(device="cpu", allowed_hosts=TEST_CLIENT, weights_dir=folder, default_model="one")
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def pair(test_digits: Any) -> dict[str, list[list[float]]]:
    """The first test pair as a JSON body."""
    few = PAIR.test_set(type(test_digits)(test_digits.images[:50], test_digits.labels[:50]))
    return {"pixels": to_unit(few.images[0]).tolist()}


def test_models_say_what_they_see(both: TestClient) -> None:
    models = {model["name"]: model for model in both.get("/api/models").json()["models"]}
    assert (models["one"]["task"], models["one"]["geometry"]["image"]) == ("digit", [28, 28])
    assert (models["two"]["task"], models["two"]["geometry"]["image"]) == ("pair", [36, 36])


def test_two_digits_are_the_two_longest_capsules(both: TestClient, folder: Path, pair: dict[str, Any]) -> None:
    answer = both.post("/api/classify?model=two", json=pair).json()
    with torch.inference_mode():
        expected = lengths(load_model("two", folder).capsnet(torch.tensor([pair["pixels"]])))[0]
    assert answer["lengths"] == pytest.approx(expected.tolist(), rel=0, abs=1e-6)
    assert answer["labels"] == expected.argsort(descending=True)[:2].tolist()
    assert answer["label"] == answer["labels"][0]


def test_one_digit_is_the_longest_capsule(both: TestClient, pixels: dict[str, Any]) -> None:
    answer = both.post("/api/classify", json=pixels).json()
    assert answer["model"] == "one"
    assert answer["labels"] == [answer["label"]] == [max(range(10), key=answer["lengths"].__getitem__)]


@pytest.mark.parametrize("path", ["trace", "perturb", "planes", "wholes", "masks"])
def test_a_model_routes_as_often_as_it_was_trained_to(both: TestClient, pixels: dict[str, Any], path: str) -> None:
    usual, two, three = (
        both.post(f"/api/{path}{query}", json=pixels, headers={"accept": "application/json"}).json()["tensors"]
        for query in ("", "?iterations=2", "?iterations=3")
    )
    assert usual == two != three


def test_each_model_takes_its_own_size(both: TestClient, pixels: dict[str, Any], pair: dict[str, Any]) -> None:
    for name, body, wanted in (("two", pixels, "36 x 36 pixels"), ("one", pair, "28 x 28 pixels")):
        for path in ("classify", "trace", "perturb", "planes", "wholes", "masks"):
            refused = both.post(f"/api/{path}?model={name}", json=body)
            assert error_of(refused) == (422, "wrong_shape")
            assert refused.json()["error"]["message"] == f"pixels: This model takes {wanted}."
    blank = {"pixels": [[0.0] * 36] * 36}
    assert error_of(both.post("/api/classify?model=two", json=blank)) == (422, "blank")


SHAPES = {
    "trace?include=votes,conv1": {
        "image": (36, 36),
        "conv1": (4, 28, 28),
        "primary_capsules": (3200, 8),
        "votes": (3200, 10, 16),
        "routing_logits": (2, 3200, 10),
        "coupling_coefficients": (2, 3200, 10),
        "agreement": (2, 3200, 10),
        "class_capsules": (2, 10, 16),
        "lengths": (2, 10),
        "reconstruction": (36, 36),
    },
    "perturb": {"perturbations": (16, 11, 36, 36), "offsets": (11,), "pose": (16,)},
    "planes": {
        "labels": (2,),
        "axes": (2, 2, 16),
        "points": (2, 3200, 2),
        "variance": (2, 2),
        "sums": (2, 2, 2),
        "class_capsules": (2, 2, 2),
    },
    "wholes": {
        "labels": (2,),
        "parts": (2, 10),
        "strengths": (2, 10),
        "votes": (2, 10, 16),
        "pictures": (2, 10, 36, 36),
        "cosines": (2, 10),
        "among": (2,),
        "counts": (39,),
        "sums": (2, 39, 16),
        "sum_pictures": (2, 39, 36, 36),
    },
    "masks": {
        "reconstructions": (10, 36, 36),
        "errors": (10,),
        "stretched": (10, 36, 36),
        "stretched_errors": (10,),
        "lengths": (10,),
    },
}


@pytest.mark.parametrize("path", SHAPES)
def test_a_pair_is_answered_in_its_own_sizes(both: TestClient, pair: dict[str, Any], path: str) -> None:
    answer = both.post(f"/api/{path}{'&' if '?' in path else '?'}model=two", json=pair)
    tensors, _ = read_safetensors(answer.content)
    assert {name: array.shape for name, array in tensors.items()} == SHAPES[path]
    silenced = pair | {"interventions": {"silence": {"capsules": [3199]}}}
    assert both.post(f"/api/{path}{'&' if '?' in path else '?'}model=two", json=silenced).status_code == 200


def test_the_trace_of_a_pair_is_the_networks(both: TestClient, folder: Path, pair: dict[str, Any]) -> None:
    tensors, _ = read_safetensors(both.post("/api/trace?model=two", json=pair).content)
    with torch.inference_mode():
        expected = load_model("two", folder).capsnet.trace(torch.tensor([pair["pixels"]]))
    for name, array in tensors.items():
        np.testing.assert_allclose(array, getattr(expected, name)[0], atol=1e-6, err_msg=name)


def test_the_dials_draw_pictures_of_two_digits(both: TestClient) -> None:
    pose = np.linspace(-0.5, 0.5, 16, dtype=np.float32)
    drawn, _ = read_safetensors(
        both.post("/api/reconstruct?model=two", json={"poses": [pose.tolist()], "label": 3}).content
    )
    with both.websocket_connect("/api/dials?model=two") as socket:
        socket.send_bytes(struct.pack("<II", 5, 3) + pose.tobytes())
        answer = socket.receive_bytes()
    assert struct.unpack_from("<II", answer) == (5, 3)
    picture = np.frombuffer(answer, "<f4", offset=8).reshape(36, 36)
    np.testing.assert_allclose(picture, drawn["reconstructions"][0], atol=1e-6)


@pytest.mark.parametrize("path", ["classify", "trace", "perturb", "planes", "wholes", "masks"])
def test_a_model_of_pairs_takes_no_drawings(both: TestClient, path: str) -> None:
    sent: list[dict[str, Any]] = [{"content": png(stroke()), "headers": {"content-type": "image/png"}}]
    if path != "classify":
        sent.append({"files": {"drawing": ("drawing.png", png(stroke()), "image/png")}})
    for body in sent:
        refused = both.post(f"/api/{path}?model=two", **body)
        assert error_of(refused) == (415, "unsupported_type")
        assert "two digits at once" in refused.json()["error"]["message"]
        assert "36 x 36 pixels" in refused.json()["error"]["message"]


def test_what_is_about_single_digits_refuses_two(both: TestClient) -> None:
    for path in ("digits", "digits/0", "iterations", "gauge", "agreement", "dimensions?label=3"):
        asked = f"/api/{path}{'&' if '?' in path else '?'}model=two"
        assert error_of(both.get(asked)) == (422, "wrong_task")


def test_a_model_of_pairs_cannot_be_the_default(folder: Path) -> None:
    app = create_app(Settings(device="cpu", weights_dir=folder, default_model="two"))
    with pytest.raises(ValueError, match="must take drawings, and 'two' sees two"), TestClient(app):
        pass


def test_a_card_whose_task_is_none_is_refused(folder: Path) -> None:
    text = (folder / "two.json").read_text(encoding="utf-8")
    assert '"task": "pair"' in text
    with pytest.raises(CheckpointError, match="not a model card: no task 'trio'"):
        ModelCard.from_json(text.replace('"task": "pair"', '"task": "trio"'))


def test_a_model_of_pairs_takes_no_strokes(client: TestClient) -> None:
    refused = client.post("/api/classify?model=multimnist", json={"strokes": [[[0.5, 0.2], [0.5, 0.8]]]})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "wrong_task")


def test_the_shipped_model_of_pairs_is_traced(client: TestClient, pair: dict[str, Any]) -> None:
    answer = client.post("/api/trace?model=multimnist&include=votes", json=pair)
    tensors, metadata = read_safetensors(answer.content)
    assert metadata["model"] == "multimnist"
    assert tensors["primary_capsules"].shape == (3200, 8)
    assert tensors["votes"].shape == (3200, 10, 16)
    found = client.post("/api/classify?model=multimnist", json=pair).json()
    assert found["label"] == int(metadata["label"])
    np.testing.assert_allclose(tensors["lengths"][-1], found["lengths"], atol=1e-6)
