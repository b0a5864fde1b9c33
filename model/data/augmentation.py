"""Other pictures of the same digits: shifted by whole pixels, or as another hand might have written them."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import affine_grid, grid_sample, pad

HAND_NUMBERS = 3  # what varies between two hands, each drawn evenly from its range
_ROTATION = 0.15  # radians, either way
_SHEAR = 0.2  # horizontal shift for each unit of height, either way
_STRETCH = 0.15  # of the width to the height, either way, as a logarithm


def hands(draws: Tensor) -> Tensor:
    """The matrices (..., 2, 2) that turn, shear and stretch rows (right, down), of numbers (..., 3) in [-1, 1]."""
    angle, shear, stretch = (draws * draws.new_tensor([_ROTATION, _SHEAR, _STRETCH])).unbind(-1)
    cos, sin = angle.cos(), angle.sin()
    return _matrix(stretch.exp(), torch.zeros_like(shear), shear, torch.ones_like(shear)) @ _matrix(cos, sin, -sin, cos)


def rewrite(images: Tensor, matrices: Tensor) -> Tensor:
    """Each image (B, H, W) of pixels 0..255 under its own matrix (B, 2, 2) about its middle, filled with 0: uint8.

    Bicubic, which keeps the strokes as sharp as they are.
    """
    backwards = matrices.float().inverse().mT  # a pixel of the result asks where it comes from
    theta = pad(backwards, (0, 1))
    grid = affine_grid(theta, [len(images), 1, *images.shape[1:]], align_corners=False)
    moved = grid_sample(images.float().unsqueeze(1), grid, "bicubic", "zeros", align_corners=False)
    return moved.squeeze(1).round().clamp(0, 255).to(torch.uint8)


def shift(images: Tensor, offsets: Tensor) -> Tensor:
    """Move each image (B, H, W) by its own (down, right) pixels (B, 2), filling with 0."""
    B, H, W = images.shape
    reach = int(offsets.abs().max()) if B else 0
    padded = pad(images, (reach, reach, reach, reach))
    down, right = offsets.unbind(1)
    rows = torch.arange(H, device=images.device) + (reach - down).unsqueeze(1)
    columns = torch.arange(W, device=images.device) + (reach - right).unsqueeze(1)
    batch = torch.arange(B, device=images.device)
    return padded[batch[:, None, None], rows[:, :, None], columns[:, None, :]]


def _matrix(a: Tensor, b: Tensor, c: Tensor, d: Tensor) -> Tensor:
    """Rows (a, b) and (c, d), each of any shape: (..., 2, 2)."""
    return torch.stack([torch.stack([a, b], dim=-1), torch.stack([c, d], dim=-1)], dim=-2)
