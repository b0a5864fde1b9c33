"""Routing by agreement: Procedure 1 of Sabour, Frosst and Hinton 2017.

`procedure_1` is the paper's text in code: read it first. `route` and `routed_capsules` compute the same numbers, and
are what the network calls. `route` keeps every iteration and takes interventions. `routed_capsules` keeps the last
class capsules only, which is all that training needs. The tests hold all three against each other.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from model.network.functional import squash
from model.network.interventions import Interventions, coupling_rule


def procedure_1(û: Tensor, r: int) -> Tensor:
    """Route r times: votes û_j|i (n, i, j, d) of n images -> class capsules v_j (n, j, d).

    i counts the primary capsules, j the class capsules, d the numbers of a pose. The letters and the line numbers are
    the paper's. Raises ValueError for fewer than one iteration.
    """
    _require_an_iteration(r)
    b = û.new_zeros(û.shape[:3])  # line 2: b_ij = 0
    for _ in range(r):  # line 3
        c = torch.softmax(b, dim=2)  # line 4: c_i = softmax of b_i, over the classes j
        s = torch.einsum("nij,nijd->njd", c, û)  # line 5: s_j = sum over i of c_ij û_j|i
        v = squash(s)  # line 6: v_j = squash(s_j)
        b = b + torch.einsum("nijd,njd->nij", û, v)  # line 7: b_ij = b_ij + û_j|i . v_j
    return v


class Routing(NamedTuple):
    """All R iterations, stacked along axis 1. B images, P primary capsules, C classes, D pose dimensions."""

    routing_logits: Tensor  # b_ij, (B, R, P, C), before the iteration's update
    coupling_coefficients: Tensor  # c_ij, (B, R, P, C)
    agreement: Tensor  # û_j|i . v_j, (B, R, P, C)
    class_capsules: Tensor  # v_j, (B, R, C, D)


def route(votes: Tensor, iterations: int, interventions: Interventions | None = None) -> Routing:
    """Run Procedure 1, changed by the interventions, on the votes û (B, P, C, D) and return all its iterations.

    Raises ValueError for fewer than one iteration, IndexError for interventions in what the votes do not have.
    """
    _require_an_iteration(iterations)
    coupling_of = coupling_rule(votes, interventions)
    by_class = VotesByClass(votes if interventions is None else interventions.silence(votes))
    logits = coupling_of.first_logits
    steps: list[tuple[Tensor, ...]] = []
    for _ in range(iterations):
        coupling = coupling_of(logits)
        capsules = squash(by_class.weighted_sums(coupling))
        agreement = by_class.agreement(capsules)
        steps.append((logits.transpose(1, 2), coupling.transpose(1, 2), agreement.transpose(1, 2), capsules))
        logits = logits + agreement
    return Routing(*(torch.stack(of_each, dim=1) for of_each in zip(*steps, strict=True)))


def routed_capsules(votes: Tensor, iterations: int, *, detach_inner: bool = False) -> Tensor:
    """Run Procedure 1 and return its last class capsules only: (B, P, C, D) -> (B, C, D).

    `detach_inner` cuts the gradient of all iterations but the last, so that the coupling coefficients
    count as constants in training. The value is the same either way. The last update of the logits changes nothing
    that is returned, so it is left out. Raises ValueError for fewer than one iteration.
    """
    _require_an_iteration(iterations)
    coupling_of = coupling_rule(votes)
    by_class = VotesByClass(votes)
    inner = VotesByClass(votes.detach()) if detach_inner else by_class
    logits = coupling_of.first_logits
    for _ in range(iterations - 1):
        capsules = squash(inner.weighted_sums(coupling_of(logits)))
        logits = logits + inner.agreement(capsules)
    return squash(by_class.weighted_sums(coupling_of(logits)))


class VotesByClass:
    """The votes û as one P x D matrix for each image and class: both sums of the loop are batched matrix products.

    Logits, couplings and agreements are (B, C, P) here, where each class has its row of P neighbouring numbers.
    """

    def __init__(self, votes: Tensor) -> None:
        """For votes (B, P, C, D). ClassCaps lays its votes out so that this copies nothing."""
        B, P, C, D = self._shape = votes.shape
        self._rows = votes.permute(0, 2, 1, 3).reshape(B * C, P, D)

    def weighted_sums(self, coupling: Tensor) -> Tensor:
        """Line 5: couplings (B, C, P) -> s_j (B, C, D)."""
        B, P, C, D = self._shape
        return (coupling.view(B * C, 1, P) @ self._rows).view(B, C, D)

    def agreement(self, capsules: Tensor) -> Tensor:
        """The products û_j|i . v_j of line 7: v_j (B, C, D) -> (B, C, P).

        A row times a matrix: MKL is five times slower at the same product as a matrix times a column.
        """
        B, P, C, D = self._shape
        return (capsules.view(B * C, 1, D) @ self._rows.transpose(1, 2)).view(B, C, P)


def _require_an_iteration(iterations: int) -> None:
    if iterations < 1:
        raise ValueError(f"routing needs at least one iteration, got {iterations}")
