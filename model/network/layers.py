"""The two capsule layers of the paper: PrimaryCaps and ClassCaps (its DigitCaps)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from model.network.config import CapsNetConfig
from model.network.fast.convolution import Convolution
from model.network.functional import squash
from model.network.routing import routed_capsules

WEIGHT_SCALE = 0.1  # standard deviation of the numbers of W_ij before training


class PrimaryCaps(nn.Module):
    """A convolution whose channels are read as capsules: 32 types of 8-D capsules on a 6 x 6 grid."""

    def __init__(self, config: CapsNetConfig) -> None:
        super().__init__()
        self.types, self.dim = config.primary_types, config.primary_dim
        self.conv = Convolution(config.conv1_channels, self.types * self.dim, config.kernel_size, config.primary_stride)

    def forward(self, features: Tensor) -> Tensor:
        """Conv1's maps (B, 256, 20, 20) -> squashed primary capsules u (B, P, 8), type-major."""
        maps: Tensor = self.conv(features).float()  # which training may have in bfloat16
        B, _, H, W = maps.shape
        # The 8 numbers of a capsule are 8 neighbouring channels: they are split off as their own axis
        # BEFORE anything is flattened; a plain view(B, P, 8) would mix neighbouring positions.
        maps = maps.reshape(B, self.types, self.dim, H, W)
        capsules = maps.permute(0, 1, 3, 4, 2).reshape(B, self.types * H * W, self.dim)
        return squash(capsules)


class ClassCaps(nn.Module):
    """The class capsules: a matrix W_ij for each pair of input and output capsule, then routing."""

    # Images whose votes are made and routed together. Their û (0.7 MB each) then stay in the cache
    # between the passes of routing, which a large batch would stream from memory each time.
    CHUNK = 16

    def __init__(self, config: CapsNetConfig, weight_scale: float = WEIGHT_SCALE) -> None:
        super().__init__()
        shape = (config.primary_count, config.classes, config.pose_dim, config.primary_dim)
        self.weight = nn.Parameter(weight_scale * torch.randn(shape))

    def votes(self, primary_capsules: Tensor) -> Tensor:
        """û_j|i = W_ij u_i (equation 2): (B, P, 8) -> (B, P, C, 16).

        One matrix product for each input capsule, batched over P: about ten times faster on a CPU than a
        broadcast product. Its result is P-major; the axes are swapped as a view.
        """
        P, C, D, d = self.weight.shape
        B = primary_capsules.shape[0]
        products = torch.bmm(primary_capsules.transpose(0, 1), self.weight.view(P, C * D, d).transpose(1, 2))
        return products.view(P, B, C, D).transpose(0, 1)

    def forward(self, primary_capsules: Tensor, iterations: int, detach_inner: bool = False) -> Tensor:
        """Primary capsules (B, P, 8) -> class capsules v (B, C, 16) after `iterations` of routing.

        In float32 also where training is in bfloat16, whose 8 binary digits would blur the agreements.
        """
        with torch.autocast(primary_capsules.device.type, enabled=False):
            chunks = torch.split(primary_capsules.float(), self.CHUNK)
            routed = [routed_capsules(self.votes(chunk), iterations, detach_inner=detach_inner) for chunk in chunks]
        return torch.cat(routed)
