"""Two digits laid over each other: the arithmetic of one pair, as `model.data.tasks` does it for many (section 6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
Offsets = npt.NDArray[np.int64]

Axis = Literal["down", "right"]
AXES: tuple[Axis, ...] = get_args(Axis)  # in the order of an offset's numbers


class Pair(NamedTuple):
    """Two digits and where each lies: the picture of it, S pixels a side, follows from that (`lay`)."""

    digits: Array  # (2, h, w) in [0, 1], light ink on 0
    offsets: Offsets  # (2, 2), (down, right) of each in pixels, from the middle of the picture


class Laid(NamedTuple):
    """A pair as the network sees it, and its layers."""

    image: Array  # (S, S) in [0, 1]: the sum of the layers, clipped at 1
    layers: Array  # (2, S, S) in [0, 1]: each digit alone, where it lies


def lay(digits: Array, offsets: Offsets, image_size: int) -> Laid:
    """Frame the digits (2, h, w) in pictures of `image_size` pixels, shift them by (2, 2), add them and clip at 1.

    What a shift moves over the edge is cut off. Offsets are whole pixels (down, right) from the middle.
    """
    layers = np.stack([_placed(*each, image_size) for each in zip(digits, offsets.tolist(), strict=True)])
    return Laid(np.minimum(layers.sum(axis=0), np.float32(1)), layers)


def moved(pair: Pair, layer: int, axis: Axis, places: Sequence[int]) -> list[Pair]:
    """The pair once for each of the places, to which one of its layers is moved along an axis."""
    pairs = []
    for place in places:
        offsets = pair.offsets.copy()
        offsets[layer, AXES.index(axis)] = place
        pairs.append(Pair(pair.digits, offsets))
    return pairs


def _placed(digit: Array, offset: list[int], side: int) -> Array:
    """A digit (h, w) in the middle of a picture (side, side), shifted."""
    placed = np.zeros((side, side), dtype=np.float32)
    rows, columns = (_overlap(length, shift, side) for length, shift in zip(digit.shape, offset, strict=True))
    placed[rows[1], columns[1]] = digit[rows[0], columns[0]]
    return placed


def _overlap(length: int, shift: int, side: int) -> tuple[slice, slice]:
    """What of `length` pixels, framed and shifted, lies within `side` pixels: there, and in the picture."""
    begin = (side - length) // 2 + shift
    first, last = max(begin, 0), max(min(begin + length, side), 0)
    last = max(first, last)
    return slice(first - begin, last - begin), slice(first, last)
