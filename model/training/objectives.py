"""What a step of training makes smaller: a network together with its loss, as one module."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from torch import Tensor, nn

from model.network.average import AverageCnn, AverageConfig
from model.network.base import Network, NetworkConfig
from model.network.capsnet import CapsNet
from model.network.cnn import Baseline, BaselineConfig
from model.network.config import CapsNetConfig
from model.network.functional import lengths
from model.network.pooling import GlobalPoolingCnn, GlobalPoolingConfig, PoolingCnn, PoolingConfig
from model.training.config import TrainingConfig
from model.training.losses import capsnet_loss, margin_loss


class Objective(nn.Module):
    """A network together with its loss."""

    network: Network


class CapsNetObjective(Objective):
    """The margin loss, plus the weighted reconstruction loss unless its weight is 0 (equation 4, section 4.1).

    Each digit of a picture is drawn by itself, from its own capsule (section 6).
    Without reconstruction the decoder has no part in the training: it is frozen as it was drawn.
    """

    def __init__(self, network: CapsNet, reconstruction_weight: float, detach_inner: bool) -> None:
        super().__init__()
        self.network: CapsNet = network
        self.reconstruction_weight = reconstruction_weight
        self.detach_inner = detach_inner
        network.decoder.requires_grad_(reconstruction_weight > 0)

    def forward(self, images: Tensor, labels: Tensor, layers: Tensor) -> Tensor:
        """A `model.data.tasks.Batch` -> the loss, a scalar averaged over the batch."""
        class_capsules = self.network(images, detach_inner=self.detach_inner)
        if self.reconstruction_weight == 0:
            return margin_loss(lengths(class_capsules), labels)
        for_each_digit = class_capsules.repeat_interleave(labels.shape[1], dim=0)  # (B * K, C, D)
        reconstructions = self.network.decoder(for_each_digit, labels.flatten()).view_as(layers)
        return capsnet_loss(class_capsules, reconstructions, layers, labels, self.reconstruction_weight)


class SoftmaxObjective(Objective):
    """The cross-entropy of a softmax: of the paper's baseline (section 5), and of the small CNNs."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, images: Tensor, labels: Tensor, layers: Tensor) -> Tensor:  # noqa: ARG002  # draws nothing
        """A `model.data.tasks.Batch` of single digits -> the loss, a scalar averaged over the batch."""
        return nn.functional.cross_entropy(self.network(images), labels.flatten())


def _capsnet(sizes: CapsNetConfig, config: TrainingConfig) -> Objective:
    network = CapsNet(sizes, config.weight_scale)
    return CapsNetObjective(network, config.reconstruction_weight, config.detach_inner)


def _with_softmax(build: Callable[[Any], Network]) -> Callable[[Any, TrainingConfig], Objective]:
    return lambda sizes, _: SoftmaxObjective(build(sizes))


# A row for each of `model.zoo.architectures`: a fresh network with the loss that it is trained with.
OBJECTIVES: dict[str, Callable[[Any, TrainingConfig], Objective]] = {
    CapsNetConfig.architecture: _capsnet,
    BaselineConfig.architecture: _with_softmax(Baseline),
    PoolingConfig.architecture: _with_softmax(PoolingCnn),
    GlobalPoolingConfig.architecture: _with_softmax(GlobalPoolingCnn),
    AverageConfig.architecture: _with_softmax(AverageCnn),
}


def objective_for(sizes: NetworkConfig, config: TrainingConfig) -> Objective:
    """A fresh network of these sizes, drawn from the generator as it stands, with its loss."""
    return OBJECTIVES[sizes.architecture](sizes, config)
