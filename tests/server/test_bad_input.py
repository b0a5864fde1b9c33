"""Bad input gets its status, its code and one sentence, and the server goes on."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient
from PIL import Image

from tests.server.helpers import error_of, png, png_of, stroke

PNG = {"content-type": "image/png"}
JSON = {"content-type": "application/json"}
DRAWING_ENDPOINTS = ["/api/classify", "/api/trace", "/api/perturb", "/api/planes", "/api/wholes", "/api/masks"]
GOOD = png(stroke())


def header_only_png(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds no pixels."""
    ihdr = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunk = struct.pack(">I", 13) + ihdr + struct.pack(">I", zlib.crc32(ihdr))
    return b"\x89PNG\r\n\x1a\n" + chunk


def rows(token: str) -> bytes:
    """28 rows of 28 zeros with `token` in one place."""
    numbers = [["0"] * 28 for _ in range(28)]
    numbers[3][4] = token
    return ('{"pixels": [' + ",".join("[" + ",".join(row) + "]" for row in numbers) + "]}").encode()


def shaped(*shape: int) -> bytes:
    return json.dumps({"pixels": np.ones(shape).tolist()}).encode()


def unknown_keys(count: int) -> bytes:
    return rows("1")[:-1] + b"," + b",".join(b'"k%d": 0' % k for k in range(count)) + b"}"


BAD_DRAWINGS: dict[str, tuple[bytes, dict[str, str], int, str]] = {
    "empty PNG": (b"", PNG, 400, "empty_body"),
    "empty JSON": (b"", JSON, 400, "empty_body"),
    "not a PNG": (b"GIF89a" + bytes(100), PNG, 400, "not_a_png"),
    "a JPEG called PNG": (b"\xff\xd8\xff\xe0" + bytes(100), PNG, 400, "not_a_png"),
    "only the signature": (b"\x89PNG\r\n\x1a\n", PNG, 400, "not_a_png"),
    "only the header": (header_only_png(28, 28), PNG, 400, "broken_png"),
    "truncated": (GOOD[: len(GOOD) // 2], PNG, 400, "broken_png"),
    "truncated at the end": (GOOD[:-20], PNG, 400, "broken_png"),
    "damaged": (GOOD[:60] + bytes(20) + GOOD[80:], PNG, 400, "broken_png"),
    "no width": (header_only_png(0, 28), PNG, 400, "not_a_png"),
    "no height": (header_only_png(28, 0), PNG, 400, "not_a_png"),
    "20,000 x 20,000": (header_only_png(20_000, 20_000), PNG, 413, "picture_too_large"),
    "20,000 x 20,000 with its pixels": (png_of(Image.new("1", (20_000, 20_000))), PNG, 413, "picture_too_large"),
    "4 billion wide": (header_only_png(2**32 - 1, 2**32 - 1), PNG, 413, "picture_too_large"),
    "1025 wide": (png(np.zeros((10, 1025), dtype=np.uint8)), PNG, 413, "picture_too_large"),
    "10 MB PNG": (GOOD + bytes(10_000_000), PNG, 413, "body_too_large"),
    "10 MB JSON": (b" " * 10_000_000, JSON, 413, "body_too_large"),
    "300,000 unknown keys": (unknown_keys(300_000), JSON, 413, "body_too_large"),
    "30,000 unknown keys": (unknown_keys(30_000), JSON, 422, "unknown_field"),
    "blank white PNG": (png(np.full((50, 50), 255, dtype=np.uint8)), PNG, 422, "blank"),
    "blank black PNG": (png(np.zeros((50, 50), dtype=np.uint8)), PNG, 422, "blank"),
    "blank transparent PNG": (png_of(Image.new("RGBA", (50, 50), (0, 0, 0, 0))), PNG, 422, "blank"),
    "one pixel": (png(np.zeros((1, 1), dtype=np.uint8)), PNG, 422, "blank"),
    "blank JSON": (json.dumps({"pixels": np.zeros((28, 28)).tolist()}).encode(), JSON, 422, "blank"),
    "nearly blank JSON": (rows("0.09"), JSON, 422, "blank"),
    "malformed JSON": (b'{"pixels": [[', JSON, 400, "malformed_json"),
    "not UTF-8": (b'{"pixels": "\xff\xfe"}', JSON, 400, "malformed_json"),
    "deeply nested": (b"[" * 100_000, JSON, 400, "malformed_json"),
    "a list": (b"[]", JSON, 422, "wrong_type"),
    "null": (b"null", JSON, 422, "wrong_type"),
    "no pixels": (b"{}", JSON, 422, "missing_field"),
    "a field too many": (rows("1")[:-1] + b', "label": 3}', JSON, 422, "unknown_field"),
    "27 rows": (shaped(27, 28), JSON, 422, "wrong_shape"),
    "29 columns": (shaped(28, 29), JSON, 422, "wrong_shape"),
    "784 numbers": (shaped(784), JSON, 422, "wrong_shape"),
    "28 numbers": (shaped(28), JSON, 422, "wrong_shape"),
    "no rows": (b'{"pixels": []}', JSON, 422, "wrong_shape"),
    "a channel axis": (shaped(28, 28, 1), JSON, 422, "wrong_type"),
    "NaN": (rows("NaN"), JSON, 422, "not_finite"),
    "Infinity": (rows("Infinity"), JSON, 422, "not_finite"),
    "-Infinity": (rows("-Infinity"), JSON, 422, "not_finite"),
    "1e999": (rows("1e999"), JSON, 422, "not_finite"),
    "400 digits": (rows("1" * 400), JSON, 422, "not_finite"),
    "255": (rows("255"), JSON, 422, "out_of_range"),
    "below zero": (rows("-0.01"), JSON, 422, "out_of_range"),
    "text": (rows('"1"'), JSON, 422, "wrong_type"),
    "true": (rows("true"), JSON, 422, "wrong_type"),
    "a null pixel": (rows("null"), JSON, 422, "wrong_type"),
    "another type": (GOOD, {"content-type": "image/jpeg"}, 415, "unsupported_type"),
    "a form": (b"a=1", {"content-type": "application/x-www-form-urlencoded"}, 415, "unsupported_type"),
    "no type": (GOOD, {}, 415, "unsupported_type"),
}


@pytest.fixture(autouse=True)
def _goes_on(client: TestClient) -> Iterator[None]:
    """After each of these a good request still works."""
    yield
    assert client.post("/api/classify", content=GOOD, headers=PNG).status_code == 200


@pytest.mark.parametrize("endpoint", DRAWING_ENDPOINTS)
@pytest.mark.parametrize("case", BAD_DRAWINGS)
def test_a_bad_drawing(client: TestClient, endpoint: str, case: str) -> None:
    content, headers, status, code = BAD_DRAWINGS[case]
    assert error_of(client.post(endpoint, content=content, headers=headers)) == (status, code)


@pytest.mark.parametrize("headers", [PNG, JSON])
def test_a_large_body_without_a_declared_length(client: TestClient, headers: dict[str, str]) -> None:
    sent = 0

    def chunks() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(160):
            sent += 65536
            yield bytes(65536)

    response = client.post("/api/trace", content=chunks(), headers=headers)
    assert error_of(response) == (413, "body_too_large")


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("iterations=0", 422, "out_of_range"),
        ("iterations=11", 422, "out_of_range"),
        ("iterations=-1", 422, "out_of_range"),
        ("iterations=three", 422, "wrong_type"),
        ("iterations=", 422, "wrong_type"),
        ("iterations=2.5", 422, "wrong_type"),
        ("iterations=" + "9" * 5000, 422, None),
        ("include=everything", 422, "unknown_option"),
        ("omit=votes", 422, "unknown_option"),
        ("include=conv1,", 422, "unknown_option"),
        ("include=conv1;votes", 422, "unknown_option"),
        ("include=conv1%0A", 422, "unknown_option"),
        ("dtype=f64", 422, "unknown_option"),
        ("dtype=", 422, "unknown_option"),
        ("model=cifar", 404, "unknown_model"),
        ("model=", 404, "unknown_model"),
        ("model=../mnist", 404, "unknown_model"),
        ("model=mnist%00", 404, "unknown_model"),
    ],
)
def test_a_bad_question_about_a_trace(client: TestClient, query: str, status: int, code: str | None) -> None:
    found = error_of(client.post(f"/api/trace?{query}", content=GOOD, headers=PNG))
    assert found == (status, code or found[1])


