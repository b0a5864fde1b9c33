"""Interventions by name: types and positions of primary capsules become the capsules that they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypedDict, Unpack

from model.network.config import CapsNetConfig
from model.network.interventions import FirstLogit, FixedCoupling, Interventions, RandomCouplings


class NamedLogit(NamedTuple):
    """Where routing begins for one class, in place of 0: for a capsule, for a type, or without either for all."""

    label: int
    logit: float
    capsule: int | None = None
    type: int | None = None


class NothingLeftError(ValueError):
    """Every primary capsule is silenced."""


class Names(TypedDict, total=False):
    """What is changed in the routing by hand. What is not named stays as it is."""

    capsules: Iterable[int]  # silenced, by index, type-major
    types: Iterable[int]  # silenced with all their capsules
    positions: Iterable[Sequence[int]]  # (row, column) of the grid, silenced in all types
    couplings: Iterable[tuple[int, int, float]]  # (capsule, class, value), fixed in every iteration
    logits: Iterable[NamedLogit]  # of several for one capsule and class the last counts
    uniform: bool  # c = 1/C in every iteration: no routing
    random: RandomCouplings | None  # drawn once, the same in every iteration: no routing either


def interventions_for(config: CapsNetConfig, **names: Unpack[Names]) -> Interventions:
    """The interventions of these names in a network of these sizes.

    Raises IndexError for a capsule, type, position or class that the network does not have, NothingLeftError if
    every capsule is silenced, ContradictionError if the couplings contradict each other, ValueError for a number
    that can be no coupling, logit, seed or spread.
    """
    grid = _Grid(config)
    silenced = set(names.get("capsules", ()))
    silenced.update(capsule for each in names.get("types", ()) for capsule in grid.of_type(each))
    silenced.update(capsule for row, column in names.get("positions", ()) for capsule in grid.at(row, column))
    changed = Interventions(
        frozenset(silenced),
        tuple(FixedCoupling(*row) for row in names.get("couplings", ())),
        tuple(FirstLogit(grid.addressed(row), row.label, row.logit) for row in _last_ones(names.get("logits", ()))),
        names.get("uniform", False),
        names.get("random"),
    )
    changed.check(config.primary_count, config.classes)
    if len(silenced) == config.primary_count:
        raise NothingLeftError("every primary capsule is silenced, so none is left to vote")
    return changed


class _Grid:
    """Which primary capsules a type and a position stand for."""

    def __init__(self, config: CapsNetConfig) -> None:
        self._types, self._side, self._count = config.primary_types, config.grid_size, config.primary_count

    def of_type(self, capsule_type: int) -> range:
        """All capsules of a type. Raises IndexError."""
        if not 0 <= capsule_type < self._types:
            raise IndexError(f"this model has the types 0 to {self._types - 1}")
        per_type = self._side**2
        return range(capsule_type * per_type, (capsule_type + 1) * per_type)

    def at(self, row: int, column: int) -> range:
        """The capsules of all types at one position. Raises IndexError."""
        if not (0 <= row < self._side and 0 <= column < self._side):
            raise IndexError(f"rows and columns of the grid go from 0 to {self._side - 1}")
        return range(row * self._side + column, self._count, self._side**2)

    def addressed(self, row: NamedLogit) -> tuple[int, ...]:
        if row.capsule is not None:
            return (row.capsule,)
        return tuple(range(self._count) if row.type is None else self.of_type(row.type))


def _last_ones(rows: Iterable[NamedLogit]) -> list[NamedLogit]:
    """Of the rows with one address the last, in their order: a thousand times all capsules would take a second."""
    last: dict[tuple[int, int | None, int | None], NamedLogit] = {}
    for row in rows:
        address = (row.label, row.capsule, row.type)
        last.pop(address, None)
        last[address] = row
    return list(last.values())
