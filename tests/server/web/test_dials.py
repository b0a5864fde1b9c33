"""The dials: what a frame is, that the newest wins, and that bad frames do no harm."""

from __future__ import annotations

import asyncio
import contextlib
import json
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import numpy as np
import pytest
from fastapi import WebSocket
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from model.network.config import CapsNetConfig
from server.app import create_app
from server.routers.dials import read_requests
from server.settings import Settings
from server.web.dials import Frames, Newest, pack
from tests.server.helpers import Array, read_safetensors, worker_of

FRAMES = Frames(CapsNetConfig())
POSE = np.linspace(-0.4, 0.4, 16, dtype=np.float32)


def frame(sequence: int, label: int = 3, pose: Array = POSE) -> bytes:
    return struct.pack("<II16f", sequence, label, *pose)


def read_answer(data: bytes) -> tuple[int, int, Array]:
    assert len(data) == 3144
    sequence, label = struct.unpack_from("<II", data)
    return sequence, label, np.frombuffer(data, "<f4", offset=8).reshape(28, 28)


def test_frames_are_as_long_as_the_interface_says() -> None:
    assert FRAMES.request_bytes == 72
    assert Frames(CapsNetConfig(pose_dim=8)).request_bytes == 40
    picture = np.random.default_rng(0).random((28, 28), dtype=np.float32)
    sequence, label, read = read_answer(pack(4_000_000_000, 9, picture))
    assert (sequence, label) == (4_000_000_000, 9)
    np.testing.assert_array_equal(read, picture)


def test_a_request_is_read_as_it_was_written() -> None:
    request = FRAMES.unpack(frame(7))
    assert (request.sequence, request.label) == (7, 3)
    np.testing.assert_array_equal(request.pose, POSE)


def test_putting_replaces_what_nobody_has_taken() -> None:
    async def scenario() -> list[int]:
        newest: Newest[int] = Newest()
        newest.put(1)
        newest.put(2)
        first = await newest.take()
        waiting = asyncio.create_task(newest.take())
        await asyncio.sleep(0)
        newest.put(3)
        return [first, await waiting]

    assert asyncio.run(scenario()) == [2, 3]


def test_an_answer_equals_that_of_the_public_endpoint(client: TestClient) -> None:
    response = client.post("/api/reconstruct", json={"poses": [POSE.tolist()], "label": 3})
    expected = read_safetensors(response.content)[0]["reconstructions"][0]
    with client.websocket_connect(f"/api/dials?model={Settings().default_model}") as socket:
        for sequence in (0, 2**32 - 1):
            socket.send_bytes(frame(sequence))
            found, label, picture = read_answer(socket.receive_bytes())
            assert (found, label) == (sequence, 3)
            np.testing.assert_allclose(picture, expected, atol=1e-6)


@contextmanager
def occupied_worker(client: TestClient) -> Iterator[None]:
    """Keep the network's thread busy."""
    worker = worker_of(client)
    release, started = threading.Event(), threading.Event()

    def occupy() -> None:
        started.set()
        release.wait(30)

    future = worker._executor.submit(occupy)
    started.wait(30)
    try:
        yield
    finally:
        release.set()
        future.result(30)


def test_the_newest_request_wins(client: TestClient) -> None:
    with client.websocket_connect("/api/dials") as socket:
        with occupied_worker(client):
            socket.send_bytes(frame(1))
            socket.send_bytes(b"")  # its error comes back once the first request has been read
            assert "error" in json.loads(socket.receive_text())
            for sequence in range(2, 50):
                socket.send_bytes(frame(sequence))
            socket.send_bytes(b"")
            assert "error" in json.loads(socket.receive_text())
        answered = [read_answer(socket.receive_bytes())[0] for _ in range(2)]
        socket.send_bytes(frame(50))
        answered.append(read_answer(socket.receive_bytes())[0])
    assert answered == [1, 49, 50]


