"""From a drawing to the picture that the network sees: MNIST's own recipe, done here and nowhere else.

The ink's box is scaled by area averaging so that its longer side is 20 of 28 pixels, aspect kept, and placed by a
whole number of pixels so that its centre of mass falls on pixel (14, 14) (LeCun et al. 1998, section III.A).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]

# Ink below this is no part of the box: the faint skirt of an antialiased stroke must not widen it.
INK_THRESHOLD = 0.1


@dataclass(frozen=True, slots=True)
class Recipe:
    """How large a drawing becomes, and where it lies. The defaults are MNIST's."""

    image_size: int = 28  # side of the picture, in pixels
    box_size: int = 20  # longer side of the ink's box, in pixels

    @property
    def centre(self) -> int:
        """The pixel, in each direction, on which the centre of mass falls."""
        return self.image_size // 2

    def at(self, image_size: int) -> Recipe:
        """The same proportions in a picture of another size."""
        return Recipe(image_size, max(1, round(self.box_size * image_size / self.image_size)))

    def framed(self, image_size: int) -> Recipe:
        """Digits of the same size in the middle of a larger picture."""
        return Recipe(image_size, self.box_size)

    def in_words(self) -> str:
        return (
            f"{self.image_size} x {self.image_size}, light ink on 0, values / 255; drawings: ink box scaled to "
            f"{self.box_size} px by area averaging, centre of mass on pixel ({self.centre}, {self.centre})"
        )


MNIST_RECIPE = Recipe()


class BlankDrawingError(ValueError):
    """The drawing holds no ink."""

    def __init__(self) -> None:
        super().__init__("the drawing is blank: there is no ink on it")


def has_ink(picture: FloatArray) -> bool:
    """Whether anything can be seen in a picture, or in a layer of a pair: (H, W) in [0, 1], of any size."""
    return bool(picture.max(initial=0) >= INK_THRESHOLD)


def preprocess(ink: FloatArray, recipe: Recipe = MNIST_RECIPE) -> FloatArray:
    """Ink (H, W) in [0, 1] of any size -> a picture of the recipe's size in [0, 1], light ink on 0.

    Raises BlankDrawingError where no ink reaches INK_THRESHOLD.
    """
    box = _ink_box(ink)
    height, width = box.shape
    scale = recipe.box_size / max(height, width)
    scaled = _area_average(box, max(1, round(height * scale)), max(1, round(width * scale)))
    return _place(scaled, recipe)


def _ink_box(ink: FloatArray) -> FloatArray:
    if not has_ink(ink):
        raise BlankDrawingError
    present = ink >= INK_THRESHOLD
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


def _place(scaled: FloatArray, recipe: Recipe) -> FloatArray:
    """Put the picture in its frame with its centre of mass on the recipe's pixel, kept inside the frame."""
    side, centre = recipe.image_size, recipe.centre
    height, width = scaled.shape
    total = scaled.sum()
    top = round(centre - float((scaled.sum(axis=1) * np.arange(height)).sum() / total))
    left = round(centre - float((scaled.sum(axis=0) * np.arange(width)).sum() / total))
    top = min(max(top, 0), side - height)
    left = min(max(left, 0), side - width)
    placed = np.zeros((side, side), dtype=np.float32)
    placed[top : top + height, left : left + width] = scaled
    return np.clip(placed, 0, 1)
