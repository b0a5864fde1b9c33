"""What a step of training makes smaller: a network together with its loss, as one module."""

from __future__ import annotations

from torch import Tensor, nn

from model.baseline import Baseline
from model.functional import lengths
from model.losses import capsnet_loss, margin_loss
from model.network import CapsNet

Network = CapsNet | Baseline


class CapsNetObjective(nn.Module):
    """The margin loss, plus the weighted reconstruction loss unless its weight is 0 (equation 4, section 4.1).

    Each digit of a picture is drawn by itself, from its own capsule (section 6).
    Without reconstruction the decoder has no part in the training: it is frozen as it was drawn.
    """

    def __init__(self, network: CapsNet, reconstruction_weight: float, detach_inner: bool) -> None:
        super().__init__()
        self.network = network
        self.reconstruction_weight = reconstruction_weight
        self.detach_inner = detach_inner
        network.decoder.requires_grad_(reconstruction_weight > 0)

    def forward(self, images: Tensor, labels: Tensor, layers: Tensor) -> Tensor:
        """A `model.tasks.Batch` -> the loss, a scalar averaged over the batch."""
        class_capsules = self.network(images, detach_inner=self.detach_inner)
        if self.reconstruction_weight == 0:
            return margin_loss(lengths(class_capsules), labels)
        for_each_digit = class_capsules.repeat_interleave(labels.shape[1], dim=0)  # (B * K, C, D)
        reconstructions = self.network.decoder(for_each_digit, labels.flatten()).view_as(layers)
        return capsnet_loss(class_capsules, reconstructions, layers, labels, self.reconstruction_weight)


class BaselineObjective(nn.Module):
    """The cross-entropy of the baseline's softmax (section 5)."""

    def __init__(self, network: Baseline) -> None:
        super().__init__()
        self.network = network

    def forward(self, images: Tensor, labels: Tensor, layers: Tensor) -> Tensor:  # noqa: ARG002  # draws nothing
        """A `model.tasks.Batch` of single digits -> the loss, a scalar averaged over the batch."""
        return nn.functional.cross_entropy(self.network(images), labels.flatten())
