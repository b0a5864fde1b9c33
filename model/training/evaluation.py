"""The test error, and which digits it is made of."""

from __future__ import annotations

from typing import NamedTuple

import torch

from model.data.datasets import Digits, to_unit
from model.network.base import Network
from model.zoo.checkpoint import Predicted


class Evaluation(NamedTuple):
    """What a network makes of a labelled set of pictures."""

    total: int
    misclassified: dict[int, Predicted]  # index -> what was predicted in place of the truth

    @property
    def error(self) -> float:
        """Per cent of the pictures that were misclassified."""
        return 100 * len(self.misclassified) / self.total


@torch.inference_mode()
def evaluate(network: Network, digits: Digits, batch_size: int = 100) -> Evaluation:
    """Classify every picture; the network keeps its mode and device.

    In a picture of K digits the K classes most present are predicted: right only when they are all of its digits.
    """
    device = next(network.parameters()).device
    wrong: dict[int, Predicted] = {}
    for start in range(0, len(digits), batch_size):
        images = to_unit(digits.images[start : start + batch_size].to(device))
        labels = digits.labels[start : start + batch_size].to(device).view(len(images), -1)  # (B, K)
        predicted = network.scores(images).topk(labels.shape[1]).indices
        differs = (predicted.sort().values != labels.sort().values).any(dim=1)
        for offset in differs.nonzero().flatten().tolist():
            classes: list[int] = predicted[offset].tolist()
            wrong[start + offset] = classes if len(classes) > 1 else classes[0]
    return Evaluation(len(digits), wrong)
