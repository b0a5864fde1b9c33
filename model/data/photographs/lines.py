"""Lines across a picture: the rules and squares of the paper, a margin, the sides of a frame."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

# Lines are looked for that are turned by no more than this, in steps so fine that no line leaves its row of pixels.
_STEEPEST = np.tan(np.deg2rad(8))
# A line across covers this part of its way, and of the outer parts of it on both sides.
_COVERED, _COVERED_OUTSIDE = 0.72, 0.55
_OUTSIDE = 0.12
# A line is no thicker than this part of the picture's shorter side: a pen's stroke in a close cut is.
_THICKEST = 0.03
# What touches so much of one side of the picture lies along it.
_CONTACT = 0.3


class Lines(NamedTuple):
    """What is left without the lines, and where they were."""

    response: FloatArray  # (H, W)
    mask: Mask  # (H, W)


def without_lines(response: FloatArray, threshold: float) -> Lines:
    """Take the lines that cross the picture out of a response, and leave what was written over them.

    A line has much the same darkness all along; so much is taken off, and what is darker stays.
    """
    left, mask = response, np.zeros(response.shape, dtype=bool)
    for turned in (False, True):
        turned_left, turned_mask = _without_level_lines(left.T if turned else left, threshold)
        left = turned_left.T if turned else turned_left
        mask |= turned_mask.T if turned else turned_mask
    return Lines(left, mask)


def without_borders(response: FloatArray, threshold: float) -> Lines:
    """Take out what lies along the picture's border and is thicker than a line: the desk, the next sheet."""
    from scipy.ndimage import binary_dilation, grey_opening, label

    mask: Mask = np.zeros(response.shape, dtype=bool)
    side = max(3, round(_THICKEST * min(response.shape)) + 1)
    if min(response.shape) < 40:
        return Lines(response, mask)
    padded = np.pad(response > threshold, side, mode="edge")
    thick = grey_opening(padded.astype(np.uint8), (side, side))[side:-side, side:-side]
    labels, count = label(thick)
    for index in range(1, count + 1):
        area = labels == index
        contacts = [area[0].mean(), area[-1].mean(), area[:, 0].mean(), area[:, -1].mean()]
        if max(contacts) > _CONTACT:
            mask = mask | np.asarray(area, dtype=bool)
    if mask.any():
        mask = np.asarray(binary_dilation(mask, iterations=3))
    return Lines(np.where(mask, 0, response).astype(np.float32), mask)


def _without_level_lines(response: FloatArray, threshold: float) -> Lines:
    height, width = response.shape
    left, mask = response.copy(), np.zeros(response.shape, dtype=bool)
    if min(height, width) < 40:
        return Lines(left, mask)
    thickest = max(2, round(_THICKEST * min(height, width)))
    present = _halved(response > threshold)
    for slope, row in _peaks(present, max(2, thickest // 2)):
        _take_out(left, mask, slope, 2 * row, thickest, threshold)
    return Lines(left, mask)


def _halved(present: Mask) -> Mask:
    """Half the size: a pixel is present if any of its four is."""
    height, width = (side - side % 2 for side in present.shape)
    blocks = present[:height, :width].reshape(height // 2, 2, width // 2, 2)
    halved: Mask = np.asarray(blocks.any(axis=(1, 3)), dtype=bool)
    return halved


def _peaks(present: Mask, thickest: int) -> list[tuple[float, int]]:
    """The slopes and first rows of the lines, the best covered first; none within another's thickness."""
    height, width = present.shape
    margin = int(_STEEPEST * width / 2) + 1
    padded = np.pad(present, ((margin, margin), (0, 0)))
    padded[1:] |= padded[:-1].copy()  # a line that lies between two rows
    columns = np.arange(width)
    outside = max(2, round(_OUTSIDE * width))
    slopes = np.linspace(-_STEEPEST, _STEEPEST, 2 * max(8, int(_STEEPEST * width / 2)) + 1)
    rows = np.arange(height)[:, None] + margin
    found: list[tuple[float, float, int]] = []
    for slope in slopes:
        shifts = np.rint(slope * (columns - width / 2)).astype(np.intp)
        sheared = padded[rows + shifts, columns]
        covered = sheared.mean(axis=1)
        ends = np.minimum(sheared[:, :outside].mean(axis=1), sheared[:, -outside:].mean(axis=1))
        good = np.flatnonzero((covered > _COVERED) & (ends > _COVERED_OUTSIDE))
        for row in map(int, good):
            # What is as well covered far above and below is an area, and no line.
            near = covered[max(0, row - thickest) : row + thickest + 1]
            if min(near[0], near[-1]) < 0.6 * covered[row] or row < thickest or row >= height - thickest:
                found.append((float(covered[row]), float(slope), row))
    chosen: list[tuple[float, int]] = []
    taken = np.zeros((height, 2), dtype=bool)  # by where a line begins and where it ends
    for _, slope, at_row in sorted(found, reverse=True):
        ends_at = [int(np.clip(at_row + slope * at, 0, height - 1)) for at in (-width / 2, width / 2)]
        if any(taken[at, side] for side, at in enumerate(ends_at)):
            continue
        for side, at in enumerate(ends_at):
            taken[max(0, at - thickest) : at + thickest + 1, side] = True
        chosen.append((slope, at_row))
    return chosen


def _take_out(left: FloatArray, mask: Mask, slope: float, row: int, thickest: int, threshold: float) -> None:
    """Take a line off, row by row of its thickness, as dark as it is in the median of its length."""
    height, width = left.shape
    columns = np.arange(width)
    middle = np.rint(row + slope * (columns - width / 2)).astype(np.intp)
    reach = thickest + 2
    band = np.clip(middle[None] + np.arange(-reach, reach + 1)[:, None], 0, height - 1)
    levels = left[band, columns]
    level = np.median(levels, axis=1)
    core = np.flatnonzero(level > 0.4 * threshold)
    if not len(core):
        return
    dark = float(np.percentile(levels[core].max(axis=0), 50))
    rest = levels[core] - np.maximum(level[core], 0.6 * dark)[:, None] * 1.1
    rest[rest < 0.45 * dark] = 0
    left[band[core], columns] = np.minimum(left[band[core], columns], rest.clip(min=0))
    mask[band[core], columns] = True
