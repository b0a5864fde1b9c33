"""The whole that each part expects: the strongest votes for a class as pictures, and their sum as it grows.

A vote û_j|i is a pose like v_j, so the decoder can draw it. The strength of a vote is c_ij |û_j|i|: how much it moves
s_j, whichever way it points.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from model.network.capsnet import CapsNet
from model.network.functional import lengths, squash

# So many votes are drawn, or as many as there are.
STRONGEST = 10
# A vote is drawn as if its class were surely there: a short pose draws little else than what none draws.
DRAWN_LENGTH = 0.95
# Up to so many parts are added one by one.
ONE_BY_ONE = 20
_ROUND = (10, 15, 20, 25, 30, 40, 50, 70)  # then in these steps, and in ten times, a hundred times these
_TINY = 1e-30


class Wholes(NamedTuple):
    """For each of K classes its N strongest votes, and the sums of its S first. D pose dimensions, H x W pixels."""

    parts: Tensor  # the primary capsules that vote, (K, N), the strongest first
    strengths: Tensor  # c_ij |û_j|i| of these, (K, N)
    votes: Tensor  # û_j|i of these, (K, N, D)
    pictures: Tensor  # what each vote draws at the length 0.95, (K, N, H, W) in [0, 1]
    cosines: Tensor  # of each vote and v_j, (K, N) in [-1, 1]
    among: Tensor  # the mean cosine of two of these votes, (K,) in [-1, 1]
    counts: Tensor  # so many of the strongest parts are added, (S,): 1 to P
    sums: Tensor  # squash(the sum of their c_ij û_j|i), (K, S, D): the last is v_j
    sum_pictures: Tensor  # what these draw, each at its own length, (K, S, H, W) in [0, 1]


def wholes(
    network: CapsNet, votes: Tensor, coupling_coefficients: Tensor, class_capsules: Tensor, labels: Sequence[int]
) -> Wholes:
    """Votes (P, C, D), c (P, C) and v (C, D) of one image after one iteration -> the wholes for these classes."""
    counts = counts_up_to(len(votes))
    each = [
        _of_class(network, votes[:, label], coupling_coefficients[:, label], class_capsules[label], (label, counts))
        for label in labels
    ]
    parts, strengths, strongest, pictures, cosines, among, sums, drawn = (
        torch.stack(of_all) for of_all in zip(*each, strict=True)
    )
    return Wholes(
        parts, strengths, strongest, pictures, cosines, among, torch.tensor(counts, device=votes.device), sums, drawn
    )


def strongest_first(votes: Tensor, couplings: Tensor) -> tuple[Tensor, Tensor]:
    """Votes (..., P, D) and c (..., P) -> the strengths (..., P) in falling order, and whose they are (..., P)."""
    strengths, order = (couplings * lengths(votes)).sort(dim=-1, descending=True, stable=True)
    return strengths, order


def cosines_with(votes: Tensor, capsule: Tensor) -> Tensor:
    """Votes (..., N, D) and v (..., D) -> the cosine of each with it (..., N); 0 where one has no direction."""
    products = (votes * capsule.unsqueeze(-2)).sum(dim=-1)
    return products / (lengths(votes) * lengths(capsule).unsqueeze(-1)).clamp(min=_TINY)


def mean_cosine(votes: Tensor) -> Tensor:
    """Votes (..., N, D) -> the mean cosine of two different ones (...); 0 for fewer than two."""
    directions = votes / lengths(votes).unsqueeze(-1).clamp(min=_TINY)
    N = votes.shape[-2]
    own = directions.square().sum(dim=(-2, -1))  # N, but for votes without a direction
    of_all = directions.sum(dim=-2).square().sum(dim=-1)
    return (of_all - own) / max(1, N * (N - 1))


def counts_up_to(parts: int) -> list[int]:
    """How many parts are added: each number up to 20, then round numbers, and last all of them."""
    counts = list(range(1, min(ONE_BY_ONE, parts) + 1))
    scale = 1
    while scale * _ROUND[0] < parts:
        counts += [n for step in _ROUND if counts[-1] < (n := scale * step) < parts]
        scale *= 10
    return counts if counts[-1] == parts else [*counts, parts]


def _of_class(
    network: CapsNet, votes: Tensor, couplings: Tensor, capsule: Tensor, asked: tuple[int, list[int]]
) -> tuple[Tensor, ...]:
    """Votes (P, D), c (P) and v (D) of one class, by its label, and the numbers of parts to add."""
    label, counts = asked
    strengths, order = strongest_first(votes, couplings)
    first = order[:STRONGEST]
    strongest = votes[first]
    weighted = (couplings[order, None] * votes[order]).cpu().double()  # not every device has float64
    sums = squash(weighted.cumsum(dim=0)[[count - 1 for count in counts]]).to(votes)
    stretched = DRAWN_LENGTH * torch.nn.functional.normalize(strongest, dim=-1)
    both = network.reconstruct(torch.cat((stretched, sums)), label)
    pictures, drawn = both[: len(first)], both[len(first) :]
    return (
        *(first, strengths[:STRONGEST], strongest, pictures),
        *(cosines_with(strongest, capsule), mean_cosine(strongest), sums, drawn),
    )
