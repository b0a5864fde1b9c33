"""The decoder that draws the picture back from one class capsule (section 4.1, figure 2)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from model.network.config import CapsNetConfig
from model.network.functional import mask


class Decoder(nn.Module):
    """Three fully connected layers, 160-512-1024-784: ReLU, ReLU, sigmoid."""

    def __init__(self, config: CapsNetConfig) -> None:
        super().__init__()
        self.size = config.image_size
        first, second = config.decoder_hidden
        self.layer1 = nn.Linear(config.classes * config.pose_dim, first)
        self.layer2 = nn.Linear(first, second)
        self.layer3 = nn.Linear(second, self.size**2)

    def forward(self, class_capsules: Tensor, labels: Tensor) -> Tensor:
        """Class capsules (B, C, 16) and the class to keep of each (B,) -> pictures (B, 28, 28) in [0, 1]."""
        hidden = mask(class_capsules, labels).flatten(1)
        hidden = torch.relu(self.layer1(hidden))
        hidden = torch.relu(self.layer2(hidden))
        return torch.sigmoid(self.layer3(hidden)).view(-1, self.size, self.size)
