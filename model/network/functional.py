"""The three small functions that every capsule layer needs."""

from __future__ import annotations

import torch
from torch import Tensor


def lengths(capsules: Tensor) -> Tensor:
    """Length of each capsule: (..., D) -> (...), in [0, 1) for squashed capsules.

    `vector_norm` has the subgradient 0 at the zero vector, so an empty image trains with finite gradients.
    """
    norm: Tensor = torch.linalg.vector_norm(capsules, dim=-1)
    return norm


def squash(inputs: Tensor) -> Tensor:
    """Shrink each vector to a length below 1, keeping its direction (equation 1): (..., D) -> (..., D).

    The paper writes |s|^2 / (1 + |s|^2) * s / |s|. Cancelling one |s| gives the form used here, which is
    the same function without the division by zero, so it needs no epsilon.
    """
    norm: Tensor = torch.linalg.vector_norm(inputs, dim=-1, keepdim=True)
    return inputs * (norm / (1 + norm.square()))


def mask(class_capsules: Tensor, labels: Tensor) -> Tensor:
    """Zero all class capsules but each image's labelled one (section 4.1): (B, C, D), (B,) -> (B, C, D)."""
    keep = torch.nn.functional.one_hot(labels, class_capsules.shape[-2]).to(class_capsules.dtype)
    return class_capsules * keep.unsqueeze(-1)
