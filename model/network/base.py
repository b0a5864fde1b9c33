"""What every kind of network here can do, whatever it is made of."""

from __future__ import annotations

from typing import Any, ClassVar, Protocol

from torch import Tensor, nn


class NetworkConfig(Protocol):
    """The sizes of a network, kept beside its weights. `model.zoo.architectures` has a row for each kind."""

    architecture: ClassVar[str]  # the name of its kind

    @property
    def image_size(self) -> int:
        """Side of the pictures, in pixels."""

    @property
    def classes(self) -> int:
        """C, the number of classes."""

    def geometry(self) -> dict[str, Any]:
        """The sizes that a picture of the network is drawn from; `image` and `classes` are always among them."""

    def to_dict(self) -> dict[str, Any]:
        """All sizes, as JSON holds them."""


class Network(nn.Module):
    """A network that says how present each class is in a picture."""

    config: NetworkConfig

    def scores(self, images: Tensor) -> Tensor:
        """Images (B, H, W) in [0, 1] -> how present each class is (B, C), in [0, 1]; asked in evaluation mode."""
        raise NotImplementedError

    def predict(self, images: Tensor) -> Tensor:
        """Images (B, H, W) in [0, 1] -> the most present class of each (B,)."""
        return self.scores(images).argmax(dim=-1)

    def parameter_count(self) -> int:
        return sum(parameter.numel() for parameter in self.parameters())
