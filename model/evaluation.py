"""The test error, and which digits it is made of."""

from __future__ import annotations

from typing import NamedTuple

import torch

from model.datasets import Digits, to_unit
from model.objectives import Network


class Evaluation(NamedTuple):
    """What a network makes of a labelled set of digits."""

    total: int
    misclassified: dict[int, int]  # index -> the class predicted in place of the true one

    @property
    def error(self) -> float:
        """Per cent of the digits that were misclassified."""
        return 100 * len(self.misclassified) / self.total


@torch.inference_mode()
def evaluate(network: Network, digits: Digits, batch_size: int = 100) -> Evaluation:
    """Classify every digit; the network keeps its mode and device."""
    device = next(network.parameters()).device
    wrong: dict[int, int] = {}
    for start in range(0, len(digits), batch_size):
        images = to_unit(digits.images[start : start + batch_size].to(device))
        labels = digits.labels[start : start + batch_size].to(device)
        predicted = network.predict(images)
        for offset in (predicted != labels).nonzero().flatten().tolist():
            wrong[start + offset] = int(predicted[offset])
    return Evaluation(len(digits), wrong)
