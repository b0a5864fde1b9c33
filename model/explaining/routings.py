"""Whether routing matters: the test digits read after each iteration, and with couplings that follow from nothing.

Primary capsules and votes are computed once for each digit and then summed in every way. Uniform couplings need no row
of their own: the first iteration of Procedure 1 has c = 1/C exactly.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import torch
from torch import Tensor

from model.data.datasets import Digits, to_unit
from model.explaining.measurements import LEAST_ITERATIONS
from model.explaining.study import CHUNK
from model.network.functional import lengths, squash
from model.network.interventions import RandomCouplings, random_logits
from model.network.routing import route
from model.zoo.checkpoint import LoadedModel


@dataclass(frozen=True, slots=True)
class Reading:
    """What one way to couple makes of the digits."""

    errors: int  # digits that are misread
    changed: int  # digits whose answer is another than with one iteration
    winning_length: float  # of the longest class capsule, the mean over the digits
    entropy: float  # of c_i in bits, the mean over the primary capsules and the digits


@dataclass(frozen=True, slots=True)
class RandomReading:
    """The same of random couplings."""

    seed: int
    spread: float
    reading: Reading


@dataclass(frozen=True, slots=True)
class Turned:
    """The digits that are answered otherwise after as many iterations as in training than after one."""

    to_right: int
    to_wrong: int
    wrong_to_wrong: int


@dataclass(frozen=True, slots=True)
class RoutingStudy:
    """How many of the digits depend on the couplings, and how."""

    trained_with: int  # the routing iterations of training
    digits: int
    iterations: list[Reading]  # with 1, 2, ... iterations
    random: list[RandomReading]
    turned: Turned


class _Sums:
    """Of the digits so far, for K ways to couple. The first way is the one that the others are compared with."""

    def __init__(self, ways: int) -> None:
        self.wrong, self.changed, self.lengths, self.entropies = (
            torch.zeros(ways, dtype=torch.float64) for _ in range(4)
        )

    def add(self, answers: Tensor, winning: Tensor, first: Tensor, labels: Tensor) -> None:
        """Answers and lengths of the winners (B, K); the answers after one iteration and the labels (B)."""
        self.wrong += (answers != labels.unsqueeze(1)).sum(dim=0).cpu()
        self.changed += (answers != first.unsqueeze(1)).sum(dim=0).cpu()
        self.lengths += winning.cpu().double().sum(dim=0)

    def readings(self, digits: int) -> list[Reading]:
        rows = zip(self.wrong, self.changed, self.lengths / digits, self.entropies, strict=True)
        return [Reading(int(w), int(c), round(float(length), 6), round(float(e), 6)) for w, c, length, e in rows]


@torch.inference_mode()
def study_routing(
    model: LoadedModel,
    digits: Digits,
    random: Iterable[RandomCouplings],
    *,
    batch_size: int = 100,
    tell: Callable[[int], object] | None = None,
) -> RoutingStudy:
    """Read every digit after 1, 2, ... iterations and with each of the random couplings.

    `tell` hears of each batch that is done, by its number of digits.
    """
    network, ways = model.capsnet, list(random)
    device = next(network.parameters()).device
    trained_with = model.card.capsules.routing_iterations
    most = max(LEAST_ITERATIONS, trained_with)
    couplings = random_couplings(ways, *network.class_caps.weight.shape[:2]).to(device)
    routed, drawn, turned = _Sums(most), _Sums(len(ways)), torch.zeros(3, dtype=torch.int64)
    for start in range(0, len(digits), batch_size):
        images = to_unit(digits.images[start : start + batch_size].to(device))
        labels = digits.labels[start : start + batch_size].to(device)
        capsules = network.primary_capsules(images)
        for some, their in zip(torch.split(capsules, CHUNK), torch.split(labels, CHUNK), strict=True):
            votes = network.class_caps.votes(some)
            steps = route(votes, most)
            found = lengths(steps.class_capsules)  # (B, R, C)
            answers = found.argmax(dim=-1)
            first = answers[:, 0]
            routed.add(answers, found.amax(dim=-1), first, their)
            routed.entropies += _entropies(steps.coupling_coefficients).sum(dim=0).cpu()
            turned += _turned(first, answers[:, trained_with - 1], their).cpu()
            if ways:
                at_random = lengths(summed_with(couplings, votes))  # (B, K, C)
                drawn.add(at_random.argmax(dim=-1), at_random.amax(dim=-1), first, their)
        if tell:
            tell(len(labels))
    routed.entropies /= len(digits)
    drawn.entropies += _entropies(couplings).cpu()
    return RoutingStudy(
        trained_with=trained_with,
        digits=len(digits),
        iterations=routed.readings(len(digits)),
        random=[
            RandomReading(way.seed, way.spread, reading)
            for way, reading in zip(ways, drawn.readings(len(digits)), strict=True)
        ],
        turned=Turned(*turned.tolist()),
    )


def random_couplings(ways: Iterable[RandomCouplings], primary_capsules: int, classes: int) -> Tensor:
    """Each of the K random couplings: (K, P, C), the C of each capsule add up to 1."""
    drawn = [torch.softmax(random_logits(way, primary_capsules, classes), dim=-1) for way in ways]
    return torch.stack(drawn) if drawn else torch.empty(0, primary_capsules, classes)


def summed_with(couplings: Tensor, votes: Tensor) -> Tensor:
    """Lines 5 and 6 of Procedure 1 with each of K couplings (K, P, C) of votes (B, P, C, D): v_j, (B, K, C, D)."""
    by_class = votes.permute(2, 1, 0, 3)  # (C, P, B, D)
    C, P, B, D = by_class.shape
    sums = couplings.permute(2, 0, 1) @ by_class.reshape(C, P, B * D)  # (C, K, B D)
    return squash(sums.view(C, -1, B, D).permute(2, 1, 0, 3))


def _entropies(couplings: Tensor) -> Tensor:
    """Of c_i in bits, the mean over the primary capsules: (..., P, C) -> (...), float64."""
    mean: Tensor = torch.special.entr(couplings).sum(dim=-1).mean(dim=-1).double()
    return mean / math.log(2)


def _turned(first: Tensor, last: Tensor, labels: Tensor) -> Tensor:
    """How many answers (B) become right, become wrong, and stay wrong but change: (3)."""
    was, is_ = first == labels, last == labels
    return torch.stack([(~was & is_).sum(), (was & ~is_).sum(), (~was & ~is_ & (first != last)).sum()])
