"""Two small convolutional networks with max pooling, to compare a capsule network with.

`cnn-pooling` is an ordinary one: pooling twice, then a hidden layer. `cnn-global` keeps of each map only its largest
number, wherever it stands: what is said of invariance is true of this one.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, NamedTuple

import torch
from torch import Tensor, nn

from model.network.base import Network


@dataclass(frozen=True, slots=True)
class PoolingConfig:
    """Sizes of the network with a hidden layer. Convolutions keep the size of their maps, each pooling halves it."""

    architecture: ClassVar[str] = "cnn-pooling"

    image_size: int = 28
    channels: tuple[int, int] = (32, 64)
    kernel_size: int = 5
    hidden: int = 128
    classes: int = 10
    dropout: float = 0.5

    def geometry(self) -> dict[str, Any]:
        """The sizes that a picture of the network is drawn from; sides come as [height, width]."""
        sizes = {"channels": list(self.channels), "kernel_size": self.kernel_size, "features": self.hidden}
        return {"image": [self.image_size] * 2, "classes": self.classes, **sizes}

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> PoolingConfig:
        """Rebuild from `to_dict`; an unknown name raises TypeError."""
        return cls(**{**values, "channels": tuple(values["channels"])})


@dataclass(frozen=True, slots=True)
class GlobalPoolingConfig:
    """Sizes of the network that keeps the largest number of each map."""

    architecture: ClassVar[str] = "cnn-global"

    image_size: int = 28
    channels: tuple[int, int] = (32, 64)
    kernel_size: int = 5
    classes: int = 10

    def geometry(self) -> dict[str, Any]:
        """The sizes that a picture of the network is drawn from; sides come as [height, width]."""
        sizes = {"channels": list(self.channels), "kernel_size": self.kernel_size, "features": self.channels[-1]}
        return {"image": [self.image_size] * 2, "classes": self.classes, **sizes}

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> GlobalPoolingConfig:
        """Rebuild from `to_dict`; an unknown name raises TypeError."""
        return cls(**{**values, "channels": tuple(values["channels"])})


class Pooled(NamedTuple):
    """One pooling: what went in, what came out, and where each number of it stood."""

    maps: Tensor  # (B, K, H, W), after the ReLU
    pooled: Tensor  # (B, K, H // 2, W // 2): the largest of each 2 x 2 window
    places: Tensor  # (B, K, H // 2, W // 2), int64: where in the H * W numbers of its map it stood


class PoolingTrace(NamedTuple):
    """Everything that a network with pooling computes on the way to its answer."""

    first: Pooled
    second: Pooled
    features: Tensor  # (B, F): the hidden layer, or the largest number of each of the last maps
    logits: Tensor  # (B, C)


class PoolingNetwork(Network, ABC):
    """Convolution and pooling twice: what both networks begin with."""

    config: PoolingConfig | GlobalPoolingConfig

    def __init__(self, config: PoolingConfig | GlobalPoolingConfig) -> None:
        super().__init__()
        self.config = config
        around = config.kernel_size // 2
        first, second = config.channels
        self.conv1 = nn.Conv2d(1, first, config.kernel_size, padding=around)
        self.conv2 = nn.Conv2d(first, second, config.kernel_size, padding=around)

    def trace(self, images: Tensor) -> PoolingTrace:
        """Images (B, H, W) in [0, 1] -> everything on the way."""
        return self.trace_from(self.maps(images))

    def maps(self, images: Tensor) -> Tensor:
        """Images (B, H, W) in [0, 1] -> what the first convolution finds in them (B, K, H, W), after the ReLU."""
        return torch.relu(self.conv1(images.unsqueeze(1)))

    def trace_from(self, maps: Tensor) -> PoolingTrace:
        """The first convolution's maps (B, K, H, W), whatever they are of -> everything that follows from them."""
        first = _pool(maps)
        second = _pool(torch.relu(self.conv2(first.pooled)))
        features = self.features(second.pooled)
        return PoolingTrace(first, second, features, self.answer(features))

    def forward(self, images: Tensor) -> Tensor:
        """Images (B, H, W) in [0, 1] -> the logits of the softmax (B, C)."""
        return self.trace(images).logits

    def scores(self, images: Tensor) -> Tensor:
        """Images (B, H, W) in [0, 1] -> the probability of each class (B, C): the softmax of the logits."""
        return torch.softmax(self(images), dim=-1)

    @abstractmethod
    def features(self, pooled: Tensor) -> Tensor:
        """The last pooled maps (B, K, H, W) -> the numbers that the answer is made of (B, F)."""

    @abstractmethod
    def answer(self, features: Tensor) -> Tensor:
        """Features (B, F) -> logits (B, C)."""


class PoolingCnn(PoolingNetwork):
    """Two convolutions with max pooling, a hidden layer, a softmax: 454,922 parameters."""

    def __init__(self, config: PoolingConfig | None = None) -> None:
        config = config or PoolingConfig()
        super().__init__(config)
        side = config.image_size // 2 // 2
        self.hidden = nn.Linear(config.channels[-1] * side**2, config.hidden)
        self.dropout = nn.Dropout(config.dropout)
        self.output = nn.Linear(config.hidden, config.classes)

    def features(self, pooled: Tensor) -> Tensor:
        return torch.relu(self.hidden(pooled.flatten(1)))

    def answer(self, features: Tensor) -> Tensor:
        logits: Tensor = self.output(self.dropout(features))
        return logits


class GlobalPoolingCnn(PoolingNetwork):
    """Two convolutions with max pooling, the largest number of each map, a softmax: 52,746 parameters."""

    def __init__(self, config: GlobalPoolingConfig | None = None) -> None:
        config = config or GlobalPoolingConfig()
        super().__init__(config)
        self.output = nn.Linear(config.channels[-1], config.classes)

    def features(self, pooled: Tensor) -> Tensor:
        return pooled.amax(dim=(2, 3))

    def answer(self, features: Tensor) -> Tensor:
        logits: Tensor = self.output(features)
        return logits


def _pool(maps: Tensor) -> Pooled:
    pooled, places = nn.functional.max_pool2d(maps, 2, return_indices=True)
    return Pooled(maps, pooled, places)
