"""What can be measured of a digit's picture, after Morpho-MNIST (Castro et al. 2019, arXiv 1809.10780).

The picture is made four times as large, so that thin strokes are measured well, and cut at half its range.
Needs scikit-image: `pip install capsnet-explorer[measure]`. Serving does not.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
import torch
from scipy.ndimage import generate_binary_structure, label

from model.explaining.sights import NAMES
from model.explaining.skeletons import skeletons, thickness

Array = npt.NDArray[np.floating]
Mask = npt.NDArray[np.bool_]

_SCALE = 4  # the measured picture's pixels for one of the digit's
_MARGIN = 2  # pixels of background around it: a stroke at the edge of the picture has two sides
# Ink left outside at each side of the box, so that a speck does not widen it.
_OUTSIDE = 0.005
# Holes smaller than this are gaps between pixels.
_MINIMUM_HOLE = 0.5  # px²
_LEVEL = 0.8  # how level an edge must be to count as one: its slope up over its slope to the side


def measure(pictures: Array) -> npt.NDArray[np.float64]:
    """Pictures (N, 28, 28) in [0, 1], light ink on 0 -> their measures (N, M), in the order of `sights.MEASURES`.

    A picture of one grey level throughout has no ink: all its measures are 0.
    """
    _, height, width = pictures.shape
    large = _enlarged(pictures)
    masks = _masks(pictures, large)
    lines = skeletons(masks)
    thick = thickness(masks, lines)
    x, y, slope = _moments(masks, thick / _SCALE)
    ink = _Ink(masks, slope)
    values = {
        "thickness": thick / _SCALE,
        "darkness": _darkness(large, lines),
        "slant": np.degrees(np.arctan(slope)),
        "tilt": _tilt(pictures),
        "width": ink.width(ink.down >= 0),
        "top": ink.width(ink.down < 1 / 3),
        "bottom": ink.width(ink.down > 2 / 3),
        "height": ink.height,
        "balance": (ink.mean(ink.down) - 0.5) * ink.height,
        "bend": ink.bend(),
        "loop": np.sqrt(_enclosed(masks)),
        "x": x - width / 2,
        "y": y - height / 2,
    }
    table = np.stack([values[name] for name in NAMES], axis=1)
    table[~masks.any(axis=(1, 2))] = 0
    return table


class _Ink:
    """The inked places of all pictures in one list, with their own lean taken away."""

    def __init__(self, masks: Mask, slope: Array) -> None:
        self.count, height, _ = masks.shape
        self.picture, row, column = np.nonzero(masks)
        upright = column + slope[self.picture] * (row - height / 2)  # the shear taken away
        self.right: Array = upright / _SCALE
        self._bins = np.rint(upright).astype(np.intp)
        reached = np.cumsum(masks.sum(axis=2), axis=1) / np.maximum(masks.sum(axis=(1, 2)), 1)[:, None]
        first, last = (
            _crossing(reached, share) for share in (_OUTSIDE, 1 - _OUTSIDE)
        )  # (N), rows of the large picture
        self.height: Array = np.where(masks.any(axis=(1, 2)), last - first, 0) / _SCALE
        span = np.maximum(last - first, 1)
        # From 0 at the top of the ink to 1 at its foot.
        self.down: Array = np.clip((row + 0.5 - first[self.picture]) / span[self.picture], 0, 1)

    def width(self, chosen: Mask) -> Array:
        """How far the chosen ink reaches from side to side, (N,), in the picture's pixels."""
        return _extents(self.picture[chosen], self._bins[chosen], self.count)

    def mean(self, values: Array) -> Array:
        """The mean over each picture's ink, (N,)."""
        total = np.maximum(np.bincount(self.picture, minlength=self.count), 1)
        return np.bincount(self.picture, values, minlength=self.count) / total

    def bend(self) -> Array:
        """How far the middle stands right of the line between top and foot, in the picture's pixels.

        A parabola fitted to the ink from top to foot: its height.
        """
        x = self._own(self.right)
        first = self._own(self.down)
        second = self._own(self.down**2)
        second -= self._ratio(second * first, first**2)[self.picture] * first
        return -self._ratio(x * second, second**2) / 4

    def _own(self, values: Array) -> Array:
        return values - self.mean(values)[self.picture]

    def _ratio(self, shared: Array, spent: Array) -> Array:
        return self.mean(shared) / np.maximum(self.mean(spent), 1e-9)


def _enlarged(pictures: Array) -> npt.NDArray[np.float32]:
    _, H, W = pictures.shape
    large: npt.NDArray[np.float32] = _enlarging(H) @ pictures.astype(np.float32) @ _enlarging(W).T
    return large


def _darkness(large: npt.NDArray[np.float32], lines: Mask) -> Array:
    """The mean grey of the ink along the middle of its strokes, (N,)."""
    margin = slice(_MARGIN, -_MARGIN)
    inner = lines[:, margin, margin]
    total: Array = np.where(inner, large, 0).sum(axis=(1, 2)) / np.maximum(inner.sum(axis=(1, 2)), 1)
    return total


def _tilt(pictures: Array) -> Array:
    """How steeply the level strokes rise to the right, in degrees: the mean over their edges, strong ones first."""
    edged = np.pad(pictures.astype(np.float64), ((0, 0), (1, 1), (1, 1)))
    down, right = np.gradient(edged, axis=(1, 2))
    level = np.abs(down) > _LEVEL * np.abs(right)
    angle = np.arctan(np.divide(right, down, out=np.zeros_like(right), where=level))
    weight = np.where(level, (down**2 + right**2) * np.cos(angle) ** 4, 0)
    mean: Array = np.degrees((weight * angle).sum(axis=(1, 2)) / np.maximum(weight.sum(axis=(1, 2)), 1e-9))
    return mean


def _masks(pictures: Array, large: npt.NDArray[np.float32]) -> Mask:
    """Where the ink is: (N, 116, 116), each pixel of the picture as 4 x 4, with the margin around."""
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
