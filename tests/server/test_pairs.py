"""Models unlike the shipped ones: one that sees two digits, which only classifies, and one of two iterations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from fastapi.testclient import TestClient

from model.checkpoint import CheckpointError, ModelCard, load_model, save_weights
from model.config import CapsNetConfig
from model.datasets import to_unit
from model.functional import lengths
from model.network import CapsNet
from model.tasks import PAIR, TASKS, TaskName
from server.app import create_app
from server.settings import Settings
from tests.server.helpers import error_of, png, stroke

JSON = {"content-type": "application/json"}


def save_small(folder: Path, name: str, task: TaskName, **sizes: int) -> None:
    """A small network with weights drawn from a seed, and its card."""
    torch.manual_seed(5)
    size = TASKS[task].image_size
    config = CapsNetConfig(image_size=size, conv1_channels=4, decoder_hidden=(8, 8), routing_iterations=2, **sizes)
    network = CapsNet(config)
    torch.nn.init.normal_(network.class_caps.weight)  # lengths that differ
    card = ModelCard(
        name=name, title=name, dataset="none", preprocessing="none", classes=list("0123456789"), config=config,
        parameter_count=network.parameter_count(), seed=5, epochs=2, epoch_test_errors=[90.0, 80.0], test_error=80.0,
        misclassified={3: [7, 1]} if task == "pair" else {3: 7}, training={}, command="none", made_with="none",
        dtype="float16", sha256=save_weights(network, folder / f"{name}.safetensors"), task=task,
    )  # fmt: skip
    (folder / f"{name}.json").write_text(card.to_json())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    save_small(folder, "one", "digit")
    save_small(folder, "two", "pair")
    return folder


@pytest.fixture(scope="module")
def both(folder: Path) -> Iterator[TestClient]:
    settings = Settings(device="cpu", weights_dir=folder, default_model="one")
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def pair(test_digits: Any) -> dict[str, list[list[float]]]:
    """The first test pair as a JSON body."""
    few = PAIR.test_set(type(test_digits)(test_digits.images[:50], test_digits.labels[:50]))
    return {"pixels": to_unit(few.images[0]).tolist()}


def test_models_say_what_they_see(both: TestClient) -> None:
    models = {model["name"]: model for model in both.get("/api/models").json()["models"]}
    assert (models["one"]["task"], models["one"]["image_size"]) == ("digit", [28, 28])
    assert (models["two"]["task"], models["two"]["image_size"]) == ("pair", [36, 36])


def test_two_digits_are_the_two_longest_capsules(both: TestClient, folder: Path, pair: dict[str, Any]) -> None:
    answer = both.post("/api/classify?model=two", json=pair).json()
    with torch.inference_mode():
        expected = lengths(load_model("two", folder).network(torch.tensor([pair["pixels"]])))[0]
    assert answer["lengths"] == pytest.approx(expected.tolist(), rel=0, abs=1e-6)
    assert answer["labels"] == expected.argsort(descending=True)[:2].tolist()
    assert answer["label"] == answer["labels"][0]


def test_one_digit_is_the_longest_capsule(both: TestClient, pixels: dict[str, Any]) -> None:
    answer = both.post("/api/classify", json=pixels).json()
    assert answer["model"] == "one"
    assert answer["labels"] == [answer["label"]] == [max(range(10), key=answer["lengths"].__getitem__)]


@pytest.mark.parametrize("path", ["trace", "perturb", "planes", "masks"])
def test_a_model_routes_as_often_as_it_was_trained_to(both: TestClient, pixels: dict[str, Any], path: str) -> None:
    usual, two, three = (
        both.post(f"/api/{path}{query}", json=pixels, headers={"accept": "application/json"}).json()["tensors"]
        for query in ("", "?iterations=2", "?iterations=3")
    )
    assert usual == two != three


def test_each_model_takes_its_own_size(both: TestClient, pixels: dict[str, Any], pair: dict[str, Any]) -> None:
    assert error_of(both.post("/api/classify?model=two", json=pixels)) == (422, "wrong_shape")
    assert error_of(both.post("/api/classify?model=one", json=pair)) == (422, "wrong_shape")
    blank = {"pixels": [[0.0] * 36] * 36}
    assert error_of(both.post("/api/classify?model=two", json=blank)) == (422, "blank")
    drawn = both.post("/api/classify?model=two", content=png(stroke()), headers={"content-type": "image/png"})
    assert error_of(drawn) == (415, "unsupported_type")


@pytest.mark.parametrize("path", ["trace", "perturb", "reconstruct"])
def test_what_knows_of_one_digit_refuses_two(both: TestClient, pair: dict[str, Any], path: str) -> None:
    for body in (pair, {"poses": [[0.0] * 16], "label": 3}):
        assert error_of(both.post(f"/api/{path}?model=two", json=body)) == (422, "wrong_task")


def test_the_gallery_and_the_dials_refuse_two(both: TestClient) -> None:
    assert error_of(both.get("/api/digits?model=two")) == (422, "wrong_task")
    assert error_of(both.get("/api/digits/0?model=two")) == (422, "wrong_task")
    with both.websocket_connect("/api/dials?model=two") as socket:
        assert socket.receive_json()["error"]["code"] == "wrong_task"
        assert socket.receive()["type"] == "websocket.close"


def test_a_model_of_pairs_cannot_be_the_default(folder: Path) -> None:
    app = create_app(Settings(device="cpu", weights_dir=folder, default_model="two"))
    with pytest.raises(ValueError, match="'two' sees two"), TestClient(app):
        pass


def test_a_model_whose_capsules_no_request_can_name_is_refused(tmp_path: Path) -> None:
    save_small(tmp_path, "one", "digit")
    save_small(tmp_path, "narrow", "digit", primary_types=2)
    app = create_app(Settings(device="cpu", weights_dir=tmp_path, default_model="one"))
    with pytest.raises(ValueError, match="'narrow' cannot be served"), TestClient(app):
        pass


@pytest.mark.parametrize(("was", "now"), [('"task": "pair"', '"task": "digit"'), ('"task": "pair"', '"task": "trio"')])
def test_a_card_whose_task_is_none_is_refused(folder: Path, was: str, now: str) -> None:
    text = (folder / "two.json").read_text()
    assert was in text
    with pytest.raises(CheckpointError, match="not a model card: no task"):
        ModelCard.from_json(text.replace(was, now))