@pytest.mark.parametrize("label", ["10", "-1"])
def test_perturb_refuses_a_label_that_is_no_class(client: TestClient, label: str) -> None:
    response = client.post(f"/api/perturb?label={label}", content=GOOD, headers=PNG)
    assert error_of(response) == (422, "out_of_range")


POSE = [0.1] * 16


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"poses": [POSE], "label": 10}, 422, "out_of_range"),
        ({"poses": [POSE], "label": -1}, 422, "out_of_range"),
        ({"poses": [POSE], "label": 2.5}, 422, "wrong_type"),
        ({"poses": [POSE], "label": "2"}, 422, "wrong_type"),
        ({"poses": [POSE], "label": True}, 422, "wrong_type"),
        ({"poses": [POSE]}, 422, "missing_field"),
        ({"label": 1}, 422, "missing_field"),
        ({"poses": [], "label": 1}, 422, "wrong_shape"),
        ({"poses": POSE, "label": 1}, 422, "wrong_shape"),
        ({"poses": [POSE[:15]], "label": 1}, 422, "wrong_shape"),
        ({"poses": [POSE, [*POSE, 0.1]], "label": 1}, 422, "wrong_shape"),
        ({"poses": [POSE] * 513, "label": 1}, 422, "wrong_shape"),
        ({"poses": [[1e30] * 16], "label": 1}, 422, "out_of_range"),
        ({"poses": [[float("nan")] * 16], "label": 1}, 422, "not_finite"),
        ({"poses": [[float("-inf")] * 16], "label": 1}, 422, "not_finite"),
    ],
)
def test_reconstruct_refuses(client: TestClient, body: dict[str, Any], status: int, code: str) -> None:
    response = client.post("/api/reconstruct", content=json.dumps(body).encode(), headers=JSON)
    assert error_of(response) == (status, code)


def test_reconstruct_reads_json_only(client: TestClient) -> None:
    assert error_of(client.post("/api/reconstruct", content=GOOD, headers=PNG)) == (415, "unsupported_type")
    assert error_of(client.post("/api/reconstruct", content=b"", headers=JSON)) == (400, "empty_body")
    assert error_of(client.post("/api/reconstruct", content=b"{", headers=JSON)) == (400, "malformed_json")
    assert error_of(client.post("/api/reconstruct", content=b" " * 10_000_000, headers=JSON)) == (
        413,
        "body_too_large",
    )


def test_paths_and_methods_that_there_are_not(client: TestClient) -> None:
    assert error_of(client.get("/api/nothing")) == (404, "not_found")
    assert error_of(client.get("/static/nothing.js")) == (404, "not_found")
    assert error_of(client.get("/static/../pyproject.toml")) == (404, "not_found")
    assert error_of(client.get("/static/%2e%2e/pyproject.toml")) == (404, "not_found")
    response = client.get("/api/trace")
    assert error_of(response) == (405, "method_not_allowed")
    assert response.headers["allow"] == "POST"
    assert client.get("/docs").status_code == 404
    assert client.get("/redoc").status_code == 404
