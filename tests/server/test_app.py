"""The app as a whole: models, health, overload, failure, headers, and that nothing is shared between apps."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from model.explaining.measurements import COMMANDS
from model.zoo.checkpoint import CheckpointError, LoadedModel
from server.app import create_app
from server.settings import Settings
from tests.server.helpers import error_of, worker_of

GEOMETRY = {
    "image": [28, 28],
    "conv1": [256, 20, 20],
    "kernel_size": 9,
    "primary_stride": 2,
    "primary_types": 32,
    "grid": [6, 6],
    "primary_dim": 8,
    "primary_count": 1152,
    "classes": 10,
    "pose_dim": 16,
    "channels": None,
    "features": None,
}


def test_models_are_what_their_cards_say(client: TestClient, loaded_model: LoadedModel) -> None:
    answer = client.get("/api/models").json()
    card = loaded_model.card
    assert answer["default"] == Settings().default_model
    model = next(model for model in answer["models"] if model["name"] == answer["default"])
    assert model == {
        "name": card.name,
        "title": card.title,
        "dataset": card.dataset,
        "class_names": card.classes,
        "geometry": GEOMETRY,
        "task": "digit",
        "max_shift": card.training["max_shift"],
        "layer": None,
        "architecture": "capsnet",
        "has_capsules": True,
        "data_set": "mnist",
        "parameter_count": 8_215_568,
        "test_error": card.test_error,
        "routing_iterations": card.capsules.routing_iterations,
        "seed": card.seed,
        "epochs": card.epochs,
        "epoch_test_errors": card.epoch_test_errors,
        "epoch_validation_errors": [],
        "first_weights": card.first_weights,
        "command": card.command,
        "device": "cpu",
        "measured": [
            kind
            for kind in COMMANDS
            if client.get(
                f"/api/{'viewpoint-paths' if kind == 'viewpoints' else kind}?label=7&transformation=right"
            ).is_success
        ],
    }


def test_a_running_app_is_alive_and_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready"}


def test_an_app_that_has_not_loaded_is_alive_but_not_ready(settings: Settings) -> None:
    not_started = TestClient(create_app(settings))  # without `with` there is no lifespan
    assert not_started.get("/healthz").status_code == 200
    response = not_started.get("/readyz")
    assert error_of(response) == (503, "not_ready")
    assert response.headers["retry-after"] == "1"
    assert error_of(not_started.post("/api/classify", json={})) == (503, "not_ready")


def test_an_app_that_has_stopped_is_not_ready(settings: Settings) -> None:
    app = create_app(settings)
    with TestClient(app) as client:
        assert client.get("/readyz").status_code == 200
    assert error_of(TestClient(app).get("/readyz")) == (503, "not_ready")


@pytest.mark.slow
def test_three_apps_side_by_side(settings: Settings, pixels: dict[str, Any]) -> None:
    apps = [create_app(settings.model_copy(update={"max_body_bytes": limit})) for limit in (100, 1000, 100_000)]
    with TestClient(apps[0]) as one, TestClient(apps[1]) as two, TestClient(apps[2]) as three:
        statuses = [client.post("/api/classify", json=pixels).status_code for client in (one, two, three)]
    assert statuses == [413, 413, 200]
    assert len({id(app.state.services.host) for app in apps}) == 3


@pytest.fixture
def small_client(settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(settings.model_copy(update={"queue_size": 1, "retry_after": 7}))) as client:
        yield client


def test_one_request_too_many_is_told_to_come_back(small_client: TestClient, pixels: dict[str, Any]) -> None:
    worker = worker_of(small_client)
    release, started = threading.Event(), threading.Event()

    def occupy() -> None:
        started.set()
        release.wait(30)

    assert small_client.portal is not None
    occupied = small_client.portal.start_task_soon(worker.run, occupy)
    started.wait(30)
    response = small_client.post("/api/classify", json=pixels)
    assert error_of(response) == (503, "overloaded")
    assert response.headers["retry-after"] == "7"
    with small_client.websocket_connect("/api/dials") as socket:
        socket.send_bytes(bytes(72))
        assert socket.receive_json()["error"]["code"] == "overloaded"
    release.set()
    occupied.result(30)
    assert small_client.post("/api/classify", json=pixels).status_code == 200


def test_an_exception_inside_is_a_fixed_message_and_the_server_lives_on(
    client: TestClient, pixels: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a secret")

    with monkeypatch.context() as patch:
        patch.setattr("model.predictor.Predictor.trace", fail)
        responses = [client.post("/api/trace", json=pixels) for _ in range(40)]  # more than the queue holds
    assert {error_of(response) for response in responses} == {(500, "internal")}
    assert all("secret" not in response.text for response in responses)
    assert client.post("/api/trace", json=pixels).status_code == 200


def test_the_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAPSNET_PORT", "9123")
    monkeypatch.setenv("CAPSNET_QUEUE_SIZE", "5")
    assert (Settings().port, Settings().queue_size) == (9123, 5)
    assert Settings(port=1).port == 1


def test_weights_that_are_not_there_stop_the_start(settings: Settings, tmp_path: Any) -> None:
    app = create_app(settings.model_copy(update={"weights_dir": tmp_path}))
    with (
        pytest.raises(CheckpointError, match=f"no model '{settings.default_model}' in .*: there are none"),
        TestClient(app),
    ):
        pass  # pragma: no cover


def test_tensors_are_never_compressed(client: TestClient, pixels: dict[str, Any]) -> None:
    response = client.post("/api/trace", json=pixels, headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in response.headers
    assert int(response.headers["content-length"]) == len(response.content)


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/readyz", "/api/models", "/api/digits/7", "/openapi.json", "/static/icon.svg"]
)
def test_head_answers_as_get_does_without_the_body(client: TestClient, path: str) -> None:
    get, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) == dict(get.headers)
    assert get.content


def test_head_is_refused_where_get_is(client: TestClient) -> None:
    head = client.head("/api/classify")
    assert (head.status_code, head.content, head.headers["allow"]) == (405, b"", "POST")
    assert client.head("/api/nothing").status_code == 404


def test_head_is_not_described_apart_from_get(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert not [path for path, operations in paths.items() if "head" in operations]


def test_what_the_api_says_in_words_is_compressed(client: TestClient) -> None:
    assert client.get("/api/digits", headers={"accept-encoding": "gzip"}).headers["content-encoding"] == "gzip"
