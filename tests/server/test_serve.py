"""`capsnet serve`, started for real."""

from __future__ import annotations

import argparse
import hashlib
import http.client
import io
import json
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
import torch
from safetensors.numpy import save
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from model.commands import add_commands
from model.zoo.checkpoint import SHIPPED_WEIGHTS
from server import serve
from server.__main__ import main
from server.settings import Settings
from tests.server.conftest import ROOT, Live, started
from tests.server.helpers import png, read_safetensors, stroke
from tests.small_models import save_unlike_the_paper

pytestmark = pytest.mark.slow  # real processes and connections

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


def open_files(process: subprocess.Popen[str]) -> int:
    """How many files and sockets a process has open. Linux only."""
    return len(list(Path(f"/proc/{process.pid}/fd").iterdir()))


def until(holds: Callable[[], bool], what: str, seconds: float = 30) -> None:
    """Wait until something holds; fail with its name where it does not in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"{what}: not within {seconds} s"
        time.sleep(0.02)


@pytest.fixture(autouse=True)
def _goes_on(live: Live) -> Iterator[None]:
    """After each test the server that they share is ready, and has logged no traceback."""
    yield
    assert ask(live.url, "GET", "/readyz") == (200, b'{"status":"ready"}')
    assert "Traceback" not in live.log.read_text(encoding="utf-8")


@pytest.fixture
def leavers(live: Live) -> Iterator[int]:
    """How many clients are to leave: more than the queue has places.

    Afterwards nothing is left of them: every place is free again, so that as many others as there are places are
    answered at once, and no socket is still open.
    """
    places = Settings().queue_size
    before = open_files(live.process) if sys.platform == "linux" else 0
    yield places + 8
    picture = png(stroke())
    until(lambda: ask(live.url, "POST", "/api/classify", picture)[0] == 200, "the next client is answered")
    if sys.platform == "linux":
        until(lambda: open_files(live.process) <= before, "the sockets of those who left are closed")
    with ThreadPoolExecutor(places) as others:
        answers = [others.submit(ask, live.url, "POST", "/api/classify", picture) for _ in range(places)]
    assert [answer.result()[0] for answer in answers] == [200] * places


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
    browser.write_text(
        f'#!/bin/sh\necho "$1" > {opened}.new && mv {opened}.new {opened} && exec sleep 20\n', encoding="utf-8"
    )
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    with started("--open") as (_, url):
        assert ask(url, "GET", "/healthz")[0] == 200
        deadline = time.monotonic() + 30
        while not opened.exists():
            assert time.monotonic() < deadline, "no browser was opened"
            time.sleep(0.05)
        assert opened.read_text(encoding="utf-8").strip() == url


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of locales as Windows machines in Korea and in the West have them."""
    folder = tmp_path_factory.mktemp("locales")
    for name, charmap in (("ko_KR", "CP949"), ("en_US", "CP1252")):
        made = ["localedef", "--no-archive", "-i", name, "-f", charmap, str(folder / f"{name}.{charmap}")]
        if shutil.which("localedef"):
            subprocess.run(made, capture_output=True, check=False)  # it warns of what the encoding lacks
    return folder


@pytest.mark.parametrize(("name", "encoding"), [("C", "ascii"), ("ko_KR.CP949", "cp949"), ("en_US.CP1252", "cp1252")])
def test_it_starts_where_text_files_are_not_utf_8(
    locales: Path, monkeypatch: pytest.MonkeyPatch, name: str, encoding: str
) -> None:
    """On Windows a file opened without an encoding is read in the machine's own."""
    if name != "C" and not (locales / name).exists():
        pytest.skip("localedef and its sources are not installed here")
    for variable, value in {"LC_ALL": name, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setenv("LOCPATH", str(locales))
    script = "import codecs, locale; print(codecs.lookup(locale.getpreferredencoding(False)).name)"
    assert subprocess.check_output([sys.executable, "-c", script], encoding="ascii").strip() == encoding
    with started("--no-open") as (_, url):
        status, body = ask(url, "GET", "/")
        assert status == 200
        assert not body.isascii()
        assert "<title>" in body.decode("utf-8")
        assert ask(url, "POST", "/api/trace", png(stroke()))[0] == 200


def test_all_help_can_be_printed_there() -> None:
    parsers = argparse.ArgumentParser().add_subparsers()
    serve.add_command(parsers)
    add_commands(parsers)
    for parser in parsers.choices.values():
        for encoding in ("ascii", "cp949", "cp1252"):
            assert parser.format_help().encode(encoding)


@pytest.mark.parametrize("encoding", ["ascii", "cp949", "cp1251", "gbk"])
def test_a_result_that_the_terminal_cannot_show_in_full_stops_no_command(
    monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    """The names of some measures have letters that few encodings have."""
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=encoding, write_through=True))
    monkeypatch.setattr(sys, "argv", ["capsnet", "evaluate", "--help"])
    with pytest.raises(SystemExit):
        main()
    print("cosine of û with v, R² in θ°")
    assert written.getvalue().decode(encoding).splitlines()[-1].startswith("cosine of ")


