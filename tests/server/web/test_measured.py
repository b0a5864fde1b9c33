"""What was measured of a model, as it is served: from a folder made here, so that the shipped numbers do not matter."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from model.explaining.measurements import COMMANDS, MeasuredKind, measured_path, write_measured
from model.explaining.sights import NAMES
from model.zoo.checkpoint import CheckpointError, LoadedModel, load_model
from server.app import create_app
from server.settings import Settings
from server.web.errors import UnknownError
from server.web.measured import DIMENSIONS, Measurements
from server.web.schemas_measured import OverlapBody
from tests.conftest import TEST_CLIENT
from tests.server.helpers import error_of

OFFSETS = [-2.0, -1.6, -1.2, -0.8, -0.4, 0.0, 0.4, 0.8, 1.2, 1.6, 2.0]


def dimension(label: int, place: int) -> dict[str, Any]:
    return {
        "mean": label / 10,
        "deviation": place / 100,
        "histogram": {"low": -1.0, "high": 1.0, "counts": list(range(32))},
        "name": "thicker",
        "detail": "thicker (+0.4\N{NO-BREAK SPACE}px)",
        "visibility": "slight",
        "measures": ["thickness"],
        "evidence": [
            {
                "measure": name,
                "title": name,
                "unit": "px",
                "change": 0.4,
                "effect": 0.9,
                "agree": 1.0,
                "values": OFFSETS,
            }
            for name in NAMES
        ],
        "place": {"x": 13.2, "y": 20.1, "name": "lower part"},
    }


def all_classes() -> dict[str, Any]:
    classes = [
        {
            "label": label,
            "digits": 1000,
            "swept": 100,
            "length": {"mean": 0.95, "deviation": 0.04},
            "reach": 2.0,
            "offsets": OFFSETS,
            "spreads": dict.fromkeys(NAMES, 1.5),
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


def routings() -> dict[str, Any]:
    reading = {"errors": 31, "changed": 7, "winning_length": 0.71, "entropy": 3.32}
    return {
        "trained_with": 3,
        "digits": 10_000,
        "iterations": [reading] * 3,
        "random": [{"seed": 1, "spread": 0.5, "reading": reading}],
        "turned": {"to_right": 3, "to_wrong": 2, "wrong_to_wrong": 1},
        "command": "capsnet study-routing",
        "made_with": "a test",
    }


def agreement() -> dict[str, Any]:
    names = ("with_v", "among", "strength", "outdone_strength", "outdone_length")
    ends = {"outdone_strength": "other", "outdone_length": "other"}
    pairs = {f"{name}_{end}": 0.5 for name in names for end in ("winner", ends.get(name, "others"))}
    counts = {"iterations": 3, "digits": 1000, "strongest": 10}
    return {**counts, **pairs, "outdone": 0.25, "command": "capsnet study-votes", "made_with": "a test"}


def overlap() -> dict[str, Any]:
    reading = {"both": 8, "one": 1, "none": 1}

    def bins(edges: list[float]) -> list[dict[str, Any]]:
        return [
            {"low": low, "high": high, "pairs": 10, "readings": [reading] * 5, "intervals": [[0.1, 0.3]] * 5}
            for low, high in pairwise(edges)
        ]

    shares = bins([step / 8 for step in range(9)])
    placement = {"readings": [reading] * 5, "box": shares, "ink": shares, "distance": bins([0.0, 2.0, 4.0])}
    given = {"pairs": 10, "pixels": 900, "reconstructions": [0.9] * 5, "contributions": [0.7] * 5, "fields": 0.8}
    return {
        "trained_with": 3,
        "seed": 0,
        "pairs": 10,
        "tested": placement,
        "centred": placement,
        "classes": [{"labels": [0, 1], "pairs": 10, "errors": 2, "lost": [1, 1]}],
        "ink": {"all": given, "read": given},
        "command": "capsnet study-overlap",
        "sample": [],
        "made_with": "a test",
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, loaded_model: LoadedModel) -> Path:
    """Measurements of the default model, and of the other one's former weights."""
    folder = tmp_path_factory.mktemp("measured")
    files: dict[MeasuredKind, Any] = {
        "iterations": iterations(),
        "dimensions": all_classes(),
        "gauge": gauge(),
        "routings": routings(),
        "agreement": agreement(),
    }
    for kind, values in files.items():
        path = write_measured(loaded_model.card, kind, values, folder)
        other = measured_path("mnist", kind, folder)
        other.write_text(path.read_text(encoding="utf-8").replace(loaded_model.card.sha256, "0" * 64), encoding="utf-8")
    write_measured(load_model("multimnist").card, "overlap", overlap(), folder)
    return folder


