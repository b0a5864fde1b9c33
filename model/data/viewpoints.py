"""One digit seen from elsewhere: thicker, larger, wider, leaning, turned, moved, or cut into parts that change places.

A viewpoint is what is done to the upright picture, the one that the network sees. Nothing is centred again, so a digit
that moves far enough leaves the picture.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn.functional import grid_sample

Pieces = Literal["whole", "top-bottom", "left-right", "quarters", "strips"]
PIECES: tuple[Pieces, ...] = get_args(Pieces)

# Which strip stands where, from the top: none in its own place, and no two beside each other that were before.
_STRIPS = (3, 6, 1, 4, 0, 2, 5)

# What the places' rounding adds is less, and every pixel of float32 from 2**-16 on is a multiple of it.
_STEP = 2.0**-40

# A disc as the places where it is looked at: directions on its edge, and half as many at half its radius.
_DIRECTIONS = 16


@dataclass(frozen=True, slots=True)
class Transformation:
    """One number of a viewpoint."""

    name: str
    unit: str
    low: float
    high: float
    rest: float  # which changes nothing


TRANSFORMATIONS: dict[str, Transformation] = {
    each.name: each
    for each in (
        Transformation("thickness", "pixels", -1.0, 1.5, 0.0),  # more of the stroke's half-width
        Transformation("scale", "times", 0.5, 1.5, 1.0),
        Transformation("stretch", "width over height", 0.6, 1.6, 1.0),  # the area stays
        Transformation("shear", "shift for each unit of height", -1.0, 1.0, 0.0),  # positive leans to the right
        Transformation("rotation", "degrees", -90.0, 90.0, 0.0),  # anticlockwise
        Transformation("right", "pixels", -10.0, 10.0, 0.0),
        Transformation("down", "pixels", -10.0, 10.0, 0.0),
    )
}


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """What is done to an upright picture, in the order of the fields. `Viewpoint()` changes nothing.

    Raises ValueError for a number out of its transformation's range, for NaN, and for pieces that there are not.
    """

    thickness: float = 0.0
    scale: float = 1.0
    stretch: float = 1.0
    shear: float = 0.0
    rotation: float = 0.0
    right: float = 0.0
    down: float = 0.0
    pieces: Pieces = "whole"

    def __post_init__(self) -> None:
        for each in TRANSFORMATIONS.values():
            amount = getattr(self, each.name)
            if not each.low <= amount <= each.high:  # NaN compares false
                raise ValueError(f"{each.name}: It goes from {each.low:g} to {each.high:g} {each.unit}, not {amount}")
        if self.pieces not in PIECES:
            raise ValueError(f"pieces: There are {', '.join(PIECES)}, and no {self.pieces!r}")

    @property
    def matrix(self) -> npt.NDArray[np.float64]:
        """The matrix (2, 2) that takes a place (right, down), seen from the picture's middle, to where its ink goes.

        The shift is not in it: it comes afterwards.
        """
        angle = math.radians(self.rotation)
        cos, sin, wide = math.cos(angle), math.sin(angle), math.sqrt(self.stretch)
        turned = np.array([[cos, sin], [-sin, cos]])
        sheared = np.array([[1.0, -self.shear], [0.0, 1.0]])
        stretched = np.diag([wide, 1 / wide])
        matrix: npt.NDArray[np.float64] = turned @ sheared @ stretched * self.scale
        return matrix


def see(image: Tensor, viewpoints: Sequence[Viewpoint]) -> Tensor:
    """An upright picture (H, W) in [0, 1] -> what it looks like from each of N viewpoints (N, H, W), in [0, 1].

    Bicubic, zeros outside. Shifts by whole pixels are exact, and the viewpoint at rest gives back the picture.
    """
    # In float64, which not every device has: the places' rounding then stays far below that of the result.
    exact = image.to("cpu" if image.device.type == "mps" else image.device, torch.float64)
    drawn = _thickened(exact, [viewpoint.thickness for viewpoint in viewpoints])
    seen = _bicubic(drawn, *_sources(exact, viewpoints)).clamp(0, 1)
    rounded = (seen / _STEP).round() * _STEP
    return _cut(rounded, [viewpoint.pieces for viewpoint in viewpoints]).to(image)


def _sources(image: Tensor, viewpoints: Sequence[Viewpoint]) -> tuple[Tensor, Tensor]:
    """Where each pixel of each result comes from: rows and columns of the picture, (N, H, W) each."""
    backwards = np.stack([np.linalg.inv(viewpoint.matrix) for viewpoint in viewpoints])
    shifts = np.array([[viewpoint.right, viewpoint.down] for viewpoint in viewpoints])
    matrices, offsets = image.new_tensor(backwards)[:, None, None], image.new_tensor(shifts)[:, None, None]
    rows, columns = _places(image)
    middle_row, middle_column = ((side - 1) / 2 for side in image.shape)
    down = rows - middle_row - offsets[..., 1]
    right = columns - middle_column - offsets[..., 0]
    return (
        matrices[..., 1, 0] * right + matrices[..., 1, 1] * down + middle_row,
        matrices[..., 0, 0] * right + matrices[..., 0, 1] * down + middle_column,
    )


def _thickened(image: Tensor, amounts: Sequence[float]) -> Tensor:
    """The picture (H, W) with its strokes wider by each amount to either side: (N, H, W).

    The largest of the numbers within a disc about each pixel, or the smallest, which moves every edge by the disc's
    radius. A stroke thinner than what is taken off fades.
    """
    different = [amount for amount in dict.fromkeys(amounts) if amount != 0]
    if not different:
        return image.expand(len(amounts), *image.shape)
    pictures = {0.0: image, **dict(zip(different, _dilated(image, different), strict=True))}
    return torch.stack([pictures[amount] for amount in amounts])


def _dilated(image: Tensor, amounts: Sequence[float]) -> Tensor:
    """Each amount's picture (n, H, W): the largest numbers about each pixel, the smallest for amounts below 0."""
    H, W = image.shape
    n = len(amounts)
    signed, disc = image.new_tensor(amounts), image.new_tensor(_disc())
    beside = signed.abs()[:, None, None] * disc  # (n, K, 2)
    rows, columns = (
        (place + off[..., None, None]).expand(n, len(disc), H, W).reshape(n, -1, W)
        for place, off in zip(_places(image), beside.unbind(-1), strict=True)
    )
    around = _bicubic(image.expand(n, H, W), rows, columns).view(n, len(disc), H, W)
    return torch.where(signed[:, None, None] > 0, around.amax(dim=1), around.amin(dim=1)).clamp(0, 1)


