"""Strokes as lines: the middle of the ink, one pixel wide, and how thick the ink is about it.

Thickness is in the pixels of the masks (N, H, W), which have background all around. Needs scikit-image.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from skimage.morphology import skeletonize

Array = npt.NDArray[np.floating]
Mask = npt.NDArray[np.bool_]


def skeletons(masks: Mask) -> Mask:
    """The middle line of the ink of each picture."""
    lines = np.zeros_like(masks)
    for mask, line in zip(masks, lines, strict=True):
        rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        if len(rows):
            box = slice(rows[0] - 1, rows[-1] + 2), slice(columns[0] - 1, columns[-1] + 2)
            line[box] = skeletonize(mask[box])
    return lines


def thickness(masks: Mask, lines: Mask) -> Array:
    """Twice the mean distance from the line to the nearest background, (N,); 0 where there is no ink."""
    shore = np.zeros_like(masks)  # the background beside the ink, where the nearest always lies
    shore[:, 1:] |= masks[:, :-1]
    shore[:, :-1] |= masks[:, 1:]
    shore[:, :, 1:] |= masks[:, :, :-1]
    shore[:, :, :-1] |= masks[:, :, 1:]
    inner, outer = _places(lines), _places(shore & ~masks)
    pairs = zip(inner, outer, strict=True)
    return np.array([2 * _distances(here, there).mean() if len(here) else 0.0 for here, there in pairs])


def _places(masks: Mask) -> list[npt.NDArray[np.float32]]:
    """For each picture the places (K, 2) that are set."""
    N, H, W = masks.shape
    flat = np.flatnonzero(masks)
    edges = np.searchsorted(flat, np.arange(1, N) * H * W)
    places = np.stack([flat // W % H, flat % W], axis=1).astype(np.float32)
    return np.split(places, edges) if N else []


def _distances(here: npt.NDArray[np.float32], there: npt.NDArray[np.float32]) -> Array:
    """From each of K places to the nearest of L others."""
    squares = (here[:, :1] - there[:, 0]) ** 2 + (here[:, 1:] - there[:, 1]) ** 2
    distances: Array = np.sqrt(squares.min(axis=1))
    return distances
