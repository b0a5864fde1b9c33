"""Digits of real writers, stroke by stroke: the UCI pen digits in UNIPEN text (Alpaydin and Alimoglu)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from model.data.datasets import DataError
from model.data.strokes import Stroke


class PenDigit(NamedTuple):
    """One digit as it was written."""

    label: int
    writer: int
    strokes: list[Stroke]  # in the tablet's units, y already turned to grow downwards


def read_pendigits(path: Path) -> Iterator[PenDigit]:
    """Yield the digits of `pendigits-orig.tra` in the file's order. Raises DataError where it is no such file."""
    try:
        yield from _digits(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise DataError(f"{path} is no file of pen digits: {reason}") from error


def _digits(text: str) -> Iterator[PenDigit]:
    """Raises ValueError where a number is none, or there is no digit."""
    label = writer = -1
    strokes: list[Stroke] = []
    points: list[tuple[float, float]] | None = None
    for line in text.splitlines():
        words = line.split()
        match words:
            case [".SEGMENT", "DIGIT", *_, quoted]:
                if strokes:
                    yield PenDigit(label, writer, strokes)
                label, strokes = int(quoted.strip('"')), []
            case [".COMMENT", text_label, text_writer, _] if text_label.isdigit():
                writer = int(text_writer)
            case [".PEN_DOWN"]:
                points = []
            case [".PEN_UP"]:
                if points:
                    strokes.append(np.array(points))
                points = None
            case [x, y] if points is not None:
                points.append((float(x), -float(y)))
    if not strokes:
        raise ValueError("it holds no digit")
    yield PenDigit(label, writer, strokes)
