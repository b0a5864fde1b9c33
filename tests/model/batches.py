"""Batches as a training step takes them."""

from __future__ import annotations

import torch
from torch import Tensor

from model.data.datasets import to_unit
from model.data.tasks import Batch


def one_digit_each(images: Tensor, labels: Tensor) -> Batch:
    """Pictures (B, S, S), uint8 or in [0, 1], of one digit each: what each is to be drawn as is the picture itself."""
    pictures = to_unit(images) if images.dtype == torch.uint8 else images
    return Batch(pictures, labels.unsqueeze(1), pictures.unsqueeze(1))
