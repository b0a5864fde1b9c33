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


def render(
    strokes: Sequence[Stroke],
    pen_width: float = PEN_WIDTH,
    supersampling: int = _SUPERSAMPLING,
    apart: float = 0.0,
) -> npt.NDArray[np.float32]:
    """Draw strokes with a round pen: ink (280, 280) in [0, 1].

    Less supersampling is faster, and its edges are rougher. Points of a curve that are nearer than `apart` pixels to
    the one before are left out: that is faster, too, and with one or two pixels nobody sees it.
    """
    side = PAD_SIZE * supersampling
    canvas = Image.new("L", (side, side))
    pen = ImageDraw.Draw(canvas)
    radius = pen_width * side / 2
    for stroke in strokes:
        path = _thinned(_smooth(np.asarray(stroke, dtype=np.float64)) * side, apart * supersampling)
        pen.line(path.ravel().tolist(), fill=255, width=max(1, round(2 * radius)))
        for disc in np.hstack([path - radius, path + radius]).tolist():  # the discs are the round caps and joins
            pen.ellipse(disc, fill=255)
    ink = np.asarray(canvas.reduce(supersampling), dtype=np.float32)
    return ink / np.float32(255)


def fit(strokes: Sequence[Stroke], margin: float = 0.15) -> list[Stroke]:
    """Move and scale strokes, aspect kept, so that their box fills the pad but for a margin."""
    points = np.concatenate(list(strokes))
    low, high = points.min(axis=0), points.max(axis=0)
    scale = (1 - 2 * margin) / max(float((high - low).max()), 1e-9)
    return [(stroke - (low + high) / 2) * scale + 0.5 for stroke in strokes]


def _thinned(path: Stroke, apart: float) -> Stroke:
    """Leave out points by the way along the path; its ends stay."""
    if apart <= 0 or len(path) < 3:
        return path
    way = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(path, axis=0).T))])
    marks = np.floor(way / apart)
    kept = np.concatenate([[True], marks[1:] > marks[:-1]])
    kept[-1] = True
    thinned: Stroke = path[kept]
    return thinned


def _smooth(points: Stroke) -> Stroke:
    """Join points by quadratic curves through the midpoints of their segments, with the points as handles."""
    if len(points) < 3:
        return points
    middles = (points[:-1] + points[1:]) / 2
    t = np.linspace(0, 1, _CURVE_POINTS, endpoint=False)[None, :, None]
    begin, handle, end = middles[:-1, None], points[1:-1, None], middles[1:, None]
    curves = (1 - t) ** 2 * begin + 2 * t * (1 - t) * handle + t**2 * end
    return np.concatenate([points[:1], curves.reshape(-1, 2), middles[-1:], points[-1:]])
