"""The study of fewer digits, as it is served: from a file made here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from model.zoo.checkpoint import CheckpointError
from model.zoo.fewer_digits import FEWER_DIGITS, Results, Run
from server.app import create_app
from server.settings import Settings
from server.web.measured import Measurements
from tests.conftest import TEST_CLIENT

PARAMETERS = {
    "steps": 3,
    "batch_size": 4,
    "max_shift": 2,
    "learning_rate": 0.001,
    "warmup_steps": 0,
    "optimizer": "Adam",
    "digits": 100,
}
MADE = {"command": "capsnet study-fewer-digits --seeds 1"}


def write(folder: Path) -> dict[str, Any]:
    """A study of two runs, as the command writes it."""
    results = Results(folder / FEWER_DIGITS, PARAMETERS, MADE)
    results.add(Run("capsnet", 10, 1), 62)
    results.add(Run("cnn-pooling", 10, 1), 59)
    return {**PARAMETERS, **MADE, "runs": results.runs}


def answer(folder: Path) -> Any:
    settings = Settings(device="cpu", allowed_hosts=TEST_CLIENT, measured_dir=folder)
    with TestClient(create_app(settings)) as client:
        answered = client.get("/api/fewer-digits")
        assert answered.status_code == 200
        return answered.json()["study"]


def test_the_study_is_served_as_it_was_measured(tmp_path: Path) -> None:
    assert answer(tmp_path) is None  # nothing was measured yet
    assert answer(tmp_path / "none") is None
    expected = write(tmp_path)
    assert answer(tmp_path) == expected
    assert [each["errors"] for each in expected["runs"]] == [62, 59]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"runs": [{"network": "capsnet", "count": 10, "seed": 1, "errors": 101}]}, "only 100 test digits"),
        ({"runs": [{"network": "capsnet", "count": 10, "seed": 1, "errors": 1}] * 2}, "no run is there twice"),
        ({"runs": [{"network": "capsnet", "count": 0, "seed": 1, "errors": 1}]}, "count"),
        ({"steps": None}, "steps"),
    ],
)
def test_a_file_of_another_shape_is_refused_when_the_server_starts(
    tmp_path: Path, change: dict[str, Any], complaint: str
) -> None:
    values = {**write(tmp_path), **change}
    (tmp_path / FEWER_DIGITS).write_text(json.dumps(values), encoding="utf-8")
    with pytest.raises(CheckpointError, match=rf"(?s)fewer-digits\.json is damaged.*{complaint}"):
        Measurements.load([], tmp_path)


def test_a_cut_file_is_refused_too(tmp_path: Path) -> None:
    (tmp_path / FEWER_DIGITS).write_text('{"steps": 3', encoding="utf-8")
    with pytest.raises(CheckpointError, match=r"fewer-digits\.json is damaged"):
        Measurements.load([], tmp_path)
