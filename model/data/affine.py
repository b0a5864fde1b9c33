"""Test digits turned, sheared, stretched and moved in a larger frame: a set made as affNIST is made, and not affNIST.

affNIST (Tijmen Tieleman, University of Toronto) is 40 x 40 pixels: each digit of 28 x 28 under an affine
transformation, moved by whole pixels so that all its ink stays inside. Here a seed draws the numbers, from the same
ranges. The paper tries its networks on affNIST in section 5.1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import grid_sample

from model.data.datasets import Digits

FRAME = 6  # pixels around 28 x 28: 40 x 40
ROTATION = 20.0  # degrees, either way
SHEAR = 0.2  # shift down for each unit to the right, either way
STRETCH = (0.8, 1.2)  # of the width, and of the height

_CHUNK = 1000  # digits at once
# What the places' rounding adds to a pixel is less, and it then rounds to the same whole number everywhere.
_STEP = 2.0**-20
_DRAWS = 6  # numbers for each digit: turn, shear, two stretches, two places


@dataclass(frozen=True, slots=True)
class Affine:
    """What is done to each of N digits about its middle, (N,) each."""

    rotation: Tensor  # degrees, anticlockwise
    shear: Tensor
    wide: Tensor  # times
    high: Tensor  # times

    @property
    def matrices(self) -> Tensor:
        """The matrices (N, 2, 2) that take a place (right, down), seen from the middle, to where its ink goes.

        A = D(h, v) H(s) R: turned first, then sheared, then stretched.
        """
        angle = self.rotation * (math.pi / 180)
        zero, one = torch.zeros_like(angle), torch.ones_like(angle)
        turned = _matrices(angle.cos(), angle.sin(), -angle.sin(), angle.cos())
        sheared = _matrices(one, zero, self.shear, one)
        stretched = _matrices(self.wide, zero, zero, self.high)
        return stretched @ sheared @ turned


def made_as_affnist_is(digits: Digits, seed: int = 0, frame: int = FRAME) -> Digits:
    """Digits (N, H, W), uint8 -> each turned, sheared, stretched and moved: (N, H + 2 frame, W + 2 frame), uint8.

    Bilinear, zeros outside. A digit may lie wherever all its ink is inside, every place as likely as any other. The
    first digits of a set are the same however many there are. Raises ValueError for ink that does not fit the frame.
    """
    draws_of_all = _drawn(len(digits), seed)
    chunks = zip(torch.split(digits.images, _CHUNK), torch.split(draws_of_all, _CHUNK), strict=True)
    pictures = [_placed(warped(images, affine_of(draws)), frame, draws[:, 4:], images) for images, draws in chunks]
    return Digits(torch.cat(pictures), digits.labels)


def affine_of(draws: Tensor) -> Affine:
    """Numbers (N, 4 or more) in [0, 1), the first four of each row -> what is done to N digits."""
    rotation, shear, wide, high = draws[:, :4].unbind(1)
    low, top = STRETCH
    return Affine(
        (2 * rotation - 1) * ROTATION,
        (2 * shear - 1) * SHEAR,
        low + (top - low) * wide,
        low + (top - low) * high,
    )


def warped(images: Tensor, affine: Affine) -> Tensor:
    """Pictures (N, H, W) of pixels 0..255 -> each transformed about its middle, on a canvas that no ink leaves.

    uint8, (N, side, side), with the picture's middle in the middle of the canvas.
    """
    H, W = images.shape[1:]
    backwards = torch.linalg.inv(affine.matrices)
    side = H + 2 * math.ceil(0.45 * max(H, W))  # a corner comes to lie less than 0.94 sides from the middle
    across = torch.arange(side, dtype=torch.float64) - (side - 1) / 2
    places = torch.stack([across.expand(side, side), across[:, None].expand(side, side)], dim=-1)  # (right, down)
    sources = torch.einsum("nab,hwb->nhwa", backwards, places)
    grid = 2 * sources / sources.new_tensor([W, H])
    pixels = grid_sample(images[:, None].double().cpu(), grid, "bilinear", "zeros", align_corners=False)[:, 0]
    return ((pixels / _STEP).round() * _STEP).round().to(torch.uint8)


def _placed(canvases: Tensor, frame: int, draws: Tensor, images: Tensor) -> Tensor:
    """Canvases (N, S, S) -> their ink anywhere in the frame, as the numbers (N, 2) in [0, 1) say."""
    H, W = (side + 2 * frame for side in images.shape[1:])
    ink = canvases > 0
    rows = _shifted_lines(ink.any(dim=2), H, draws[:, 0])
    columns = _shifted_lines(ink.any(dim=1), W, draws[:, 1])
    around = max(H, W)
    padded = torch.nn.functional.pad(canvases, (around,) * 4)
    digit = torch.arange(len(canvases))[:, None, None]
    return padded[digit, rows[:, :, None] + around, columns[:, None, :] + around].to(images.device)


def _shifted_lines(inked: Tensor, length: int, draws: Tensor) -> Tensor:
    """Which lines have ink (N, S), and how many there may be -> the lines that are kept, (N, length)."""
    numbers = torch.arange(inked.shape[1])
    first = torch.where(inked, numbers, inked.shape[1]).amin(dim=1)
    last = torch.where(inked, numbers, -1).amax(dim=1)
    blank = last < first
    first, last = first.masked_fill(blank, 0), last.masked_fill(blank, 0)
    places = length - (last - first)  # where the first line with ink may come to lie
    if int(places.min()) < 1:
        raise ValueError(f"ink that is {length - int(places.min()) + 1} pixels long does not fit into {length}")
    placed = (draws * places).floor().long()
    return (first - placed)[:, None] + torch.arange(length)


def _drawn(count: int, seed: int) -> Tensor:
    """Numbers in [0, 1), a row (6,) for each digit."""
    generator = torch.Generator().manual_seed(seed)
    return torch.rand(count, _DRAWS, generator=generator, dtype=torch.float64)


def _matrices(a: Tensor, b: Tensor, c: Tensor, d: Tensor) -> Tensor:
    """Rows (a, b) and (c, d), (N,) each: (N, 2, 2)."""
    return torch.stack([torch.stack([a, b], dim=-1), torch.stack([c, d], dim=-1)], dim=-2)
