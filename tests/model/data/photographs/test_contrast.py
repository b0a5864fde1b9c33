"""On which side of the paper the ink stands out."""

from __future__ import annotations

import numpy as np
import pytest

from model.data.photographs.contrast import side_of_ink


@pytest.mark.parametrize(("paper", "ink", "sign"), [(0, 255, 1), (255, 0, -1), (40, 200, 1), (220, 60, -1)])
def test_the_sign_says_whether_the_ink_is_lighter_than_the_paper(paper: int, ink: int, sign: int) -> None:
    levels = np.full((120, 120, 1), paper, dtype=np.float32)
    levels[30:90, 56:64] = ink
    assert side_of_ink(levels, 22).sign == sign
