"""Strokes as lines: the middle of the ink, one pixel wide, how thick the ink is about it, and how long it is.

Lengths are in the pixels of the masks (N, H, W), which have background all around. Needs scikit-image.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from skimage.morphology import skeletonize

Array = npt.NDArray[np.floating]
Places = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]

# What a straight step, a diagonal one and a change between them add to a line's length (Vossepoel and Smeulders 1982).
_STRAIGHT, _DIAGONAL, _CORNER = 0.980, 1.406, -0.091
_LOOK_BACK = 8  # pixels of a line that tell which way its end points


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


def stroke_lengths(masks: Mask, lines: Mask, thick: Array) -> Array:
    """How long each stroke is, (N,): a round pen's way, from where its middle was set down to where it was lifted."""
    N = len(lines)
    picture, row, column = np.nonzero(lines)
    there = _neighbours(lines, picture, row, column)
    up, down, left, right = there[-1, 0], there[1, 0], there[0, -1], there[0, 1]
    # A diagonal step counts only where no straight ones lead round it. Two of its four ways are counted as steps.
    falling, rising = there[1, 1] & ~down & ~right, there[1, -1] & ~down & ~left
    diagonal = falling | rising | (there[-1, -1] & ~up & ~left) | (there[-1, 1] & ~up & ~right)
    corner = diagonal & (up | down | left | right)
    step = _STRAIGHT * (down + right.astype(int)) + _DIAGONAL * (falling + rising.astype(int)) + _CORNER * corner
    long = np.bincount(picture, step, minlength=N)
    # An end has one neighbour alone.
    end = sum(found.astype(int) for found in there.values()) == 1
    ends = picture[end], row[end], column[end]
    long += np.bincount(ends[0], _missing(masks, lines, thick, *ends), minlength=N)
    return np.maximum(long, 0)


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


def _neighbours(lines: Mask, picture: Places, row: Places, column: Places) -> dict[tuple[int, int], Mask]:
    """Whether the line goes on at each of the eight places (down, right) around those given."""
    around = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1) if (down, right) != (0, 0)]
    return {(down, right): lines[picture, row + down, column + right] for down, right in around}


def _missing(masks: Mask, lines: Mask, thick: Array, picture: Places, row: Places, column: Places) -> Array:
    """How far a line falls short of the pen's middle at each of E ends: ahead of that is half the thickness of ink."""
    look = np.arange(-_LOOK_BACK, _LOOK_BACK + 1)
    near = _at(lines, picture[:, None, None], row[:, None, None] + look[:, None], column[:, None, None] + look)
    ahead = -np.stack([(near * look[:, None]).sum(axis=(1, 2)), (near * look).sum(axis=(1, 2))])  # (2, E)
    ahead = ahead / np.maximum(np.hypot(*ahead), 1e-9)
    steps = np.arange(0, 2 * thick.max(initial=1), 0.5)
    rows = np.rint(row[:, None] + steps * ahead[0][:, None]).astype(np.intp)
    columns = np.rint(column[:, None] + steps * ahead[1][:, None]).astype(np.intp)
    reach = steps[np.argmin(_at(masks, picture[:, None], rows, columns), axis=1)]
    missing: Array = reach - thick[picture] / 2
    return missing


def _at(masks: Mask, picture: Places, row: Places, column: Places) -> Mask:
    """What is set at these places; at the rim, and so beyond it, nothing is."""
    _, H, W = masks.shape
    return masks[picture, np.clip(row, 0, H - 1), np.clip(column, 0, W - 1)]
