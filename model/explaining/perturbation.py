"""What the dimensions of a pose mean: each swept alone, as in Figure 4 of the paper."""

from __future__ import annotations

import torch
from torch import Tensor

from model.network.capsnet import CapsNet

STEP = 0.05
REACH = 5  # steps to either side: -0.25 to 0.25


def offsets() -> Tensor:
    """The eleven offsets of Figure 4: -0.25 to 0.25 by 0.05."""
    return torch.arange(-REACH, REACH + 1, dtype=torch.float32) * STEP


def perturb(network: CapsNet, pose: Tensor, label: int) -> Tensor:
    """Reconstruct `pose` (D,) of class `label` with each dimension moved by each offset.

    Returns (D, 11, 28, 28) in [0, 1]; the middle of each row is the reconstruction of `pose` itself.
    """
    steps = offsets().to(pose.device)
    D, N = pose.shape[0], steps.shape[0]
    moved = pose + torch.eye(D, device=pose.device).unsqueeze(1) * steps.view(1, N, 1)  # (D, N, D)
    pictures = network.reconstruct(moved.view(D * N, D), label)
    return pictures.view(D, N, *pictures.shape[1:])
