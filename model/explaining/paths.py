"""How straight a way some numbers take while a picture is transformed, and whether all pictures take the same.

The numbers are any that a network computes of a picture, F of them. A path is what they are at each of n amounts of a
transformation: (n, F), or (N, n, F) of N pictures. Everything is computed in the precision of what is given; give
float64.
"""

from __future__ import annotations

import torch
from torch import Tensor

from model.explaining.wholes import mean_cosine

# How strongly a ridge regression may hold its weights back, where the features have a mean variance of 1.
RIDGES = (0.1, 1.0, 10.0, 100.0, 1000.0, 10_000.0)
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


def r_squared(fitted: Tensor, judged: Tensor, held_out: Tensor, amounts: Tensor) -> float:
    """How well a linear function of the numbers tells the amount: R² on held-out pictures (M, n, F).

    A ridge regression from the F numbers to the amounts (n,), fitted on pictures (N, n, F). Of `RIDGES` it has the
    penalty that does best on further pictures (J, n, F), so that as many numbers as a CNN has are not fitted too
    closely. 1: it tells every amount exactly. 0: no better than the mean of the amounts. It can be below 0.

    The numbers keep their proportions: brought to one standard deviation each, one that hardly ever moves would count
    as much as all others, and any picture in which it does would spoil the whole.
    """
    middle, means = amounts.mean(), fitted.mean(dim=(0, 1))
    spread = (fitted - means).square().mean().sqrt()
    scale = 1 / spread if spread > _STILL else torch.zeros_like(spread)  # what never moves tells nothing

    def features(paths: Tensor) -> Tensor:
        return ((paths - means) * scale).flatten(0, 1)

    def score(weights: Tensor, paths: Tensor) -> float:
        true = (amounts - middle).repeat(len(paths))
        missed = true - features(paths) @ weights
        return float(1 - missed.square().sum() / true.square().sum())

    known = features(fitted)
    squares, wanted = known.T @ known, known.T @ (amounts - middle).repeat(len(fitted))
    identity = torch.eye(len(squares), dtype=squares.dtype)
    candidates = [torch.linalg.solve(squares + ridge * identity, wanted) for ridge in RIDGES]
    return score(max(candidates, key=lambda weights: score(weights, judged)), held_out)
