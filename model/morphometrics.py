"""What can be measured of a digit's picture, after Morpho-MNIST (Castro et al. 2019, arXiv 1809.10780).

The picture is made four times as large, so that thin strokes are measured well, and cut at half its range.
Needs scikit-image: `pip install capsnet-explorer[measure]`. Serving does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import torch
from scipy.ndimage import generate_binary_structure, label

from model.skeletons import skeletons, stroke_lengths, thickness

Array = npt.NDArray[np.floating]
Mask = npt.NDArray[np.bool_]

_SCALE = 4  # the measured picture's pixels for one of the digit's
_MARGIN = 2  # pixels of background around it: a stroke at the edge of the picture has two sides
# Ink left outside at each side of the box, so that a speck does not widen it.
_OUTSIDE = 0.005
# Holes smaller than this are gaps between pixels.
_MINIMUM_HOLE = 0.5  # px²


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: its name in files, its name for people, its unit, and the words for more and less of it."""

    name: str
    title: str
    unit: str
    more: str
    less: str


MEASURES = (
    Measure("thickness", "stroke thickness", "px", "thicker", "thinner"),
    Measure("slant", "slant", "°", "leans further right", "leans further left"),
    Measure("width", "width", "px", "wider", "narrower"),
    Measure("height", "height", "px", "taller", "lower"),
    Measure("length", "stroke length", "px", "longer strokes", "shorter strokes"),
    Measure("loop", "size of the loop", "px²", "larger loop", "smaller loop"),
    Measure("area", "amount of ink", "px²", "more ink", "less ink"),
    Measure("x", "shift to the side", "px", "moves right", "moves left"),
    Measure("y", "shift up or down", "px", "moves down", "moves up"),
)
NAMES = tuple(measure.name for measure in MEASURES)


def measure(pictures: Array) -> npt.NDArray[np.float64]:
    """Pictures (N, 28, 28) in [0, 1], light ink on 0 -> their measures (N, 9), in the order of MEASURES.

    A picture of one grey level throughout has no ink: all its measures are 0.
    """
    _, height, width = pictures.shape
    masks = _masks(pictures)
    lines = skeletons(masks)
    thick = thickness(masks, lines)
    x, y, slope = _moments(masks, thick / _SCALE)
    box_height, box_width = _boxes(masks, slope)
    values = {
        "thickness": thick / _SCALE,
        "slant": np.degrees(np.arctan(slope)),
        "width": box_width,
        "height": box_height,
        "length": stroke_lengths(masks, lines, thick) / _SCALE,
        "loop": _enclosed(masks),
        "area": masks.sum(axis=(1, 2)) / _SCALE**2,
        "x": x - width / 2,
        "y": y - height / 2,
    }
    table = np.stack([values[name] for name in NAMES], axis=1)
    table[~masks.any(axis=(1, 2))] = 0
    return table


def _masks(pictures: Array) -> Mask:
    """Where the ink is: (N, 116, 116), each pixel of the picture as 4 x 4, with the margin around."""
    _, H, W = pictures.shape
    large = _enlarging(H) @ pictures.astype(np.float32) @ _enlarging(W).T
    low, high = pictures.min(axis=(1, 2), keepdims=True), pictures.max(axis=(1, 2), keepdims=True)
    ink: Mask = (large > (low + high) / 2) & (high > low)
    return np.pad(ink, ((0, 0), (_MARGIN, _MARGIN), (_MARGIN, _MARGIN)))


@cache
def _enlarging(size: int) -> npt.NDArray[np.float32]:
    """The matrix (4 x size, size) of bicubic interpolation along one axis."""
    unit = torch.eye(size)[None, None]
    matrix: npt.NDArray[np.float32] = torch.nn.functional.interpolate(unit, size=(_SCALE * size, size), mode="bicubic")[
        0, 0
    ].numpy()
    return matrix


def _moments(masks: Mask, thickness: Array) -> tuple[Array, Array, Array]:
    """The centre of the ink (x, y) in the picture's pixels, and how far it leans to the right for each pixel upwards.

    What leans is the stroke's middle line. A stroke of one thickness t spreads its ink across the line by t²/12, which
    would make a thick one look more upright than a thin one: that spread is taken away, but no more than half of all.
    """
    _, H, W = masks.shape
    total = masks.sum(axis=(1, 2)) + 1e-12
    places_y, places_x = ((np.arange(size) + 0.5) / _SCALE - _MARGIN / _SCALE for size in (H, W))
    y = masks.sum(axis=2) @ places_y / total
    x = masks.sum(axis=1) @ places_x / total
    down = places_y - y[:, None]  # (N, H)
    right = places_x - x[:, None]  # (N, W)
    spread = np.einsum("nh,nh->n", masks.sum(axis=2), down**2) / total
    along = (masks @ right[:, :, None])[:, :, 0]  # (N, H): how far right each row's ink lies, summed
    mixed = np.einsum("nh,nh->n", along, down) / total
    return x, y, -mixed / (np.maximum(spread - thickness**2 / 12, spread / 2) + 1e-12)


def _boxes(masks: Mask, slope: Array) -> tuple[Array, Array]:
    """Height and width of the parallelogram around the ink, whose sides lean as it does, in the picture's pixels."""
    N, H, _ = masks.shape
    picture, row, column = np.nonzero(masks)
    upright = column + slope[picture] * (row - H / 2)  # the shear taken away
    return _extents(picture, row, N), _extents(picture, np.rint(upright).astype(np.intp), N)


def _extents(picture: npt.NDArray[np.intp], places: npt.NDArray[np.intp], N: int) -> Array:
    """How far the places of each picture's ink reach, all but `_OUTSIDE` of it at either end."""
    if not len(places):
        return np.zeros(N)
    first = places.min()
    bins = int(places.max() - first) + 1
    counts = np.bincount(picture * bins + places - first, minlength=N * bins).reshape(N, bins)
    reached = counts.cumsum(axis=1) / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    return (_crossing(reached, 1 - _OUTSIDE) - _crossing(reached, _OUTSIDE)) / _SCALE


def _crossing(reached: Array, share: float) -> Array:
    """Where each growing row (N, K) passes `share`, in bins and parts of a bin from the first one's left edge."""
    place = np.argmax(reached >= share, axis=1)
    here = np.take_along_axis(reached, place[:, None], axis=1)[:, 0]
    before = np.where(place > 0, np.take_along_axis(reached, np.maximum(place - 1, 0)[:, None], axis=1)[:, 0], 0)
    crossing: Array = place + (share - before) / np.maximum(here - before, 1e-12)
    return crossing


def _enclosed(masks: Mask) -> Array:
    """The area of the background that each picture's ink shuts off from the rim, in the picture's pixels."""
    in_one_picture = np.zeros((3, 3, 3), dtype=bool)
    in_one_picture[1] = generate_binary_structure(2, 1)
    regions, count = label(~masks, in_one_picture)
    outside = regions[:, 0, 0]  # the first region of each picture, whose regions are numbered one after the other
    areas = np.bincount(regions.ravel(), minlength=count + 1)[1:] / _SCALE**2
    areas[outside - 1] = 0
    areas[areas < _MINIMUM_HOLE] = 0
    picture = np.searchsorted(outside, np.arange(1, count + 1), side="right") - 1
    enclosed: Array = np.bincount(picture, weights=areas, minlength=len(masks)).astype(np.float64)
    return enclosed
