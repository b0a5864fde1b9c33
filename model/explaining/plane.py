"""The votes for one class as points on a plane: the two axes that hold most of them, through the zero vector."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

AXES = 2
_TINY = 1e-30


class VotePlanes(NamedTuple):
    """One plane for each of K classes. P primary capsules, R iterations, D pose dimensions."""

    axes: Tensor  # (K, 2, D), orthonormal: the first holds most
    points: Tensor  # û_j|i on them, (K, P, 2)
    variance: Tensor  # the part of the votes' squared lengths that lies along each axis, (K, 2) in [0, 1]
    sums: Tensor  # s_j on them, before squashing, (K, R, 2)
    class_capsules: Tensor  # v_j on them, (K, R, 2)


def vote_planes(
    votes: Tensor, coupling_coefficients: Tensor, class_capsules: Tensor, labels: Sequence[int]
) -> VotePlanes:
    """Votes (P, C, D), c (R, P, C) and v (R, C, D) of one image -> the planes of these classes.

    The axes are the principal axes of the votes as they are, not of their distances from their mean. The votes that
    count are the long ones, and routing measures a vote by its product with v_j, from zero: so zero is the origin,
    the plane loses as little as a plane can of all squared lengths, and, being a projection without a shift, it shows
    the weighted sum of the votes as the weighted sum of the points. An axis has no sign of its own: it gets the one
    by which the last v_j points forward.
    """
    chosen = torch.tensor(labels, device=votes.device)
    of_class = votes[:, chosen].transpose(0, 1).double()  # (K, P, D)
    capsules = class_capsules[:, chosen].transpose(0, 1).double()  # (K, R, D)
    couplings = coupling_coefficients[:, :, chosen].permute(2, 0, 1).double()  # (K, R, P)
    strengths, directions = torch.linalg.eigh(of_class.mT @ of_class)  # (K, D) ascending, (K, D, D) in columns
    axes = directions.mT.flip(1)[:, :AXES]  # (K, 2, D)
    forward = (axes @ capsules[:, -1, :, None]) >= 0  # (K, 2, 1)
    axes = torch.where(forward, axes, -axes)
    variance = strengths.flip(1).clamp(min=0) / strengths.sum(1, keepdim=True).clamp(min=_TINY)
    planes = VotePlanes(
        axes, of_class @ axes.mT, variance[:, :AXES], couplings @ of_class @ axes.mT, capsules @ axes.mT
    )
    return VotePlanes(*(tensor.float() for tensor in planes))
