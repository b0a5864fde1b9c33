"""What may be wrong with the reading of a picture, as short codes that an answer carries."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

Doubt = Literal["other_marks", "uneven_paper", "no_clear_digit", "fits_badly"]
DOUBTS: tuple[Doubt, ...] = get_args(Doubt)

# Other marks count if one has this share of the digit's ink: dust and crumbs have less.
OTHER_MARKS = 0.12
# The paper is uneven if its light varies by this share of the brightest, or the ink is no clearer than so many
# standard deviations of it.
UNEVEN_LIGHT, UNEVEN_CLEARNESS = 0.3, 12.0
# No digit is so much wider than high, or fills so much of its box; a dot does and a level line is.
_WIDEST, _FULLEST, _SQUARE = 2.2, 0.72, 0.5
# With fewer pixels than this a digit is not read by people either.
_SMALLEST = 10


def shape_of(ink: npt.NDArray[np.float32]) -> list[Doubt]:
    """`no_clear_digit` for ink (H, W) that is a dot, a level line or tiny; else nothing."""
    present = ink >= 0.3
    if not present.any():
        return ["no_clear_digit"]
    rows, columns = np.flatnonzero(present.any(axis=1)), np.flatnonzero(present.any(axis=0))
    height, width = int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1
    fullness = present.sum() / (height * width)
    a_dot = fullness > _FULLEST and min(height, width) > _SQUARE * max(height, width)
    return ["no_clear_digit"] if a_dot or width > _WIDEST * height or max(height, width) < _SMALLEST else []
