"""The gallery of test digits."""

from __future__ import annotations

import base64
from io import BytesIO

import numpy as np
import pytest
from fastapi.testclient import TestClient
from PIL import Image

from model.data.datasets import Digits
from model.zoo.checkpoint import LoadedModel
from tests.server.helpers import error_of


def test_the_first_page(client: TestClient, test_digits: Digits) -> None:
    page = client.get("/api/digits").json()
    assert (page["page"], page["pages"], page["count"]) == (0, 167, 10_000)
    assert [digit["index"] for digit in page["digits"]] == list(range(60))
    assert [digit["label"] for digit in page["digits"]] == test_digits.labels[:60].tolist()


def test_a_thumbnail_is_the_digit(client: TestClient, test_digits: Digits) -> None:
    digit = client.get("/api/digits?page=2").json()["digits"][5]
    head, _, data = digit["thumbnail"].partition(",")
    assert head == "data:image/png;base64"
    picture = np.asarray(Image.open(BytesIO(base64.b64decode(data))))
    np.testing.assert_array_equal(picture, test_digits.images[digit["index"]].numpy())


def test_pages_by_label_hold_each_such_digit_once(client: TestClient, test_digits: Digits) -> None:
    expected = (test_digits.labels == 5).nonzero().flatten().tolist()
    first = client.get("/api/digits?label=5").json()
    pages = [client.get(f"/api/digits?label=5&page={page}").json() for page in range(first["pages"])]
    assert [digit["index"] for page in pages for digit in page["digits"]] == expected
    assert first["count"] == len(expected)


def test_the_misclassified_digits_are_those_of_the_card(client: TestClient, loaded_model: LoadedModel) -> None:
    mistakes = loaded_model.card.misclassified
    first = client.get("/api/digits?misclassified=true").json()
    pages = [client.get(f"/api/digits?misclassified=true&page={page}").json() for page in range(first["pages"])]
    found = {digit["index"]: digit["predicted"] for page in pages for digit in page["digits"]}
    assert found == mistakes
    assert first["count"] == len(mistakes)
    others = client.get("/api/digits?misclassified=false").json()
    assert others["count"] == 10_000 - len(mistakes)
    assert all(digit["predicted"] == digit["label"] for digit in others["digits"])


def test_filters_combine(client: TestClient, loaded_model: LoadedModel, test_digits: Digits) -> None:
    expected = [index for index in sorted(loaded_model.card.misclassified) if test_digits.labels[index] == 4]
    page = client.get("/api/digits?misclassified=true&label=4").json()
    assert [digit["index"] for digit in page["digits"]] == expected[:60]


@pytest.mark.parametrize("page", ["167", "9" * 30])
def test_past_the_last_page_the_list_is_empty(client: TestClient, page: str) -> None:
    answer = client.get(f"/api/digits?page={page}").json()
    assert answer["digits"] == []
    assert answer["pages"] == 167


def test_a_digits_pixels_are_exact_and_can_be_posted(
    client: TestClient, loaded_model: LoadedModel, test_digits: Digits
) -> None:
    index = min(loaded_model.card.misclassified)
    digit = client.get(f"/api/digits/{index}").json()
    assert digit["index"] == index
    assert digit["label"] == int(test_digits.labels[index])
    assert digit["predicted"] == loaded_model.card.misclassified[index]
    expected = test_digits.images[index].numpy().astype(np.float32) / np.float32(255)
    np.testing.assert_array_equal(np.array(digit["pixels"], dtype=np.float32), expected)
    answer = client.post("/api/classify", json={"pixels": digit["pixels"]}).json()
    assert answer["label"] == digit["predicted"]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/digits/10000", 404, "unknown_digit"),
        ("/api/digits/-1", 404, "unknown_digit"),
        ("/api/digits/seven", 422, "wrong_type"),
        ("/api/digits?label=10", 422, "out_of_range"),
        ("/api/digits?page=-1", 422, "out_of_range"),
        ("/api/digits?misclassified=perhaps", 422, "wrong_type"),
        ("/api/digits?model=cifar", 404, "unknown_model"),
        ("/api/digits/0?model=cifar", 404, "unknown_model"),
    ],
)
def test_bad_questions(client: TestClient, path: str, status: int, code: str) -> None:
    assert error_of(client.get(path)) == (status, code)
