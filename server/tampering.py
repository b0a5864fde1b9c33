"""From the JSON of interventions to those that the model takes."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import ValidationError

from model.interventions import ContradictionError, FirstLogit, FixedCoupling, Interventions
from server import schemas
from server.errors import InvalidError, TooLargeError, as_api_error
from server.schemas import CAPSULES, CLASSES, GRID

# Every capsule named one by one takes 6 KB. Checked before anything is parsed.
MOST_BYTES = 64 * 1024

_PER_TYPE = GRID * GRID
_EVERY = tuple(range(CAPSULES))


def read_interventions(content: bytes) -> Interventions:
    """The interventions of a JSON text. Raises TooLargeError, UndecodableError or InvalidError."""
    if len(content) > MOST_BYTES:
        raise TooLargeError("interventions_too_large", f"The interventions are larger than {MOST_BYTES} bytes.")
    try:
        return interventions_of(schemas.Interventions.model_validate_json(content))
    except ValidationError as error:
        raise as_api_error(error) from None


def interventions_of(wanted: schemas.Interventions) -> Interventions:
    """Types and positions as the capsules that they are.

    Raises InvalidError where no capsule is left to vote, and where the couplings contradict each other.
    """
    silenced = frozenset(wanted.silence.capsules)
    silenced |= {i for capsule_type in wanted.silence.types for i in _of_type(capsule_type)}
    silenced |= {i for row, column in wanted.silence.positions for i in _at(row, column)}
    if len(silenced) == CAPSULES:
        raise InvalidError("all_silenced", "Every primary capsule is silenced: none is left to vote.")
    couplings = tuple(FixedCoupling(row.capsule, row.label, row.coupling) for row in wanted.couplings)
    logits = tuple(FirstLogit(_addressed(row), row.label, row.logit) for row in _last_ones(wanted.logits))
    try:
        changed = Interventions(silenced, couplings, logits, wanted.uniform)
        changed.check(CAPSULES, CLASSES)
    except ContradictionError as error:
        raise InvalidError("contradiction", f"interventions: {error}.") from None
    except ValueError as error:
        raise InvalidError("out_of_range", f"interventions: {error}.") from None
    return changed


def _last_ones(rows: Iterable[schemas.FirstLogit]) -> list[schemas.FirstLogit]:
    """Of the rows with one address the last, in their order: a thousand times all capsules would take a second."""
    last: dict[tuple[int, int | None, int | None], schemas.FirstLogit] = {}
    for row in rows:
        address = (row.label, row.capsule, row.type)
        last.pop(address, None)
        last[address] = row
    return list(last.values())


def _addressed(row: schemas.FirstLogit) -> tuple[int, ...]:
    if row.capsule is not None:
        return (row.capsule,)
    return _EVERY if row.type is None else tuple(_of_type(row.type))


def _of_type(capsule_type: int) -> range:
    return range(capsule_type * _PER_TYPE, (capsule_type + 1) * _PER_TYPE)


def _at(row: int, column: int) -> range:
    return range(row * GRID + column, CAPSULES, _PER_TYPE)
