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

    Without it the decoder has no part in the training: it is frozen as it was drawn.
    """

    def __init__(self, network: CapsNet, reconstruction_weight: float, detach_inner: bool) -> None:
        super().__init__()
        self.network = network
        self.reconstruction_weight = reconstruction_weight
        self.detach_inner = detach_inner
        network.decoder.requires_grad_(reconstruction_weight > 0)

    def forward(self, images: Tensor, labels: Tensor) -> Tensor:
        """Images (B, 28, 28) in [0, 1] and labels (B,) -> the loss, a scalar averaged over the batch."""
        class_capsules = self.network(images, detach_inner=self.detach_inner)
        if self.reconstruction_weight == 0:
            return margin_loss(lengths(class_capsules), labels)
        reconstructions = self.network.decoder(class_capsules, labels)
        return capsnet_loss(class_capsules, reconstructions, images, labels, self.reconstruction_weight)


class BaselineObjective(nn.Module):
    """The cross-entropy of the baseline's softmax (section 5)."""

    def __init__(self, network: Baseline) -> None:
        super().__init__()
        self.network = network

    def forward(self, images: Tensor, labels: Tensor) -> Tensor:
        """Images (B, 28, 28) in [0, 1] and labels (B,) -> the loss, a scalar averaged over the batch."""
        return nn.functional.cross_entropy(self.network(images), labels)
