"""The host in this process takes any question, and times it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest

from model.predictor import Predictor
from model.predictor.questions import Question
from server.hosts.errors import StoppingError, UnknownModelError
from server.hosts.local import LocalHost
from server.settings import Settings
from tests.small_models import save_unlike_the_paper


@dataclass(frozen=True)
class ClassNames(Question[list[str]]):
    """A question that the host has never heard of."""

    ending: str

    def __call__(self, predictor: Predictor) -> list[str]:
        return [name for name in predictor.card.classes if name.endswith(self.ending)]


@pytest.fixture
def host(tmp_path: Path) -> LocalHost:
    save_unlike_the_paper(tmp_path)
    return LocalHost.load(Settings(device="cpu", default_model="small", weights_dir=tmp_path))


def test_a_new_question_changes_no_host(host: LocalHost) -> None:
    answer, milliseconds = asyncio.run(host.ask("small", ClassNames("e")))
    assert answer == ["one", "three", "five"]
    assert 0 <= milliseconds < 1000


def test_a_question_to_nobody_and_one_to_a_closed_host(host: LocalHost) -> None:
    with pytest.raises(UnknownModelError, match="Available: small"):
        asyncio.run(host.ask("large", ClassNames("e")))
    host.close()
    with pytest.raises(StoppingError):
        asyncio.run(host.ask("small", ClassNames("e")))
