"""The convolutional network that the paper measures its CapsNet against (section 5, Table 1)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import pairwise, product
from typing import Any, ClassVar

import torch
from torch import Tensor, nn

from model.network.base import Network
from model.network.fast.convolution import Convolution


@dataclass(frozen=True, slots=True)
class BaselineConfig:
    """Sizes of the baseline; the defaults are the paper's, but for the dropout's share, which it does not tell."""

    architecture: ClassVar[str] = "cnn"

    image_size: int = 28
    channels: tuple[int, int, int] = (256, 256, 128)
    kernel_size: int = 5
    hidden: tuple[int, int] = (328, 192)
    classes: int = 10
    dropout: float = 0.5

    def geometry(self) -> dict[str, Any]:
        """The sizes that a picture of the network is drawn from; sides come as [height, width]."""
        image = [self.image_size] * 2
        return {"image": image, "kernel_size": self.kernel_size, "classes": self.classes}

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> BaselineConfig:
        """Rebuild from `to_dict`; an unknown name raises TypeError."""
        tuples: dict[str, Any] = {name: tuple(values[name]) for name in ("channels", "hidden") if name in values}
        return cls(**{**values, **tuples})


class Baseline(Network):
    """Three convolutions, two fully connected layers and a softmax: 35,445,522 parameters.

    The paper counts 35.4 million, which is true of convolutions whose maps stay as large as the image.
    """

    def __init__(self, config: BaselineConfig | None = None) -> None:
        super().__init__()
        self.config: BaselineConfig = config or BaselineConfig()
        sizes = (1, *self.config.channels)
        self.convolutions = nn.ModuleList(
            SameConvolution(inputs, outputs, self.config.kernel_size) for inputs, outputs in pairwise(sizes)
        )
        first, second = self.config.hidden
        self.layer1 = nn.Linear(sizes[-1] * self.config.image_size**2, first)
        self.layer2 = nn.Linear(first, second)
        self.dropout = nn.Dropout(self.config.dropout)
        self.layer3 = nn.Linear(second, self.config.classes)

    def forward(self, images: Tensor) -> Tensor:
        """Images (B, 28, 28) in [0, 1] -> the logits of the softmax (B, 10)."""
        features = images.unsqueeze(1)
        for convolution in self.convolutions:
            features = torch.relu(convolution(features))
        hidden = torch.relu(self.layer1(features.flatten(1)))
        hidden = torch.relu(self.layer2(hidden))
        logits: Tensor = self.layer3(self.dropout(hidden))
        return logits

    def scores(self, images: Tensor) -> Tensor:
        """Images (B, H, W) in [0, 1] -> the probability of each class (B, C): the softmax of the logits."""
        return torch.softmax(self(images), dim=-1)


class SameConvolution(Convolution):
    """A convolution of stride 1 whose maps are as large as its input: (B, I, H, W) -> (B, O, H, W), zeros around.

    The transforms of `model.network.fast.spectral` grow with the fourth power of the side of the maps. On a CPU the
    maps are therefore cut into overlapping tiles, each convolved as a picture of its own.
    """

    TILE = 7  # side of the part of the result that one tile gives

    def forward(self, features: Tensor) -> Tensor:
        around = self.kernel_size[0] // 2
        B, _, H, W = features.shape
        if features.device.type != "cpu" or self.in_channels < self.MANY_CHANNELS or H % self.TILE or W % self.TILE:
            return super().forward(nn.functional.pad(features, (around,) * 4))
        if torch.is_autocast_enabled("cpu"):  # before the tiles are cut: half the bytes to copy
            features = features.to(torch.get_autocast_dtype("cpu"))
        channels_last = nn.functional.pad(features.permute(0, 2, 3, 1), (0, 0, *(around,) * 4))
        tiles: Tensor = OverlappingTiles.apply(channels_last, self.TILE + 2 * around, self.TILE)
        rows, columns = tiles.shape[1:3]
        maps = super().forward(tiles.flatten(0, 2).permute(0, 3, 1, 2))
        parts = maps.view(B, rows, columns, self.out_channels, self.TILE, self.TILE)
        return parts.permute(0, 3, 1, 4, 2, 5).reshape(B, -1, H, W)


class OverlappingTiles(torch.autograd.Function):
    """Cut maps into square tiles: (B, H, W, I), side, stride -> (B, rows, columns, side, side, I).

    The gradient of PyTorch's `unfold` goes from number to number; this one adds whole tiles, in a fifth of the time.
    """

    @staticmethod
    def forward(ctx: Any, maps: Tensor, side: int, stride: int) -> Tensor:
        ctx.shape, ctx.side, ctx.stride = maps.shape, side, stride
        return maps.unfold(1, side, stride).unfold(2, side, stride).permute(0, 1, 2, 4, 5, 3).contiguous()

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None, None]:
        (of_tiles,) = gradients
        of_maps = of_tiles.new_zeros(ctx.shape)
        for row, column in product(*map(range, of_tiles.shape[1:3])):
            top, left = row * ctx.stride, column * ctx.stride
            of_maps[:, top : top + ctx.side, left : left + ctx.side] += of_tiles[:, row, column]
        return of_maps, None, None
