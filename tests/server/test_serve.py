"""`capsnet serve`, started for real."""

from __future__ import annotations

import argparse
import hashlib
import http.client
import json
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
import torch
from safetensors.numpy import save
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from model.checkpoint import SHIPPED_WEIGHTS
from server import serve
from tests.server.conftest import ROOT, started
from tests.server.helpers import png, read_safetensors, stroke

FRAME = struct.pack("<II16f", 5, 3, *[0.1] * 16)
ABSENT_DEVICE = "mps" if torch.cuda.is_available() else "cuda"  # no machine has both


def ask(url: str, method: str, path: str, picture: bytes | None = None) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    try:
        connection.request(method, path, picture, {} if picture is None else {"content-type": "image/png"})
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


@pytest.fixture(autouse=True)
def _goes_on(live_url: str) -> Iterator[None]:
    yield
    assert ask(live_url, "GET", "/readyz") == (200, b'{"status":"ready"}')


def test_it_says_where_it_is_once_it_answers_and_stops_when_told() -> None:
    begin = time.monotonic()
    with started("--host", "127.0.0.1", "--no-open") as (process, url):
        assert time.monotonic() - begin < 60
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", url)
        status, body = ask(url, "POST", "/api/trace", png(stroke()))
        assert status == 200
        assert read_safetensors(body)[0]["lengths"].shape == (3, 10)
        with connect(url.replace("http", "ws") + "api/dials") as dials:  # an open connection must not hold it up
            dials.send(FRAME)
            assert len(dials.recv()) == 3144
            process.send_signal(signal.SIGINT)
            assert process.wait(15) == 0


def test_a_browser_that_holds_its_caller_up_does_not_hold_up_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, opened = tmp_path / "browser", tmp_path / "opened"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}.new && mv {opened}.new {opened} && exec sleep 20\n')
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    with started("--open") as (_, url):
        assert ask(url, "GET", "/healthz")[0] == 200
        deadline = time.monotonic() + 30
        while not opened.exists():
            assert time.monotonic() < deadline, "no browser was opened"
            time.sleep(0.05)
        assert opened.read_text().strip() == url


def test_a_port_in_use_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "server", "serve", "--port", str(port)]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert result.returncode == 1
    assert result.stdout == ""
    assert re.fullmatch(rf"capsnet: cannot listen on 127\.0\.0\.1 port {port}: .*in use.*\n", result.stderr)


