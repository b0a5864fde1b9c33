"""What can be changed in Procedure 1 by hand: capsules silenced, couplings fixed, other first logits, no routing.

Without routing the couplings are uniform or random, and the same in every iteration.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import torch
from torch import Tensor


class ContradictionError(ValueError):
    """Interventions that cannot all be met."""


class FixedCoupling(NamedTuple):
    """c_ij of one pair, held at a value in every iteration."""

    capsule: int
    label: int
    coupling: float  # in [0, 1]


class FirstLogit(NamedTuple):
    """b_ij of some primary capsules and one class before the first iteration, in place of 0."""

    capsules: tuple[int, ...]
    label: int
    logit: float


class RandomCouplings(NamedTuple):
    """Couplings that follow from nothing but a seed, the same in every iteration and for every picture.

    c_i is the softmax over the classes of numbers drawn independently from a normal distribution of mean 0 and of the
    standard deviation `spread`. With the spread 0 all couplings are 1/C, as uniform ones are. With 1 and ten classes
    the mean entropy of c_i is 2.77 bits, where uniform couplings have 3.32.
    """

    seed: int  # in [0, LAST_SEED]
    spread: float = 1.0  # of the logits, in [0, MOST_SPREAD]


LAST_SEED = 2**31 - 1
MOST_SPREAD = 10.0


@dataclass(frozen=True, slots=True)
class Interventions:
    """Changes of one routing.

    Raises ContradictionError for a coupling that is fixed twice and for couplings both uniform and random, ValueError
    for numbers that can be no coupling, no part of the 1 that a capsule gives, no logit, no seed or no spread.

    A silenced capsule is u_i = 0: its votes are zero, and nothing that its coupling does is felt.

    The couplings of a capsule that are not fixed keep the proportions that their softmax gives them among
    themselves and share what the fixed ones leave, so that the ten still add up to 1. The fixed ones of a
    capsule may therefore not exceed 1, and at least one of its classes stays free.

    Of several first logits for one pair the last counts. With `uniform` the coupling is 1/C in every
    iteration, whatever the logits; a fixed coupling stays fixed, and the others share the rest evenly. With `random`
    they share it in the proportions that were drawn.
    """

    silenced: frozenset[int] = frozenset()
    couplings: tuple[FixedCoupling, ...] = ()
    logits: tuple[FirstLogit, ...] = ()
    uniform: bool = False
    random: RandomCouplings | None = None

    def __post_init__(self) -> None:
        _check_couplings(self.couplings)
        _check_random(self.random)
        if self.uniform and self.random is not None:
            raise ContradictionError("the couplings cannot be uniform and random at once")
        for _, _, logit in self.logits:
            if not math.isfinite(logit):
                raise ValueError(f"a first logit must be finite, not {logit}")

    def check(self, primary_capsules: int, classes: int) -> None:
        """Hold them against P primary capsules and C classes.

        Raises IndexError where one is of a capsule or class that there is not, ContradictionError where nothing of a
        capsule is left free.
        """
        _check_indices(self, primary_capsules, classes)
        if classes in Counter(fixed.capsule for fixed in self.couplings).values():
            raise ContradictionError("all couplings of a capsule are fixed; leave at least one open")

    def silence(self, capsules: Tensor) -> Tensor:
        """Zero what belongs to the silenced primary capsules: (B, P, ...) -> (B, P, ...), a copy if there are any."""
        if not self.silenced:
            return capsules
        chosen = torch.tensor(sorted(self.silenced), device=capsules.device)
        return capsules.index_fill(1, chosen, 0.0)


def random_logits(random: RandomCouplings, primary_capsules: int, classes: int) -> Tensor:
    """The numbers whose softmax over the classes are the random couplings: (P, C), float32.

    They are drawn on the CPU with PyTorch's generator, capsule by capsule, so that a seed means the same on every
    device.
    """
    generator = torch.Generator().manual_seed(random.seed)
    drawn = torch.randn(primary_capsules, classes, generator=generator, dtype=torch.float64)
    return (random.spread * drawn).float()


class CouplingRule(Protocol):
    """Lines 2 and 4 of Procedure 1 for some votes; its logits and couplings are (B, C, P)."""

    first_logits: Tensor  # (B, C, P)

    def __call__(self, logits: Tensor, /) -> Tensor:
        """Routing logits (B, C, P) -> couplings (B, C, P); the C of each capsule add up to 1."""


class SoftmaxCoupling:
    """The paper's rule: logits begin at 0, and a coupling is their softmax over the classes."""

    def __init__(self, votes: Tensor) -> None:
        """For votes (B, P, C, D)."""
        B, P, C, _ = votes.shape
        self.first_logits = votes.new_zeros(B, C, P)

    def __call__(self, logits: Tensor) -> Tensor:
        return torch.softmax(logits, dim=1)  # over the C classes, never over the P capsules


