"""A real server, a real browser, and a page that must neither complain nor ask for anything elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import FLAGS, HELP, find_chromium
from tests.browser.waiting import PATIENCE_SECONDS, WORK_COUNTER

ROOT = Path(__file__).parent.parent.parent
START_SECONDS = 120  # for a cold disk and a busy machine
# Whatever the browser itself would like to ask the world, it finds no address.
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"

expect.set_options(timeout=1000 * PATIENCE_SECONDS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of the page is slow, but for those that open it at all."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent) and item.path.name != "test_smoke.py":
            item.add_marker(pytest.mark.slow)


@contextmanager
def serving(folder: Path, port: int = 0, command: tuple[str, ...] = ()) -> Iterator[str]:
    """`capsnet serve`, started for real; on a free port where none is given. Gives its address, without a slash.

    `command` is a module that serves something else, and its arguments.
    """
    serve = ("server", "serve", "--host", "127.0.0.1", "--port", str(port), "--no-open")
    command_line = [sys.executable, "-m", *(command or serve)]
    log = folder / "log"
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with (
        log.open("wb") as output,
        subprocess.Popen(command_line, cwd=ROOT, env=environment, stdout=output, stderr=output) as process,
    ):
        try:
            yield _url_when_ready(process, log)
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


@pytest.fixture(scope="package")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the server that all tests share."""
    with serving(tmp_path_factory.mktemp("server")) as url:
        yield url


# Not for the session: Playwright's event loop runs on the tests' thread while it lives, and nobody else's can.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    chromium = find_chromium()
    assert chromium is not None, HELP
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*FLAGS, OFFLINE])
        yield browser
        browser.close()


class Witness:
    """Notes what pages complain about, and every request that leaves the server's origin."""

    def __init__(self, origin: str) -> None:
        self.complaints: list[str] = []  # a test that provokes one clears them
        self.strays: list[str] = []
        self._servers = {urlsplit(origin).netloc}

    def allow(self, origin: str) -> None:
        """Requests to this server of ours stay at home too."""
        self._servers.add(urlsplit(origin).netloc)

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
        if parts.scheme not in {"data", "blob"} and parts.netloc not in self._servers:
            self.strays.append(url)


@pytest.fixture
def witness(server_url: str) -> Witness:
    """What the pages complained about and asked for so far."""
    return Witness(server_url)


NewPage = Callable[..., Page]


@pytest.fixture
def new_page(browser: Browser, server_url: str, witness: Witness) -> Iterator[NewPage]:
    """Makes blank pages of 1280 x 720, each in a context of its own with the options given.

    The test fails where one had an error in its console or asked anything of another machine.
    """
    with ExitStack() as contexts:

        def make(**options: Any) -> Page:
            size = {"width": 1280, "height": 720}
            context = browser.new_context(**{"base_url": server_url, "viewport": size, **options})
            contexts.callback(context.close)
            context.set_default_timeout(1000 * PATIENCE_SECONDS)
            context.add_init_script(WORK_COUNTER)
            page = context.new_page()
            witness.watch(page)
            return page

        yield make
    assert not witness.complaints, f"errors in the console: {witness.complaints}"
    assert not witness.strays, f"requests that left the machine: {witness.strays}"


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A blank page of 1280 x 720; `page.goto("/")` opens the app."""
    return new_page()


def _url_when_ready(process: subprocess.Popen[bytes], log: Path) -> str:
    """Wait until the server has printed its address."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if match := re.search(r"http://127\.0\.0\.1:\d+", log.read_text(encoding="utf-8")):
            return match.group()
        time.sleep(0.05)
    raise AssertionError(f"the server did not come up:\n{log.read_text(encoding='utf-8')}")
