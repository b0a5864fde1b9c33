"""Routing by agreement: Procedure 1 of Sabour, Frosst and Hinton 2017, returning every iteration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import torch
from torch import Tensor

from model.functional import squash
from model.interventions import Interventions, TamperedCoupling


class RoutingIteration(NamedTuple):
    """What one pass through lines 4 to 7 of Procedure 1 computed."""

    routing_logits: Tensor  # b_ij, (B, P, C), before this iteration's update
    coupling_coefficients: Tensor  # c_ij, (B, P, C), the softmax of b over C
    class_capsules: Tensor  # v_j, (B, C, D)
    agreement: Tensor | None  # û_j|i . v_j, (B, P, C)


class Routing(NamedTuple):
    """All R iterations, stacked along axis 1."""

    routing_logits: Tensor  # (B, R, P, C)
    coupling_coefficients: Tensor  # (B, R, P, C)
    agreement: Tensor  # (B, R, P, C)
    class_capsules: Tensor  # (B, R, C, D)


def route(votes: Tensor, iterations: int, interventions: Interventions | None = None) -> Routing:
    """Run Procedure 1, changed by the interventions, on the votes û (B, P, C, D) and return all its iterations.

    Raises ValueError for fewer than one iteration, IndexError for interventions in what the votes do not have.
    """
    steps = list(_procedure_1(votes, iterations, last_agreement=True, interventions=interventions))
    agreements = [step.agreement for step in steps if step.agreement is not None]
    return Routing(
        torch.stack([step.routing_logits for step in steps], dim=1),
        torch.stack([step.coupling_coefficients for step in steps], dim=1),
        torch.stack(agreements, dim=1),
        torch.stack([step.class_capsules for step in steps], dim=1),
    )


def routed_capsules(votes: Tensor, iterations: int, *, detach_inner: bool = False) -> Tensor:
    """Run Procedure 1 and return its last class capsules only: (B, P, C, D) -> (B, C, D).

    `detach_inner` cuts the gradient of all iterations but the last, so that the coupling coefficients
    count as constants in training. The value is the same either way.
    """
    *_, last = _procedure_1(votes, iterations, detach_inner=detach_inner)
    return last.class_capsules


def _procedure_1(
    votes: Tensor,
    iterations: int,
    *,
    detach_inner: bool = False,
    last_agreement: bool = False,
    interventions: Interventions | None = None,
) -> Iterator[RoutingIteration]:
    """Yield the iterations one by one; line numbers are the paper's.

    The last update of b changes nothing that is returned: it is skipped, and the agreement that it
    would add is computed only where `last_agreement` asks for it.
    """
    if iterations < 1:
        raise ValueError(f"routing needs at least one iteration, got {iterations}")
    B, P, C, D = votes.shape
    tampered = None
    if interventions is not None:
        tampered = TamperedCoupling(interventions, votes)
        votes = interventions.silence(votes)
    # One P x D matrix for each image and class: both sums of the loop are then batched matrix products.
    # ClassCaps lays its votes out so that this is a view.
    by_class = votes.permute(0, 2, 1, 3).reshape(B * C, P, D)
    constant = by_class.detach() if detach_inner else by_class
    logits = tampered.first_logits if tampered else votes.new_zeros(B, C, P)  # line 2
    for iteration in range(1, iterations + 1):  # line 3
        last = iteration == iterations
        current = by_class if last else constant
        # line 4: over the C classes, never over the P inputs
        coupling = tampered.of(logits) if tampered else torch.softmax(logits, dim=1)
        total = coupling.view(B * C, 1, P) @ current  # line 5
        capsules = squash(total.view(B, C, D))  # line 6
        agreement = None
        if not last or last_agreement:
            # A row times a matrix: MKL is five times slower at the same product as a matrix times a column.
            agreement = (capsules.view(B * C, 1, D) @ current.transpose(1, 2)).view(B, C, P)
        yield RoutingIteration(
            logits.transpose(1, 2),
            coupling.transpose(1, 2),
            capsules,
            None if agreement is None else agreement.transpose(1, 2),
        )
        if agreement is not None:
            logits = logits + agreement  # line 7
