"""What was measured of the models that are served, read once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from model.checkpoint import CheckpointError, ModelCard
from model.measured import read_measured
from server.errors import UnknownError
from server.schemas_measured import DimensionsBody, DimensionsFile, GaugeBody
from server.settings import Settings

T = TypeVar("T", bound=BaseModel)


class Measurements:
    """The measurements of each model, where there are any of its very weights."""

    def __init__(self, dimensions: dict[str, DimensionsFile], gauges: dict[str, GaugeBody]) -> None:
        self._dimensions, self._gauges = dimensions, gauges

    @classmethod
    def load(cls, cards: Iterable[ModelCard], settings: Settings) -> Measurements:
        """Read the files that are there. Raises CheckpointError where one is damaged."""
        served = list(cards)
        return cls(
            _read_all(served, settings.dimensions_dir, DimensionsFile),
            _read_all(served, settings.gauges_dir, GaugeBody),
        )

    def dimensions(self, name: str, label: int) -> DimensionsBody:
        """What the dimensions of one class mean. Raises UnknownError."""
        if name not in self._dimensions:
            raise UnknownError("no_dimensions", "What the dimensions of this model mean has not been measured.")
        return self._dimensions[name].of(label)

    def has_gauge(self, name: str) -> bool:
        return name in self._gauges

    def gauge(self, name: str) -> GaugeBody:
        """How well a model explains test digits. Raises UnknownError."""
        if name not in self._gauges:
            raise UnknownError("no_gauge", "How well this model explains test digits has not been measured.")
        return self._gauges[name]


def _read_all(cards: list[ModelCard], directory: Path, kind: type[T]) -> dict[str, T]:
    found = {card.name: read_measured(card, directory) for card in cards}
    try:
        return {name: kind.model_validate(values) for name, values in found.items() if values is not None}
    except ValidationError as error:
        raise CheckpointError(f"a file in {directory} is not as it should be: {error}") from error
