"""POST /api/masks, against /api/trace and /api/reconstruct: one class at a time, errors added up here."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from server.settings import Settings
from tests.server.helpers import Array, png, read_safetensors, stroke

SHAPES = {
    "reconstructions": (10, 28, 28),
    "errors": (10,),
    "stretched": (10, 28, 28),
    "stretched_errors": (10,),
    "lengths": (10,),
}
SUM_TOLERANCE = 1e-3  # of 784 squares in float32

Body = dict[str, Any]


def drawn(client: TestClient, pose: Array, label: int) -> Array:
    """What the decoder draws from a pose, asked for by itself."""
    body = {"poses": [pose.tolist()], "label": label}
    tensors, _ = read_safetensors(client.post("/api/reconstruct", json=body).content)
    picture: Array = tensors["reconstructions"][0]
    return picture


@pytest.mark.parametrize("iterations", [1, 3])
def test_each_mask_is_the_reconstruction_of_its_capsule(client: TestClient, pixels: Body, iterations: int) -> None:
    tensors, metadata = read_safetensors(client.post(f"/api/masks?iterations={iterations}", json=pixels).content)
    trace, told = read_safetensors(client.post(f"/api/trace?iterations={iterations}", json=pixels).content)
    assert {name: array.shape for name, array in tensors.items()} == SHAPES
    assert metadata == {"label": told["label"], "model": Settings().default_model, "dtype": "f32"}
    np.testing.assert_allclose(tensors["lengths"], trace["lengths"][-1], atol=1e-6)
    longest = trace["lengths"][-1].max()
    for label, pose in enumerate(trace["class_capsules"][-1]):
        for name, drawn_from in (("", pose), ("stretched", pose * longest / np.linalg.norm(pose))):
            picture = drawn(client, drawn_from, label)
            error = ((picture.astype(np.float64) - trace["image"]) ** 2).sum()
            pictures, errors = (name, f"{name}_errors") if name else ("reconstructions", "errors")
            np.testing.assert_allclose(tensors[pictures][label], picture, atol=1e-5)
            np.testing.assert_allclose(tensors[errors][label], error, atol=SUM_TOLERANCE)


def test_a_drawing_as_a_picture_is_answered_too(client: TestClient) -> None:
    answer = client.post("/api/masks", content=png(stroke()), headers={"content-type": "image/png"})
    tensors, metadata = read_safetensors(answer.content)
    assert int(metadata["label"]) == tensors["lengths"].argmax()


def test_the_json_form_holds_the_same_numbers(client: TestClient, pixels: Body) -> None:
    tensors, metadata = read_safetensors(client.post("/api/masks?dtype=f16", json=pixels).content)
    answer = client.post("/api/masks?dtype=f16", json=pixels, headers={"accept": "application/json"}).json()
    assert str(answer["label"]) == metadata["label"]
    for name, nested in answer["tensors"].items():
        np.testing.assert_array_equal(np.array(nested, dtype=np.float16), tensors[name], err_msg=name)
