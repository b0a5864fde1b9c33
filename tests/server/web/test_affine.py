"""What was measured on digits made as affNIST is: as its endpoint sends it, and where there is none."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from fastapi.testclient import TestClient

from model.data.affine import made_as_affnist_is
from model.data.datasets import Digits
from model.explaining.affine_accuracy import AffineAccuracy, write_affine
from model.explaining.measurements import SHIPPED_MEASURED
from model.zoo.checkpoint import CheckpointError
from server.app import create_app
from server.settings import Settings
from server.web.affine import load_affine
from tests.conftest import TEST_CLIENT
from tests.small_models import save_average

STUDY = AffineAccuracy(digits=200, unturned=198, affine=140)
MADE = {"command": "capsnet evaluate --affine", "made_with": "a test", "seed": 5}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two networks were measured."""
    for name in ("second", "first"):
        write_affine(save_average(tmp_path / "weights", name, image_size=40), STUDY, MADE, tmp_path / "measured")
    return tmp_path / "measured"


def test_every_network_that_was_measured_is_sent_with_examples(folder: Path, test_digits: Digits) -> None:
    with TestClient(create_app(Settings(device="cpu", allowed_hosts=TEST_CLIENT, measured_dir=folder))) as client:
        body = client.get("/api/affine-accuracy").json()
    assert [row["model"] for row in body["rows"]] == ["first", "second"]
    row = body["rows"][0]
    assert {key: row[key] for key in asdict(STUDY)} == asdict(STUDY)
    assert (row["architecture"], row["frame"], row["seed"], row["epochs"]) == ("cnn-average", 6, 5, 2)
    assert [example["label"] for example in body["examples"]] == list(range(10))
    made = made_as_affnist_is(Digits(test_digits.images[:62], test_digits.labels[:62]), seed=5)
    for example in body["examples"]:
        index = example["index"]
        assert test_digits.labels[index] == example["label"]
        assert np.array_equal(example["unturned"], np.pad(test_digits.images[index].numpy(), 6))
        assert np.array_equal(example["affine"], made.images[index].numpy())


def test_where_nothing_was_measured_nothing_is_sent(tmp_path: Path) -> None:
    assert load_affine(tmp_path / "none").model_dump() == {"rows": [], "examples": []}


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ('"affine": 140', '"affine": 201', "there are 200 digits"),
        ('"frame": 6', '"frame": 0', "frame"),
        ('"unturned": 198', '"unturned": "many"', "unturned"),
    ],
)
def test_a_file_of_another_shape_is_refused(folder: Path, before: str, after: str, complaint: str) -> None:
    path = folder / "first.affine.json"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(CheckpointError, match=rf"(?s)first\.affine\.json is damaged.*{complaint}"):
        load_affine(folder)


def test_what_ships_was_measured_on_all_test_digits_of_one_set() -> None:
    body = load_affine(SHIPPED_MEASURED)
    assert body.rows
    assert {(row.digits, row.seed, row.frame) for row in body.rows} == {(10_000, 0, 6)}
    for row in body.rows:
        assert row.affine < row.unturned
        assert f"--frame 6 --name {row.model} " in row.trained_by
        assert "--other-hands" not in row.trained_by, "digits that are turned chose no weights"
