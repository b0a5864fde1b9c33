"""Work that nobody waits for is not done: over real connections."""

from __future__ import annotations

import asyncio
import http.client
import socket
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.requests import Request
from starlette.types import Message

from model.predictor import Predictor
from model.predictor.questions import Question
from server.hosts.local import LocalHost
from server.hosts.protocol import Timed
from server.settings import Settings
from server.web.asking import ask
from server.web.errors import ClientLeftError
from tests.server.helpers import png, stroke
from tests.small_models import save_unlike_the_paper

pytestmark = pytest.mark.slow  # real processes and connections

ABANDONED = 40
ROUNDS = 5
MOST_MS = 50  # longer than after as many who asked for nothing
PICTURE = png(stroke())


def classify_ms(url: str) -> float:
    """How long a person waits for the answer to one drawing."""
    begun = time.perf_counter()
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    try:
        connection.request("POST", "/api/classify", PICTURE, {"Content-Type": "image/png"})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200
    finally:
        connection.close()
    return 1000 * (time.perf_counter() - begun)


def abandon(url: str, path: str) -> None:
    """Ask for something, and leave at once."""
    address = urlsplit(url)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: {len(PICTURE)}\r\n\r\n"
    )
    with socket.create_connection((address.hostname, address.port)) as raw:
        raw.sendall(head.encode() + PICTURE)


@pytest.mark.parametrize(
    "path", ["/api/perturb", "/api/trace?include=conv1,votes", "/api/masks", "/api/planes", "/api/read"]
)
def test_after_forty_who_left_the_next_one_hardly_waits(live_url: str, path: str) -> None:
    """In the best of some rounds: whatever else the machine has to do only adds to them.

    Forty connections take their time on any machine. They are held against forty that ask for nothing.
    """
    after_nothing, after = [], []
    for _ in range(ROUNDS):
        after_nothing.append(_ms_after_forty(live_url, "/api/nothing"))
        after.append(_ms_after_forty(live_url, path))
    assert min(after) - min(after_nothing) < MOST_MS, (after_nothing, after)


def _ms_after_forty(url: str, path: str) -> float:
    for _ in range(ABANDONED):
        abandon(url, path)
    waited = classify_ms(url)
    time.sleep(0.2)
    return waited


@dataclass(frozen=True)
class Note(Question[str]):
    """Leaves a note where it is asked."""

    notes: list[str]
    text: str

    def __call__(self, _: Predictor) -> str:
        self.notes.append(self.text)
        return self.text


@dataclass(frozen=True)
class Hold(Question[None]):
    """Holds the model up."""

    begun: threading.Event
    release: threading.Event

    def __call__(self, _: Predictor) -> None:
        self.begun.set()
        assert self.release.wait(30)


def test_only_the_questions_of_those_who_stay_are_asked(tmp_path: Path) -> None:
    save_unlike_the_paper(tmp_path)
    notes: list[str] = []

    async def scenario() -> list[object]:
        host = LocalHost.load(Settings(device="cpu", default_model="small", weights_dir=tmp_path))
        hold = Hold(threading.Event(), threading.Event())
        holding = asyncio.create_task(host.ask("small", hold))
        await asyncio.to_thread(hold.begun.wait, 30)
        leave = asyncio.Event()

        async def leaves() -> Message:
            await leave.wait()
            return {"type": "http.disconnect"}

        async def stays() -> Message:
            await asyncio.Event().wait()
            raise AssertionError  # pragma: no cover

        places = Settings().queue_size - 1
        leavers = [
            asyncio.create_task(ask(Request({"type": "http"}, leaves), host, "small", Note(notes, "left")))
            for _ in range(places)
        ]
        await asyncio.sleep(0.05)
        leave.set()
        await asyncio.sleep(0.05)
        last = asyncio.create_task(ask(Request({"type": "http"}, stays), host, "small", Note(notes, "last")))
        await asyncio.sleep(0.05)
        hold.release.set()
        answers = await asyncio.gather(*leavers, last, return_exceptions=True)
        await holding
        host.close()
        return list(answers)

    answers = asyncio.run(scenario())
    assert notes == ["last"]
    assert [type(answer) for answer in answers[:-1]] == [ClientLeftError] * (Settings().queue_size - 1)
    assert isinstance(answers[-1], Timed)
