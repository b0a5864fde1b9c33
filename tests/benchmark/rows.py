"""The rows of the table and how they are printed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """One measured figure; without a target, which it is to stay below or to reach, it is only told."""

    name: str
    value: float
    unit: str
    target: float | None = None  # at most
    least: float | None = None  # a target that is a least value

    @property
    def holds(self) -> bool:
        return (self.target is None or self.value <= self.target) and (self.least is None or self.value >= self.least)

    @property
    def goal(self) -> str:
        """The targets in words; empty where there is none."""
        bounds = (("<=", self.target), (">=", self.least))
        return ", ".join(f"{sign} {bound:g} {self.unit}" for sign, bound in bounds if bound is not None)


def table(rows: Sequence[Row]) -> str:
    lines = [("figure", "measured", "target", "holds"), *map(_cells, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)


def _cells(row: Row) -> tuple[str, str, str, str]:
    verdict = "" if not row.goal else "yes" if row.holds else "NO"
    return row.name, f"{row.value:.2f} {row.unit}", row.goal, verdict


def timed(work: Callable[[], object], times: int) -> list[float]:
    """The milliseconds of each of `times` calls."""
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begin) * 1000)
    return taken


def median(milliseconds: Sequence[float]) -> float:
    return statistics.median(milliseconds)