def _places(image: Tensor) -> tuple[Tensor, Tensor]:
    """The rows (H, 1) and the columns (1, W) of a picture (H, W), from 0."""
    rows, columns = (torch.arange(side, dtype=image.dtype, device=image.device) for side in image.shape)
    return rows[:, None], columns[None]


def _disc() -> list[tuple[float, float]]:
    """Places (down, right) in a disc of radius 1: its middle, a ring half-way and its edge."""
    rings = [(0.5, _DIRECTIONS // 2), (1.0, _DIRECTIONS)]
    turns = [(radius, 2 * math.pi * k / count) for radius, count in rings for k in range(count)]
    return [(0.0, 0.0), *((radius * math.sin(turn), radius * math.cos(turn)) for radius, turn in turns)]


def _bicubic(images: Tensor, rows: Tensor, columns: Tensor) -> Tensor:
    """Pictures (N, H, W) at places (N, h, w), also between their pixels, zeros outside: (N, h, w), not clipped."""
    H, W = images.shape[1:]
    grid = torch.stack([(2 * columns + 1) / W - 1, (2 * rows + 1) / H - 1], dim=-1)
    return grid_sample(images[:, None], grid, "bicubic", "zeros", align_corners=False)[:, 0]


def _cut(images: Tensor, pieces: Sequence[Pieces]) -> Tensor:
    """Each picture (N, H, W) in its own pieces, which have changed places."""
    H, W = images.shape[1:]
    pixels = np.arange(H * W).reshape(H, W)
    orders = np.stack([_CUTS[name](pixels).ravel() for name in pieces])
    return images.flatten(1).gather(1, torch.tensor(orders, device=images.device)).view_as(images)


Pixels = npt.NDArray[np.int64]


def _top_bottom(pixels: Pixels) -> Pixels:
    """The halves exchanged; a row in the very middle stays."""
    half = len(pixels) // 2
    return np.concatenate([pixels[-half:], pixels[half:-half], pixels[:half]])


def _quarters(pixels: Pixels) -> Pixels:
    """Each quarter where the next one is, clockwise; what lies in the very middle stays."""
    down, right = (side // 2 for side in pixels.shape)
    turned = pixels.copy()
    turned[:down, -right:] = pixels[:down, :right]
    turned[-down:, -right:] = pixels[:down, -right:]
    turned[-down:, :right] = pixels[-down:, -right:]
    turned[:down, :right] = pixels[-down:, :right]
    return turned


def _strips(pixels: Pixels) -> Pixels:
    strips = np.array_split(pixels, len(_STRIPS))
    return np.concatenate([strips[k] for k in _STRIPS])


# Where each pixel of the result comes from, of the pixels' numbers (H, W).
_CUTS: dict[Pieces, Callable[[Pixels], Pixels]] = {
    "whole": lambda pixels: pixels,
    "top-bottom": _top_bottom,
    "left-right": lambda pixels: _top_bottom(pixels.T).T,
    "quarters": _quarters,
    "strips": _strips,
}
