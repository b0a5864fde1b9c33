"""Pairs as two layers: the picture that the server makes of them, what it gives back, and every bad pair refused."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
import torch
from fastapi.testclient import TestClient
from PIL import Image

from model.data.datasets import Digits, to_unit
from model.data.pairs import lay
from model.data.photographs import ink_of_image
from model.data.preprocess import preprocess
from model.data.tasks import PAIR, Plan
from tests.server.helpers import Array, error_of, png, read_safetensors, stroke

Body = dict[str, Any]
ENDPOINTS = ["classify", "trace", "perturb", "planes", "wholes", "masks"]
OFFSETS = [[-3, 2], [1, -4]]
LINE = {"strokes": [[[0.5, 0.2], [0.5, 0.8]]], "pen_width": 0.1}
BLANK = [[0.0] * 28] * 28


@pytest.fixture(scope="module")
def digits(test_digits: Digits) -> Array:
    """Two test digits, (2, 28, 28) in [0, 1]: a 7 and a 2."""
    found: Array = to_unit(test_digits.images[:2]).numpy()
    return found


@pytest.fixture(scope="module")
def layers(digits: Array) -> Body:
    """The same as a JSON body."""
    return {"layers": [{"pixels": digit.tolist(), "offset": at} for digit, at in zip(digits, OFFSETS, strict=True)]}


def form(first: Any, second: Any, **more: Any) -> Body:
    """The parts of a request: a PNG's bytes, or what is sent as JSON."""
    parts = {
        name: (name, layer, "image/png") if isinstance(layer, bytes) else (name, json.dumps(layer), "application/json")
        for name, layer in (("layer_a", first), ("layer_b", second))
    }
    return {"files": parts | {name: (name, json.dumps(part), "application/json") for name, part in more.items()}}


def traced(client: TestClient, query: str = "", **body: Any) -> tuple[dict[str, Array], dict[str, str]]:
    response = client.post(f"/api/trace?model=multimnist{query}", **body)
    assert response.status_code == 200, response.text
    return read_safetensors(response.content)


def test_the_sum_is_the_pair_of_the_task(client: TestClient, layers: Body, test_digits: Digits) -> None:
    expected = PAIR.batch(test_digits, Plan(torch.tensor([[0, 1]]), torch.tensor([OFFSETS])))
    tensors, _ = traced(client, "&include=layers", json=layers)
    np.testing.assert_array_equal(tensors["layers"], expected.layers[0].numpy())
    np.testing.assert_allclose(tensors["image"], expected.images[0].numpy(), rtol=0, atol=1e-7)


def test_each_capsule_is_drawn_alone_at_its_own_length(client: TestClient, layers: Body) -> None:
    tensors, _ = traced(client, "&include=reconstructions", json=layers)
    assert tensors["reconstructions"].shape == (10, 36, 36)
    for label, pose in enumerate(tensors["class_capsules"][-1]):
        body = {"poses": [pose.tolist()], "label": label}
        drawn, _ = read_safetensors(client.post("/api/reconstruct?model=multimnist", json=body).content)
        np.testing.assert_allclose(tensors["reconstructions"][label], drawn["reconstructions"][0], atol=1e-5)
    longest = tensors["lengths"][-1].argmax()
    np.testing.assert_allclose(tensors["reconstructions"][longest], tensors["reconstruction"], atol=1e-6)


def test_any_capsule_model_draws_each_capsule(client: TestClient, pixels: Body) -> None:
    tensors, _ = read_safetensors(client.post("/api/trace?include=reconstructions&iterations=1", json=pixels).content)
    masks, _ = read_safetensors(client.post("/api/masks?iterations=1", json=pixels).content)
    np.testing.assert_allclose(tensors["reconstructions"], masks["reconstructions"], atol=1e-6)


def test_what_is_not_asked_for_is_not_sent(client: TestClient, layers: Body) -> None:
    tensors, _ = traced(client, json=layers)
    assert not {"reconstructions", "layers"} & set(tensors)
    both, _ = traced(client, "&include=layers,reconstructions&omit=image", json=layers)
    assert {"reconstructions", "layers"} <= set(both)
    assert "image" not in both


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_the_layers_are_answered_as_their_sum(client: TestClient, layers: Body, digits: Array, endpoint: str) -> None:
    summed = {"pixels": lay(digits, np.array(OFFSETS), 36).image.tolist()}
    by_form = form({"pixels": digits[0].tolist()}, {"pixels": digits[1].tolist()}, offsets=OFFSETS)
    path, headers = f"/api/{endpoint}?model=multimnist", {"accept": "application/json"}
    answers = [
        client.post(path, headers=headers, **body).json() for body in ({"json": summed}, {"json": layers}, by_form)
    ]
    for answer in answers:
        answer.pop("milliseconds", None)
    assert answers[0] == answers[1] == answers[2]
    assert "error" not in answers[0]


