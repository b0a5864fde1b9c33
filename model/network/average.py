"""A convolutional network with the kernels of the CapsNet and average pooling: `cnn-average`.

Modelled on ConvNet-Avg of Gu, Tresp and Hu ("Capsule Network is Not More Robust than Convolutional Network", CVPR
2021, arXiv 2103.15459), with fewer channels. Its two convolutions have the kernels and strides of Conv1 and
PrimaryCaps. Where those go on to routing, this one keeps the mean of each map.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

import torch
from torch import Tensor, nn

from model.network.base import Network
from model.network.fast.convolution import Convolution


@dataclass(frozen=True, slots=True)
class AverageConfig:
    """Sizes of the network. No convolution pads its input, and the second has a stride."""

    architecture: ClassVar[str] = "cnn-average"

    image_size: int = 28
    channels: tuple[int, int] = (64, 128)
    kernel_size: int = 9
    stride: int = 2
    classes: int = 10

    def geometry(self) -> dict[str, Any]:
        """The sizes that a picture of the network is drawn from; sides come as [height, width]."""
        sizes = {"channels": list(self.channels), "kernel_size": self.kernel_size, "features": self.channels[-1]}
        return {"image": [self.image_size] * 2, "classes": self.classes, **sizes}

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> AverageConfig:
        """Rebuild from `to_dict`; an unknown name raises TypeError."""
        return cls(**{**values, "channels": tuple(values["channels"])})


class AverageCnn(Network):
    """Two convolutions, the mean of each map, a softmax: 670,218 parameters, whatever the size of the pictures."""

    def __init__(self, config: AverageConfig | None = None) -> None:
        super().__init__()
        self.config: AverageConfig = config or AverageConfig()
        first, second = self.config.channels
        self.conv1 = Convolution(1, first, self.config.kernel_size)
        self.conv2 = Convolution(first, second, self.config.kernel_size, self.config.stride)
        self.output = nn.Linear(second, self.config.classes)

    def forward(self, images: Tensor) -> Tensor:
        """Images (B, H, W) in [0, 1] -> the logits of the softmax (B, C)."""
        logits: Tensor = self.output(self.features(images))
        return logits

    def features(self, images: Tensor) -> Tensor:
        """Images (B, H, W) in [0, 1] -> the mean of each map of the second convolution, after the ReLU (B, K)."""
        maps = torch.relu(self.conv1(images.unsqueeze(1))).contiguous(memory_format=torch.channels_last)
        return torch.relu(self.conv2(maps)).mean(dim=(2, 3))

    def scores(self, images: Tensor) -> Tensor:
        """Images (B, H, W) in [0, 1] -> the probability of each class (B, C): the softmax of the logits."""
        return torch.softmax(self(images), dim=-1)
