"""What was measured of a model, as it is served: from a folder made here, so that the shipped numbers do not matter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from model.checkpoint import CheckpointError, LoadedModel
from model.measurements import COMMANDS, MeasuredKind, measured_path, write_measured
from model.morphometrics import NAMES
from server.app import create_app
from server.errors import UnknownError
from server.measured import Measurements
from server.settings import Settings
from tests.server.helpers import error_of

OFFSETS = [-2.0, -1.6, -1.2, -0.8, -0.4, 0.0, 0.4, 0.8, 1.2, 1.6, 2.0]


def dimension(label: int, place: int) -> dict[str, Any]:
    return {
        "mean": label / 10,
        "deviation": place / 100,
        "histogram": {"low": -1.0, "high": 1.0, "counts": list(range(32))},
        "name": "stroke thickness",
        "detail": "thicker by 0.4 px per standard deviation",
        "strength": 0.93,
        "measure": "thickness",
        "effect": 0.03,
        "changed": 0.2,
        "evidence": [
            {"measure": name, "unit": "px", "r": 0.5, "slope": -0.1, "share": 0.3, "values": OFFSETS} for name in NAMES
        ],
        "offsets": OFFSETS,
        "place": {"x": 13.2, "y": 20.1, "name": "lower part"},
    }


def all_classes() -> dict[str, Any]:
    classes = [
        {
            "label": label,
            "digits": 1000,
            "swept": 100,
            "length": {"mean": 0.95, "deviation": 0.04},
            "dimensions": [dimension(label, place) for place in range(16)],
        }
        for label in range(10)
    ]
    return {"command": "capsnet measure-dimensions", "seed": 0, "classes": classes}


def gauge() -> dict[str, Any]:
    areas = {"noise": 1.0, "letters": 0.9, "doodles": 0.99, "all": 0.96}
    return {
        "command": "capsnet measure-gauge",
        "seed": 0,
        "quantiles": [float(step) for step in range(101)],
        "auc": areas,
        "variants": {"error": areas},
        "counts": {"digits": 10_000, "noise": 1, "letters": 2, "doodles": 3, "all": 6},
    }


def iterations() -> dict[str, Any]:
    return {
        "trained_with": 3,
        "digits": 10_000,
        "errors": [float(r) for r in range(10)],
        "winning_lengths": [r / 10 for r in range(10)],
        "entropies": [3 - r / 10 for r in range(10)],
        "command": "capsnet study-iterations",
        "made_with": "a test",
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, loaded_model: LoadedModel) -> Path:
    """Measurements of the default model, and of the other one's former weights."""
    folder = tmp_path_factory.mktemp("measured")
    files: dict[MeasuredKind, Any] = {"iterations": iterations(), "dimensions": all_classes(), "gauge": gauge()}
    for kind, values in files.items():
        path = write_measured(loaded_model.card, kind, values, folder)
        other = measured_path("mnist", kind, folder)
        other.write_text(path.read_text().replace(loaded_model.card.sha256, "0" * 64))
    return folder


@pytest.fixture(scope="module")
def asked(folder: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(device="cpu", measured_dir=folder)), raise_server_exceptions=False) as client:
        yield client


def test_what_was_measured_of_each_model_is_told(asked: TestClient) -> None:
    told = {model["name"]: model["measured"] for model in asked.get("/api/models").json()["models"]}
    assert told[Settings().default_model] == ["iterations", "dimensions", "gauge"]
    assert told["mnist"] == []  # that was of other weights


def test_the_iterations(asked: TestClient) -> None:
    expected = iterations()
    del expected["made_with"]
    body = asked.get("/api/iterations").json()
    assert body == {**expected, "model": Settings().default_model}
    assert asked.get(f"/api/iterations?model={Settings().default_model}").json() == body


def test_the_dimensions_of_one_class(asked: TestClient) -> None:
    body = asked.get("/api/dimensions?label=7").json()
    expected = all_classes()
    assert body == {**expected["classes"][7], "model": Settings().default_model, "command": expected["command"]}
    assert asked.get(f"/api/dimensions?label=7&model={Settings().default_model}").json() == body


def test_the_gauge(asked: TestClient) -> None:
    expected = gauge()
    del expected["seed"]
    assert asked.get("/api/gauge").json() == {**expected, "model": Settings().default_model}


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/iterations?model=mnist", 404, "no_iterations"),  # measured on other weights
        ("/api/dimensions?label=7&model=mnist", 404, "no_dimensions"),
        ("/api/gauge?model=mnist", 404, "no_gauge"),
        ("/api/iterations?model=cifar", 404, "unknown_model"),
        ("/api/dimensions?label=7&model=cifar", 404, "unknown_model"),
        ("/api/gauge?model=cifar", 404, "unknown_model"),
        ("/api/dimensions", 422, "missing_field"),
        ("/api/dimensions?label=10", 422, "out_of_range"),
        ("/api/dimensions?label=-1", 422, "out_of_range"),
        ("/api/dimensions?label=seven", 422, "wrong_type"),
    ],
)
def test_bad_questions(asked: TestClient, path: str, status: int, code: str) -> None:
    assert error_of(asked.get(path)) == (status, code)


@pytest.mark.parametrize("kind", COMMANDS)
def test_what_was_not_measured_names_the_command_that_does_it(asked: TestClient, kind: MeasuredKind) -> None:
    message = asked.get(f"/api/{kind}?model=mnist&label=7").json()["error"]["message"]
    assert f"has not been measured of its weights; “capsnet {COMMANDS[kind]} --model mnist” does it." in message


def test_without_files_there_is_nothing_to_serve(loaded_model: LoadedModel, tmp_path: Path) -> None:
    name = loaded_model.card.name
    measurements = Measurements.load([loaded_model.card], tmp_path / "none")
    assert measurements.kinds(name) == []
    with pytest.raises(UnknownError, match="has not been measured"):
        measurements.dimensions(name, 3)


def without_a_dimension() -> dict[str, Any]:
    values = all_classes()
    del values["classes"][3]["dimensions"][15]
    return values


@pytest.mark.parametrize(
    ("kind", "values", "complaint"),
    [
        ("iterations", {**iterations(), "errors": [0.5] * 3}, "errors"),
        ("dimensions", without_a_dimension(), r"classes\.3\.dimensions"),
        ("gauge", {**gauge(), "quantiles": None}, "quantiles"),
    ],
)
def test_a_file_of_another_shape_is_refused_when_the_server_starts(
    loaded_model: LoadedModel, tmp_path: Path, kind: MeasuredKind, values: dict[str, Any], complaint: str
) -> None:
    write_measured(loaded_model.card, kind, values, tmp_path)
    with pytest.raises(CheckpointError, match=rf"(?s){loaded_model.card.name}\.{kind}\.json.*{complaint}"):
        Measurements.load([loaded_model.card], tmp_path)
