"""The rows of the table and how they are printed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

MOST_WORDS = 200  # characters of an error that a row tells


class Row(NamedTuple):
    """One measured figure; without a target, which it is to stay below or to reach, it is only told.

    A figure that could not be measured has no value, and `why` says what was in the way.
    """

    name: str
    value: float | None
    unit: str
    target: float | None = None  # at most
    least: float | None = None  # a target that is a least value
    why: str = ""

    @property
    def holds(self) -> bool:
        """Whether it was measured and meets its targets."""
        if self.value is None:
            return False
        return (self.target is None or self.value <= self.target) and (self.least is None or self.value >= self.least)

    @property
    def goal(self) -> str:
        """The targets in words; empty where there is none."""
        bounds = (("<=", self.target), (">=", self.least))
        return ", ".join(f"{sign} {bound:g} {self.unit}" for sign, bound in bounds if bound is not None)

    @property
    def measured(self) -> str:
        """The figure with its unit, or why there is none."""
        return f"not measured: {self.why}" if self.value is None else f"{self.value:.2f} {self.unit}"

    @property
    def verdict(self) -> str:
        """Whether the targets are met: yes or NO; empty where there is nothing to meet."""
        if self.value is not None and not self.goal:
            return ""
        return "yes" if self.holds else "NO"


HEADINGS = ("figure", "measured", "target", "holds")


def attempt(name: str, measure: Callable[[], list[Row]]) -> list[Row]:
    """The rows that a measurement gives. If it fails, one row that says so: the others are measured nevertheless."""
    try:
        return measure()
    except (Exception, SystemExit) as error:
        reason = " ".join(str(error).split())[:MOST_WORDS] or type(error).__name__
        return [Row(name, None, "", why=reason)]


def table(rows: Sequence[Row]) -> str:
    """The rows in columns, for a terminal."""
    lines = [HEADINGS, *map(_cells, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)


def markdown(rows: Sequence[Row]) -> str:
    """The rows as a table in Markdown."""
    lines = [HEADINGS, ("---",) * len(HEADINGS), *map(_cells, rows)]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


def _cells(row: Row) -> tuple[str, str, str, str]:
    return row.name, row.measured, row.goal, row.verdict


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
