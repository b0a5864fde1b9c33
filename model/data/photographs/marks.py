"""From a response to marks, and from marks to the digit: which of them are its strokes, and which are left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

# A pixel is of a stroke if it has this share of the ink's darkness.
SHARE = 0.35
# A part belongs to the digit if it is no further from it than this share of the digit's longer side, and if it has
# this share of its ink and of its darkness.
_NEAR, _LEAST_INK, _LEAST_DARKNESS = 0.25, 0.012, 0.5
# The thresholds at which a digit is looked for, as shares of the strongest response.
SHARES = (0.4, 0.2, 0.1, 0.05, 0.025, 0.0)
# The longer side of a digit is at least so many pixels, and this share of the picture's shorter side.
_SMALLEST, _SMALLEST_SHARE = 8, 0.035
# A frame has 90 % of its pixels within 6 % of its longer side from its bounding box.
_FRAME, _HEM = 0.9, 0.06
# A part of this share of the ink may be further away.
_LARGE, _NEAR_AND_LARGE = 0.08, 0.4
# A smaller part than this of the picture is a speck.
_TINY = 0.00003
# Only so many marks, the heaviest, are looked at: a picture may hold thousands of dots.
_MOST_MARKS = 50


@dataclass(frozen=True, slots=True)
class Mark:
    """A connected mark."""

    index: int  # in the labelled picture
    box: tuple[int, int, int, int]  # top, left, bottom, right; the last two excluded
    area: int  # pixels
    mass: float  # the sum of its response
    darkness: float  # the response that a tenth of it exceeds
    along_box: float  # the share of its pixels that lie along the sides of its box
    contact: int  # pixels on the border of the picture, which is two pixels wide

    @property
    def height(self) -> int:
        return self.box[2] - self.box[0]

    @property
    def width(self) -> int:
        return self.box[3] - self.box[1]


class Chosen(NamedTuple):
    """The digit's strokes and the rest."""

    kept: Mask  # (H, W)
    left_out: Mask  # (H, W)
    darkness: float  # of the ink, as a response
    rival: float  # the mass of the heaviest mark left out that might be writing, as a share of the digit's


def heaviest_of(response: FloatArray, threshold: float) -> Mark | None:
    """The heaviest mark that can be a digit, at the highest of some thresholds at which there is one."""
    top = strongest(response)
    for share in SHARES:
        level = max(threshold, share * top)
        _, marks = find_marks(response, level)
        main = _heaviest(marks, response.shape)
        if main is not None and plausible(main, response.shape):
            return main
        if level == threshold:
            break
    return None


