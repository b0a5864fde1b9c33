"""The study of the iterations over HTTP: the file's figures, and a clear no where there is none."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from model.checkpoint import LoadedModel
from model.study import IterationStudy, save_study
from server.app import create_app
from server.dependencies import Services
from server.settings import Settings
from tests.server.helpers import error_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("studies")


@pytest.fixture(scope="module")
def asked(folder: Path, client: TestClient) -> TestClient:
    """An app with studies of its own and the models of the shared one; its lifespan never runs."""
    app = create_app(Settings(device="cpu", studies_dir=folder))
    services: Services = client.app.state.services  # type: ignore[attr-defined]
    app.state.services = services
    return TestClient(app)


def study_of(model: LoadedModel, sha256: str) -> IterationStudy:
    figures = [float(k) for k in range(10)]
    name = model.card.name
    return IterationStudy(name, sha256, 3, 10_000, figures, figures, figures, "the command", "a test")


def test_the_figures_are_those_of_the_file(asked: TestClient, folder: Path, loaded_model: LoadedModel) -> None:
    study = study_of(loaded_model, loaded_model.card.sha256)
    save_study(study, folder)
    answer = asked.get(f"/api/studies/iterations?model={study.model}")
    assert answer.status_code == 200
    body = answer.json()
    assert body == {name: value for name, value in asdict(study).items() if name in body}
    assert {"errors", "winning_lengths", "entropies", "trained_with", "digits"} <= set(body)
    assert asked.get("/api/studies/iterations").json() == body  # of the default model


def test_a_study_of_other_weights_is_none(asked: TestClient, folder: Path, loaded_model: LoadedModel) -> None:
    path = save_study(study_of(loaded_model, "f" * 64), folder)
    answer = asked.get("/api/studies/iterations")
    assert error_of(answer) == (404, "unknown_study")
    assert "other weights" in answer.json()["error"]["message"]
    path.unlink()
    answer = asked.get("/api/studies/iterations")
    assert error_of(answer) == (404, "unknown_study")
    assert f"capsnet study-iterations --model {loaded_model.card.name}" in answer.json()["error"]["message"]
    path.write_text(json.dumps(["no", "study"]))
    assert error_of(asked.get("/api/studies/iterations")) == (404, "unknown_study")


def test_an_unknown_model_is_unknown(asked: TestClient) -> None:
    assert error_of(asked.get("/api/studies/iterations?model=cifar")) == (404, "unknown_model")
