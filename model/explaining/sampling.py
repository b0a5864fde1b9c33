"""Which digits are measured: so many of each class, drawn by a seed."""

from __future__ import annotations

import torch
from torch import Tensor

from model.data.datasets import Digits


def sample(digits: Digits, per_class: int, seed: int, classes: int) -> list[Tensor]:
    """For each class, up to `per_class` of its digits' indices in an order that follows from the seed."""
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(digits), generator=generator)
    labels = digits.labels[order]
    return [order[labels == label][:per_class] for label in range(classes)]