def strongest(response: FloatArray) -> float:
    """The response of the strongest thousandth of the picture."""
    count = max(1, response.size // 1000)
    return float(np.partition(response.ravel(), -count)[-count:].mean())


def plausible(mark: Mark, shape: tuple[int, ...]) -> bool:
    """Whether a mark is large enough for a digit and none of the sheet's own."""
    return max(mark.height, mark.width) >= max(_SMALLEST, _SMALLEST_SHARE * min(shape)) and not of_the_sheet(
        mark, shape
    )


def choose(response: FloatArray, threshold: float, barred: Mask | None = None, anything: bool = False) -> Chosen | None:
    """The digit in a response: the heaviest mark that can be one, with its parts. None where nothing stands out.

    What touches a `barred` place (H, W) touches the border of the picture. With `anything`, the heaviest mark is taken
    however small it is and wherever it lies.
    """
    labels, marks = find_marks(response, threshold, barred)
    main = _heaviest(marks, response.shape)
    if main is None or not (anything or plausible(main, response.shape)):
        return None
    darkness = main.darkness
    labels, marks = find_marks(response, SHARE * darkness, barred)
    main = _heaviest(marks, response.shape)
    if main is None:
        return None
    parts = _with_parts(main, marks, labels, response.shape)
    chosen = {part.index for part in parts}
    kept = np.isin(labels, list(chosen))
    others = [mark for mark in marks if mark.index not in chosen and not of_the_sheet(mark, response.shape)]
    mass = sum(part.mass for part in parts)
    rival = max((mark.mass for mark in others), default=0.0) / mass
    return Chosen(kept, (labels > 0) & ~kept, main.darkness, rival)


def find_marks(
    response: FloatArray, threshold: float, barred: Mask | None = None
) -> tuple[npt.NDArray[np.int32], list[Mark]]:
    """The heaviest connected marks above a threshold, and the picture (H, W) of the numbers of all, from 1."""
    from scipy.ndimage import find_objects, label

    labels, count = label(response > threshold, structure=np.ones((3, 3)))
    marks = []
    touching = _contacts(labels, barred, count)
    places = find_objects(labels)
    for index in _heavy(response, labels, count):
        place = places[index - 1]
        inside = labels[place] == index
        values = response[place][inside]
        rows, columns = place
        box = (rows.start, columns.start, rows.stop, columns.stop)
        darkness = float(np.percentile(values, 90))
        along = _along_box(inside)
        marks.append(Mark(index, box, len(values), float(values.sum()), darkness, along, int(touching[index])))
    return labels, marks


def _heavy(response: FloatArray, labels: npt.NDArray[np.int32], count: int) -> list[int]:
    """The numbers of the heaviest marks that are no specks, in their order."""
    flat = labels.ravel()
    sizes = np.bincount(flat, minlength=count + 1)
    masses = np.bincount(flat, weights=response.ravel(), minlength=count + 1)
    masses[sizes < max(1, int(_TINY * response.size))] = 0
    masses[0] = 0  # the paper
    heaviest = np.argsort(-masses, kind="stable")[:_MOST_MARKS]
    return sorted(int(index) for index in heaviest if masses[index] > 0)


def _along_box(mask: Mask) -> float:
    height, width = mask.shape
    margin = max(2, round(_HEM * max(height, width)))
    inside = mask[margin : height - margin, margin : width - margin]
    return 1 - float(inside.sum()) / float(mask.sum())


def _contacts(labels: npt.NDArray[np.int32], barred: Mask | None, count: int) -> npt.NDArray[np.intp]:
    """How many pixels of each mark lie on the border of the picture, or on a barred place."""
    border = np.zeros(labels.shape, dtype=bool) if barred is None else barred.copy()
    border[:2], border[-2:], border[:, :2], border[:, -2:] = (True,) * 4
    return np.bincount(labels[border], minlength=count + 1)


def of_the_sheet(mark: Mark, shape: tuple[int, ...]) -> bool:
    """Whether a mark is of the sheet and not on it: a strip along the border, a frame, a line across."""
    height, width = shape
    top, left, bottom, right = mark.box
    sides = (top <= 1, left <= 1, bottom >= height - 1, right >= width - 1)
    tall, wide = mark.height / height, mark.width / width
    if mark.contact > 0.8 * max(mark.height, mark.width):  # two pixels deep
        return True
    if max(tall, wide) > 0.55 and min(mark.height, mark.width) < 0.05 * min(shape):
        return sum(sides) >= 1 or max(tall, wide) > 0.85
    if (
        min(tall, wide) > 0.5
        and mark.along_box > _FRAME
        and min(mark.height, mark.width) > 0.4 * max(mark.height, mark.width)
    ):
        return True
    if tall > 0.8 and wide > 0.8:  # a frame is thin for its size
        return mark.area < 0.12 * mark.height * mark.width and sum(sides) >= 2
    return any(sides) and max(tall, wide) > 0.5 and min(tall, wide) < 0.2


def _heaviest(marks: list[Mark], shape: tuple[int, ...]) -> Mark | None:
    def weight(mark: Mark) -> float:
        height, width = shape
        top, left, bottom, right = mark.box
        touches = top <= 0 or left <= 0 or bottom >= height or right >= width
        return mark.mass * (0.3 if touches else 1) * (0.02 if of_the_sheet(mark, shape) else 1)

    return max(marks, key=weight, default=None)


def _reach_of(mark: Mark, main: Mark) -> float:
    return _NEAR_AND_LARGE if mark.mass >= _LARGE * main.mass else _NEAR


def _with_parts(main: Mark, marks: list[Mark], labels: npt.NDArray[np.int32], shape: tuple[int, ...]) -> list[Mark]:
    """The main mark, and the others that are near enough, dark enough and large enough to be parts of the digit."""
    from scipy.ndimage import distance_transform_edt, minimum

    parts = [main]
    candidates = [
        mark
        for mark in marks
        if mark is not main
        and mark.mass >= _LEAST_INK * main.mass
        and mark.darkness >= _LEAST_DARKNESS * main.darkness
        and not of_the_sheet(mark, shape)
    ]
    longer = max(main.height, main.width)
    grown = True
    while grown and candidates:
        away = distance_transform_edt(~np.isin(labels, [part.index for part in parts]))
        gaps = minimum(away, labels, [mark.index for mark in candidates])
        is_near = [gap <= _reach_of(mark, main) * longer for gap, mark in zip(gaps, candidates, strict=True)]
        grown = any(is_near)
        parts += [mark for mark, near in zip(candidates, is_near, strict=True) if near]
        candidates = [mark for mark, near in zip(candidates, is_near, strict=True) if not near]
    return parts
