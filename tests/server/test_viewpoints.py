"""POST /api/viewpoints and /api/scatter: tensors of every kind of network, and every refusal."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from model.data.viewpoints import TRANSFORMATIONS, Viewpoint
from model.predictor import Predictor
from server.app import create_app
from server.settings import Settings
from tests.conftest import TEST_CLIENT
from tests.server.helpers import Array, error_of, png, read_safetensors, stroke
from tests.small_models import save_cnn, save_global_pooling, save_pooling

Body = dict[str, Any]
JSON = {"content-type": "application/json"}
TURNED = {"rotation": 25, "right": 2.5, "pieces": "strips"}
STROKES: Body = {"strokes": [[[0.3, 0.2], [0.7, 0.3], [0.5, 0.8]]]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Path:
    """Networks with pooling and one with neither, beside the shipped ones."""
    folder = tmp_path_factory.mktemp("weights")
    save_pooling(folder)
    save_global_pooling(folder)
    save_cnn(folder, "baseline")
    for path in [*settings.weights_dir.glob("mnist-drawn.*"), *settings.weights_dir.glob("multimnist.*")]:
        (folder / path.name).symlink_to(path)
    return folder


@pytest.fixture(scope="module")
def mixed(folder: Path) -> Iterator[TestClient]:
    settings = Settings(device="cpu", allowed_hosts=TEST_CLIENT, weights_dir=folder)
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


def asked(client: TestClient, path: str, body: Body) -> tuple[dict[str, Array], dict[str, str]]:
    response = client.post(path, json=body)
    assert response.status_code == 200, response.text
    return read_safetensors(response.content)


def test_capsules_seen_from_elsewhere(mixed: TestClient, folder: Path, pixels: Body) -> None:
    path = "/api/viewpoints?include=reconstruction&label=3"
    tensors, metadata = asked(mixed, path, pixels | {"viewpoints": [{}, TURNED]})
    shapes = {name: array.shape for name, array in tensors.items()}
    assert shapes == {"image": (2, 28, 28), "scores": (2, 10), "poses": (2, 10, 16), "reconstruction": (2, 28, 28)}
    assert (metadata["label"], metadata["model"], metadata["dtype"]) == ("3", "mnist-drawn", "f32")
    assert float(metadata["milliseconds"]) > 0
    seen = [Viewpoint(), Viewpoint(rotation=25, right=2.5, pieces="strips")]
    predictor = Predictor.load("mnist-drawn", folder, "cpu")
    expected = predictor.views(pixels["pixels"], seen, 3, reconstruction=True)
    for name, array in tensors.items():
        np.testing.assert_allclose(array, getattr(expected, name), atol=1e-5, err_msg=name)


def test_the_upright_digit_is_the_one_of_a_trace(mixed: TestClient) -> None:
    trace, _ = asked(mixed, "/api/trace", STROKES)
    seen, metadata = asked(mixed, "/api/viewpoints", STROKES | {"viewpoints": [{}]})
    assert metadata["label"] == ""
    assert "reconstruction" not in seen
    np.testing.assert_array_equal(seen["image"][0], trace["image"])
    np.testing.assert_allclose(seen["scores"][0], trace["lengths"][-1], atol=1e-5)
    np.testing.assert_allclose(seen["poses"][0], trace["class_capsules"][-1], atol=1e-5)


@pytest.mark.parametrize(("model", "features"), [("cnn", 11), ("cnn-global", 9)])
def test_a_network_with_pooling_seen_from_elsewhere(
    mixed: TestClient, folder: Path, pixels: Body, model: str, features: int
) -> None:
    body = pixels | {"viewpoints": [TURNED, {"thickness": 1.5}, {}]}
    tensors, metadata = asked(mixed, f"/api/viewpoints?model={model}&include=pooled", body)
    assert {name: array.shape for name, array in tensors.items()} == {
        "image": (3, 28, 28),
        "scores": (3, 10),
        "features": (3, features),
        "first": (3, 6, 14, 14),
        "second": (3, 9, 7, 7),
    }
    assert metadata["model"] == model
    np.testing.assert_allclose(tensors["scores"].sum(axis=1), 1, atol=1e-5)
    read = Predictor.load(model, folder, "cpu").classify(tensors["image"])
    np.testing.assert_allclose(tensors["scores"], read.lengths, atol=1e-6)
    plain, _ = asked(mixed, f"/api/viewpoints?model={model}", body)
    assert set(plain) == {"image", "scores", "features"}


def test_a_network_with_neither_gives_its_scores(mixed: TestClient, pixels: Body) -> None:
    tensors, _ = asked(mixed, "/api/viewpoints?model=baseline", pixels | {"viewpoints": [{}]})
    assert {name: array.shape for name, array in tensors.items()} == {"image": (1, 28, 28), "scores": (1, 10)}
    assert error_of(mixed.post("/api/scatter?model=baseline", json=pixels)) == (422, "no_pooling")


def test_as_many_viewpoints_as_there_may_be(mixed: TestClient, pixels: Body) -> None:
    turns = [{"rotation": angle} for angle in np.linspace(-90, 90, 64)]
    tensors, _ = asked(mixed, "/api/viewpoints?model=cnn", pixels | {"viewpoints": turns})
    assert tensors["scores"].shape == (64, 10)


@pytest.mark.parametrize("model", ["cnn", "cnn-global"])
def test_scattered_maps_change_no_score(mixed: TestClient, pixels: Body, model: str) -> None:
    path = f"/api/scatter?model={model}&seed=77"
    tensors, metadata = asked(mixed, path, pixels | {"viewpoint": {"rotation": 15}})
    features = tensors["features"].shape[1]
    assert {name: array.shape for name, array in tensors.items()} == {
        "image": (28, 28),
        "maps": (2, 6, 28, 28),
        "pooled": (2, 6, 14, 14),
        "places": (6, 14, 14),
        "scores": (2, 10),
        "features": (2, features),
        "imagined": (28, 28),
    }
    for name in ("pooled", "scores", "features"):
        np.testing.assert_array_equal(tensors[name][0], tensors[name][1], err_msg=name)
    assert not np.array_equal(tensors["maps"][0], tensors["maps"][1])
    for before, pooled in zip(tensors["maps"], tensors["pooled"], strict=True):
        np.testing.assert_array_equal(before.reshape(6, 14, 2, 14, 2).max(axis=(2, 4)), pooled)
    won = np.take_along_axis(tensors["maps"][0].reshape(6, -1), tensors["places"].reshape(6, -1).astype(int), axis=1)
    np.testing.assert_array_equal(won.reshape(6, 14, 14), tensors["pooled"][0])
    assert (metadata["seed"], metadata["model"], metadata["own_residual"]) == ("77", model, "0.0")
    assert 0 < float(metadata["residual"]) < 1
    again, _ = asked(mixed, path, pixels | {"viewpoint": {"rotation": 15}})
    np.testing.assert_array_equal(again["maps"], tensors["maps"])
    other, _ = asked(mixed, f"/api/scatter?model={model}&seed=78", pixels | {"viewpoint": {"rotation": 15}})
    assert not np.array_equal(other["maps"][1], tensors["maps"][1])


def test_scattered_capsules_change_the_answer(mixed: TestClient, pixels: Body) -> None:
    tensors, metadata = asked(mixed, "/api/scatter", pixels)
    assert {name: array.shape for name, array in tensors.items()} == {
        "image": (28, 28),
        "lengths_of_primary": (2, 32, 6, 6),
        "scores": (2, 10),
        "poses": (2, 10, 16),
        "reconstruction": (2, 28, 28),
    }
    assert metadata["seed"] == "0"
    assert "residual" not in metadata
    np.testing.assert_array_equal(tensors["image"], np.float32(pixels["pixels"]))
    for before, after in zip(*tensors["lengths_of_primary"], strict=True):
        np.testing.assert_array_equal(np.sort(before, axis=None), np.sort(after, axis=None))
    assert np.abs(tensors["scores"][0] - tensors["scores"][1]).max() > 0.01


@pytest.mark.parametrize("path", ["/api/viewpoints?model=cnn", "/api/scatter?model=cnn&seed=4", "/api/scatter"])
def test_the_json_form_holds_the_same_numbers(mixed: TestClient, pixels: Body, path: str) -> None:
    body = pixels | ({"viewpoints": [TURNED]} if "viewpoints" in path else {"viewpoint": TURNED})
    tensors, metadata = asked(mixed, path, body)
    answer = mixed.post(path, json=body, headers={"accept": "application/json"}).json()
    for name in set(metadata) - {"milliseconds", "dtype"}:
        assert str(answer[name]) == metadata[name]
    assert set(answer["tensors"]) == set(tensors)
    for name, nested in answer["tensors"].items():
        np.testing.assert_allclose(np.float32(nested), tensors[name], atol=1e-6, err_msg=name)
    half = mixed.post(f"{path}{'&' if '?' in path else '?'}dtype=f16", json=body)
    for name, array in read_safetensors(half.content)[0].items():
        np.testing.assert_allclose(array, tensors[name], atol=2e-3, rtol=2e-3, err_msg=name)


BAD_VIEWPOINTS: dict[str, tuple[Any, str, str]] = {
    "none": ([], "wrong_shape", "viewpoints"),
    "65": ([{}] * 65, "wrong_shape", "viewpoints"),
    "no list": ({}, "wrong_shape", "viewpoints"),
    "no object": ([3], "wrong_type", "viewpoints.0"),
    "unknown": ([{"turn": 3}], "unknown_field", "viewpoints.0.turn"),
    "text": ([{"scale": "1"}], "wrong_type", "viewpoints.0.scale"),
    "truth": ([{"scale": True}], "wrong_type", "viewpoints.0.scale"),
    "thirds": ([{}, {"pieces": "thirds"}], "unknown_option", "viewpoints.1.pieces"),
    "NaN": ([{"shear": math.nan}], "not_finite", "viewpoints.0.shear"),
    "infinite": ([{"down": -math.inf}], "not_finite", "viewpoints.0.down"),
}
for each in TRANSFORMATIONS.values():
    for way, beyond in (("low", each.low - 0.01), ("high", each.high + 0.01)):
        told = ([{each.name: beyond}], "out_of_range", f"viewpoints.0.{each.name}")
        BAD_VIEWPOINTS[f"{each.name} too {way}"] = told


@pytest.mark.parametrize("case", BAD_VIEWPOINTS)
def test_a_bad_viewpoint_is_refused_by_name(mixed: TestClient, pixels: Body, case: str) -> None:
    viewpoints, code, place = BAD_VIEWPOINTS[case]
    several = json.dumps(pixels | {"viewpoints": viewpoints})
    refused = mixed.post("/api/viewpoints", content=several, headers=JSON)
    assert error_of(refused) == (422, code)
    assert refused.json()["error"]["message"].startswith(f"{place}: ")
    if isinstance(viewpoints, list) and len(viewpoints) == 1:
        one = json.dumps(pixels | {"viewpoint": viewpoints[0]})
        refused = mixed.post("/api/scatter", content=one, headers=JSON)
        assert error_of(refused) == (422, code)
        assert refused.json()["error"]["message"].startswith(place.replace("viewpoints.0", "viewpoint"))


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("viewpoints?label=10", "out_of_range"),
        ("viewpoints?label=-1", "out_of_range"),
        ("viewpoints?label=a", "wrong_type"),
        ("viewpoints?include=votes", "unknown_option"),
        ("viewpoints?include=pooled", "no_pooling"),
        ("viewpoints?model=cnn&include=pooled,reconstruction", "no_capsules"),
        ("viewpoints?model=baseline&include=pooled", "no_pooling"),
        ("viewpoints?dtype=f8", "unknown_option"),
        ("viewpoints?model=multimnist", "wrong_task"),
        ("scatter?seed=-1", "out_of_range"),
        ("scatter?seed=2147483648", "out_of_range"),
        ("scatter?seed=1.5", "wrong_type"),
        ("scatter?model=multimnist", "wrong_task"),
    ],
)
def test_a_bad_question(mixed: TestClient, pixels: Body, query: str, code: str) -> None:
    body = pixels | ({"viewpoints": [{}]} if "viewpoints" in query else {})
    assert error_of(mixed.post(f"/api/{query}", json=body)) == (422, code)


@pytest.mark.parametrize("path", ["viewpoints", "scatter"])
def test_bad_bodies(mixed: TestClient, pixels: Body, path: str) -> None:
    seen: Body = {"viewpoints": [{}]} if path == "viewpoints" else {"viewpoint": {}}
    for body, status, code in (
        (seen, 422, "missing_field"),
        (pixels | STROKES | seen, 422, "unknown_field"),
        ({"layers": [{}, {}]} | seen, 422, "missing_field"),
        (pixels | seen | {"interventions": {}}, 422, "unknown_field"),
        ({"pixels": np.ones((27, 28)).tolist()} | seen, 422, "wrong_shape"),
        ({"pixels": np.zeros((28, 28)).tolist()} | seen, 422, "blank"),
        ({"pixels": np.full((28, 28), 2.0).tolist()} | seen, 422, "out_of_range"),
        ({"strokes": [[[1.5, 1.5], [1.6, 1.7]]]} | seen, 422, "blank"),
        ({"strokes": [[[5, 0.2]]]} | seen, 422, "out_of_range"),
    ):
        assert error_of(mixed.post(f"/api/{path}", json=body)) == (status, code)
    if path == "viewpoints":
        assert error_of(mixed.post("/api/viewpoints", json=pixels)) == (422, "missing_field")
    for content, status, code in ((b"", 400, "empty_body"), (b'{"pixels"', 400, "malformed_json")):
        assert error_of(mixed.post(f"/api/{path}", content=content, headers=JSON)) == (status, code)
    drawing = mixed.post(f"/api/{path}", content=png(stroke()), headers={"content-type": "image/png"})
    assert error_of(drawing) == (415, "unsupported_type")
    assert error_of(mixed.post(f"/api/{path}?model=cifar", json=pixels | seen)) == (404, "unknown_model")


def test_the_cards_of_networks_without_capsules(mixed: TestClient) -> None:
    models = {model["name"]: model for model in mixed.get("/api/models").json()["models"]}
    kinds = {name: (model["architecture"], model["has_capsules"]) for name, model in models.items()}
    assert kinds == {
        "baseline": ("cnn", False),
        "cnn": ("cnn-pooling", False),
        "cnn-global": ("cnn-global", False),
        "mnist-drawn": ("capsnet", True),
        "multimnist": ("capsnet", True),
    }
    geometry = models["cnn"]["geometry"]
    assert (geometry["image"], geometry["channels"], geometry["features"]) == ([28, 28], [6, 9], 11)
    assert models["cnn-global"]["geometry"]["features"] == 9
    assert models["mnist-drawn"]["geometry"]["channels"] is models["baseline"]["geometry"]["features"] is None
