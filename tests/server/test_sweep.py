"""POST /api/sweep: one layer moved across the other, against a trace at each place."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from model.data.datasets import Digits, to_unit
from tests.server.helpers import Array, error_of, png, read_safetensors, stroke

Body = dict[str, Any]
OFFSETS = [[-1, -2], [1, 3]]
PATH = "/api/sweep?model=multimnist"


@pytest.fixture(scope="module")
def layers(test_digits: Digits) -> Body:
    """A 7 and a 2."""
    digits = to_unit(test_digits.images[:2]).tolist()
    return {"layers": [{"pixels": digit, "offset": at} for digit, at in zip(digits, OFFSETS, strict=True)]}


def swept(client: TestClient, query: str = "", **body: Any) -> tuple[dict[str, Array], dict[str, str]]:
    response = client.post(PATH + query, **body)
    assert response.status_code == 200, response.text
    return read_safetensors(response.content)


def traced_at(client: TestClient, layers: Body, layer: int, axis: int, place: int) -> dict[str, Array]:
    """The trace of the pair whose layer lies at a place along an axis."""
    moved = json.loads(json.dumps(layers))
    moved["layers"][layer]["offset"][axis] = place
    query = "/api/trace?model=multimnist&include=reconstructions,layers"
    tensors, _ = read_safetensors(client.post(query, json=moved).content)
    return tensors


@pytest.mark.parametrize(
    ("query", "layer", "axis"),
    [("", 1, 1), ("&layer=0", 0, 1), ("&axis=down", 1, 0), ("&layer=0&axis=down", 0, 0)],
)
def test_each_place_is_a_trace(client: TestClient, layers: Body, query: str, layer: int, axis: int) -> None:
    tensors, metadata = swept(client, f"{query}&reach=2", json=layers)
    shapes = {name: array.shape for name, array in tensors.items()}
    assert shapes == {"offsets": (5,), "lengths": (5, 10), "errors": (5, 2)}
    assert tensors["offsets"].tolist() == [-2, -1, 0, 1, 2]
    assert (metadata["layer"], metadata["axis"]) == (str(layer), ["down", "right"][axis])
    labels = [int(label) for label in metadata["labels"].split(",")]
    for n, place in enumerate(tensors["offsets"]):
        trace = traced_at(client, layers, layer, axis, int(place))
        np.testing.assert_allclose(tensors["lengths"][n], trace["lengths"][-1], atol=1e-5)
        expected = np.square(trace["reconstructions"][labels] - trace["layers"]).sum(axis=(1, 2))
        np.testing.assert_allclose(tensors["errors"][n], expected, rtol=1e-4)


def test_the_labels_are_those_of_the_layers(client: TestClient, layers: Body) -> None:
    turned = {"layers": layers["layers"][::-1]}
    assert swept(client, "&reach=1", json=layers)[1]["labels"] == "7,2"
    assert swept(client, "&reach=1", json=turned)[1]["labels"] == "2,7"


def test_other_labels_are_drawn_on_request(client: TestClient, layers: Body) -> None:
    own, _ = swept(client, "&reach=1", json=layers)
    other, metadata = swept(client, "&reach=1&labels=4,4", json=layers)
    assert metadata["labels"] == "4,4"
    np.testing.assert_allclose(other["lengths"], own["lengths"], atol=1e-6)  # a batch of another size adds otherwise
    assert np.all(other["errors"] > own["errors"])


def test_as_far_as_it_may(client: TestClient, layers: Body) -> None:
    assert len(swept(client, json=layers)[0]["offsets"]) == 17
    assert swept(client, "&reach=12", json=layers)[0]["lengths"].shape == (25, 10)


def test_a_form_and_json_are_one_sweep_and_the_routing_can_be_edited(client: TestClient, layers: Body) -> None:
    parts: Body = {"layer_a": layers["layers"][0], "layer_b": layers["layers"][1]}
    parts = {name: {"pixels": layer["pixels"]} for name, layer in parts.items()}
    parts |= {"offsets": OFFSETS, "interventions": {"uniform": True}}
    files = {name: (name, json.dumps(part), "application/json") for name, part in parts.items()}
    by_form, _ = swept(client, "&reach=1", files=files)
    by_json, _ = swept(client, "&reach=1", json=layers | {"interventions": {"uniform": True}})
    for name, array in by_form.items():
        np.testing.assert_array_equal(array, by_json[name])
    untouched, _ = swept(client, "&reach=1", json=layers)
    once, _ = swept(client, "&reach=1&iterations=1", json=layers)
    assert np.abs(by_json["lengths"] - untouched["lengths"]).max() > 0.05
    np.testing.assert_allclose(by_json["lengths"], once["lengths"], atol=1e-5)


def test_the_json_form_holds_the_same_numbers(client: TestClient, layers: Body) -> None:
    tensors, metadata = swept(client, "&reach=1", json=layers)
    answer = client.post(f"{PATH}&reach=1", json=layers, headers={"accept": "application/json"}).json()
    assert answer["labels"] == [int(label) for label in metadata["labels"].split(",")]
    assert (answer["layer"], answer["axis"], answer["model"]) == (1, "right", "multimnist")
    for name, nested in answer["tensors"].items():
        np.testing.assert_array_equal(np.float32(nested), tensors[name], err_msg=name)


def test_an_empty_layer_is_answered(client: TestClient, layers: Body) -> None:
    alone = {"layers": [layers["layers"][0], {}]}
    tensors, _ = swept(client, "&reach=1", json=alone)
    np.testing.assert_allclose(tensors["lengths"], tensors["lengths"][[0]].repeat(3, axis=0), atol=1e-6)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("layer=2", "out_of_range"),
        ("layer=-1", "out_of_range"),
        ("layer=a", "wrong_type"),
        ("axis=up", "unknown_option"),
        ("axis=", "unknown_option"),
        ("labels=3", "unknown_option"),
        ("labels=3,4,5", "unknown_option"),
        ("labels=3,10", "unknown_option"),
        ("reach=0", "out_of_range"),
        ("reach=13", "out_of_range"),
        ("iterations=11", "out_of_range"),
    ],
)
def test_a_bad_question(client: TestClient, layers: Body, query: str, code: str) -> None:
    assert error_of(client.post(f"{PATH}&{query}", json=layers)) == (422, code)


def test_bad_bodies(client: TestClient, layers: Body, pixels: Body) -> None:
    for body, code in (
        (pixels, "missing_field"),
        ({"layers": [{}, {}]}, "blank"),
        ({"layers": layers["layers"][:1]}, "wrong_shape"),
        ({"layers": [layers["layers"][0], {"offset": [0, 19]}]}, "out_of_range"),
        (layers | {"interventions": {"silence": {"types": [99]}}}, "out_of_range"),
    ):
        assert error_of(client.post(PATH, json=body)) == (422, code)
    drawing = client.post(PATH, content=png(stroke()), headers={"content-type": "image/png"})
    assert error_of(drawing) == (415, "unsupported_type")
    assert error_of(client.post(PATH, files={"drawing": ("d", png(stroke()), "image/png")})) == (422, "unknown_field")


def test_only_models_of_pairs_are_asked(client: TestClient, layers: Body) -> None:
    for path in ("/api/sweep", "/api/sweep?model=mnist"):
        assert error_of(client.post(path, json=layers)) == (422, "wrong_task")
    assert error_of(client.post("/api/sweep?model=cifar", json=layers)) == (404, "unknown_model")
