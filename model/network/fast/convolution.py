"""The convolution of both convolutional layers, with two quicker ways on a CPU: for a few images, and for many."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from model.network.fast.spectral import convolve


class Convolution(nn.Conv2d):
    """`nn.Conv2d` without padding, its weights laid out channels-last: (B, I, H, W) -> (B, O, H', W').

    For each call oneDNN rearranges the weights, 21 MB in PrimaryCaps, which takes longer than convolving
    one image. Inference on up to SMALL_BATCH images on a CPU therefore multiplies matrices instead, which
    reads the weights as they lie. Larger batches, and training, go through `spectral` beside this module where
    there are many channels: a third of the time. All three differ by rounding only. Under autocast the transforms
    round to bfloat16 too, and differ by a little more than one convolution in bfloat16 does.
    """

    bias: nn.Parameter  # always there

    SMALL_BATCH = 8
    # A short, deep product is divided badly between the cores: a batch of several narrower ones is not.
    PARTS = 2
    # With fewer inputs the transforms cost more than they save.
    MANY_CHANNELS = 32

    def __init__(self, inputs: int, outputs: int, kernel_size: int, stride: int = 1) -> None:
        super().__init__(inputs, outputs, kernel_size, stride)
        self.to(memory_format=torch.channels_last)

    def forward(self, features: Tensor) -> Tensor:
        on_cpu = features.device.type == "cpu"
        if on_cpu and len(features) <= self.SMALL_BATCH and not torch.is_grad_enabled():
            return self._product(features)
        if on_cpu and self.in_channels >= self.MANY_CHANNELS:
            return convolve(features, self.weight, self.stride[0]) + self.bias.view(-1, 1, 1)
        return super().forward(features)

    def _product(self, features: Tensor) -> Tensor:
        """All patches (B * H' * W', side * side * I) times the weights (side * side * I, O)."""
        (side, _), (stride, _) = self.kernel_size, self.stride
        patches = features.permute(0, 2, 3, 1).unfold(1, side, stride).unfold(2, side, stride)
        B, H, W, *_ = patches.shape  # (B, H', W', I, side, side)
        rows = patches.permute(0, 1, 2, 4, 5, 3).reshape(B * H * W, -1)
        weights = self.weight.permute(0, 2, 3, 1).flatten(1)  # (O, side * side * I), a view
        parts = math.gcd(self.PARTS, self.out_channels)
        maps = torch.baddbmm(
            self.bias.view(parts, 1, -1),
            rows.expand(parts, -1, -1),
            weights.view(parts, -1, weights.shape[1]).transpose(1, 2),
        )  # (parts, B * H' * W', O / parts)
        return maps.transpose(0, 1).reshape(B, H, W, -1).permute(0, 3, 1, 2)