class TamperedCoupling:
    """The same rule as interventions change it."""

    def __init__(self, votes: Tensor, interventions: Interventions) -> None:
        """For votes (B, P, C, D); raises what `Interventions.check` does."""
        B, P, C, _ = votes.shape
        interventions.check(P, C)
        first = votes.new_zeros(C, P)
        for capsules, label, logit in interventions.logits:
            first[label, list(capsules)] = logit
        self.first_logits = first.expand(B, C, P)
        self._held = self._held_logits(votes, interventions)
        self._is_fixed = torch.zeros(C, P, dtype=torch.bool, device=votes.device)
        self._fixed = votes.new_zeros(C, P)
        for capsule, label, coupling in interventions.couplings:
            self._is_fixed[label, capsule] = True
            self._fixed[label, capsule] = coupling
        self._left = (1 - self._fixed.sum(dim=0)).clamp(min=0)  # (P)

    def __call__(self, logits: Tensor) -> Tensor:
        logits = logits if self._held is None else self._held.expand_as(logits)
        free = torch.softmax(logits.masked_fill(self._is_fixed, -torch.inf), dim=1)
        return self._left * free + self._fixed

    @staticmethod
    def _held_logits(votes: Tensor, interventions: Interventions) -> Tensor | None:
        """(C, P), what counts in place of the routing logits; None where they count themselves."""
        _, P, C, _ = votes.shape
        if interventions.uniform:
            return votes.new_zeros(C, P)
        if interventions.random is None:
            return None
        return random_logits(interventions.random, P, C).T.to(votes)


def coupling_rule(votes: Tensor, interventions: Interventions | None = None) -> CouplingRule:
    """The rule for votes (B, P, C, D). Raises what `Interventions.check` does."""
    return SoftmaxCoupling(votes) if interventions is None else TamperedCoupling(votes, interventions)


def _check_couplings(couplings: Iterable[FixedCoupling]) -> None:
    fixed: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for capsule, label, coupling in couplings:
        if not 0 <= coupling <= 1:
            raise ValueError(f"a coupling must lie in [0, 1], not {coupling}")
        if label in fixed[capsule]:
            raise ContradictionError(f"the coupling of capsule {capsule} to class {label} is fixed twice")
        fixed[capsule][label] = coupling
    for capsule, by_label in fixed.items():
        if math.fsum(by_label.values()) > 1 + 1e-6:
            raise ValueError(f"the fixed couplings of capsule {capsule} add up to more than 1")


def _check_random(random: RandomCouplings | None) -> None:
    if random is None:
        return
    if not 0 <= random.seed <= LAST_SEED:
        raise ValueError(f"a seed lies between 0 and {LAST_SEED}, not {random.seed}")
    if not 0 <= random.spread <= MOST_SPREAD:
        raise ValueError(f"the spread of random couplings lies between 0 and {MOST_SPREAD:g}, not {random.spread}")


def _check_indices(interventions: Interventions, P: int, C: int) -> None:
    capsules = {*interventions.silenced, *(fixed.capsule for fixed in interventions.couplings)}
    capsules.update(capsule for first in interventions.logits for capsule in first.capsules)
    labels = {fixed.label for fixed in interventions.couplings} | {first.label for first in interventions.logits}
    if any(not 0 <= capsule < P for capsule in capsules):
        raise IndexError(f"this model has the primary capsules 0 to {P - 1}")
    if any(not 0 <= label < C for label in labels):
        raise IndexError(f"this model has the classes 0 to {C - 1}")
