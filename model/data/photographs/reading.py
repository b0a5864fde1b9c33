"""From a picture to the ink of a digit: what was taken as ink, what was left out, and what is in doubt."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from model.data.photographs import contrast, doubts, drawn, marks
from model.data.photographs.doubts import Doubt
from model.data.photographs.ink import ink_of, thickness
from model.data.photographs.levels import levels_of
from model.data.photographs.lines import without_borders, without_lines
from model.data.photographs.paper import flat_paper
from model.data.preprocess import INK_THRESHOLD, BlankDrawingError

FloatArray = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
Box = tuple[float, float, float, float]  # top, left, bottom, right, as shares of the picture's height and width

WHOLE: Box = (0.0, 0.0, 1.0, 1.0)
# The longer side of the picture in which the digit is looked for, and of that in which its colours are, in pixels.
_SIDE, _SMALL_SIDE = 512, 256
# A digit that is smaller than this there is read once more, from the part of the picture around it.
_CLOSER, _AROUND = 64, 0.8
# Marks wider than this share of the shorter side count as paper. The next width is tried if the strokes found nearly
# fill it.
_REACHES, _OF_REACH = (0.18, 0.34, 0.6), 0.6
# In a clean picture nothing is taken for paper but its one level, unless so much of the picture lies along its border,
# or a stroke is so broad a part of its shorter side.
_SHADED, _BROADEST = 0.02, 0.6
# Levels of 255 by which something must stand out, and by which it does in a clean picture.
_BLANK = 6.0
_FLAT_THRESHOLD = 8.0


class Reading(NamedTuple):
    """What was made of a picture.

    `ink` and `left_out` show the part of it that `region` says, at a size of their own.
    """

    ink: FloatArray  # (H, W) in [0, 1]
    left_out: Mask  # (H, W): marks that are no part of the digit
    box: Box  # of the ink, in the whole picture
    region: Box
    doubts: list[Doubt]


class UnreadablePictureError(ValueError):
    """There is something in the picture, and nothing that could be a digit. The message says what is there."""


class _Found(NamedTuple):
    ink: FloatArray
    kept: Mask
    left_out: Mask
    doubts: list[Doubt]
    borders: float  # the part of the picture that was taken for a desk or a shadow at its border


def read_picture(image: Image.Image, crop: Box = WHOLE) -> Reading:
    """Find the digit in a picture that was decoded and stands upright, or in a part of it.

    Raises BlankDrawingError where nothing at all stands out, UnreadablePictureError where nothing that does could be a
    digit, and ValueError for a crop that is none.
    """
    for background in (255, 0):  # white ink on clear paper is nothing on white
        picture = levels_of(image, background)
        try:
            if picture.ink is not None:
                return _read_ink(_cut(picture.ink, crop), crop)
            assert picture.levels is not None
            return _read_levels(_cut(picture.levels, crop), crop)
        except BlankDrawingError:
            if picture.exact or background == 0:
                raise
    raise AssertionError("unreachable")


def warm_up() -> None:
    """Import what reading needs (scipy.ndimage, 0.3 s), so that the first visitor does not wait."""
    import scipy.ndimage  # noqa: F401  # to have imported it is all


def ink_of_image(image: Image.Image) -> FloatArray:
    """How much ink each pixel of a picture holds: (H, W) in [0, 1]. Raises as `read_picture` does."""
    return read_picture(image).ink


def read_ink(ink: FloatArray) -> Reading:
    """A drawing whose ink (H, W) in [0, 1] is known. Raises BlankDrawingError where there is none."""
    return _read_ink(ink, WHOLE)


def _read_ink(ink: FloatArray, region: Box) -> Reading:
    if ink.max(initial=0) < INK_THRESHOLD:
        raise BlankDrawingError
    slips = drawn.slips(ink)
    told: list[Doubt] = []
    left_out = np.zeros(ink.shape, dtype=bool)
    if slips is not None:
        left_out, ink = slips, np.where(slips, 0, ink).astype(np.float32)
        told.append("other_marks")
    return Reading(ink, left_out, _box(ink >= INK_THRESHOLD, region), region, told + doubts.shape_of(ink))


def _read_levels(levels: FloatArray, region: Box) -> Reading:
    small = _reduced(levels, _SIDE)
    spread = np.ptp(small.reshape(-1, small.shape[2]), axis=0).max()
    if spread < _BLANK:
        raise BlankDrawingError
    found = _find(small)
    if found is None:
        raise UnreadablePictureError(
            "Nothing in the picture stands out clearly enough from its paper to be a digit. "
            "Take it closer, in an even light, or cut the digit out."
        )
    box = _box(found.kept, region)
    scale = max(levels.shape[:2]) / max(small.shape[:2])
    side = max(np.ptp(np.flatnonzero(found.kept.any(axis=axis))) + 1 for axis in (0, 1))
    if scale > 1.2 and side < _CLOSER:
        closer = _widened(_box(found.kept, WHOLE), levels.shape[:2])
        try:
            near = _read_levels(_cut(levels, closer), _within(region, closer))
        except (UnreadablePictureError, BlankDrawingError):
            pass
        else:
            return near._replace(doubts=[doubt for doubt in doubts.DOUBTS if doubt in {*near.doubts, *found.doubts}])
    return Reading(found.ink, found.left_out, box, region, found.doubts)


def _find(levels: FloatArray) -> _Found | None:
    """Look for a digit: in a clean picture by its paper's one level, in others on paper that is lit evenly first."""
    shorter = min(levels.shape[:2])
    paper = flat_paper(levels)
    if paper is None:
        even, unevenness = contrast.evenly_lit(levels)
        tiny = _reduced(even, _SMALL_SIDE)
        side = contrast.side_of_ink(tiny, round(_REACHES[0] * min(tiny.shape[:2])))
        return _widening(lambda reach: contrast.contrast_on(side, even, reach), shorter, unevenness)
    best = _find_in(contrast.flat_contrast(levels, paper), 0.0)
    if best is not None and best.borders < _SHADED and thickness(best.kept) < _BROADEST * shorter:
        return best
    return _widening(lambda reach: contrast.flat_contrast(levels, paper, reach), shorter, 0.0) or best


