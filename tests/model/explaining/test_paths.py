"""How straight a way numbers take: made-up paths of which the answer is known, and real ones against numpy."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest
import torch
from torch import Tensor

from model.explaining.paths import (
    RIDGES,
    displacements,
    explained_by,
    main_plane,
    mean_direction,
    r_squared,
    same_direction,
    straightness,
)

REST = 3
AMOUNTS = torch.tensor([-3.0, -2.0, -1.0, 0.0, 0.5, 1.0, 1.5], dtype=torch.float64)
DIRECTION = torch.tensor([0.3, -0.4, 0.0, 1.2, 0.0], dtype=torch.float64)

Array = npt.NDArray[np.float64]


def linear(pictures: int = 20) -> Tensor:
    """Each picture begins elsewhere, at right angles to the way that all of them take: (N, 7, 5)."""
    first = torch.randn(pictures, 1, 5, dtype=torch.float64)
    unit = DIRECTION / DIRECTION.norm()
    paths: Tensor = first - (first @ unit).unsqueeze(-1) * unit + AMOUNTS[:, None] * DIRECTION
    return paths


def wild(pictures: int) -> Tensor:
    """Bent and noisy paths: (N, 7, 5)."""
    start, noise = torch.randn(pictures, 1, 5), 0.3 * torch.randn(pictures, 7, 5)
    bend = torch.sin(AMOUNTS)[:, None] * torch.tensor([0.0, 1.0, 0.5, 0.0, 0.2])
    paths: Tensor = start.double() + bend + AMOUNTS[:, None] * DIRECTION * (1 + torch.rand(pictures, 1, 1)) + noise
    return paths


def test_a_linear_network_has_straight_paths_that_tell_the_amount_exactly() -> None:
    paths = linear()
    moved = displacements(paths, REST)
    assert moved[:, REST].abs().max() == 0
    direction = mean_direction(moved, AMOUNTS)
    torch.testing.assert_close(direction, DIRECTION)
    plane = main_plane(moved, direction)
    torch.testing.assert_close(plane[0], DIRECTION / DIRECTION.norm())
    assert straightness(paths) == pytest.approx(1, abs=1e-9)
    assert same_direction(moved) == pytest.approx(1, abs=1e-9)
    assert explained_by(plane, moved) == pytest.approx(1, abs=1e-9)
    assert r_squared(paths, linear(5), linear(8), AMOUNTS) == pytest.approx(1, abs=1e-3)  # the ridge takes the rest


def test_pictures_that_go_opposite_ways_share_no_direction() -> None:
    paths = linear(2)
    paths[1] = paths[1].flip(0)  # amounts are not evenly spaced, but each end lies opposite
    moved = displacements(paths, REST)
    assert same_direction(moved) == pytest.approx(-1, abs=1e-9)
    assert straightness(paths) == pytest.approx(1, abs=1e-9)


def test_numbers_without_the_amount_in_them_tell_nothing() -> None:
    fitted, judged, held_out = torch.randn(3, 60, 7, 5, dtype=torch.float64)
    assert r_squared(fitted, judged, held_out, AMOUNTS) < 0.1


def test_a_number_that_hardly_ever_moves_spoils_nothing() -> None:
    fitted, judged, held_out = (torch.nn.functional.pad(linear(), (0, 1)) for _ in range(3))
    fitted[3, 2, 5] = 1e-3  # once in the pictures that it is fitted on
    held_out[:, :, 5] = 1  # and always in the others
    assert r_squared(fitted, judged, held_out, AMOUNTS) > 0.99


def test_a_half_circle_is_as_straight_as_its_diameter_over_its_arc_and_lies_in_its_plane() -> None:
    angles = torch.linspace(0, math.pi, 401, dtype=torch.float64)
    circle = torch.stack([-angles.cos(), 0 * angles, -angles.sin()], dim=-1).unsqueeze(0)
    assert straightness(circle) == pytest.approx(2 / math.pi, abs=1e-4)
    moved = displacements(circle, 200)
    plane = main_plane(moved, mean_direction(moved, angles - math.pi / 2))
    torch.testing.assert_close(plane @ plane.T, torch.eye(2).double())
    assert explained_by(plane, moved) == pytest.approx(1, abs=1e-9)
    ends = moved[0, [0, -1]] @ plane.T
    torch.testing.assert_close(ends, torch.tensor([[-1.0, 1.0], [1.0, 1.0]]).double())  # up, and along the direction


def test_what_does_not_move_is_straight_and_tells_nothing() -> None:
    still = torch.randn(4, 1, 5).double().expand(4, 7, 5)
    moved = displacements(still, REST)
    assert (straightness(still), same_direction(moved)) == (1, 0)
    assert explained_by(torch.eye(5).double()[:2], moved) == 1
    assert r_squared(still[:1].expand(3, 7, 5), still, still, AMOUNTS) == pytest.approx(0, abs=1e-12)


def cosine(one: Array, other: Array) -> float:
    return float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))


def test_bent_paths_against_numpy_one_by_one() -> None:
    fitted, tried = wild(30), wild(12)
    moved, tried_moved = displacements(fitted, REST), displacements(tried, REST)
    amounts, paths, ways = AMOUNTS.numpy(), tried.numpy(), tried_moved.numpy()
    slopes = [
        [np.linalg.lstsq(amounts[:, None], path[:, f], rcond=None)[0][0] for f in range(5)] for path in moved.numpy()
    ]
    direction = mean_direction(moved, AMOUNTS)
    np.testing.assert_allclose(direction, np.mean(slopes, axis=0), atol=1e-10)

    plane = main_plane(moved, direction).numpy()
    _, _, main = np.linalg.svd(moved.numpy().reshape(-1, 5))
    np.testing.assert_allclose(np.abs(np.sum(plane * main[:2], axis=1)), 1, atol=1e-10)
    assert plane[0] @ direction.numpy() > 0
    within = sum(np.sum((plane @ place) ** 2) for path in ways for place in path)
    assert explained_by(torch.from_numpy(plane), tried_moved) == pytest.approx(within / np.sum(ways**2), abs=1e-10)

    straight = [
        np.linalg.norm(path[-1] - path[0]) / sum(np.linalg.norm(path[k + 1] - path[k]) for k in range(6))
        for path in paths
    ]
    assert straightness(tried) == pytest.approx(np.mean(straight), abs=1e-10)
    cosines = [cosine(ways[a, end], ways[b, end]) for end in (0, -1) for a in range(12) for b in range(a)]
    assert same_direction(tried_moved) == pytest.approx(np.mean(cosines), abs=1e-10)


def told(ridge: float, fitted: Tensor, tried: Tensor) -> float:
    """R² with weights that gradient descent finds of the loss as it is written down."""
    means = fitted.mean(dim=(0, 1))
    scale = (fitted - means).square().mean().sqrt()
    features = ((fitted - means) / scale).flatten(0, 1)
    wanted = (AMOUNTS - AMOUNTS.mean()).repeat(len(fitted))
    weights = torch.zeros(5, dtype=torch.float64)
    rate = 0.5 / float(torch.linalg.matrix_norm(features, 2) ** 2 + ridge)
    for _ in range(20_000):
        weights -= rate * 2 * (features.T @ (features @ weights - wanted) + ridge * weights)
    missed = ((tried - means) / scale) @ weights + AMOUNTS.mean() - AMOUNTS
    return float(1 - missed.square().sum() / (len(tried) * (AMOUNTS - AMOUNTS.mean()).square().sum()))


def test_the_regression_minimises_squares_and_the_penalty_that_does_best_on_other_pictures() -> None:
    fitted, judged, held_out = wild(3), wild(9), wild(12)
    best = max(RIDGES, key=lambda ridge: told(ridge, fitted, judged))
    assert best != RIDGES[0]
    assert r_squared(fitted, judged, held_out, AMOUNTS) == pytest.approx(told(best, fitted, held_out), abs=1e-6)
