"""From a drawing to the 28 x 28 that the network sees: MNIST's own recipe, done here and nowhere else.

The ink's box is scaled by area averaging so that its longer side is 20 pixels, aspect kept, and placed by a
whole number of pixels so that its centre of mass falls on pixel (14, 14) (LeCun et al. 1998, section III.A).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

FloatArray = npt.NDArray[np.float32]

IMAGE_SIZE = 28
BOX_SIZE = 20
CENTRE = 14
# Ink below this is no part of the box: the faint skirt of an antialiased stroke must not widen it.
INK_THRESHOLD = 0.1
# Contrast, of 255 grey levels, under which a picture counts as blank.
MINIMUM_CONTRAST = 8.0
# The border's median deviation times this is taken for noise of the paper and not for ink.
NOISE_FACTOR = 6.0


class BlankDrawingError(ValueError):
    """The drawing holds no ink."""

    def __init__(self) -> None:
        super().__init__("the drawing is blank: there is no ink on it")


def preprocess(ink: FloatArray) -> FloatArray:
    """Ink (H, W) in [0, 1] of any size -> (28, 28) in [0, 1], light ink on 0.

    Raises BlankDrawingError where no ink reaches INK_THRESHOLD.
    """
    box = _ink_box(ink)
    height, width = box.shape
    scale = BOX_SIZE / max(height, width)
    scaled = _area_average(box, max(1, round(height * scale)), max(1, round(width * scale)))
    return _place(scaled)


def ink_of_image(image: Image.Image) -> FloatArray:
    """How much ink each pixel of a picture holds: (H, W) in [0, 1].

    Ink is the alpha channel where that varies, else what differs from the background, which is the median of
    the picture's border. Dark on light and light on dark both work. Raises BlankDrawingError where nothing
    stands out.
    """
    alpha = _varying_alpha(image)
    if alpha is not None:
        return alpha
    grey = _grey(image)
    border = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    background = np.median(border)
    noise = NOISE_FACTOR * np.median(np.abs(border - background))
    contrast = np.abs(grey - background)
    ink: FloatArray = np.where(contrast > noise, contrast, 0).astype(np.float32)
    strongest = ink.max(initial=0)
    if strongest < MINIMUM_CONTRAST:
        raise BlankDrawingError
    ink /= strongest
    return ink


def _grey(image: Image.Image) -> FloatArray:
    """Grey levels 0..255; 16-bit ones are scaled, where Pillow's own conversion would clip them."""
    if image.mode.startswith("I"):
        return np.asarray(image, dtype=np.float32) / np.float32(257)
    return np.asarray(image.convert("L"), dtype=np.float32)


def _varying_alpha(image: Image.Image) -> FloatArray | None:
    if "A" not in image.getbands() and "transparency" not in image.info:
        return None
    with_alpha = image if "A" in image.getbands() else image.convert("RGBA")
    levels = np.asarray(with_alpha.getchannel("A"))
    if levels.min() == levels.max():
        return None
    alpha: FloatArray = levels.astype(np.float32) / np.float32(255)
    return alpha


def _ink_box(ink: FloatArray) -> FloatArray:
    present = ink >= INK_THRESHOLD
    if not present.any():
        raise BlankDrawingError
    rows, columns = np.flatnonzero(present.any(axis=1)), np.flatnonzero(present.any(axis=0))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _area_average(picture: FloatArray, height: int, width: int) -> FloatArray:
    """Resample so that each new pixel is the mean of exactly the area that it covers."""
    averaged = _average_rows(_average_rows(picture, height).T, width).T
    return averaged.astype(np.float32)


def _average_rows(picture: npt.NDArray[np.floating[Any]], new: int) -> npt.NDArray[np.float64]:
    """Resample the first axis: the ink above each new edge, and the differences of neighbouring edges.

    A matrix product would say the same, but its BLAS threads go on spinning and slow the network down.
    """
    old = picture.shape[0]
    above = np.zeros((old + 1, picture.shape[1]))
    np.cumsum(picture, axis=0, dtype=np.float64, out=above[1:])
    edges = np.linspace(0, old, new + 1)
    whole = np.minimum(edges.astype(np.intp), old - 1)
    at_edges = above[whole] + (edges - whole)[:, None] * picture[whole]
    averaged: npt.NDArray[np.float64] = np.diff(at_edges, axis=0) * (new / old)
    return averaged


def _place(scaled: FloatArray) -> FloatArray:
    """Put the picture on 28 x 28 with its centre of mass on pixel (14, 14), kept inside the frame."""
    height, width = scaled.shape
    total = scaled.sum()
    top = round(CENTRE - float((scaled.sum(axis=1) * np.arange(height)).sum() / total))
    left = round(CENTRE - float((scaled.sum(axis=0) * np.arange(width)).sum() / total))
    top = min(max(top, 0), IMAGE_SIZE - height)
    left = min(max(left, 0), IMAGE_SIZE - width)
    placed = np.zeros((IMAGE_SIZE, IMAGE_SIZE), dtype=np.float32)
    placed[top : top + height, left : left + width] = scaled
    return np.clip(placed, 0, 1)