def test_both_digits_are_read(client: TestClient, layers: Body) -> None:
    assert sorted(client.post("/api/classify?model=multimnist", json=layers).json()["labels"]) == [2, 7]


def test_strokes_and_pictures_become_digits_by_the_recipe(client: TestClient) -> None:
    seen = preprocess(ink_of_image(Image.fromarray(stroke())))
    tensors, _ = traced(client, "&include=layers", **form(png(stroke()), LINE, offsets=[[0, 5], [0, -5]]))
    np.testing.assert_allclose(tensors["layers"][0], lay(np.stack([seen, seen]), np.array([[0, 5]] * 2), 36).layers[0])
    alone = read_safetensors(client.post("/api/trace?model=mnist-drawn", json=LINE).content)[0]["image"]
    np.testing.assert_array_equal(tensors["layers"][1][4:32, :23], alone[:, 1:24])
    by_json, _ = traced(client, "&include=layers", json={"layers": [{"offset": [0, 5]}, LINE | {"offset": [0, -5]}]})
    np.testing.assert_array_equal(by_json["layers"][1], tensors["layers"][1])


def test_the_pen_and_the_crop_count(client: TestClient) -> None:
    wide = stroke(120, 100)
    two = np.hstack([wide, np.full((120, 300), 255, dtype=np.uint8), wide[:, ::-1]])
    whole, left = (
        traced(client, f"&include=layers{crop}", **form(png(two), {}))[0]["layers"][0]
        for crop in ("&crop=0,0.5,1,1", "&crop=0,0,1,0.5")
    )
    assert np.abs(whole - left).max() > 0.1
    thin, thick = (
        traced(client, "&include=layers", json={"layers": [LINE | {"pen_width": width}, {}]})[0]["layers"][0]
        for width in (0.03, 0.15)
    )
    assert thick.sum() > 1.5 * thin.sum()


def test_doubts_about_either_layer_are_told(client: TestClient) -> None:
    dot = {"strokes": [[[0.5, 0.5]]]}
    _, plain = traced(client, json={"layers": [LINE, LINE]})
    assert plain["doubts"] == ""
    for layers in ([LINE, dot], [dot, LINE], [dot, dot]):
        _, metadata = traced(client, json={"layers": layers})
        assert metadata["doubts"] == "no_clear_digit"
        told = client.post("/api/classify?model=multimnist", json={"layers": layers}).json()
        assert told["doubts"] == ["no_clear_digit"]


NO_INK: dict[str, Any] = {
    "nothing": {},
    "an offset alone": {"offset": [3, 3]},
    "blank pixels": {"pixels": BLANK},
    "strokes beside the pad": {"strokes": [[[1.8, 1.8], [1.9, 1.9]]]},
}


@pytest.mark.parametrize("case", NO_INK)
def test_one_empty_layer_is_answered(client: TestClient, layers: Body, case: str) -> None:
    first = layers["layers"][0]
    for pair in ([first, NO_INK[case]], [NO_INK[case], first]):
        tensors, _ = traced(client, "&include=layers", json={"layers": pair})
        np.testing.assert_array_equal(tensors["layers"].sum(axis=0), tensors["image"])
        assert tensors["layers"].any(axis=(1, 2)).sum() == 1


def test_a_blank_picture_is_an_empty_layer(client: TestClient) -> None:
    blank = png(np.full((50, 50), 255, dtype=np.uint8))
    tensors, _ = traced(client, "&include=layers", **form(blank, LINE))
    assert not tensors["layers"][0].any()
    assert error_of(client.post("/api/trace?model=multimnist", **form(blank, {}))) == (422, "blank")


@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize("case", NO_INK)
def test_two_empty_layers_are_blank(client: TestClient, endpoint: str, case: str) -> None:
    refused = client.post(f"/api/{endpoint}?model=multimnist", json={"layers": [NO_INK[case], {}]})
    assert error_of(refused) == (422, "blank")


def test_the_same_class_twice_is_answered(client: TestClient, layers: Body) -> None:
    first = layers["layers"][0]
    tensors, _ = traced(client, json={"layers": [first, first | {"offset": [3, 4]}]})
    assert tensors["lengths"][-1].argmax() == 7


