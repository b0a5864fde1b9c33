"""What can be measured of a digit's picture, after Morpho-MNIST (Castro et al. 2019, arXiv 1809.10780).

The picture is made four times as large, so that thin strokes are measured well, and cut at half its range.
Needs scikit-image: `pip install capsnet-explorer[measure]`. Serving does not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from scipy.ndimage import distance_transform_edt
from skimage.measure import label
from skimage.morphology import skeletonize

Array = npt.NDArray[np.floating]
Mask = npt.NDArray[np.bool_]

_SCALE = 4  # the measured picture's pixels for one of the digit's
_MARGIN = 2  # pixels of background around it: a stroke at the edge of the picture has two sides
# What a straight step, a diagonal one and a change between them add to a line's length (Vossepoel and Smeulders 1982).
_STRAIGHT, _DIAGONAL, _CORNER = 0.980, 1.406, -0.091
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
    N, height, width = pictures.shape
    x, y, slope = _moments(pictures.astype(np.float64))
    masks = _masks(pictures)
    box_height, box_width = _boxes(masks, slope)
    strokes = np.array([_stroke(mask) for mask in masks]).reshape(N, 3)
    values = {
        "thickness": strokes[:, 0],
        "slant": np.degrees(np.arctan(slope)),
        "width": box_width,
        "height": box_height,
        "length": strokes[:, 1],
        "loop": strokes[:, 2],
        "area": masks.sum(axis=(1, 2)) / _SCALE**2,
        "x": x - (width - 1) / 2,
        "y": y - (height - 1) / 2,
    }
    table = np.stack([values[name] for name in NAMES], axis=1)
    table[~masks.any(axis=(1, 2))] = 0
    return table


def _masks(pictures: Array) -> Mask:
    """Where the ink is: (N, 116, 116), each pixel of the picture as 4 x 4, with the margin around."""
    large = torch.nn.functional.interpolate(
        torch.from_numpy(np.ascontiguousarray(pictures, dtype=np.float32))[:, None],
        scale_factor=_SCALE,
        mode="bicubic",
    )[:, 0].numpy()
    low, high = pictures.min(axis=(1, 2), keepdims=True), pictures.max(axis=(1, 2), keepdims=True)
    ink: Mask = (large > (low + high) / 2) & (high > low)
    return np.pad(ink, ((0, 0), (_MARGIN, _MARGIN), (_MARGIN, _MARGIN)))


def _moments(pictures: Array) -> tuple[Array, Array, Array]:
    """The centre of mass (x, y) of each picture, and how far it leans to the right for each pixel upwards."""
    _, H, W = pictures.shape
    total = pictures.sum(axis=(1, 2)) + 1e-12
    rows, columns = np.arange(H), np.arange(W)
    y = pictures.sum(axis=2) @ rows / total
    x = pictures.sum(axis=1) @ columns / total
    down = rows[None, :] - y[:, None]  # (N, H)
    right = columns[None, :] - x[:, None]  # (N, W)
    spread = np.einsum("nhw,nh->n", pictures, down**2)
    mixed = np.einsum("nhw,nh,nw->n", pictures, down, right, optimize=True)
    return x, y, -mixed / (spread + 1e-12)


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


def _stroke(mask: Mask) -> tuple[float, float, float]:
    """Mean thickness and length of the stroke, and the area that it encloses, in the picture's pixels.

    The skeleton ends about where a round pen's middle was set down and lifted, up to a pixel short of it.
    """
    if not mask.any():
        return 0, 0, 0
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    box = mask[rows[0] - 1 : rows[-1] + 2, columns[0] - 1 : columns[-1] + 2]  # with a rim of background
    skeleton = skeletonize(box)
    thickness = 2 * float(distance_transform_edt(box)[skeleton].mean())
    return thickness / _SCALE, _length(skeleton) / _SCALE, _enclosed(box)


def _length(skeleton: Mask) -> float:
    """The length of a line one pixel wide. A diagonal step counts only where no straight ones lead round it."""
    down = skeleton[1:] & skeleton[:-1]
    right = skeleton[:, 1:] & skeleton[:, :-1]
    falling = skeleton[1:, 1:] & skeleton[:-1, :-1] & ~skeleton[1:, :-1] & ~skeleton[:-1, 1:]
    rising = skeleton[1:, :-1] & skeleton[:-1, 1:] & ~skeleton[1:, 1:] & ~skeleton[:-1, :-1]
    straight, diagonal = np.zeros_like(skeleton), np.zeros_like(skeleton)
    straight[1:] |= down
    straight[:-1] |= down
    straight[:, 1:] |= right
    straight[:, :-1] |= right
    diagonal[1:, 1:] |= falling
    diagonal[:-1, :-1] |= falling
    diagonal[1:, :-1] |= rising
    diagonal[:-1, 1:] |= rising
    corners = (straight & diagonal).sum()
    steps = down.sum() + right.sum()
    return float(_STRAIGHT * steps + _DIAGONAL * (falling.sum() + rising.sum()) + _CORNER * corners)


def _enclosed(box: Mask) -> float:
    """The area of the background that the ink shuts off from the rim, in the picture's pixels."""
    regions = label(~box, connectivity=1)
    areas = np.bincount(regions.ravel()) / _SCALE**2
    areas[[0, regions[0, 0]]] = 0  # the ink, and what lies outside
    return float(areas[areas >= _MINIMUM_HOLE].sum())
