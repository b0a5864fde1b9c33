"""The rows of the table and how they are printed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """One measured figure; without a target it is only told."""

    name: str
    value: float
    unit: str
    target: float | None = None  # at most

    @property
    def holds(self) -> bool:
        return self.target is None or self.value <= self.target


def table(rows: Sequence[Row]) -> str:
    lines = [("figure", "measured", "target", "holds"), *map(_cells, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)


def _cells(row: Row) -> tuple[str, str, str, str]:
    target = "" if row.target is None else f"<= {row.target:g} {row.unit}"
    verdict = "" if row.target is None else "yes" if row.holds else "NO"
    return row.name, f"{row.value:.2f} {row.unit}", target, verdict


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
