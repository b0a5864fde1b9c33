"""Real pen strokes, and a hand that draws them on the pad."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Locator, Page

Strokes = list[list[list[float]]]  # of [x, y] in the pad's unit square, y down

_FIXTURE = Path(__file__).parent.parent / "data" / "pen_strokes.json"


class PenDigit(NamedTuple):
    """One digit of the fixture."""

    label: int
    writer: int
    hard: bool
    strokes: Strokes


def pen_digits() -> list[PenDigit]:
    """All digits of the fixture: two plain ones of each class, in order, then the hard ones."""
    entries = json.loads(_FIXTURE.read_text(encoding="utf-8"))
    return [PenDigit(entry["label"], entry["writer"], entry["hard"], entry["strokes"]) for entry in entries]


def plain_digit(label: int) -> PenDigit:
    """The first plain digit of a class."""
    return next(digit for digit in pen_digits() if digit.label == label and not digit.hard)


def draw(page: Page, strokes: Strokes) -> None:
    """Draw on the Explore room's pad."""
    draw_on(page.locator("#pad"), strokes)


def draw_on(pad: Locator, strokes: Strokes) -> None:
    """Draw on a pad with real pointer events: down, along each point, up."""
    page = pad.page
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None, "the pad is not shown"
    for stroke in strokes:
        points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
        page.mouse.move(*points[0])
        page.mouse.down()
        for point in points[1:]:
            page.mouse.move(*point)
        page.mouse.up()
