"""What was measured of a model, as it is served: from a folder made here, so that the shipped numbers do not matter."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from model.checkpoint import CheckpointError, LoadedModel
from model.measured import write_measured
from model.morphometrics import NAMES
from server.app import create_app
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


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, loaded_model: LoadedModel) -> Path:
    """Measurements of the default model, and of the other one's former weights."""
    folder = tmp_path_factory.mktemp("measured")
    for kind, values in (("dimensions", all_classes()), ("gauges", gauge())):
        path = write_measured(loaded_model.card, values, folder / kind)
        other = path.with_name("mnist.json")
        other.write_text(path.read_text().replace(loaded_model.card.sha256, "0" * 64))
    return folder


@pytest.fixture(scope="module")
def asked(folder: Path) -> Iterator[TestClient]:
    settings = Settings(device="cpu", dimensions_dir=folder / "dimensions", gauges_dir=folder / "gauges")
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


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
        ("/api/dimensions?label=7&model=mnist", 404, "no_dimensions"),  # measured on other weights
        ("/api/gauge?model=mnist", 404, "no_gauge"),
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


def test_without_files_there_is_nothing_to_serve(loaded_model: LoadedModel, tmp_path: Path) -> None:
    settings = Settings(device="cpu", dimensions_dir=tmp_path, gauges_dir=tmp_path / "none")
    measurements = Measurements.load([loaded_model.card], settings)
    with pytest.raises(Exception, match="has not been measured"):
        measurements.dimensions(loaded_model.card.name, 3)


def test_a_file_of_another_shape_is_refused_when_the_server_starts(loaded_model: LoadedModel, tmp_path: Path) -> None:
    values = copy.deepcopy(all_classes())
    del values["classes"][3]["dimensions"][15]
    write_measured(loaded_model.card, json.loads(json.dumps(values)), tmp_path)
    with pytest.raises(CheckpointError, match=r"classes\.3\.dimensions"):
        Measurements.load([loaded_model.card], Settings(dimensions_dir=tmp_path, gauges_dir=tmp_path / "none"))
