"""A network without capsules beside one with them: it classifies, and says clearly what it cannot answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from model.predictor import Predictor
from server.app import create_app
from server.settings import Settings
from tests.conftest import TEST_CLIENT
from tests.server.helpers import error_of, png, stroke
from tests.small_models import save_cnn, save_unlike_the_paper


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    save_unlike_the_paper(folder)
    save_cnn(folder)
    return folder


@pytest.fixture(scope="module")
def mixed(folder: Path) -> Iterator[TestClient]:
    settings = Settings(device="cpu", allowed_hosts=TEST_CLIENT, weights_dir=folder, default_model="small")
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


def test_it_tells_what_it_is(mixed: TestClient) -> None:
    models = {model["name"]: model for model in mixed.get("/api/models").json()["models"]}
    cnn = models["cnn"]
    assert (cnn["architecture"], cnn["has_capsules"], cnn["routing_iterations"]) == ("cnn", False, None)
    assert (cnn["geometry"]["image"], cnn["geometry"]["classes"]) == ([28, 28], 10)
    assert cnn["geometry"]["primary_count"] is cnn["geometry"]["pose_dim"] is None
    assert (models["small"]["architecture"], models["small"]["has_capsules"]) == ("capsnet", True)


def test_it_classifies(mixed: TestClient, folder: Path, pixels: dict[str, Any]) -> None:
    answer = mixed.post("/api/classify?model=cnn", json=pixels).json()
    found = Predictor.load("cnn", folder, "cpu").classify(pixels["pixels"])
    assert answer["lengths"] == pytest.approx(found.lengths.tolist(), abs=1e-6)
    assert answer["labels"] == found.labels.tolist() == [answer["label"]]


@pytest.mark.parametrize("path", ["trace", "perturb", "planes", "wholes", "masks", "reconstruct"])
def test_it_has_no_capsules_to_show(mixed: TestClient, pixels: dict[str, Any], path: str) -> None:
    body = {"poses": [[0.1] * 16], "label": 1} if path == "reconstruct" else pixels
    refused = mixed.post(f"/api/{path}?model=cnn", json=body)
    assert error_of(refused) == (422, "no_capsules")
    assert "has no capsules" in refused.json()["error"]["message"]
    if path != "reconstruct":
        drawn = mixed.post(f"/api/{path}?model=cnn", content=png(stroke()), headers={"content-type": "image/png"})
        assert error_of(drawn) == (422, "no_capsules")


def test_it_has_no_dials_but_a_gallery(mixed: TestClient) -> None:
    with mixed.websocket_connect("/api/dials?model=cnn") as socket:
        assert socket.receive_json()["error"]["code"] == "no_capsules"
        assert socket.receive()["type"] == "websocket.close"
    assert mixed.get("/api/digits?model=cnn").json()["count"] == 10_000


def test_it_cannot_be_the_default(folder: Path) -> None:
    app = create_app(Settings(device="cpu", weights_dir=folder, default_model="cnn"))
    with pytest.raises(ValueError, match="'cnn' has none"), TestClient(app):
        pass
