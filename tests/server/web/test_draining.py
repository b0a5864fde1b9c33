"""A body that nobody wants does not cost the client its answer: over real connections, byte by byte."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from typing import Any
from urllib.parse import urlsplit

import pytest

from server.web.draining import DrainBodies
from tests.server.helpers import png, stroke

HOST, CLOSE = b"Host: localhost\r\n", b"Connection: close\r\n"
PNG = b"Content-Type: image/png\r\n"
LARGE = bytes(10_000_000)
# What a client that sends all and then listens is to hear: by the first line and the type of its request.
REFUSED = {
    "too large": (b"POST /api/classify", PNG, 413, "body_too_large"),
    "of a wrong type": (b"POST /api/trace", b"Content-Type: image/jpeg\r\n", 415, "unsupported_type"),
    "to nowhere": (b"POST /api/nothing", PNG, 404, "not_found"),
    "by a wrong method": (b"PUT /api/trace", PNG, 405, "method_not_allowed"),
    "to an unknown model": (b"POST /api/classify?model=cifar", PNG, 404, "unknown_model"),
    "with a GET": (b"GET /api/classify", PNG, 405, "method_not_allowed"),
}


def said_to(url: str, request: bytes, body: bytes = b"") -> tuple[int, bytes, bytes]:
    """Send all of it, then read until the server closes: the status, the head and the body."""
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port), timeout=30) as raw:
        raw.sendall(request)
        for begin in range(0, len(body), 65536):
            raw.sendall(body[begin : begin + 65536])
        answer = b""
        while more := raw.recv(65536):
            answer += more
    head, _, content = answer.partition(b"\r\n\r\n")
    return int(head.split(b" ", 2)[1]), head, content


def code_in(content: bytes) -> str:
    return str(json.loads(content)["error"]["code"])


@pytest.mark.parametrize("version", [b"1.1", b"1.0"])
@pytest.mark.parametrize("case", REFUSED)
def test_who_sends_all_and_then_listens_hears_why(live_url: str, case: str, version: bytes) -> None:
    line, kind, status, code = REFUSED[case]
    length = f"Content-Length: {len(LARGE)}\r\n".encode()
    head = line + b" HTTP/" + version + b"\r\n" + HOST + kind + CLOSE + length + b"\r\n"
    told, _, content = said_to(live_url, head, LARGE)
    assert (told, code_in(content)) == (status, code)


def test_so_does_who_declares_no_length(live_url: str) -> None:
    head = b"POST /api/classify HTTP/1.1\r\n" + HOST + PNG + CLOSE + b"Transfer-Encoding: chunked\r\n\r\n"
    chunked = b"".join(b"10000\r\n" + bytes(65536) + b"\r\n" for _ in range(160)) + b"0\r\n\r\n"
    told, _, content = said_to(live_url, head, chunked)
    assert (told, code_in(content)) == (413, "body_too_large")


def test_who_asks_first_hears_no_and_is_not_asked_for_the_body(live_url: str) -> None:
    """Not even "100 Continue"; and the connection ends, as the next request would be taken for the body."""
    begun = time.monotonic()
    head = b"POST /api/classify HTTP/1.1\r\n" + HOST + PNG + b"Expect: 100-continue\r\nContent-Length: 10000000\r\n\r\n"
    told, answer, content = said_to(live_url, head)
    assert (told, code_in(content)) == (413, "body_too_large")
    assert b"connection: close" in answer.lower()
    assert b"100 Continue" not in answer
    assert time.monotonic() - begun < 3


def test_who_asks_first_and_is_wanted_is_told_to_go_on(live_url: str) -> None:
    address, picture = urlsplit(live_url), png(stroke())
    length = f"Content-Length: {len(picture)}\r\n\r\n".encode()
    with socket.create_connection((address.hostname, address.port), timeout=30) as raw:
        raw.sendall(b"POST /api/classify HTTP/1.1\r\n" + HOST + PNG + CLOSE + b"Expect: 100-continue\r\n" + length)
        assert raw.recv(65536) == b"HTTP/1.1 100 Continue\r\n\r\n"
        raw.sendall(picture)
        assert raw.recv(65536).startswith(b"HTTP/1.1 200 OK")


def test_the_answer_does_not_wait_for_the_body(live_url: str) -> None:
    address = urlsplit(live_url)
    with socket.create_connection((address.hostname, address.port), timeout=30) as raw:
        begun = time.monotonic()
        raw.sendall(b"POST /api/classify HTTP/1.1\r\n" + HOST + PNG + b"Content-Length: 10000000\r\n\r\n")
        assert raw.recv(65536).startswith(b"HTTP/1.1 413 ")
        assert time.monotonic() - begun < 2


def test_a_connection_that_is_kept_takes_the_next_request(live_url: str) -> None:
    length = f"Content-Length: {len(LARGE)}\r\n\r\n".encode()
    refused = b"POST /api/classify HTTP/1.1\r\n" + HOST + PNG + length
    address = urlsplit(live_url)
    with socket.create_connection((address.hostname, address.port), timeout=30) as raw:
        raw.sendall(refused + LARGE)
        raw.sendall(b"GET /healthz HTTP/1.1\r\n" + HOST + CLOSE + b"\r\n")
        answer = b""
        while more := raw.recv(65536):
            answer += more
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"HTTP/1.1 200 OK" in answer
    assert answer.endswith(b'{"status":"ok"}')


# --- How much is read, and for how long ---


async def refuse(_: Any, __: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 413, "headers": []})
    await send({"type": "http.response.body", "body": b"no"})


def drained(chunks: list[float], **bounds: float) -> tuple[int, list[dict[str, Any]]]:
    """How many pieces were read of a body that comes in pieces of a megabyte, each after so many seconds."""
    read, sent = 0, []

    async def receive() -> dict[str, Any]:
        nonlocal read
        await asyncio.sleep(chunks[read])
        read += 1
        return {"type": "http.request", "body": bytes(1_000_000), "more_body": read < len(chunks)}

    async def send(message: Any) -> None:
        sent.append(dict(message))

    scope = {"type": "http", "headers": [(b"content-length", b"9")]}
    asyncio.run(DrainBodies(refuse, **bounds)(scope, receive, send))  # type: ignore[arg-type]
    return read, sent


def test_a_body_is_read_to_its_end_after_the_answer() -> None:
    read, sent = drained([0] * 5)
    assert read == 5
    assert [(message.get("body"), message.get("more_body")) for message in sent[1:]] == [(b"no", True), (b"", False)]


def test_no_more_is_read_than_is_allowed_and_no_longer() -> None:
    assert drained([0] * 9, most_bytes=3_000_000)[0] == 3
    assert drained([0, 0, 30], most_seconds=0.2)[0] == 2
