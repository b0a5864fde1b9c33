"""Looking at the page: what its canvases show, pixel by pixel, and its colours."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from playwright.sync_api import Locator, Page

Colour = tuple[float, float, float]

_INK = """(canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const [first, ...rest] = new Uint32Array(data.buffer);
  return rest.filter((pixel) => pixel !== first).length;
}"""

_CELLS = """(canvas, { columns, rows }) => {
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  return Array.from({ length: columns * rows }, (_, k) => {
    const x = Math.floor(((k % columns) + 0.5) * width / columns);
    const y = Math.floor((Math.floor(k / columns) + 0.5) * height / rows);
    return [...data.slice(4 * (y * width + x), 4 * (y * width + x) + 3)];
  });
}"""

_COLOUR = """(name) => {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = `var(--${name})`;
  const numbers = getComputedStyle(probe).color.match(/\\d+/g).map(Number);
  probe.remove();
  return numbers;
}"""


def picture(canvas: Locator) -> str:
    """All pixels of a canvas, to be compared."""
    shown: str = canvas.evaluate("(canvas) => canvas.toDataURL()")
    return shown


def ink(canvas: Locator) -> int:
    """How many pixels of a canvas differ from its first."""
    count: int = canvas.evaluate(_INK)
    return count


def cells(canvas: Locator, columns: int, rows: int) -> list[Colour]:
    """The colours in the middles of a canvas's cells, row by row."""
    colours: list[list[float]] = canvas.evaluate(_CELLS, {"columns": columns, "rows": rows})
    return [(red, green, blue) for red, green, blue in colours]


def shows(canvas: Locator, values: npt.NDArray[np.float64]) -> bool:
    """Whether a canvas shows a picture, 28 x 28 in [0, 1], as mixtures of the page's colour and its ink's."""
    surface, dark = colour(canvas.page, "surface"), colour(canvas.page, "ink")
    rows, columns = values.shape
    wanted = [mix(surface, dark, value) for value in values.ravel().tolist()]
    return all(distance(*pair) <= 3 for pair in zip(cells(canvas, columns, rows), wanted, strict=True))


def colour(page: Page, name: str) -> Colour:
    """A colour of the theme."""
    red, green, blue = page.evaluate(_COLOUR, name)
    return red, green, blue


def mix(start: Colour, end: Colour, share: float) -> Colour:
    """The colour that lies between two."""
    red, green, blue = (a + (b - a) * share for a, b in zip(start, end, strict=True))
    return red, green, blue


def distance(one: Colour, other: Colour) -> float:
    """The largest difference in red, green or blue, of 255."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def length_of(text: str) -> float:
    """A length as it is written; "> 0.99" stands for 0.995 up to 1, and counts as the middle of that."""
    return 0.9975 if text.startswith(">") else float(text)
