from __future__ import annotations

import pytest
import torch

from model.network.functional import lengths, mask, squash


@pytest.mark.parametrize(
    ("vector", "squashed"),
    [
        ([3.0, 4.0], [25 / 26 * 0.6, 25 / 26 * 0.8]),
        ([0.0, -1.0], [0.0, -0.5]),
        ([1e-3, 0.0], [1e-6 / (1 + 1e-6), 0.0]),
        ([0.0, 0.0], [0.0, 0.0]),
    ],
)
def test_squash_is_equation_1(vector: list[float], squashed: list[float]) -> None:
    torch.testing.assert_close(squash(torch.tensor(vector)), torch.tensor(squashed), rtol=1e-6, atol=1e-12)


def test_squash_keeps_the_direction_of_each_vector() -> None:
    vectors = torch.randn(7, 5, 8)
    cosines = torch.cosine_similarity(vectors, squash(vectors), dim=-1)
    torch.testing.assert_close(cosines, torch.ones(7, 5))


def test_squash_and_lengths_have_finite_gradients_at_zero() -> None:
    inputs = torch.zeros(2, 3, 8, requires_grad=True)
    (gradient,) = torch.autograd.grad(lengths(squash(inputs)).sum(), inputs)
    assert gradient.tolist() == torch.zeros(2, 3, 8).tolist()


def test_the_gradient_of_squash_is_right() -> None:
    inputs = torch.randn(3, 4, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(squash, inputs)


def test_mask_keeps_one_capsule_of_each_image() -> None:
    capsules = torch.ones(2, 3, 4)
    masked = mask(capsules, torch.tensor([2, 0]))
    assert masked.sum(dim=-1).tolist() == [[0, 0, 4], [4, 0, 0]]
