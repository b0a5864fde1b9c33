"""What was measured of the models that are served, read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from model.checkpoint import CheckpointError, ModelCard
from model.measurements import COMMANDS, MeasuredKind, measured_path, read_measured
from server.errors import UnknownError
from server.schemas_measured import DimensionsBody, DimensionsFile, GaugeBody, IterationsBody

T = TypeVar("T", bound=BaseModel)


class Measurements:
    """The measurements of each model, where there are any of its very weights."""

    def __init__(
        self,
        iterations: Mapping[str, IterationsBody],
        dimensions: Mapping[str, DimensionsFile],
        gauges: Mapping[str, GaugeBody],
    ) -> None:
        self._iterations, self._dimensions, self._gauges = iterations, dimensions, gauges

    @classmethod
    def load(cls, cards: Iterable[ModelCard], directory: Path) -> Measurements:
        """Read the files that are there. Raises CheckpointError where one is damaged."""
        served = list(cards)
        return cls(
            _read_all(served, "iterations", directory, IterationsBody),
            _read_all(served, "dimensions", directory, DimensionsFile),
            _read_all(served, "gauge", directory, GaugeBody),
        )

    def kinds(self, name: str) -> list[MeasuredKind]:
        """What was measured of a model."""
        found: dict[MeasuredKind, Mapping[str, BaseModel]] = {
            "iterations": self._iterations,
            "dimensions": self._dimensions,
            "gauge": self._gauges,
        }
        return [kind for kind, of in found.items() if name in of]

    def iterations(self, name: str) -> IterationsBody:
        """What the number of iterations changes over the test digits. Raises UnknownError."""
        return _found(self._iterations, name, "iterations", "What 1 to 10 iterations make of the test digits")

    def dimensions(self, name: str, label: int) -> DimensionsBody:
        """What the dimensions of one class mean. Raises UnknownError."""
        return _found(self._dimensions, name, "dimensions", "What the dimensions of this model mean").of(label)

    def gauge(self, name: str) -> GaugeBody:
        """How well a model explains test digits. Raises UnknownError."""
        return _found(self._gauges, name, "gauge", "How well this model explains test digits")


def _read_all(cards: list[ModelCard], kind: MeasuredKind, directory: Path, body: type[T]) -> dict[str, T]:
    found = {card.name: _read(card, kind, directory, body) for card in cards}
    return {name: measured for name, measured in found.items() if measured is not None}


def _read(card: ModelCard, kind: MeasuredKind, directory: Path, body: type[T]) -> T | None:
    values = read_measured(card, kind, directory)
    try:
        return None if values is None else body.model_validate(values)
    except ValidationError as error:
        raise CheckpointError(f"{measured_path(card.name, kind, directory)} is not as it should be: {error}") from error


def _found(measured: Mapping[str, T], name: str, kind: MeasuredKind, what: str) -> T:
    if name not in measured:
        remedy = f"“capsnet {COMMANDS[kind]} --model {name}” does it"
        raise UnknownError(f"no_{kind}", f"{what} has not been measured of its weights; {remedy}.")
    return measured[name]