@pytest.mark.parametrize(("name", "content"), [("model.py", "x = 1\n"), ("model/__init__.py", "")])
def test_somebody_elses_model_in_the_way_is_named_in_one_line(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-c", "import sys; from server.__main__ import main; sys.exit(main())"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
        capture_output=True,
        encoding="utf-8",
        timeout=180,
    )
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith(f"capsnet: {path} is found in place of a part of CapsNet Explorer")
    assert len(result.stderr.splitlines()) == 1


def run(*options: str) -> int:
    """`capsnet serve`, in this process: for what ends before a server runs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["capsnet", "serve", *options])
        return main()


def test_a_port_in_use_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "server", "serve", "--port", str(port)]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=180)
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
            "capsnet: no model 'cifar' in .*: there are cnn, .*",
        ),
        ([], {"CAPSNET_DEVICE": "abacus"}, "capsnet: device: .*"),
        ([], {"CAPSNET_DEVICE": ABSENT_DEVICE}, f"capsnet: device '{ABSENT_DEVICE}' is not available on this machine"),
        (["--host", "999.0.0.1"], {}, r"capsnet: cannot listen on 999\.0\.0\.1 port 8000: .*"),
    ],
)
def test_what_cannot_be_started_is_one_clear_line(
    options: list[str],
    environment: dict[str, str],
    line: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert run(*options) == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert re.fullmatch(line + r"\n", err)


def replace_weights(folder: Path, content: bytes) -> None:
    """Other weights, and a card that vouches for them."""
    (folder / "mnist.safetensors").write_bytes(content)
    card = json.loads((folder / "mnist.json").read_text(encoding="utf-8"))
    (folder / "mnist.json").write_text(
        json.dumps(card | {"sha256": hashlib.sha256(content).hexdigest()}), encoding="utf-8"
    )


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
        (
            lambda folder: (folder / "mnist.json").write_text("{", encoding="utf-8"),
            r"{folder}/mnist\.json: not a model card: .+",
        ),
        (lambda folder: (folder / "mnist.json").write_bytes(b"\xff"), r"{folder}/mnist\.json: .+ can't decode .+"),
    ],
    ids=["missing", "damaged", "unreadable", "unfitting", "no card", "no text"],
)
def test_weights_that_cannot_be_loaded_are_one_clear_line(
    damage: Callable[[Path], object],
    line: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(SHIPPED_WEIGHTS, folder)
    damage(folder)
    monkeypatch.setenv("CAPSNET_WEIGHTS_DIR", str(folder))
    assert run("--device", "cpu", "--port", "0") == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert re.fullmatch(f"capsnet: {line.format(folder=re.escape(str(folder)))}\n", err)


def test_files_that_are_no_cards_are_passed_over_with_a_word(tmp_path: Path) -> None:
    """Those that a Mac leaves beside each file, for one; the measurements of somebody; a file that is no JSON."""
    save_unlike_the_paper(tmp_path)
    for name in ("._small.json", "._small.safetensors", "small.gauge.json", "package.json"):
        (tmp_path / name).write_bytes(b"\x00\x05\x16\x07" if name.startswith(".") else b'{"name": "x"}')
    (tmp_path / "folder.json").mkdir()
    with pytest.MonkeyPatch.context() as patch, (tmp_path / "log").open("w", encoding="utf-8") as log:
        patch.setenv("CAPSNET_WEIGHTS_DIR", str(tmp_path))
        patch.setenv("CAPSNET_DEFAULT_MODEL", "small")
        with started(log=log) as (_, url):
            models = json.loads(ask(url, "GET", "/api/models")[1])["models"]
    assert [model["name"] for model in models] == ["small"]
    said = (tmp_path / "log").read_text(encoding="utf-8")
    strays = ("._small.json", "folder.json", "package.json", "small.gauge.json")
    assert said.splitlines() == [f"{tmp_path / name} is no card of a model: it is passed over" for name in strays]


def test_options_override_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAPSNET_PORT", "9001")
    monkeypatch.setenv("CAPSNET_HOST", "0.0.0.0")
    parser = argparse.ArgumentParser()
    serve.add_command(parser.add_subparsers())
    around = ("--root-path", "/x/", "--allowed-hosts", "a.example,b.example", "--frame-ancestors", "https://c.example")
    settings = serve._settings(parser.parse_args(["serve", "--port", "0", *around]))
    assert (settings.host, settings.port) == ("0.0.0.0", 0)
    assert (settings.root_path, settings.allowed_hosts) == ("/x", "a.example,b.example")
    assert settings.frame_ancestors == "https://c.example"


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


def dials_of(url: str) -> socket.socket:
    """A raw connection after the handshake of a WebSocket."""
    address = urlsplit(url)
    raw = socket.create_connection((address.hostname, address.port), timeout=10)
    raw.sendall(
        b"GET /api/dials HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    assert raw.recv(4096).startswith(b"HTTP/1.1 101 ")
    return raw


MASK = bytes(4)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"\x81\x83" + MASK + b"\xff\xfe\xff", 1007),  # text that is no UTF-8
        (b"\xf2\x80" + MASK, 1002),  # reserved bits
        (b"\x82\x03abc", 1002),  # not masked
        (b"\x82\xff" + b"\x7f" * 8 + MASK, 1009),  # of nine exabytes
    ],
    ids=["no UTF-8", "reserved bits", "not masked", "endless"],
)
def test_a_malformed_frame_ends_its_connection_and_is_at_most_a_line_in_the_log(
    live: Live, sent: bytes, code: int
) -> None:
    """The log is looked at after each test."""
    with dials_of(live.url) as raw:
        raw.sendall(sent)
        frame = raw.recv(4096)
        assert (frame[0], int.from_bytes(frame[2:4], "big")) == (0x88, code)


def test_who_resets_the_connection_leaves_nothing_in_the_log(live: Live) -> None:
    before = live.log.read_text(encoding="utf-8")
    for _ in range(20):
        with dials_of(live.url) as raw:
            raw.sendall((b"\x82\xc8" + MASK + FRAME) * 20)
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert ask(live.url, "POST", "/api/classify", png(stroke()))[0] == 200
    assert live.log.read_text(encoding="utf-8") == before


def test_a_body_that_never_ends_does_not_keep_a_server_that_is_told_to_stop(tmp_path: Path) -> None:
    """Who sends it is told, and the log has a line at most."""
    with (tmp_path / "log").open("w", encoding="utf-8") as log, started(log=log) as (process, url):
        address = urlsplit(url)
        with socket.create_connection((address.hostname, address.port), timeout=30) as raw:
            raw.sendall(
                b"POST /api/trace HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
                b"Content-Length: 100000\r\n\r\n\x89PNG"
            )
            assert ask(url, "GET", "/healthz")[0] == 200
            process.send_signal(signal.SIGTERM)
            assert raw.recv(65536).startswith(b"HTTP/1.1 503 ")
            process.wait(15)
    assert len((tmp_path / "log").read_text(encoding="utf-8").splitlines()) <= 1


def test_clients_that_vanish_from_the_dials(live: Live, leavers: int) -> None:
    """Each lets a question go unanswered; the dials of the next one are answered."""
    address = urlsplit(live.url)
    dials_at = live.url.replace("http", "ws") + "/api/dials"
    for _ in range(leavers):
        raw = socket.create_connection((address.hostname, address.port))
        with connect(dials_at, sock=raw) as dials:
            dials.send(FRAME)
            raw.shutdown(socket.SHUT_RDWR)
    with connect(dials_at) as dials:
        dials.send(FRAME)
        assert len(dials.recv(timeout=10)) == 3144


def test_clients_that_leave_in_the_middle_of_their_bodies(live: Live, leavers: int) -> None:
    address = urlsplit(live.url)
    for _ in range(leavers):
        with socket.create_connection((address.hostname, address.port)) as raw:
            raw.sendall(
                b"POST /api/trace HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
                b"Content-Length: 100000\r\n\r\n\x89PNG"
            )
    assert ask(live.url, "POST", "/api/classify", png(stroke()))[0] == 200  # at once: they never came to the queue


def test_clients_that_leave_before_their_answers(live: Live, leavers: int) -> None:
    """Their work is not done, and holds nobody up."""
    address = urlsplit(live.url)
    body = png(stroke())
    for _ in range(leavers):
        with socket.create_connection((address.hostname, address.port)) as raw:
            raw.sendall(
                b"POST /api/trace?include=votes HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
                + f"Content-Length: {len(body)}\r\n\r\n".encode()
                + body
            )
    assert ask(live.url, "POST", "/api/classify", body)[0] == 200


@pytest.mark.parametrize("declared", [True, False])
def test_a_large_body_is_refused_before_it_was_sent(live_url: str, declared: bool) -> None:
    """With a declared length at once; without one, in chunks, as soon as the limit is passed."""
    address = urlsplit(live_url)
    length = b"Content-Length: 10000000\r\n" if declared else b"Transfer-Encoding: chunked\r\n"
    with socket.create_connection((address.hostname, address.port), timeout=30) as raw:
        raw.sendall(b"POST /api/trace HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n" + length + b"\r\n")
        for _ in range(0 if declared else 66):
            raw.sendall(b"10000\r\n" + bytes(65536) + b"\r\n")
        answer = raw.recv(65536)
    assert answer.startswith(b"HTTP/1.1 413 ")
