"""A real server, a real browser, and a page that must neither complain nor ask for anything elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import HELP, find_chromium

ROOT = Path(__file__).parent.parent.parent
START_SECONDS = 120  # for a cold disk and a busy machine
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever the browser itself would like to ask the world, it finds no address.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="package")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `capsnet serve`, started for real on a free port, without a slash at the end."""
    command = [sys.executable, "-m", "server", "serve", "--host", "127.0.0.1", "--port", "0", "--no-open"]
    log = tmp_path_factory.mktemp("server") / "log"
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with (
        log.open("wb") as output,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output) as process,
    ):
        try:
            yield _url_when_ready(process, log)
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


# Not for the session: Playwright's event loop runs on the tests' thread while it lives, and nobody else's can.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    chromium = find_chromium()
    assert chromium is not None, HELP
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


class Witness:
    """Notes what a page complains about, and every request that leaves the server's origin."""

    def __init__(self, origin: str) -> None:
        self.complaints: list[str] = []  # a test that provokes one clears them
        self.strays: list[str] = []
        self._server = urlsplit(origin).netloc

    def watch(self, page: Page) -> None:
        page.on("console", lambda message: self._complain(message.type, message.text))
        page.on("pageerror", lambda error: self._complain("error", str(error)))
        page.on("request", lambda request: self._ask(request.url))
        page.on("websocket", lambda socket: self._ask(socket.url))

    def _complain(self, kind: str, text: str) -> None:
        if kind == "error":
            self.complaints.append(text)

    def _ask(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != self._server:
            self.strays.append(url)


@pytest.fixture
def witness(server_url: str) -> Witness:
    """What `page` complained about and asked for so far."""
    return Witness(server_url)


@pytest.fixture
def page(browser: Browser, server_url: str, witness: Witness) -> Iterator[Page]:
    """A blank page of 1280 x 720; `page.goto("/")` opens the app.

    The test fails where the page had an error in its console or asked anything of another machine.
    """
    context = browser.new_context(base_url=server_url, viewport={"width": 1280, "height": 720})
    page = context.new_page()
    witness.watch(page)
    yield page
    context.close()
    assert not witness.complaints, f"errors in the console: {witness.complaints}"
    assert not witness.strays, f"requests that left the machine: {witness.strays}"


def _url_when_ready(process: subprocess.Popen[bytes], log: Path) -> str:
    """Wait until the server has printed its address."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if match := re.search(r"http://127\.0\.0\.1:\d+", log.read_text()):
            return match.group()
        time.sleep(0.05)
    raise AssertionError(f"the server did not come up:\n{log.read_text()}")
