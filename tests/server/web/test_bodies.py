"""Bodies that do not go on, and connections that never finish the head of a request."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.requests import Request
from starlette.types import Message

from server.serve import Server
from server.web import bodies
from server.web.errors import TooSlowError
from server.web.unfinished import UnfinishedHeads
from tests.server.bare_server import app

pytestmark = pytest.mark.slow  # real processes and connections


def read_from(messages: list[bytes], pause: float) -> bytes:
    """Read a JSON body whose pieces come one by one, each after a pause."""
    waiting = list(messages)

    async def receive() -> Message:
        if not waiting:
            await asyncio.sleep(3600)
        await asyncio.sleep(pause)
        return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting)}

    scope = {"type": "http", "method": "POST", "path": "/", "headers": [(b"content-type", b"application/json")]}
    return asyncio.run(bodies.read(Request(scope, receive), (bodies.JSON,), 1000)).content


def test_a_body_that_stalls_or_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "STALL_SECONDS", 1.5)
    assert read_from([b"[", b"1", b"]"], 0.6) == b"[1]"  # in all it takes longer than a stall may
    with pytest.raises(TooSlowError):
        read_from([b"[", b"1"], 5.0)
    monkeypatch.setattr(bodies, "MOST_SECONDS", 0.6)
    with pytest.raises(TooSlowError):
        read_from([b"["] * 100, 0.05)


@pytest.fixture
def address() -> Iterator[tuple[str, int]]:
    """A server of ours that waits two seconds for the head of a request; its app answers with one byte."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, lifespan="off", log_level="warning", timeout_keep_alive=3600)
    server = Server(config, "", open_browser=False, unfinished=UnfinishedHeads(2))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield listener.getsockname()
    server.should_exit = True
    thread.join()


def is_closed(raw: socket.socket, within: float) -> bool:
    """Whether the server closes the connection in so many seconds."""
    deadline = time.monotonic() + within
    raw.settimeout(0.1)
    while time.monotonic() < deadline:
        with contextlib.suppress(TimeoutError):
            if not raw.recv(65536):
                return True
    return False


def test_a_head_that_never_ends_is_not_waited_for(address: tuple[str, int]) -> None:
    with socket.create_connection(address) as silent, socket.create_connection(address) as halfway:
        halfway.sendall(b"GET / HTTP/1.1\r\nHost: a")
        assert is_closed(silent, 30)
        assert is_closed(halfway, 30)


def test_a_connection_that_was_answered_may_rest_and_its_next_head_may_not(address: tuple[str, int]) -> None:
    with socket.create_connection(address) as raw:
        raw.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert not is_closed(raw, 6)
        raw.sendall(b"GET / HTTP/1.1\r\n")
        assert is_closed(raw, 30)
