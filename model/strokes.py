"""Pen strokes to ink, the way the pad of the page draws them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

Stroke = npt.NDArray[np.float64]  # (N, 2), x to the right and y down, both in [0, 1] of the pad's side

PAD_SIZE = 280  # pixels
PEN_WIDTH = 1 / 12  # of the pad's side; the page's default
_SUPERSAMPLING = 4
_CURVE_POINTS = 8


def render(strokes: Sequence[Stroke], pen_width: float = PEN_WIDTH) -> npt.NDArray[np.float32]:
    """Draw strokes with a round pen: ink (280, 280) in [0, 1]."""
    side = PAD_SIZE * _SUPERSAMPLING
    canvas = Image.new("L", (side, side))
    pen = ImageDraw.Draw(canvas)
    radius = pen_width * side / 2
    for stroke in strokes:
        path = [(float(x), float(y)) for x, y in _smooth(np.asarray(stroke)) * side]
        pen.line(path, fill=255, width=max(1, round(2 * radius)))
        for x, y in path:  # the discs are the round caps and joins
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    ink = np.asarray(canvas.reduce(_SUPERSAMPLING), dtype=np.float32)
    return ink / np.float32(255)


def fit(strokes: Sequence[Stroke], margin: float = 0.15) -> list[Stroke]:
    """Move and scale strokes, aspect kept, so that their box fills the pad but for a margin."""
    points = np.concatenate(list(strokes))
    low, high = points.min(axis=0), points.max(axis=0)
    scale = (1 - 2 * margin) / max(float((high - low).max()), 1e-9)
    return [(stroke - (low + high) / 2) * scale + 0.5 for stroke in strokes]


def _smooth(points: Stroke) -> Stroke:
    """Join points by quadratic curves through the midpoints of their segments, with the points as handles."""
    if len(points) < 3:
        return points
    middles = (points[:-1] + points[1:]) / 2
    t = np.linspace(0, 1, _CURVE_POINTS, endpoint=False)[None, :, None]
    begin, handle, end = middles[:-1, None], points[1:-1, None], middles[1:, None]
    curves = (1 - t) ** 2 * begin + 2 * t * (1 - t) * handle + t**2 * end
    return np.concatenate([points[:1], curves.reshape(-1, 2), middles[-1:], points[-1:]])