def test_the_routing_of_a_pair_can_be_edited(client: TestClient, layers: Body, digits: Array) -> None:
    wanted = {"uniform": True}
    by_json, _ = traced(client, json=layers | {"interventions": wanted})
    parts = [{"pixels": digit.tolist()} for digit in digits]
    by_form, _ = traced(client, **form(*parts, offsets=OFFSETS, interventions=wanted))
    one = {"drawing": layers, "interventions": wanted}
    sent = {name: (name, json.dumps(part), "application/json") for name, part in one.items()}
    by_drawing, _ = traced(client, "&include=layers", files=sent)
    untouched, _ = traced(client, json=layers)
    assert np.abs(by_json["lengths"] - untouched["lengths"]).max() > 0.05
    for edited in (by_json, by_form, by_drawing):
        np.testing.assert_allclose(edited["coupling_coefficients"], 0.1, atol=1e-6)
        np.testing.assert_array_equal(edited["lengths"], by_json["lengths"])
    assert by_drawing["layers"].shape == (2, 36, 36)


def test_without_offsets_both_lie_in_the_middle(client: TestClient, digits: Array) -> None:
    parts = [{"pixels": digit.tolist()} for digit in digits]
    by_form, _ = traced(client, **form(*parts))
    by_json, _ = traced(client, json={"layers": parts})
    expected = lay(digits, np.zeros((2, 2), dtype=np.int64), 36).image
    for tensors in (by_form, by_json):
        np.testing.assert_array_equal(tensors["image"], expected)


def rows(height: int, width: int) -> Body:
    return {"pixels": [[1.0] * width] * height}


CORNER = {"pixels": [[1.0, *[0.0] * 27], *[[0.0] * 28] * 27]}
BAD_LAYERS: dict[str, tuple[Any, str]] = {
    "27 rows": ([rows(27, 28), LINE], "wrong_shape"),
    "29 columns": ([LINE, rows(28, 29)], "wrong_shape"),
    "the size of the sum": ([rows(36, 36), LINE], "wrong_shape"),
    "no rows": ([{"pixels": []}, LINE], "wrong_shape"),
    "one layer": ([LINE], "wrong_shape"),
    "three layers": ([LINE] * 3, "wrong_shape"),
    "no list": ({"a": LINE}, "wrong_shape"),
    "a layer that is a number": ([LINE, 3], "wrong_type"),
    "no layer": ([LINE, None], "wrong_type"),
    "strokes and pixels": ([LINE | rows(28, 28), LINE], "unknown_field"),
    "a pen for pixels": ([rows(28, 28) | {"pen_width": 0.1}, LINE], "unknown_field"),
    "a field too many": ([LINE | {"label": 3}, LINE], "unknown_field"),
    "too wide a pen": ([LINE | {"pen_width": 0.6}, LINE], "out_of_range"),
    "a pixel of 255": ([{"pixels": [[255.0] * 28] * 28}, LINE], "out_of_range"),
    "too far down": ([LINE | {"offset": [19, 0]}, LINE], "out_of_range"),
    "too far left": ([LINE, LINE | {"offset": [0, -19]}], "out_of_range"),
    "very far": ([LINE, LINE | {"offset": [0, 10**30]}], "out_of_range"),
    "an empty layer too far": ([LINE, {"offset": [19, 0]}], "out_of_range"),
    "half a pixel": ([LINE, LINE | {"offset": [0.5, 0]}], "wrong_type"),
    "one number": ([LINE, LINE | {"offset": [1]}], "wrong_shape"),
    "three numbers": ([LINE, LINE | {"offset": [1, 2, 3]}], "wrong_shape"),
    "no offset": ([LINE, LINE | {"offset": None}], "wrong_shape"),
    "outside": ([LINE, CORNER | {"offset": [-18, 0]}], "layer_outside"),
}


@pytest.mark.parametrize("case", BAD_LAYERS)
def test_a_bad_pair(client: TestClient, case: str) -> None:
    layers, code = BAD_LAYERS[case]
    for endpoint in ("classify", "trace"):
        refused = client.post(f"/api/{endpoint}?model=multimnist", json={"layers": layers})
        assert error_of(refused) == (422, code), refused.text


def test_a_message_names_the_layer_and_what_would_do(client: TestClient) -> None:
    told = {
        case: client.post("/api/trace?model=multimnist", json={"layers": BAD_LAYERS[case][0]}).json()["error"]
        for case in ("29 columns", "too far down", "an empty layer too far", "outside")
    }
    assert {case: error["message"] for case, error in told.items()} == {
        "29 columns": "layers.1: The layers of this model have 28 x 28 pixels.",
        "too far down": "layers.0: Its offset goes from -18 to 18 pixels in this model, both ways.",
        "an empty layer too far": "layers.1: Its offset goes from -18 to 18 pixels in this model, both ways.",
        "outside": "layers.1: All of its ink lies outside the picture.",
    }


def test_an_offset_to_the_limit_is_answered(client: TestClient) -> None:
    for offset in ([18, 18], [-18, 18.0]):
        tensors, _ = traced(client, "&include=layers", json={"layers": [LINE, rows(28, 28) | {"offset": offset}]})
        assert tensors["layers"][1].sum() == 14 * 14


