"""Ink that is known: strokes of the pad, and pictures that are clear where nothing is drawn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from model.data.preprocess import INK_THRESHOLD
from model.data.strokes import PEN_WIDTH, Stroke

FloatArray = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

# What has less than this share of the heaviest part's ink, and is further from it than this share of its longer side,
# is a slip of the pen.
_SLIP_INK, _SLIP_AWAY = 0.1, 0.35
# Marks are told apart on a picture of about so many pixels a side: a pad's drawing is looked at with every point.
_COARSE = 64
# The widest pen that suits a drawing, as a share of the longer side of its strokes; and the smallest drawing, in
# widths of the pen: what is smaller is a dot.
_WIDEST_PEN, _DOT = 0.18, 0.75


def suitable_pen(strokes: Sequence[Stroke], pen_width: float = PEN_WIDTH) -> float:
    """The width of a pen that suits a drawing: a small one with the pad's pen would be a blob."""
    points = np.concatenate(list(strokes))
    longer = float(np.ptp(points, axis=0).max())
    return pen_width if longer < _DOT * pen_width else min(pen_width, _WIDEST_PEN * longer)


def slips(ink: FloatArray) -> Mask | None:
    """Where a drawing (H, W) has marks that are no part of it: small, and far away. None where it has none."""
    from scipy.ndimage import label

    step = max(1, -(-max(ink.shape) // _COARSE))
    coarse = _coarse(ink, step)
    labels, count = label(coarse >= INK_THRESHOLD, np.ones((3, 3)))
    if count < 2:
        return None
    masses = np.bincount(labels.ravel(), weights=coarse.ravel(), minlength=count + 1)
    main = int(masses[1:].argmax()) + 1
    places = {index: np.argwhere(labels == index) for index in range(1, count + 1)}
    longer = np.ptp(places[main], axis=0).max() + 1
    far = [index for index in places if index != main and masses[index] < _SLIP_INK * masses[main]]
    kept = np.concatenate([places[index] for index in places if index not in far])
    far = [index for index in far if _distance(places[index], kept) > _SLIP_AWAY * longer]
    if not far:
        return None
    mask = np.isin(labels, far).repeat(step, axis=0).repeat(step, axis=1)
    cut: Mask = mask[: ink.shape[0], : ink.shape[1]] & (ink > 0)
    return cut


def _distance(first: npt.NDArray[np.intp], second: npt.NDArray[np.intp]) -> float:
    away = first[:, None] - second[None]
    return float(np.sqrt((away**2).sum(axis=2)).min())


def _coarse(ink: FloatArray, step: int) -> FloatArray:
    """The strongest ink of each block of `step` x `step` pixels.

    Whole rows are compared with whole rows, and then columns: that is ten times as fast as a maximum over short axes.
    """
    height, width = (-(-side // step) * step for side in ink.shape)
    padded = ink
    if ink.shape != (height, width):
        padded = np.zeros((height, width), dtype=np.float32)
        padded[: ink.shape[0], : ink.shape[1]] = ink
    rows = np.maximum.reduce([padded[k::step] for k in range(step)])
    coarse: FloatArray = np.maximum.reduce([rows[:, k::step] for k in range(step)])
    return coarse
