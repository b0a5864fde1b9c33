"""How straight a way some numbers take while a picture is transformed, and whether all pictures take the same.

The numbers are any that a network computes of a picture, F of them. A path is what they are at each of n amounts of a
transformation: (n, F), or (N, n, F) of N pictures. Everything is computed in the precision of what is given; give
float64.
"""

from __future__ import annotations

import torch
from torch import Tensor

from model.explaining.wholes import mean_cosine

# How strongly the ridge regression holds its weights back, with all features at a standard deviation of 1.
RIDGE = 1.0
_STILL = 1e-12  # numbers that move less do not move


def displacements(paths: Tensor, rest: int) -> Tensor:
    """Paths (N, n, F) -> how far each stands from where it is at rest, the amount of that index: (N, n, F)."""
    return paths - paths[:, rest : rest + 1]


def mean_direction(moved: Tensor, amounts: Tensor) -> Tensor:
    """Displacements (N, n, F) at amounts (n,) counted from rest -> the mean displacement for one unit (F,).

    For each picture the line through its rest that fits best (least squares), then the mean of their slopes.
    """
    slopes = torch.einsum("a,naf->nf", amounts, moved) / amounts.square().sum()
    return slopes.mean(dim=0)


def main_plane(moved: Tensor, direction: Tensor) -> Tensor:
    """Displacements (N, n, F) -> the plane through rest that they lie in most: two orthonormal directions (2, F).

    They are the main directions of all displacements, the first the one that most lies along. The first points the way
    of `direction`, the second the way in which the ends of a bent path lie.
    """
    flat = moved.flatten(0, 1)
    plane = torch.linalg.eigh(flat.T @ flat).eigenvectors[:, -2:].flip(1).T  # eigenvalues ascend
    ends = moved[:, [0, -1]].sum(dim=(0, 1))
    ways = torch.stack([plane[0] @ direction, plane[1] @ ends])
    pointing: Tensor = torch.where(ways < 0, -plane.T, plane.T).T
    return pointing


def explained_by(plane: Tensor, moved: Tensor) -> float:
    """The share of the displacements' (N, n, F) sum of squares that lies in the plane (2, F); 1 if nothing moves."""
    whole = moved.square().sum()
    return float((moved @ plane.T).square().sum() / whole) if whole > _STILL else 1.0


def straightness(paths: Tensor) -> float:
    """The distance from a path's first place to its last, over the length of the way from amount to amount.

    The mean over paths (N, n, F). 1 is a straight line, and a half circle has 2/π. Paths that do not move do not count;
    if none moves, it is 1.
    """
    ways = paths.diff(dim=1).norm(dim=-1).sum(dim=1)  # (N)
    across = (paths[:, -1] - paths[:, 0]).norm(dim=-1)
    moves = ways > _STILL
    return float((across[moves] / ways[moves]).mean()) if moves.any() else 1.0


def same_direction(moved: Tensor) -> float:
    """The mean cosine between the displacements (N, n, F) of two different pictures, the mean of the two ends.

    1: all move the same way. 0: each its own way.
    """
    return float(mean_cosine(moved[:, [0, -1]].transpose(0, 1)).mean())


def r_squared(fitted: Tensor, held_out: Tensor, amounts: Tensor) -> float:
    """How well a linear function of the numbers tells the amount: R² on held-out pictures.

    A ridge regression from the F numbers (N, n, F) to the amounts (n,), each number brought to mean 0 and standard
    deviation 1 over the pictures that it is fitted on, tried on others (M, n, F). 1: it tells every amount exactly.
    0: no better than the mean of the amounts. It is below 0 if it is worse than that.
    """
    F = fitted.shape[-1]
    means, deviations = fitted.mean(dim=(0, 1)), fitted.std(dim=(0, 1), correction=0)
    deviations = torch.where(deviations > _STILL, deviations, torch.inf)  # what never moves tells nothing

    def standard(paths: Tensor) -> Tensor:
        return ((paths - means) / deviations).flatten(0, 1)

    features, middle = standard(fitted), amounts.mean()
    wanted = (amounts - middle).repeat(len(fitted))
    penalty = RIDGE * torch.eye(F, dtype=features.dtype)
    weights = torch.linalg.solve(features.T @ features + penalty, features.T @ wanted)
    true = (amounts - middle).repeat(len(held_out))
    missed = true - standard(held_out) @ weights
    return float(1 - missed.square().sum() / true.square().sum())
