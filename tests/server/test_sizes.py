"""A CapsNet of other sizes than the paper's in every respect: every endpoint and the dials answer in its sizes."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from model.data.photographs import ink_of_image
from model.data.preprocess import MNIST_RECIPE, preprocess
from model.predictor import Predictor
from server.app import create_app
from server.settings import Settings
from tests.conftest import TEST_CLIENT
from tests.server.helpers import Array, error_of, png, read_safetensors, stroke
from tests.small_models import CLASS_NAMES, save_unlike_the_paper

SIDE, TYPES, GRID, CAPSULES, CLASSES, POSE = 26, 12, 5, 300, 7, 8
COUNTS = 30  # sums of the strongest parts: 1 to 20, then 25, 30, 40, 50, 70, 100, 150, 200, 250 and all 300
PNG = {"content-type": "image/png"}
SHAPES = {
    "trace?include=conv1,votes": {
        "image": (SIDE, SIDE),
        "conv1": (24, 18, 18),
        "primary_capsules": (CAPSULES, 6),
        "votes": (CAPSULES, CLASSES, POSE),
        "routing_logits": (2, CAPSULES, CLASSES),
        "coupling_coefficients": (2, CAPSULES, CLASSES),
        "agreement": (2, CAPSULES, CLASSES),
        "class_capsules": (2, CLASSES, POSE),
        "lengths": (2, CLASSES),
        "reconstruction": (SIDE, SIDE),
    },
    "perturb?label=6": {"perturbations": (POSE, 11, SIDE, SIDE), "offsets": (11,), "pose": (POSE,)},
    "planes?labels=6,0,2": {
        "labels": (3,),
        "axes": (3, 2, POSE),
        "points": (3, CAPSULES, 2),
        "variance": (3, 2),
        "sums": (3, 2, 2),
        "class_capsules": (3, 2, 2),
    },
    "wholes?labels=6,0,2&at=1": {
        "labels": (3,),
        "parts": (3, 10),
        "strengths": (3, 10),
        "votes": (3, 10, POSE),
        "pictures": (3, 10, SIDE, SIDE),
        "cosines": (3, 10),
        "among": (3,),
        "counts": (COUNTS,),
        "sums": (3, COUNTS, POSE),
        "sum_pictures": (3, COUNTS, SIDE, SIDE),
    },
    "masks?iterations=1": {
        "reconstructions": (CLASSES, SIDE, SIDE),
        "errors": (CLASSES,),
        "stretched": (CLASSES, SIDE, SIDE),
        "stretched_errors": (CLASSES,),
        "lengths": (CLASSES,),
    },
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    save_unlike_the_paper(folder)
    return folder


@pytest.fixture(scope="module")
def small(folder: Path) -> Iterator[TestClient]:
    settings = Settings(device="cpu", allowed_hosts=TEST_CLIENT, weights_dir=folder, default_model="small")
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def predictor(folder: Path) -> Predictor:
    return Predictor.load("small", folder, "cpu")


@pytest.fixture(scope="module")
def seen() -> Array:
    """What the model sees of a drawing."""
    from PIL import Image

    return preprocess(ink_of_image(Image.fromarray(stroke())), MNIST_RECIPE.at(SIDE))


def test_the_model_tells_its_sizes_and_class_names(small: TestClient) -> None:
    answer = small.get("/api/models").json()
    (model,) = answer["models"]
    assert answer["default"] == model["name"] == "small"
    assert model["class_names"] == CLASS_NAMES
    assert model["geometry"] == {
        "image": [SIDE, SIDE],
        "conv1": [24, 18, 18],
        "kernel_size": 9,
        "primary_stride": 2,
        "primary_types": TYPES,
        "grid": [GRID, GRID],
        "primary_dim": 6,
        "primary_count": CAPSULES,
        "classes": CLASSES,
        "pose_dim": POSE,
        "channels": None,
        "features": None,
    }


@pytest.mark.parametrize("path", SHAPES)
def test_a_drawing_is_answered_in_the_models_sizes(small: TestClient, path: str) -> None:
    answer = small.post(f"/api/{path}", content=png(stroke()), headers=PNG)
    assert answer.status_code == 200, answer.text
    tensors, metadata = read_safetensors(answer.content)
    assert {name: array.shape for name, array in tensors.items()} == SHAPES[path]
    assert int(metadata["label"]) < CLASSES


def test_the_trace_is_the_networks(small: TestClient, predictor: Predictor, seen: Array) -> None:
    tensors, _ = read_safetensors(small.post("/api/trace?iterations=4", content=png(stroke()), headers=PNG).content)
    expected = predictor.trace(seen, 4)
    for name, array in tensors.items():
        np.testing.assert_allclose(array, getattr(expected, name), atol=1e-6, err_msg=name)


def test_classify_names_one_of_its_classes(small: TestClient, predictor: Predictor, seen: Array) -> None:
    answer = small.post("/api/classify", json={"pixels": seen.tolist()}).json()
    np.testing.assert_allclose(answer["lengths"], predictor.classify(seen).lengths, atol=1e-6)
    assert answer["labels"] == [int(np.argmax(answer["lengths"]))]


def test_types_positions_and_capsules_are_silenced_on_its_own_grid(small: TestClient, seen: Array) -> None:
    silence = {"types": [11], "positions": [[4, 2]], "capsules": [7]}
    body = {"pixels": seen.tolist(), "interventions": {"silence": silence}}
    tensors, _ = read_safetensors(small.post("/api/trace?include=votes", json=body).content)
    silent = {*range(275, 300), *range(22, 300, 25), 7}
    assert set(np.flatnonzero(~tensors["votes"].any(axis=(1, 2)))) >= silent
    alive = sorted(set(range(CAPSULES)) - silent)
    plain, _ = read_safetensors(small.post("/api/trace?include=votes", json={"pixels": seen.tolist()}).content)
    np.testing.assert_array_equal(tensors["votes"][alive], plain["votes"][alive])


BAD_INTERVENTIONS: dict[str, tuple[dict[str, Any], str, str]] = {
    "type 12": ({"silence": {"types": [12]}}, "out_of_range", "this model has the types 0 to 11"),
    "row 5": ({"silence": {"positions": [[5, 0]]}}, "out_of_range", "rows and columns of the grid go from 0 to 4"),
    "capsule 300": ({"silence": {"capsules": [300]}}, "out_of_range", "this model has the primary capsules 0 to 299"),
    "class 7": ({"logits": [{"label": 7, "logit": 1}]}, "out_of_range", "this model has the classes 0 to 6"),
    "13 types": ({"silence": {"types": [0] * 13}}, "wrong_shape", "at most 12"),
    "all silenced": ({"silence": {"types": list(range(12))}}, "all_silenced", "none is left"),
    "all seven couplings": (
        {"couplings": [{"capsule": 1, "label": j, "coupling": 0.1} for j in range(7)]},
        "contradiction",
        "leave at least one open",
    ),
}


@pytest.mark.parametrize("case", BAD_INTERVENTIONS)
def test_what_it_does_not_have_cannot_be_tampered_with(small: TestClient, seen: Array, case: str) -> None:
    interventions, code, words = BAD_INTERVENTIONS[case]
    refused = small.post("/api/trace", json={"pixels": seen.tolist(), "interventions": interventions})
    assert error_of(refused) == (422, code)
    assert words in refused.json()["error"]["message"]


def test_refusals_say_what_the_model_takes(small: TestClient, pixels: dict[str, Any]) -> None:
    asked: dict[str, Any] = {
        "This model takes 26 x 26 pixels": small.post("/api/trace", json=pixels),
        "A pose of this model has 8 numbers": small.post("/api/reconstruct", json={"poses": [[0.1] * 16], "label": 3}),
        "the classes 0 to 6": small.post("/api/reconstruct", json={"poses": [[0.1] * 8], "label": 7}),
        "the 7 classes 0 to 6": small.post("/api/planes?labels=7", content=png(stroke()), headers=PNG),
    }
    for words, refused in asked.items():
        assert error_of(refused)[0] == 422
        assert words in refused.json()["error"]["message"]
    refused = small.post("/api/perturb?label=7", content=png(stroke()), headers=PNG)
    assert error_of(refused) == (422, "out_of_range")
    assert error_of(small.get("/api/digits?label=7")) == (422, "out_of_range")


def test_poses_are_drawn_and_the_dials_draw_the_same(small: TestClient) -> None:
    pose = np.linspace(-0.5, 0.5, POSE, dtype=np.float32)
    answer = small.post("/api/reconstruct", json={"poses": [pose.tolist()] * 2, "label": 6})
    drawn = read_safetensors(answer.content)[0]["reconstructions"]
    assert drawn.shape == (2, SIDE, SIDE)
    with small.websocket_connect("/api/dials?model=small") as socket:
        socket.send_bytes(struct.pack("<II", 9, 6) + pose.tobytes())
        frame = socket.receive_bytes()
        assert struct.unpack_from("<II", frame) == (9, 6)
        np.testing.assert_allclose(np.frombuffer(frame, "<f4", offset=8).reshape(SIDE, SIDE), drawn[0], atol=1e-6)
        for wrong in (struct.pack("<II16f", 1, 6, *[0.1] * 16), struct.pack("<II", 1, 7) + pose.tobytes()):
            socket.send_bytes(wrong)
            assert json.loads(socket.receive_text())["error"]["code"] == "malformed_frame"


def test_the_gallery_shows_digits_of_its_classes_in_its_size(small: TestClient, test_digits: Any) -> None:
    page = small.get("/api/digits").json()
    assert page["count"] == int((test_digits.labels < CLASSES).sum())
    assert all(digit["label"] < CLASSES for digit in page["digits"])
    digit = small.get(f"/api/digits/{page['digits'][0]['index']}").json()
    assert np.array(digit["pixels"]).shape == (SIDE, SIDE)
    assert small.post("/api/trace", json={"pixels": digit["pixels"]}).status_code == 200
    other = int((test_digits.labels == 9).nonzero()[0])
    assert error_of(small.get(f"/api/digits/{other}")) == (404, "unknown_digit")


def test_nothing_is_measured_of_it(small: TestClient) -> None:
    for kind in ("iterations", "gauge", "agreement", "dimensions?label=6"):
        assert error_of(small.get(f"/api/{kind}"))[0] == 404


def test_it_stands_beside_the_shipped_models(folder: Path, settings: Settings, tmp_path: Path) -> None:
    for path in [*folder.iterdir(), *settings.weights_dir.glob("mnist-drawn.*")]:
        (tmp_path / path.name).symlink_to(path)
    app = create_app(settings.model_copy(update={"weights_dir": tmp_path}))
    with TestClient(app) as client:
        sizes = {
            name: read_safetensors(client.post(f"/api/trace?model={name}", content=png(stroke()), headers=PNG).content)[
                0
            ]["class_capsules"].shape
            for name in ("mnist-drawn", "small")
        }
    assert sizes == {"mnist-drawn": (3, 10, 16), "small": (2, CLASSES, POSE)}