BAD_FORMS: dict[str, tuple[Body, int, str]] = {
    "one layer": ({"files": {"layer_a": ("a", json.dumps(LINE), "application/json")}}, 422, "missing_field"),
    "offsets alone": ({"files": {"offsets": ("o", "[[0,0],[0,0]]", "application/json")}}, 422, "missing_field"),
    "an offset in a layer": (form(LINE | {"offset": [0, 0]}, LINE), 422, "unknown_field"),
    "strokes and pixels": (form(LINE | rows(28, 28), LINE), 422, "unknown_field"),
    "another size": (form(LINE, rows(28, 27)), 422, "wrong_shape"),
    "one offset": (form(LINE, LINE, offsets=[[0, 0]]), 422, "wrong_shape"),
    "numbers for offsets": (form(LINE, LINE, offsets=[1, 2]), 422, "wrong_shape"),
    "an offset with a fraction": (form(LINE, LINE, offsets=[[0, 0.5], [0, 0]]), 422, "wrong_type"),
    "too far": (form(LINE, LINE, offsets=[[0, 0], [0, 19]]), 422, "out_of_range"),
    "a drawing, too": (form(LINE, LINE, drawing=LINE), 422, "contradiction"),
    "a part too many": (form(LINE, LINE, layer_c=LINE), 422, "unknown_field"),
    "both empty": (form({}, {}), 422, "blank"),
    "a broken PNG": (form(png(stroke())[:60], LINE), 400, "broken_png"),
    "no PNG": (form(b"GIF89a" + bytes(100), LINE), 400, "not_a_png"),
    "too large a PNG": (form(png(np.zeros((10, 1025), dtype=np.uint8)), LINE), 413, "picture_too_large"),
    "malformed JSON": ({"files": form(LINE, LINE)["files"] | {"layer_b": ("b", "{", "application/json")}}, 400, ""),
    "malformed offsets": ({"files": form(LINE, LINE)["files"] | {"offsets": ("o", "[", "application/json")}}, 400, ""),
    "a JPEG": ({"files": form(LINE, LINE)["files"] | {"layer_b": ("b", b"\xff", "image/jpeg")}}, 415, ""),
    "offsets as text": ({"files": form(LINE, LINE)["files"] | {"offsets": ("o", "[]", "text/plain")}}, 415, ""),
}
CODES = {400: "malformed_json", 415: "unsupported_type"}


@pytest.mark.parametrize("case", BAD_FORMS)
def test_a_bad_form(client: TestClient, case: str) -> None:
    body, status, code = BAD_FORMS[case]
    refused = client.post("/api/trace?model=multimnist", **body)
    assert error_of(refused) == (status, code or CODES[status]), refused.text


def test_a_forms_message_names_the_part(client: TestClient) -> None:
    places = {
        "a broken PNG": "layer_a: ",
        "malformed offsets": "offsets: ",
        "another size": "layer_b: ",
        "too far": "layer_b: ",
    }
    for case, place in places.items():
        refused = client.post("/api/trace?model=multimnist", **BAD_FORMS[case][0])
        assert refused.json()["error"]["message"].startswith(place)


def test_classify_takes_no_interventions_and_no_other_form(client: TestClient, layers: Body) -> None:
    path = "/api/classify?model=multimnist"
    assert error_of(client.post(path, json=layers | {"interventions": {}})) == (422, "unknown_field")
    assert error_of(client.post(path, **form(LINE, LINE, interventions={}))) == (422, "unknown_field")
    assert error_of(client.post(path, files={"drawing": ("d", png(stroke()), "image/png")})) == (422, "unknown_field")


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_model_of_one_digit_takes_no_layers(client: TestClient, layers: Body, endpoint: str) -> None:
    for body in ({"json": layers}, form(LINE, LINE)):
        refused = client.post(f"/api/{endpoint}", **body)
        assert error_of(refused) == (422, "wrong_task")


def test_layers_that_were_not_sent_are_not_given_back(client: TestClient, pixels: Body, digits: Array) -> None:
    summed = {"pixels": lay(digits, np.array(OFFSETS), 36).image.tolist()}
    for model, body in (("multimnist", summed), ("mnist", pixels)):
        refused = client.post(f"/api/trace?model={model}&include=layers", json=body)
        assert error_of(refused) == (422, "no_layers")


def test_models_tell_the_size_of_a_layer(client: TestClient) -> None:
    models = {model["name"]: model["layer"] for model in client.get("/api/models").json()["models"]}
    assert models["multimnist"] == [28, 28]
    assert models["mnist"] is None
