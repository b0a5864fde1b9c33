"""The chosen strokes as ink: how much of each pixel it covers, as wide as the network knows strokes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from model.data.photographs.marks import Chosen

FloatArray = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

# Strokes thinner than this part of the digit are drawn wider: MNIST has none, and a ball-pen nothing else.
_THIN, _WIDE_ENOUGH = 0.07, 0.085
# In a photograph the ink is as dark as this share of its darkest tenth, and what is under the second is none.
_FULL, _NONE = 0.85, 0.2


def thickness(mask: Mask) -> float:
    """The widest place of a mask, in pixels."""
    from scipy.ndimage import distance_transform_edt

    return 2 * float(distance_transform_edt(mask).max())


def ink_of(response: FloatArray, chosen: Chosen, flat: bool) -> FloatArray:
    """Ink (H, W) in [0, 1] of the chosen marks and of nothing else."""
    from scipy.ndimage import binary_dilation, distance_transform_edt

    rows, columns = np.flatnonzero(chosen.kept.any(axis=1)), np.flatnonzero(chosen.kept.any(axis=0))
    longer = max(np.ptp(rows), np.ptp(columns)) + 1
    skirt = max(1, round(0.02 * longer))
    near = binary_dilation(chosen.kept, np.ones((3, 3)), iterations=skirt) & ~chosen.left_out
    darkness = response[chosen.kept].max() if flat else _FULL * chosen.darkness
    ink = np.where(near, response / darkness, 0).clip(0, 1)
    if not flat:
        ink = ((ink - _NONE) / (1 - _NONE)).clip(0, 1)
    width = 4 * float(distance_transform_edt(chosen.kept)[chosen.kept].mean()) - 1
    if width < _THIN * longer:
        grow = (_WIDE_ENOUGH * longer - width) / 2
        away = distance_transform_edt(ink < 0.5)
        ink = np.maximum(ink, (grow + 0.5 - away).clip(0, 1))
    return ink.astype(np.float32)