@pytest.mark.parametrize(
    ("options", "environment", "line"),
    [
        (["--port", "70000"], {}, "capsnet: port: .*65535"),
        (
            [],
            {"CAPSNET_DEFAULT_MODEL": "cifar", "CAPSNET_PORT": "0"},
            "capsnet: no model 'cifar' in .*: there are mnist, .*",
        ),
        ([], {"CAPSNET_DEVICE": "abacus"}, "capsnet: device: .*"),
        ([], {"CAPSNET_DEVICE": ABSENT_DEVICE}, f"capsnet: device '{ABSENT_DEVICE}' is not available on this machine"),
        (["--host", "999.0.0.1"], {}, r"capsnet: cannot listen on 999\.0\.0\.1 port 8000: .*"),
    ],
)
def test_what_cannot_be_started_is_one_clear_line(
    options: list[str], environment: dict[str, str], line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    command = [sys.executable, "-m", "server", "serve", *options]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert result.returncode == 1
    assert re.fullmatch(line + r"\n", result.stderr)


def replace_weights(folder: Path, content: bytes) -> None:
    """Other weights, and a card that vouches for them."""
    (folder / "mnist.safetensors").write_bytes(content)
    card = json.loads((folder / "mnist.json").read_text())
    (folder / "mnist.json").write_text(json.dumps(card | {"sha256": hashlib.sha256(content).hexdigest()}))


@pytest.mark.parametrize(
    ("damage", "line"),
    [
        (
            lambda folder: (folder / "mnist.safetensors").unlink(),
            r"{folder}/mnist\.safetensors is missing, and mnist\.json describes it",
        ),
        (
            lambda folder: (folder / "mnist.safetensors").write_bytes(b"half of it"),
            r"the weights mnist\.safetensors are not the file that mnist\.json describes",
        ),
        (
            lambda folder: replace_weights(folder, b"none at all"),
            r"cannot read the weights mnist\.safetensors: .+",
        ),
        (
            lambda folder: replace_weights(folder, save({"kernel": np.zeros(3, dtype=np.float16)})),
            r"the weights mnist\.safetensors do not fit their card: .+",
        ),
        (lambda folder: (folder / "mnist.json").write_text("{"), r"{folder}/mnist\.json: not a model card: .+"),
        (lambda folder: (folder / "mnist.json").write_bytes(b"\xff"), r"{folder}/mnist\.json: .+ can't decode .+"),
    ],
    ids=["missing", "damaged", "unreadable", "unfitting", "no card", "no text"],
)
def test_weights_that_cannot_be_loaded_are_one_clear_line(
    damage: Callable[[Path], object], line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(SHIPPED_WEIGHTS, folder)
    damage(folder)
    monkeypatch.setenv("CAPSNET_WEIGHTS_DIR", str(folder))
    command = [sys.executable, "-m", "server", "serve", "--device", "cpu", "--port", "0"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (result.returncode, result.stdout) == (1, "")
    assert re.fullmatch(f"capsnet: {line.format(folder=re.escape(str(folder)))}\n", result.stderr)


def test_options_override_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAPSNET_PORT", "9001")
    monkeypatch.setenv("CAPSNET_HOST", "0.0.0.0")
    parser = argparse.ArgumentParser()
    serve.add_command(parser.add_subparsers())
    settings = serve._settings(parser.parse_args(["serve", "--port", "0"]))
    assert (settings.host, settings.port) == ("0.0.0.0", 0)


def test_the_dials_over_a_real_connection(live_url: str) -> None:
    with connect(live_url.replace("http", "ws") + "/api/dials") as dials:
        for sequence in range(20):
            dials.send(struct.pack("<II16f", sequence, 3, *[0.01 * sequence] * 16))
            answer = dials.recv()
            assert isinstance(answer, bytes)
            assert len(answer) == 3144
            assert struct.unpack_from("<II", answer) == (sequence, 3)
        dials.send("text")
        assert json.loads(dials.recv())["error"]["code"] == "malformed_frame"


def test_a_real_cross_origin_handshake_is_refused(live_url: str) -> None:
    with (
        pytest.raises(InvalidStatus) as refused,
        connect(
            live_url.replace("http", "ws") + "/api/dials",
            origin=Origin("https://elsewhere.example"),
        ),
    ):
        pass  # pragma: no cover
    assert refused.value.response.status_code == 403


def test_a_client_that_vanishes_from_the_dials(live_url: str) -> None:
    address = urlsplit(live_url)
    for _ in range(5):
        raw = socket.create_connection((address.hostname, address.port))
        with connect(live_url.replace("http", "ws") + "/api/dials", sock=raw) as dials:
            dials.send(FRAME)
            raw.shutdown(socket.SHUT_RDWR)


def test_a_client_that_leaves_in_the_middle_of_its_body(live_url: str) -> None:
    address = urlsplit(live_url)
    for _ in range(5):
        with socket.create_connection((address.hostname, address.port)) as raw:
            raw.sendall(
                b"POST /api/trace HTTP/1.1\r\nHost: x\r\nContent-Type: image/png\r\n"
                b"Content-Length: 100000\r\n\r\n\x89PNG"
            )


def test_a_client_that_leaves_before_its_answer(live_url: str) -> None:
    address = urlsplit(live_url)
    body = png(stroke())
    for _ in range(5):
        with socket.create_connection((address.hostname, address.port)) as raw:
            raw.sendall(
                b"POST /api/trace?include=votes HTTP/1.1\r\nHost: x\r\nContent-Type: image/png\r\n"
                + f"Content-Length: {len(body)}\r\n\r\n".encode()
                + body
            )


@pytest.mark.parametrize("declared", [True, False])
def test_a_large_body_is_refused_before_it_was_sent(live_url: str, declared: bool) -> None:
    """With a declared length at once; without one, in chunks, as soon as the limit is passed."""
    address = urlsplit(live_url)
    length = b"Content-Length: 10000000\r\n" if declared else b"Transfer-Encoding: chunked\r\n"
    with socket.create_connection((address.hostname, address.port), timeout=30) as raw:
        raw.sendall(b"POST /api/trace HTTP/1.1\r\nHost: x\r\nContent-Type: image/png\r\n" + length + b"\r\n")
        for _ in range(0 if declared else 66):
            raw.sendall(b"10000\r\n" + bytes(65536) + b"\r\n")
        answer = raw.recv(65536)
    assert answer.startswith(b"HTTP/1.1 413 ")
