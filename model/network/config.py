"""The sizes of a CapsNet, kept beside its weights so that a file rebuilds its own network."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class CapsNetConfig:
    """Sizes of the network of Sabour, Frosst and Hinton 2017, section 4; the defaults are the paper's."""

    architecture: ClassVar[str] = "capsnet"

    image_size: int = 28
    conv1_channels: int = 256
    kernel_size: int = 9
    primary_stride: int = 2
    primary_types: int = 32
    primary_dim: int = 8
    classes: int = 10
    pose_dim: int = 16
    routing_iterations: int = 3
    decoder_hidden: tuple[int, int] = (512, 1024)

    @property
    def conv1_size(self) -> int:
        """Side of a Conv1 map: 20 for an image of 28."""
        return self.image_size - self.kernel_size + 1

    @property
    def grid_size(self) -> int:
        """Side of the grid of one capsule type: 6 for an image of 28."""
        return (self.conv1_size - self.kernel_size) // self.primary_stride + 1

    @property
    def primary_count(self) -> int:
        """P, the number of primary capsules: 1152 = 32 types x 6 x 6."""
        return self.primary_types * self.grid_size**2

    def geometry(self) -> dict[str, Any]:
        """The sizes that a picture of the network is drawn from; sides come as [height, width]."""
        return {
            "image": [self.image_size] * 2,
            "conv1": [self.conv1_channels, self.conv1_size, self.conv1_size],
            "kernel_size": self.kernel_size,
            "primary_stride": self.primary_stride,
            "primary_types": self.primary_types,
            "grid": [self.grid_size] * 2,
            "primary_dim": self.primary_dim,
            "primary_count": self.primary_count,
            "classes": self.classes,
            "pose_dim": self.pose_dim,
        }

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> CapsNetConfig:
        """Rebuild from `to_dict`; an unknown name raises TypeError."""
        hidden = tuple(values.get("decoder_hidden", (512, 1024)))
        return cls(**{**values, "decoder_hidden": hidden})
