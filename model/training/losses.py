"""The two losses of the paper (equation 4 and section 4.1)."""

from __future__ import annotations

import torch
from torch import Tensor

from model.network.functional import lengths

PRESENT_MARGIN = 0.9  # m+
ABSENT_MARGIN = 0.1  # m-
ABSENT_WEIGHT = 0.5  # lambda
# Times the SUM of squared pixel differences: 0.392 times their mean over 784 pixels.
RECONSTRUCTION_WEIGHT = 0.0005


def margin_loss(capsule_lengths: Tensor, labels: Tensor) -> Tensor:
    """Equation 4, summed over the classes, averaged over the batch: (B, C), (B,) -> scalar.

    Labels (B, K) name the K classes, all different, that are present in each image.
    """
    classes = torch.nn.functional.one_hot(labels.view(len(labels), -1), capsule_lengths.shape[-1])
    present = classes.sum(dim=1).to(capsule_lengths.dtype)
    too_short = (PRESENT_MARGIN - capsule_lengths).clamp(min=0).square()
    too_long = (capsule_lengths - ABSENT_MARGIN).clamp(min=0).square()
    per_class = present * too_short + ABSENT_WEIGHT * (1 - present) * too_long
    return per_class.sum(dim=-1).mean()


def reconstruction_loss(reconstructions: Tensor, images: Tensor) -> Tensor:
    """Sum of squared pixel differences of each image, averaged over the batch: (B, 28, 28) twice -> scalar.

    Of images of K digits the K pictures (B, K, H, W) are all summed: each digit counts in full.
    """
    return (reconstructions - images).square().flatten(1).sum(dim=1).mean()


def capsnet_loss(
    class_capsules: Tensor,
    reconstructions: Tensor,
    images: Tensor,
    labels: Tensor,
    reconstruction_weight: float = RECONSTRUCTION_WEIGHT,
) -> Tensor:
    """Margin loss plus `reconstruction_weight` times the reconstruction loss, the loss that the paper trains with."""
    margin = margin_loss(lengths(class_capsules), labels)
    return margin + reconstruction_weight * reconstruction_loss(reconstructions, images)
