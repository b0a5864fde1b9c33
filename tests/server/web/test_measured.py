"""What was measured of a model, as it is served: from a folder made here, so that the shipped numbers do not matter."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest
from fastapi.testclient import TestClient

from model.data.viewpoints import PIECES, TRANSFORMATIONS
from model.explaining.measurements import COMMANDS, MeasuredKind, measured_path, write_measured
from model.explaining.sights import NAMES
from model.zoo.checkpoint import CheckpointError, LoadedModel, load_model
from server.app import create_app
from server.settings import Settings
from server.web.errors import UnknownError
from server.web.measured import DIMENSIONS, Measurements
from server.web.schemas_measured import OverlapBody
from server.web.schemas_measured_viewpoints import TransformationName
from tests.conftest import TEST_CLIENT
from tests.server.helpers import error_of
from tests.small_models import save_pooling, save_unlike_the_paper

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


def viewpoints(F: int = 16, classes: int = 10, *, capsules: bool = True) -> dict[str, Any]:
    errors = [4.0, 3.0, 2.0, 1.0, 0.0, 1.0, 2.0, 3.0, 4.0] if capsules else None
    paths = [
        {
            "label": label,
            "transformation": name,
            "amounts": [k / 8 for k in range(-4, 5)],
            "direction": [label + k / 100 for k in range(F)],
            "plane": [[1.0] + [0.0] * (F - 1), [0.0, 1.0] + [0.0] * (F - 2)],
            "digits": [3, 8],
            "paths": [[[k / 10, label / 10] for k in range(9)]] * 2,
            "explained": 0.9,
            "straightness": 0.95,
            "same_direction": -0.5,
            "r2": 0.5,
            "r2_features": -0.25,
            "pushed": errors,
            "unpushed": errors,
            "pushed_error": 2.5 if capsules else None,
            "unpushed_error": 2.5 if capsules else None,
        }
        for label in range(classes)
        for name in TRANSFORMATIONS
    ]
    command = "capsnet measure-viewpoints"
    return {"command": command, "made_with": "a test", "seed": 0, "fitted": 100, "tried": 30, "paths": paths}


def viewpoint_accuracy() -> dict[str, Any]:
    answers = {"amounts": [-1.0, 0.0, 1.0], "right": [3, 10, 4], "sure_wrong": [5, 0, 6]}
    return {
        "command": "capsnet study-viewpoints",
        "made_with": "a test",
        "digits": 10,
        "sure_above": 0.5,
        "transformations": dict.fromkeys(TRANSFORMATIONS, answers),
        "pieces": {name: {"same": 1, "sure": 8} for name in PIECES},
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
        "viewpoints": viewpoints(),
        "viewpoint-accuracy": viewpoint_accuracy(),
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
    assert told[Settings().default_model] == [
        "iterations",
        "dimensions",
        "gauge",
        "routings",
        "agreement",
        "viewpoints",
        "viewpoint-accuracy",
    ]
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


def test_the_path_of_one_class_under_one_transformation(asked: TestClient) -> None:
    body = asked.get("/api/viewpoint-paths?label=7&transformation=shear").json()
    expected = viewpoints()
    (entry,) = (p for p in expected["paths"] if (p["label"], p["transformation"]) == (7, "shear"))
    about = {key: expected[key] for key in ("command", "fitted", "tried")}
    assert body == {**entry, **about, "model": Settings().default_model}


def test_the_accuracy_from_other_viewpoints(asked: TestClient) -> None:
    expected = viewpoint_accuracy()
    del expected["made_with"]
    assert asked.get("/api/viewpoint-accuracy").json() == {**expected, "model": Settings().default_model}


def test_transformations_have_the_names_of_viewpoints() -> None:
    assert list(get_args(TransformationName)) == list(TRANSFORMATIONS)


def test_what_was_measured_of_a_cnn_with_pooling_needs_no_capsules(tmp_path: Path) -> None:
    save_unlike_the_paper(tmp_path)
    card = save_pooling(tmp_path)
    F = card.config.geometry()["features"]
    assert F != 16
    write_measured(card, "viewpoints", viewpoints(F, capsules=False), tmp_path)
    write_measured(card, "viewpoint-accuracy", viewpoint_accuracy(), tmp_path)
    settings = Settings(
        device="cpu", allowed_hosts=TEST_CLIENT, weights_dir=tmp_path, measured_dir=tmp_path, default_model="small"
    )
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        body = client.get("/api/viewpoint-paths?model=cnn&label=2&transformation=right").json()
        assert (len(body["direction"]), body["pushed"], body["unpushed_error"]) == (F, None, None)
        assert client.get("/api/viewpoint-accuracy?model=cnn").json()["digits"] == 10
        refused = client.get("/api/viewpoint-paths?label=7&transformation=right")  # the default model has seven classes
        assert error_of(refused) == (422, "out_of_range")


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
        ("/api/viewpoint-paths?label=7&transformation=right&model=mnist", 404, "no_viewpoints"),
        ("/api/viewpoint-accuracy?model=mnist", 404, "no_viewpoint_accuracy"),
        ("/api/viewpoint-paths?label=7&transformation=right&model=multimnist", 422, "wrong_task"),
        ("/api/viewpoint-accuracy?model=multimnist", 422, "wrong_task"),
        ("/api/viewpoint-paths?label=7", 422, "missing_field"),
        ("/api/viewpoint-paths?transformation=right", 422, "missing_field"),
        ("/api/viewpoint-paths?label=10&transformation=right", 422, "out_of_range"),
        ("/api/viewpoint-paths?label=7&transformation=left", 422, "unknown_option"),
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
    path = "viewpoint-paths" if kind == "viewpoints" else kind
    refused = unmeasured.get(f"/api/{path}?model={name}&label=7&transformation=right")
    assert error_of(refused) == (404, f"no_{kind.replace('-', '_')}")
    message = refused.json()["error"]["message"]
    assert f"has not been measured for this model. Run “capsnet {COMMANDS[kind]} --model {name}” to do it." in message


def test_without_files_there_is_nothing_to_serve(loaded_model: LoadedModel, tmp_path: Path) -> None:
    name = loaded_model.card.name
    measurements = Measurements.load([loaded_model.card], tmp_path / "none")
    assert measurements.kinds(name) == []
    with pytest.raises(UnknownError, match="has not been measured"):
        measurements.of(DIMENSIONS, name)


def without_a_path() -> dict[str, Any]:
    values = viewpoints()
    del values["paths"][30]
    return values


def without_a_place() -> dict[str, Any]:
    values = viewpoints()
    values["paths"][30]["paths"][1] = values["paths"][30]["paths"][1][:8]
    return values


def with_answers(**answers: list[float]) -> dict[str, Any]:
    values = viewpoint_accuracy()
    values["transformations"]["shear"] = {**values["transformations"]["shear"], **answers}
    return values


def without(part: str, name: str) -> dict[str, Any]:
    values = viewpoint_accuracy()
    del values[part][name]
    return values


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
        ("viewpoints", viewpoints(F=15), "the model has 16 numbers, not 15"),
        ("viewpoints", viewpoints(classes=9), "each of 10 classes has every transformation once"),
        ("viewpoints", without_a_path(), "each of 10 classes has every transformation once"),
        ("viewpoints", without_a_place(), r"paths\.30\.paths\.1"),
        ("viewpoint-accuracy", with_answers(right=[3, 10]), "there are counts for each amount"),
        ("viewpoint-accuracy", with_answers(amounts=[0.0, -1.0, 1.0]), "amounts ascend"),
        ("viewpoint-accuracy", with_answers(right=[3, 11, 4]), "no count is above 10"),
        ("viewpoint-accuracy", without("pieces", "strips"), "every transformation and every arrangement"),
        ("viewpoint-accuracy", without("transformations", "scale"), "every transformation and every arrangement"),
        ("overlap", {**overlap(), "tested": {**overlap()["tested"], "box": []}}, r"tested\.box"),
    ],
)
def test_a_file_of_another_shape_is_refused_when_the_server_starts(
    loaded_model: LoadedModel, tmp_path: Path, kind: MeasuredKind, values: dict[str, Any], complaint: str
) -> None:
    write_measured(loaded_model.card, kind, values, tmp_path)
    with pytest.raises(CheckpointError, match=rf"(?s){loaded_model.card.name}\.{kind}\.json.*{complaint}"):
        Measurements.load([loaded_model.card], tmp_path)