BAD_FRAMES = {
    "empty": (b"", None),
    "3 bytes": (b"abc", None),
    "71 bytes": (frame(5)[:-1], 5),
    "73 bytes": (frame(6) + b"x", 6),
    "a megabyte": (frame(6) + bytes(1_000_000), 6),
    "label 10": (frame(7, label=10), 7),
    "label 2^32 - 1": (frame(8, label=2**32 - 1), 8),
    "NaN": (frame(9, pose=np.full(16, np.nan)), 9),
    "infinity": (frame(10, pose=np.full(16, -np.inf)), 10),
    "one NaN": (frame(11, pose=np.where(np.arange(16) == 5, np.nan, POSE)), 11),
    "too far": (frame(12, pose=np.full(16, 1001)), 12),
}


@pytest.mark.parametrize("case", BAD_FRAMES)
def test_a_malformed_frame_is_answered_and_the_connection_stays(client: TestClient, case: str) -> None:
    data, sequence = BAD_FRAMES[case]
    with client.websocket_connect("/api/dials") as socket:
        socket.send_bytes(data)
        error = json.loads(socket.receive_text())["error"]
        assert error["code"] == "malformed_frame"
        assert error["message"]
        assert error.get("sequence") == sequence
        socket.send_bytes(frame(99))
        assert read_answer(socket.receive_bytes())[0] == 99


def test_a_text_frame_is_malformed(client: TestClient) -> None:
    with client.websocket_connect("/api/dials") as socket:
        socket.send_text("hello")
        assert json.loads(socket.receive_text())["error"]["code"] == "malformed_frame"
        socket.send_bytes(frame(1))
        assert read_answer(socket.receive_bytes())[0] == 1


def test_an_unknown_model_is_named_and_the_connection_closed(client: TestClient) -> None:
    with client.websocket_connect("/api/dials?model=cifar") as socket:
        assert json.loads(socket.receive_text())["error"]["code"] == "unknown_model"
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_text()
    assert closed.value.code == 1008


def test_an_app_that_has_not_loaded_says_to_come_back(settings: Settings) -> None:
    with TestClient(create_app(settings)).websocket_connect("/api/dials") as socket:
        assert json.loads(socket.receive_text())["error"]["code"] == "not_ready"
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_text()
    assert closed.value.code == 1013


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "http://[", "null", ""])
def test_another_sites_page_is_refused(client: TestClient, origin: str) -> None:
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/api/dials", headers={"origin": origin}):
        pass  # pragma: no cover


def test_the_own_page_is_not(client: TestClient) -> None:
    with client.websocket_connect("/api/dials", headers={"origin": "http://testserver"}) as socket:
        socket.send_bytes(frame(1))
        assert read_answer(socket.receive_bytes())[0] == 1


def test_a_failure_inside_is_answered_and_the_connection_stays(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the reason, which is for the log only")

    with client.websocket_connect("/api/dials") as socket:
        with monkeypatch.context() as patch:
            patch.setattr("model.predictor.Predictor.reconstruct", fail)
            socket.send_bytes(frame(1))
            error = json.loads(socket.receive_text())["error"]
        assert (error["code"], error["sequence"]) == ("internal", 1)
        assert "reason" not in error["message"]
        assert "the reason" in caplog.text
        socket.send_bytes(frame(2))
        assert read_answer(socket.receive_bytes())[0] == 2


def test_a_client_that_leaves_takes_its_tasks_along(client: TestClient) -> None:
    def tasks() -> int:
        assert client.portal is not None
        return client.portal.call(lambda: _count_tasks())

    before = tasks()
    for _ in range(5):
        with client.websocket_connect("/api/dials") as socket:
            socket.send_bytes(frame(1))
    assert tasks() == before


async def _count_tasks() -> int:
    await asyncio.sleep(0.1)
    return len(asyncio.all_tasks())


def test_who_floods_the_dials_is_read_no_faster_than_a_hand_can_turn_them() -> None:
    read = 0

    class Flood:
        async def receive(self) -> dict[str, object]:
            nonlocal read
            read += 1
            return {"type": "websocket.receive", "bytes": frame(read)}

    async def listen_for(seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await read_requests(cast(WebSocket, Flood()), FRAMES, Newest())

    asyncio.run(listen_for(0.5))
    assert 1 < read <= 251
