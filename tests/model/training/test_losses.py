"""The losses against numbers worked out by hand."""

from __future__ import annotations

import pytest
import torch

from model.training.losses import capsnet_loss, margin_loss, reconstruction_loss


def test_margin_loss_by_hand() -> None:
    # Image 0, class 1 present: (0.9 - 0.5)^2 + 0.5 ((0.3 - 0.1)^2 + 0) = 0.16 + 0.02.
    # Image 1, class 0 present: 0 + 0.5 (0 + (0.9 - 0.1)^2) = 0.32.
    lengths = torch.tensor([[0.3, 0.5, 0.1], [0.95, 0.05, 0.9]])
    assert margin_loss(lengths, torch.tensor([1, 0])).item() == pytest.approx((0.18 + 0.32) / 2)


def test_the_reconstruction_loss_sums_over_the_pixels() -> None:
    reconstructions = torch.full((2, 28, 28), 0.5)
    images = torch.stack([torch.zeros(28, 28), torch.full((28, 28), 0.25)])
    assert reconstruction_loss(reconstructions, images).item() == pytest.approx((784 * 0.25 + 784 * 0.0625) / 2)


def test_the_whole_loss_by_hand() -> None:
    capsules = torch.zeros(1, 10, 16)
    capsules[0, 3, 0] = 0.6
    capsules[0, 4, 5] = 0.2
    pictures, images = torch.zeros(1, 28, 28), torch.full((1, 28, 28), 0.5)
    margin = 0.3**2 + 0.5 * 0.1**2
    loss = capsnet_loss(capsules, pictures, images, torch.tensor([3]))
    assert loss.item() == pytest.approx(margin + 0.392 * 0.5**2)
