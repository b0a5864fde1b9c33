"""How far the strongest votes for a class agree, over test digits: computed by a command, shipped, served."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from model.data.datasets import Digits, to_unit
from model.explaining.wholes import STRONGEST, cosines_with, mean_cosine, strongest_first
from model.network.trace import Trace
from model.zoo.checkpoint import LoadedModel


@dataclass(frozen=True, slots=True)
class AgreementStudy:
    """Means over digits of the strongest votes after the last iteration, as many iterations as in training.

    `with_v` are cosines of a vote and v_j, `among` cosines of two votes for one class, `strength` sums of c_ij |û_j|i|
    over the strongest votes for one class. `others` is the mean over all classes but the winner.
    """

    iterations: int
    digits: int  # the first of the test digits
    strongest: int  # so many votes for each class
    with_v_winner: float
    with_v_others: float
    among_winner: float
    among_others: float
    strength_winner: float
    strength_others: float
    outdone: float  # the share of digits with a class whose strongest votes agree more among themselves
    outdone_strength_winner: float  # of these digits
    outdone_strength_other: float  # of the class that outdoes the winner most
    outdone_length_other: float  # of this class's capsule
    outdone_length_winner: float


@torch.inference_mode()
def study_agreement(
    model: LoadedModel,
    digits: Digits,
    *,
    count: int = 1000,
    batch_size: int = 10,
    tell: Callable[[int], object] | None = None,
) -> AgreementStudy:
    """Route the first `count` digits, and compare each one's ten strongest votes for every class.

    `tell` hears of each batch that is done, by its number of digits.
    """
    network = model.capsnet
    device = next(network.parameters()).device
    rows: list[Tensor] = []
    images = digits.images[:count]
    for start in range(0, len(images), batch_size):
        batch = to_unit(images[start : start + batch_size].to(device))
        rows.append(_of_batch(network.trace(batch)))
        if tell:
            tell(len(batch))
    found = torch.cat(rows).double()  # (B, 4, C)
    return _study(found, model.card.capsules.routing_iterations)


def _of_batch(trace: Trace) -> Tensor:
    """For each image and class: the mean cosine with v, the mean cosine of two votes, strength, length: (B, 4, C)."""
    votes = trace.votes.transpose(1, 2)  # (B, C, P, D)
    strengths, order = strongest_first(votes, trace.coupling_coefficients[:, -1].transpose(1, 2))
    first = order[..., :STRONGEST, None].expand(-1, -1, -1, votes.shape[-1])
    strongest = votes.gather(2, first)  # (B, C, N, D)
    with_v = cosines_with(strongest, trace.class_capsules[:, -1]).mean(dim=-1)
    total = strengths[..., :STRONGEST].sum(dim=-1)
    return torch.stack((with_v, mean_cosine(strongest), total, trace.lengths[:, -1]), dim=1).cpu()


def _study(found: Tensor, iterations: int) -> AgreementStudy:
    """From numbers for each digit and class (B, 4, C), as `_of_batch` gives them."""
    B, _, C = found.shape
    winner = torch.nn.functional.one_hot(found[:, 3].argmax(dim=-1), C).bool()  # (B, C)
    of_winner = found.transpose(0, 1)[:, winner]  # (4, B)
    of_others = found.transpose(0, 1)[:, ~winner].view(4, B, C - 1)
    most, which = of_others[1].max(dim=-1)  # the class that agrees most among itself
    outdone = most > of_winner[1]
    rival = of_others.gather(2, which.expand(4, B).unsqueeze(-1)).squeeze(-1)[:, outdone]  # (4, outdone)

    def mean(values: Tensor) -> float:
        return round(float(values.mean()), 6) if values.numel() else 0.0

    return AgreementStudy(
        iterations=iterations,
        digits=B,
        strongest=STRONGEST,
        with_v_winner=mean(of_winner[0]),
        with_v_others=mean(of_others[0]),
        among_winner=mean(of_winner[1]),
        among_others=mean(of_others[1]),
        strength_winner=mean(of_winner[2]),
        strength_others=mean(of_others[2]),
        outdone=mean(outdone.double()),
        outdone_strength_winner=mean(of_winner[2][outdone]),
        outdone_strength_other=mean(rival[2]),
        outdone_length_other=mean(rival[3]),
        outdone_length_winner=mean(of_winner[3][outdone]),
    )