def _widening(seen_with: Callable[[int], contrast.Contrast], shorter: int, unevenness: float) -> _Found | None:
    """Look for marks narrower than some reach; for wider ones where strokes turn out to be nearly as wide."""
    best = None
    for reach in (round(share * shorter) for share in _REACHES):
        found = _find_in(seen_with(reach), unevenness)
        best = found or best
        if found is not None and thickness(found.kept) < _OF_REACH * reach:
            break
    return best


def _find_in(seen: contrast.Contrast, unevenness: float) -> _Found | None:
    """Look for a digit among the darkest marks first, and then among fainter ones."""
    least = _FLAT_THRESHOLD if seen.flat else contrast.STANDS_OUT * seen.noise
    top = marks.strongest(seen.response)
    nothing = np.zeros(seen.response.shape, dtype=bool)
    for threshold in (max(least, share * top) for share in marks.SHARES):
        borders = without_borders(seen.response, threshold)
        lines = without_lines(borders.response, threshold)
        chosen = marks.choose(lines.response, threshold, _around(borders.mask))
        if chosen is not None:
            return _found(
                seen, lines.response, chosen, lines.mask | borders.mask, unevenness, float(borders.mask.mean())
            )
        if threshold == least:
            break
    # In a clean picture nothing is there by chance: the heaviest mark is taken, and told to be no clear digit.
    chosen = marks.choose(seen.response, least, None, anything=True) if seen.flat else None
    return None if chosen is None else _found(seen, seen.response, chosen, nothing, unevenness)


def _found(
    seen: contrast.Contrast,
    response: FloatArray,
    chosen: marks.Chosen,
    away: Mask,
    unevenness: float,
    borders: float = 0.0,
) -> _Found:
    ink = ink_of(response, chosen, seen.flat)
    told = _doubts(seen, chosen, unevenness) + doubts.shape_of(ink)
    return _Found(ink, chosen.kept, chosen.left_out | away & ~chosen.kept, told, borders)


def _doubts(seen: contrast.Contrast, chosen: marks.Chosen, unevenness: float) -> list[Doubt]:
    told: list[Doubt] = []
    if chosen.rival > doubts.OTHER_MARKS:
        told.append("other_marks")
    if not seen.flat and (unevenness > doubts.UNEVEN_LIGHT or chosen.darkness < doubts.UNEVEN_CLEARNESS * seen.noise):
        told.append("uneven_paper")
    return told


def _around(mask: Mask) -> Mask | None:
    from scipy.ndimage import binary_dilation

    return binary_dilation(mask, np.ones((3, 3)), iterations=2) if mask.any() else None


def _box(kept: Mask, region: Box) -> Box:
    rows, columns = np.flatnonzero(kept.any(axis=1)), np.flatnonzero(kept.any(axis=0))
    height, width = kept.shape
    top, left, bottom, right = map(float, (rows[0], columns[0], rows[-1] + 1, columns[-1] + 1))
    return _within(region, (top / height, left / width, bottom / height, right / width))


def _within(outer: Box, inner: Box) -> Box:
    """A part of a part, as a part of the whole."""
    top, left, bottom, right = outer
    tall, wide = bottom - top, right - left
    return (top + inner[0] * tall, left + inner[1] * wide, top + inner[2] * tall, left + inner[3] * wide)


def _widened(box: Box, shape: tuple[int, ...]) -> Box:
    """A box with room around it."""
    room = _AROUND * max((box[2] - box[0]) * shape[0], (box[3] - box[1]) * shape[1])
    tall, wide = room / shape[0], room / shape[1]
    return (max(0.0, box[0] - tall), max(0.0, box[1] - wide), min(1.0, box[2] + tall), min(1.0, box[3] + wide))


def _cut(picture: FloatArray, crop: Box) -> FloatArray:
    """Raises ValueError where no pixel is left."""
    if crop == WHOLE:
        return picture
    height, width = picture.shape[:2]
    top, bottom = (round(edge * height) for edge in (crop[0], crop[2]))
    left, right = (round(edge * width) for edge in (crop[1], crop[3]))
    cut = picture[max(0, top) : bottom, max(0, left) : right]
    if not cut.size:
        raise ValueError("the crop holds no pixel of the picture")
    return cut


def _reduced(levels: FloatArray, side: int) -> FloatArray:
    height, width, channels = levels.shape
    scale = side / max(height, width)
    if scale >= 1:
        return levels
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    planes = [Image.fromarray(np.ascontiguousarray(levels[..., k])) for k in range(channels)]
    return np.stack([np.asarray(plane.resize(size, Image.Resampling.BOX)) for plane in planes], axis=2)
