"""Routing tampered with through the API: the network's own numbers, and every bad input refused with its reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from fastapi.testclient import TestClient
from torch import Tensor

from model.data.photographs import ink_of_image
from model.data.preprocess import preprocess
from model.explaining.perturbation import perturb
from model.network.interventions import FirstLogit, FixedCoupling, Interventions, RandomCouplings
from model.zoo.checkpoint import LoadedModel
from tests.server.helpers import Array, error_of, png, read_safetensors, stroke

Body = dict[str, Any]
PATHS = ["/api/trace", "/api/perturb"]
GOOD = png(stroke())
WANTED = {
    "silence": {"capsules": [700, 3], "types": [5], "positions": [[0, 0], [2, 3]]},
    "couplings": [{"capsule": 40, "label": 7, "coupling": 0.8}, {"capsule": 40, "label": 1, "coupling": 0.1}],
    "logits": [
        {"label": 4, "logit": 1.5},
        {"type": 2, "label": 4, "logit": 0},
        {"capsule": 9, "label": 0, "logit": -3},
    ],
    "uniform": False,
}
TYPE_5, TYPE_2 = range(180, 216), range(72, 108)
SILENCED = frozenset({700, 3, *TYPE_5, *range(0, 1152, 36), *range(15, 1152, 36)})
MEANT = Interventions(
    SILENCED,
    (FixedCoupling(40, 7, 0.8), FixedCoupling(40, 1, 0.1)),
    (FirstLogit(tuple(range(1152)), 4, 1.5), FirstLogit(tuple(TYPE_2), 4, 0), FirstLogit((9,), 0, -3)),
)


def form(interventions: Any, drawing: bytes = GOOD, drawing_type: str = "image/png") -> dict[str, Any]:
    """The parts of a request; interventions that are bytes are sent as they are."""
    text = interventions if isinstance(interventions, bytes) else json.dumps(interventions).encode()
    return {
        "drawing": ("drawing.png", drawing, drawing_type),
        "interventions": ("interventions.json", text, "application/json"),
    }


def tensors_of(client: TestClient, path: str, **body: Any) -> tuple[dict[str, Array], dict[str, str]]:
    response = client.post(path, **body)
    assert response.status_code == 200, response.text
    return read_safetensors(response.content)


@torch.inference_mode()
def direct(model: LoadedModel, image: Tensor, interventions: Interventions | None, iterations: int = 3) -> Body:
    trace = model.capsnet.trace(image, iterations, interventions)
    return {name: getattr(trace, name)[0].numpy() for name in trace._fields}


def test_json_and_a_form_are_the_networks_tampered_trace(
    client: TestClient, loaded_model: LoadedModel, image: Tensor, pixels: Body
) -> None:
    expected = direct(loaded_model, image, MEANT, 4)
    path = "/api/trace?iterations=4&include=votes"
    by_json, metadata = tensors_of(client, path, json=pixels | {"interventions": WANTED})
    by_form, _ = tensors_of(client, path, files=form(WANTED, json.dumps(pixels).encode(), "application/json"))
    for tensors in (by_json, by_form):
        for name, array in tensors.items():
            np.testing.assert_allclose(array, expected[name], atol=1e-6, err_msg=name)
    assert metadata["label"] == str(expected["lengths"][-1].argmax())
    untouched, _ = tensors_of(client, path, json=pixels)
    assert np.abs(untouched["lengths"] - by_json["lengths"]).max() > 0.05
    assert np.all(by_json["votes"][sorted(SILENCED)] == 0)


def test_a_form_with_a_picture_goes_through_the_preprocessing_of_drawings(
    client: TestClient, loaded_model: LoadedModel
) -> None:
    from PIL import Image

    seen = preprocess(ink_of_image(Image.fromarray(stroke())))
    expected = direct(loaded_model, torch.from_numpy(seen).unsqueeze(0), MEANT)
    tensors, _ = tensors_of(client, "/api/trace", files=form(WANTED))
    np.testing.assert_allclose(tensors["image"], seen, atol=1e-6)
    np.testing.assert_allclose(tensors["lengths"], expected["lengths"], atol=1e-6)


def test_figure_4_is_that_of_the_tampered_pose(
    client: TestClient, loaded_model: LoadedModel, image: Tensor, pixels: Body
) -> None:
    pose = torch.from_numpy(direct(loaded_model, image, MEANT)["class_capsules"][-1, 3])
    with torch.inference_mode():
        pictures = perturb(loaded_model.capsnet, pose, 3).numpy()
    drawing = json.dumps(pixels).encode()
    swept, _ = tensors_of(client, "/api/perturb?label=3", files=form(WANTED, drawing, "application/json"))
    np.testing.assert_allclose(swept["pose"], pose, atol=1e-6)
    np.testing.assert_allclose(swept["perturbations"], pictures, atol=1e-5)


def test_the_planes_are_those_of_the_tampered_votes(
    client: TestClient, loaded_model: LoadedModel, image: Tensor, pixels: Body
) -> None:
    expected = direct(loaded_model, image, MEANT)
    drawing = json.dumps(pixels).encode()
    planes, _ = tensors_of(client, "/api/planes?labels=3", files=form(WANTED, drawing, "application/json"))
    assert np.all(planes["points"][0, sorted(SILENCED)] == 0)
    np.testing.assert_allclose(planes["points"][0], expected["votes"][:, 3] @ planes["axes"][0].T, atol=1e-5)
    sums = expected["coupling_coefficients"][:, :, 3] @ planes["points"][0]
    np.testing.assert_allclose(planes["sums"][0], sums, atol=1e-4)


def test_random_couplings_are_the_networks_own(
    client: TestClient, loaded_model: LoadedModel, image: Tensor, pixels: Body
) -> None:
    expected = direct(loaded_model, image, Interventions(random=RandomCouplings(12, 0.5)))
    wanted = {"random": {"seed": 12, "spread": 0.5}}
    for _ in range(2):
        tensors, _ = tensors_of(client, "/api/trace", json=pixels | {"interventions": wanted})
        for name in ("coupling_coefficients", "class_capsules", "lengths"):
            np.testing.assert_allclose(tensors[name], expected[name], atol=1e-6, err_msg=name)
    other, _ = tensors_of(client, "/api/trace", json=pixels | {"interventions": {"random": {"seed": 12}}})
    spread_1 = direct(loaded_model, image, Interventions(random=RandomCouplings(12, 1.0)))
    np.testing.assert_allclose(other["lengths"], spread_1["lengths"], atol=1e-6)


def test_the_wholes_sum_up_to_the_tampered_capsule(
    client: TestClient, loaded_model: LoadedModel, image: Tensor, pixels: Body
) -> None:
    expected = direct(loaded_model, image, MEANT)
    drawing = json.dumps(pixels).encode()
    found, _ = tensors_of(client, "/api/wholes?labels=3", files=form(WANTED, drawing, "application/json"))
    assert not SILENCED & set(found["parts"][0].astype(int).tolist())
    np.testing.assert_allclose(found["sums"][0, -1], expected["class_capsules"][-1, 3], atol=1e-5)


def test_empty_interventions_and_none_change_nothing(client: TestClient, pixels: Body) -> None:
    plain, _ = tensors_of(client, "/api/trace", json=pixels)
    bodies: list[dict[str, Any]] = [
        {"json": pixels | {"interventions": {}}},
        {"json": pixels | {"interventions": None}},
        {"files": {"drawing": ("d", json.dumps(pixels).encode(), "application/json")}},
    ]
    for body in bodies:
        tensors, _ = tensors_of(client, "/api/trace", **body)
        for name, array in tensors.items():
            np.testing.assert_array_equal(array, plain[name], err_msg=name)


def test_the_next_request_is_untouched(client: TestClient, pixels: Body) -> None:
    before, _ = tensors_of(client, "/api/trace", json=pixels)
    tensors_of(client, "/api/trace", json=pixels | {"interventions": WANTED})
    after, _ = tensors_of(client, "/api/trace", json=pixels)
    np.testing.assert_array_equal(before["lengths"], after["lengths"])


def fixed(**changes: Any) -> Body:
    return {"couplings": [{"capsule": 1, "label": 1, "coupling": 0.5} | changes]}


JUST_ABOVE = (
    0.24284552792711023,
    0.15347363848686418,
    0.1371651985340062,
    0.2778137885412855,
    0.08870184651073386,
    0.10000100000000005,
)
BAD: dict[str, tuple[Any, int, str]] = {
    "random without a seed": ({"random": {}}, 422, "missing_field"),
    "a negative seed": ({"random": {"seed": -1}}, 422, "out_of_range"),
    "a seed of 32 bits": ({"random": {"seed": 2**31}}, 422, "out_of_range"),
    "half a seed": ({"random": {"seed": 1.5}}, 422, "wrong_type"),
    "a spread below 0": ({"random": {"seed": 1, "spread": -0.1}}, 422, "out_of_range"),
    "a spread above 10": ({"random": {"seed": 1, "spread": 10.1}}, 422, "out_of_range"),
    "a spread NaN": (b'{"random": {"seed": 1, "spread": NaN}}', 422, "not_finite"),
    "uniform and random": ({"uniform": True, "random": {"seed": 1}}, 422, "contradiction"),
    "every type silenced": ({"silence": {"types": list(range(32))}}, 422, "all_silenced"),
    "every position silenced": ({"silence": {"positions": [[k // 6, k % 6] for k in range(36)]}}, 422, "all_silenced"),
    "every capsule silenced": ({"silence": {"capsules": list(range(1152))}}, 422, "all_silenced"),
    "all silenced together": (
        {"silence": {"types": list(range(31)), "capsules": list(range(1116, 1152))}},
        422,
        "all_silenced",
    ),
    "capsule 1152": ({"silence": {"capsules": [1152]}}, 422, "out_of_range"),
    "capsule -1": ({"silence": {"capsules": [-1]}}, 422, "out_of_range"),
    "half a capsule": ({"silence": {"capsules": [1.5]}}, 422, "wrong_type"),
    "type 32": ({"silence": {"types": [32]}}, 422, "out_of_range"),
    "column 6": ({"silence": {"positions": [[0, 6]]}}, 422, "out_of_range"),
    "a position of one number": ({"silence": {"positions": [[0]]}}, 422, "wrong_shape"),
    "a position of three": ({"silence": {"positions": [[0, 1, 2]]}}, 422, "wrong_shape"),
    "too many capsules": ({"silence": {"capsules": [0] * 1153}}, 422, "wrong_shape"),
    "coupling above 1": (fixed(coupling=1.01), 422, "out_of_range"),
    "coupling below 0": (fixed(coupling=-0.01), 422, "out_of_range"),
    "coupling NaN": (b'{"couplings": [{"capsule": 1, "label": 1, "coupling": NaN}]}', 422, "not_finite"),
    "coupling infinite": (b'{"couplings": [{"capsule": 1, "label": 1, "coupling": 1e999}]}', 422, "not_finite"),
    "coupling as text": (fixed(coupling="0.5"), 422, "wrong_type"),
    "coupling of capsule 1152": (fixed(capsule=1152), 422, "out_of_range"),
    "coupling to class 10": (fixed(label=10), 422, "out_of_range"),
    "coupling without a value": ({"couplings": [{"capsule": 1, "label": 1}]}, 422, "missing_field"),
    "couplings of 1.1": (
        {"couplings": [{"capsule": 1, "label": j, "coupling": 0.55} for j in (0, 1)]},
        422,
        "out_of_range",
    ),
    # Added up one after the other they are 1.000001 exactly; their exact sum is above it.
    "couplings above 1 by a rounding": (
        {"couplings": [{"capsule": 0, "label": j, "coupling": c} for j, c in enumerate(JUST_ABOVE)]},
        422,
        "out_of_range",
    ),
    "a coupling twice": ({"couplings": [{"capsule": 1, "label": 0, "coupling": 0.1}] * 2}, 422, "contradiction"),
    "all ten couplings": (
        {"couplings": [{"capsule": 1, "label": j, "coupling": 0.1} for j in range(10)]},
        422,
        "contradiction",
    ),
    "logit NaN": (b'{"logits": [{"label": 1, "logit": NaN}]}', 422, "not_finite"),
    "logit 51": ({"logits": [{"label": 1, "logit": 51}]}, 422, "out_of_range"),
    "logit of a capsule and a type": (
        {"logits": [{"label": 1, "logit": 1, "capsule": 1, "type": 1}]},
        422,
        "contradiction",
    ),
    "logit of type 32": ({"logits": [{"label": 1, "logit": 1, "type": 32}]}, 422, "out_of_range"),
    "uniform 1": ({"uniform": 1}, 422, "wrong_type"),
    "an unknown field": ({"silenced": []}, 422, "unknown_field"),
    "an unknown field inside": ({"silence": {"rows": [1]}}, 422, "unknown_field"),
    "a list": ([], 422, "wrong_type"),
    "no JSON": (b"{", 400, "malformed_json"),
    "nothing": (b"", 400, "malformed_json"),
    "not UTF-8": (b"\xff\xfe", 400, "malformed_json"),
    "2 MB": (b'{"uniform": true' + b" " * 2_000_000 + b"}", 413, "interventions_too_large"),
    "2 MB of capsules": ({"silence": {"capsules": [7] * 700_000}}, 413, "interventions_too_large"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_interventions_are_refused(client: TestClient, name: str) -> None:
    interventions, status, code = BAD[name]
    assert error_of(client.post("/api/trace", files=form(interventions))) == (status, code)


@pytest.mark.parametrize("name", ["every type silenced", "capsule 1152", "coupling above 1", "an unknown field"])
def test_bad_interventions_are_refused_in_json_and_by_perturb(client: TestClient, pixels: Body, name: str) -> None:
    interventions, status, code = BAD[name]
    for path in PATHS:
        assert error_of(client.post(path, json=pixels | {"interventions": interventions})) == (status, code)
    assert error_of(client.post("/api/perturb", files=form(interventions))) == (status, code)


def part(name: str, content: bytes, media_type: str | None = "image/png") -> bytes:
    kind = f"Content-Type: {media_type}\r\n" if media_type else ""
    head = f'--limit\r\nContent-Disposition: form-data; name="{name}"\r\n{kind}\r\n'
    return head.encode() + content + b"\r\n"


END = b"--limit--\r\n"
WHOLE = part("drawing", GOOD) + part("interventions", b"{}", "application/json") + END
FORM = "multipart/form-data; boundary=limit"
BAD_FORMS: dict[str, tuple[bytes, str, int, str]] = {
    "no boundary": (WHOLE, "multipart/form-data", 400, "malformed_multipart"),
    "another boundary": (WHOLE, "multipart/form-data; boundary=other", 400, "malformed_multipart"),
    "an endless boundary": (WHOLE, f"multipart/form-data; boundary={'x' * 5000}", 400, "malformed_multipart"),
    "no form": (GOOD, FORM, 400, "malformed_multipart"),
    "broken off": (WHOLE[: len(WHOLE) // 2], FORM, 400, "malformed_multipart"),
    "without its end": (WHOLE[: -len(END)], FORM, 400, "malformed_multipart"),
    "broken off in a header": (WHOLE[:20], FORM, 400, "malformed_multipart"),
    "a header without a colon": (b"--limit\r\nnonsense\r\n\r\nx\r\n" + END, FORM, 400, "malformed_multipart"),
    "a million parts": (part("more", b"") * 20_000 + END, FORM, 422, "unknown_field"),
    "no parts": (END, FORM, 422, "missing_field"),
    "empty": (b"", FORM, 400, "empty_body"),
    "no drawing": (part("interventions", b"{}", "application/json") + END, FORM, 422, "missing_field"),
    "an unknown part": (part("drawing", GOOD) + part("more", b"x") + END, FORM, 422, "unknown_field"),
    "a part without a name": (b"--limit\r\nContent-Type: image/png\r\n\r\nx\r\n" + END, FORM, 422, "unknown_field"),
    "two drawings": (part("drawing", GOOD) * 2 + END, FORM, 422, "unknown_field"),
    "a drawing of no type": (part("drawing", GOOD, None) + END, FORM, 415, "unsupported_type"),
    "a drawing as a form": (part("drawing", WHOLE, FORM.replace("limit", "l")) + END, FORM, 415, "unsupported_type"),
    "interventions as text": (
        part("drawing", GOOD) + part("interventions", b"{}", "text/csv") + END,
        FORM,
        415,
        "unsupported_type",
    ),
    "a broken PNG": (part("drawing", GOOD[:60]) + END, FORM, 400, "broken_png"),
    "an empty drawing": (part("drawing", b"") + END, FORM, 400, "not_a_png"),
    "too much JSON": (part("drawing", b" " * 600_000, "application/json") + END, FORM, 413, "drawing_too_large"),
    "too large": (part("drawing", GOOD + bytes(5_000_000)) + END, FORM, 413, "body_too_large"),
}


@pytest.mark.parametrize("name", BAD_FORMS)
def test_bad_forms_are_refused(client: TestClient, name: str) -> None:
    content, kind, status, code = BAD_FORMS[name]
    for path in PATHS:
        response = client.post(path, content=content, headers={"content-type": kind})
        assert error_of(response) == (status, code)


def test_a_whole_form_is_taken(client: TestClient) -> None:
    for content in (WHOLE, b"\r\n" + WHOLE, WHOLE + b"an epilogue", WHOLE[:-2]):
        assert client.post("/api/trace", content=content, headers={"content-type": FORM}).status_code == 200
    quoted = 'Multipart/Form-Data; boundary="limit"'
    assert client.post("/api/trace", content=WHOLE, headers={"content-type": quoted}).status_code == 200


def test_no_more_than_the_limit_is_read_of_a_form_of_unknown_length(client: TestClient) -> None:
    def endless() -> Iterator[bytes]:
        yield part("drawing", GOOD)
        for _ in range(100):
            yield bytes(1_000_000)

    response = client.post("/api/trace", content=endless(), headers={"content-type": FORM})
    assert error_of(response) == (413, "body_too_large")


def test_classify_takes_no_interventions(client: TestClient, pixels: Body) -> None:
    assert error_of(client.post("/api/classify", files=form(WANTED))) == (422, "unknown_field")
    refused = client.post("/api/classify", json=pixels | {"interventions": WANTED})
    assert error_of(refused) == (422, "unknown_field")


def test_of_first_logits_with_one_address_the_last_counts(client: TestClient, pixels: dict[str, Any]) -> None:
    rows = [{"label": 3, "logit": 1 + k / 1000} for k in range(1000)] + [{"label": 3, "type": 2, "logit": -1}]
    many, one = ({"logits": rows}, {"logits": rows[-2:]})
    lengths = [
        client.post("/api/trace", json={**pixels, "interventions": wanted}, headers={"accept": "application/json"})
        for wanted in (many, one)
    ]
    assert [answer.status_code for answer in lengths] == [200, 200]
    assert lengths[0].json()["tensors"]["lengths"] == lengths[1].json()["tensors"]["lengths"]
