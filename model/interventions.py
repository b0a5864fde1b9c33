"""What can be changed in Procedure 1 by hand: capsules silenced, couplings fixed, other first logits, no routing."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

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


@dataclass(frozen=True, slots=True)
class Interventions:
    """Changes of one routing.

    Raises ContradictionError for a coupling that is fixed twice, ValueError for numbers that can be no coupling, no
    part of the 1 that a capsule gives, or no logit.

    A silenced capsule is u_i = 0: its votes are zero, and nothing that its coupling does is felt.

    The couplings of a capsule that are not fixed keep the proportions that their softmax gives them among
    themselves and share what the fixed ones leave, so that the ten still add up to 1. The fixed ones of a
    capsule may therefore not exceed 1, and at least one of its classes stays free.

    Of several first logits for one pair the last counts. With `uniform` the coupling is 1/C in every
    iteration, whatever the logits; a fixed coupling stays fixed, and the others share the rest evenly.
    """

    silenced: frozenset[int] = frozenset()
    couplings: tuple[FixedCoupling, ...] = ()
    logits: tuple[FirstLogit, ...] = ()
    uniform: bool = False

    def __post_init__(self) -> None:
        _check_couplings(self.couplings)
        for _, _, logit in self.logits:
            if not math.isfinite(logit):
                raise ValueError(f"a first logit must be finite, got {logit}")

    def check(self, primary_capsules: int, classes: int) -> None:
        """Hold them against P primary capsules and C classes.

        Raises IndexError where one is of a capsule or class that there is not, ContradictionError where nothing of a
        capsule is left free.
        """
        _check_indices(self, primary_capsules, classes)
        if classes in Counter(fixed.capsule for fixed in self.couplings).values():
            raise ContradictionError("all couplings of a capsule are fixed: the last one follows from the others")

    def silence(self, capsules: Tensor) -> Tensor:
        """Zero what belongs to the silenced primary capsules: (B, P, ...) -> (B, P, ...), a copy if there are any."""
        if not self.silenced:
            return capsules
        chosen = torch.tensor(sorted(self.silenced), device=capsules.device)
        return capsules.index_fill(1, chosen, 0.0)


class TamperedCoupling:
    """Lines 2 and 4 of Procedure 1 as interventions change them; the logits are (B, C, P)."""

    def __init__(self, interventions: Interventions, votes: Tensor) -> None:
        """For votes (B, P, C, D); raises what `Interventions.check` does."""
        B, P, C, _ = votes.shape
        interventions.check(P, C)
        first = votes.new_zeros(C, P)
        for capsules, label, logit in interventions.logits:
            first[label, list(capsules)] = logit
        self.first_logits = first.expand(B, C, P)
        self._uniform = interventions.uniform
        self._is_fixed = torch.zeros(C, P, dtype=torch.bool, device=votes.device)
        self._fixed = votes.new_zeros(C, P)
        for capsule, label, coupling in interventions.couplings:
            self._is_fixed[label, capsule] = True
            self._fixed[label, capsule] = coupling
        self._left = (1 - self._fixed.sum(dim=0)).clamp(min=0)  # (P)

    def of(self, logits: Tensor) -> Tensor:
        """The couplings of routing logits: (B, C, P) -> (B, C, P); each capsule's C add up to 1."""
        logits = torch.zeros_like(logits) if self._uniform else logits
        free = torch.softmax(logits.masked_fill(self._is_fixed, -torch.inf), dim=1)
        return self._left * free + self._fixed


def _check_couplings(couplings: Iterable[FixedCoupling]) -> None:
    fixed: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for capsule, label, coupling in couplings:
        if not 0 <= coupling <= 1:
            raise ValueError(f"a coupling is in [0, 1], got {coupling}")
        if label in fixed[capsule]:
            raise ContradictionError(f"the coupling of capsule {capsule} to class {label} is fixed twice")
        fixed[capsule][label] = coupling
    for capsule, by_label in fixed.items():
        if math.fsum(by_label.values()) > 1 + 1e-6:
            raise ValueError(f"the fixed couplings of capsule {capsule} exceed 1")


def _check_indices(interventions: Interventions, P: int, C: int) -> None:
    capsules = {*interventions.silenced, *(fixed.capsule for fixed in interventions.couplings)}
    capsules.update(capsule for first in interventions.logits for capsule in first.capsules)
    labels = {fixed.label for fixed in interventions.couplings} | {first.label for first in interventions.logits}
    if any(not 0 <= capsule < P for capsule in capsules):
        raise IndexError(f"there are {P} primary capsules")
    if any(not 0 <= label < C for label in labels):
        raise IndexError(f"there are {C} classes")
