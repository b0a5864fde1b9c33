"""What the endpoints call: a host that has models and answers for them, wherever they run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, NamedTuple, Protocol, TypeVar

from model.predictor.questions import Question
from model.zoo.checkpoint import ModelCard

T = TypeVar("T")


class Timed(NamedTuple, Generic[T]):
    """An answer, and how long the network took for it."""

    answer: T
    milliseconds: float


class Host(Protocol):
    """Answers as a `model.predictor.Predictor` of each model would, off the event loop.

    A question is a value of `model.predictor.questions`. It fits the card of the model that is asked: the endpoints
    have checked that. A host knows no question by name, so a new one changes no host.
    """

    @property
    def cards(self) -> Mapping[str, ModelCard]:
        """The card of every model, by its name."""

    @property
    def device(self) -> str:
        """What the models run on: cpu, cuda or mps."""

    @property
    def is_ready(self) -> bool:
        """Whether it takes questions."""

    async def warm_up(self) -> None:
        """Ask every model everything once (`model.predictor.questions.rehearsal`)."""

    def close(self) -> None:
        """Take no more questions, and give back what the models hold."""

    async def ask(self, name: str, question: Question[T]) -> Timed[T]:
        """Put a question to a model, in its turn; one that its asker no longer waits for is dropped.

        Raises UnknownModelError for a name outside `cards`, and NotAnsweringError while the host is overloaded or
        closed.
        """