@pytest.fixture(scope="module")
def unmeasured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Nothing was measured of any model."""
    settings = Settings(device="cpu", allowed_hosts=TEST_CLIENT, measured_dir=tmp_path_factory.mktemp("none"))
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def asked(folder: Path) -> Iterator[TestClient]:
    with TestClient(
        create_app(Settings(device="cpu", allowed_hosts=TEST_CLIENT, measured_dir=folder)),
        raise_server_exceptions=False,
    ) as client:
        yield client


def test_what_was_measured_of_each_model_is_told(asked: TestClient) -> None:
    told = {model["name"]: model["measured"] for model in asked.get("/api/models").json()["models"]}
    assert told[Settings().default_model] == ["iterations", "dimensions", "gauge", "routings", "agreement"]
    assert told["mnist"] == []  # that was of other weights
    assert told["multimnist"] == ["overlap"]


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
    assert asked.get("/api/gauge").json() == {"relative_quantiles": [], **expected, "model": Settings().default_model}


def test_the_routings(asked: TestClient) -> None:
    expected = routings()
    del expected["made_with"]
    assert asked.get("/api/routings").json() == {**expected, "model": Settings().default_model}


def test_the_agreement(asked: TestClient) -> None:
    expected = agreement()
    del expected["made_with"]
    assert asked.get("/api/agreement").json() == {**expected, "model": Settings().default_model}


def test_the_overlap(asked: TestClient) -> None:
    expected = overlap()
    del expected["made_with"], expected["sample"]
    assert asked.get("/api/overlap?model=multimnist").json() == {**expected, "model": "multimnist"}


def test_the_overlap_of_a_model_without_capsules_has_one_reading_and_no_ink() -> None:
    reading = {"both": 8, "one": 1, "none": 1}
    placement = {**overlap()["tested"], "readings": [reading]}
    alone = {**overlap(), "model": "cnn", "trained_with": None, "ink": None, "tested": placement, "centred": placement}
    told = OverlapBody.model_validate(alone)
    assert (told.trained_with, told.ink, len(told.tested.readings)) == (None, None, 1)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/iterations?model=mnist", 404, "no_iterations"),  # measured on other weights
        ("/api/dimensions?label=7&model=mnist", 404, "no_dimensions"),
        ("/api/gauge?model=mnist", 404, "no_gauge"),
        ("/api/routings?model=mnist", 404, "no_routings"),
        ("/api/agreement?model=mnist", 404, "no_agreement"),
        ("/api/overlap?model=mnist", 422, "wrong_task"),
        ("/api/overlap", 422, "wrong_task"),  # the default model sees one digit
        ("/api/overlap?model=cifar", 404, "unknown_model"),
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
def test_what_was_not_measured_names_the_command_that_does_it(unmeasured: TestClient, kind: MeasuredKind) -> None:
    name = "multimnist" if kind == "overlap" else "mnist"
    refused = unmeasured.get(f"/api/{kind}?model={name}&label=7")
    assert error_of(refused) == (404, f"no_{kind}")
    message = refused.json()["error"]["message"]
    assert f"has not been measured for this model. Run “capsnet {COMMANDS[kind]} --model {name}” to do it." in message


def test_without_files_there_is_nothing_to_serve(loaded_model: LoadedModel, tmp_path: Path) -> None:
    name = loaded_model.card.name
    measurements = Measurements.load([loaded_model.card], tmp_path / "none")
    assert measurements.kinds(name) == []
    with pytest.raises(UnknownError, match="has not been measured"):
        measurements.of(DIMENSIONS, name)


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
        ("gauge", {**gauge(), "relative_quantiles": [0.5] * 50}, "relative_quantiles.*101 or none, not 50"),
        ("routings", {**routings(), "iterations": []}, "iterations"),
        ("agreement", {**agreement(), "with_v_winner": 1.5}, "with_v_winner"),
        ("overlap", {**overlap(), "tested": {**overlap()["tested"], "box": []}}, r"tested\.box"),
    ],
)
def test_a_file_of_another_shape_is_refused_when_the_server_starts(
    loaded_model: LoadedModel, tmp_path: Path, kind: MeasuredKind, values: dict[str, Any], complaint: str
) -> None:
    write_measured(loaded_model.card, kind, values, tmp_path)
    with pytest.raises(CheckpointError, match=rf"(?s){loaded_model.card.name}\.{kind}\.json.*{complaint}"):
        Measurements.load([loaded_model.card], tmp_path)
