"""What the number of routing iterations changes over the test digits: computed by a command, shipped, served."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from model.data.datasets import Digits, to_unit
from model.explaining.measurements import STUDIED_ITERATIONS
from model.network.capsnet import CapsNet
from model.network.functional import lengths
from model.network.routing import Routing, route
from model.zoo.checkpoint import LoadedModel

# û of so many digits still lies in a CPU's cache when the next iteration reads it.
CHUNK = 10


@dataclass(frozen=True, slots=True)
class IterationStudy:
    """Figures for 1, 2, ... iterations of routing at inference, each list in that order."""

    trained_with: int  # the routing iterations of training
    digits: int
    errors: list[float]  # per cent of the digits
    winning_lengths: list[float]  # of the longest class capsule, the mean over the digits
    entropies: list[float]  # of c_i in bits, the mean over the primary capsules and the digits


@dataclass(slots=True)
class _Sums:
    """Of the digits so far, one number for each number of iterations; float64."""

    wrong: Tensor
    lengths: Tensor
    entropies: Tensor

    @classmethod
    def zero(cls) -> _Sums:
        return cls(*(torch.zeros(STUDIED_ITERATIONS, dtype=torch.float64) for _ in range(3)))

    def add(self, routing: Routing, labels: Tensor) -> None:
        found = lengths(routing.class_capsules)  # (B, R, C)
        entropies = torch.special.entr(routing.coupling_coefficients).sum(dim=-1).mean(dim=-1)  # (B, R), in nats
        self.wrong += (found.argmax(dim=-1) != labels.unsqueeze(1)).sum(dim=0).cpu()
        self.lengths += found.amax(dim=-1).cpu().double().sum(dim=0)
        self.entropies += entropies.cpu().double().sum(dim=0) / math.log(2)


@torch.inference_mode()
def study_iterations(
    model: LoadedModel,
    digits: Digits,
    *,
    batch_size: int = 100,
    tell: Callable[[int], object] | None = None,
) -> IterationStudy:
    """Route every digit ten times: the state after r of them is what routing with r iterations returns.

    `tell` hears of each batch that is done, by its number of digits.
    """
    network = model.capsnet
    device = next(network.parameters()).device
    sums = _Sums.zero()
    for start in range(0, len(digits), batch_size):
        images = to_unit(digits.images[start : start + batch_size].to(device))
        labels = digits.labels[start : start + batch_size].to(device)
        capsules = network.primary_capsules(images)
        for some, their in zip(torch.split(capsules, CHUNK), torch.split(labels, CHUNK), strict=True):
            sums.add(_routed(network, some), their)
        if tell:
            tell(len(labels))
    return IterationStudy(
        trained_with=model.card.capsules.routing_iterations,
        digits=len(digits),
        errors=_rounded(100 * sums.wrong / len(digits)),
        winning_lengths=_rounded(sums.lengths / len(digits)),
        entropies=_rounded(sums.entropies / len(digits)),
    )


def _routed(network: CapsNet, capsules: Tensor) -> Routing:
    return route(network.class_caps.votes(capsules), STUDIED_ITERATIONS)


def _rounded(figures: Tensor) -> list[float]:
    return [round(figure, 6) for figure in figures.tolist()]
