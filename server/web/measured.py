"""What was measured of the models that are served, read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from model.explaining.measurements import COMMANDS, MeasuredKind, measured_path, read_measured
from model.zoo.checkpoint import CheckpointError, ModelCard
from model.zoo.fewer_digits import FEWER_DIGITS
from server.web.errors import UnknownError
from server.web.schemas_fewer_digits import FewerDigitsBody
from server.web.schemas_measured import (
    AgreementBody,
    DimensionsFile,
    GaugeBody,
    IterationsBody,
    OverlapBody,
    RoutingsBody,
)
from server.web.schemas_measured_viewpoints import ViewpointAccuracyBody, ViewpointPathsFile

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """One kind of measurement: how a file of it is read, and what it is of, in words."""

    name: MeasuredKind
    body: type[T]
    what: str


ITERATIONS = Kind("iterations", IterationsBody, "The effect of 1 to 10 iterations")
DIMENSIONS = Kind("dimensions", DimensionsFile, "The meaning of the dimensions")
GAUGE = Kind("gauge", GaugeBody, "The fit of the test digits")
ROUTINGS = Kind("routings", RoutingsBody, "The effect of the couplings")
AGREEMENT = Kind("agreement", AgreementBody, "The agreement of the strongest votes")
OVERLAP = Kind("overlap", OverlapBody, "The effect of overlap")
VIEWPOINTS = Kind("viewpoints", ViewpointPathsFile, "What other viewpoints do to the pose or the features")
VIEWPOINT_ACCURACY = Kind("viewpoint-accuracy", ViewpointAccuracyBody, "How digits are read from other viewpoints")
KINDS: tuple[Kind[Any], ...] = (
    ITERATIONS,
    DIMENSIONS,
    GAUGE,
    ROUTINGS,
    AGREEMENT,
    OVERLAP,
    VIEWPOINTS,
    VIEWPOINT_ACCURACY,
)


class Measurements:
    """The measurements of each model, where there are any of its very weights."""

    def __init__(
        self, found: Mapping[MeasuredKind, Mapping[str, BaseModel]], fewer_digits: FewerDigitsBody | None = None
    ) -> None:
        """What was found of each kind, by the model's name; and the study that is of no model."""
        self._found = found
        self.fewer_digits = fewer_digits

    @classmethod
    def load(cls, cards: Iterable[ModelCard], directory: Path) -> Measurements:
        """Read the files that are there. Raises CheckpointError where one is damaged."""
        served = list(cards)
        found = {kind.name: _read_all(served, kind, directory) for kind in KINDS}
        return cls(found, _read_fewer_digits(directory / FEWER_DIGITS))

    def kinds(self, name: str) -> list[MeasuredKind]:
        """What was measured of a model."""
        return [kind for kind, found in self._found.items() if name in found]

    def of(self, kind: Kind[T], name: str) -> T:
        """What was measured of a model. Raises UnknownError where that was not."""
        measured = self._of(kind, name)
        if measured is None:
            remedy = f"Run “capsnet {COMMANDS[kind.name]} --model {name}” to do it."
            code = f"no_{kind.name.replace('-', '_')}"
            raise UnknownError(code, f"{kind.what} has not been measured for this model. {remedy}")
        return measured

    def gauge_of(self, name: str) -> GaugeBody | None:
        """How well a model explains test digits, where that was measured."""
        return self._of(GAUGE, name)

    def _of(self, kind: Kind[T], name: str) -> T | None:
        measured = self._found[kind.name].get(name)
        return measured if isinstance(measured, kind.body) else None


def _read_all(cards: list[ModelCard], kind: Kind[T], directory: Path) -> dict[str, T]:
    found = {card.name: _read(card, kind, directory) for card in cards}
    return {name: measured for name, measured in found.items() if measured is not None}


def _read(card: ModelCard, kind: Kind[T], directory: Path) -> T | None:
    values = read_measured(card, kind.name, directory)
    try:
        return None if values is None else kind.body.model_validate(values, context=card.config.geometry())
    except ValidationError as error:
        raise CheckpointError(f"{measured_path(card.name, kind.name, directory)} is damaged: {error}") from error


def _read_fewer_digits(path: Path) -> FewerDigitsBody | None:
    """None where there is no such file."""
    try:
        return FewerDigitsBody.model_validate_json(path.read_bytes()) if path.is_file() else None
    except (OSError, ValidationError) as error:
        raise CheckpointError(f"{path} is damaged: {error}") from error
