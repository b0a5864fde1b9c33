"""One pair of digits by the arithmetic of the pairs that networks are trained on."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from model.data.datasets import Digits, to_unit
from model.data.pairs import Pair, lay, moved
from model.data.preprocess import has_ink
from model.data.tasks import PAIR, Plan


@pytest.mark.parametrize("offsets", [[[-4, 3], [2, 0]], [[4, 4], [0, -1]], [[0, 0], [0, 0]], [[-18, 11], [17, -18]]])
def test_a_pair_is_that_of_the_task(test_digits: Digits, offsets: list[list[int]]) -> None:
    picked = torch.tensor([[0, 1]])
    expected = PAIR.batch(test_digits, Plan(picked, torch.tensor([offsets])))
    laid = lay(to_unit(test_digits.images[:2]).numpy(), np.array(offsets), PAIR.image_size)
    np.testing.assert_array_equal(laid.layers, expected.layers[0].numpy())
    np.testing.assert_allclose(laid.image, expected.images[0].numpy(), rtol=0, atol=1e-7)
    assert laid.image.dtype == laid.layers.dtype == np.float32


def test_the_sum_is_clipped_and_the_layers_are_not_changed() -> None:
    digits = np.full((2, 4, 4), 0.75, dtype=np.float32)
    laid = lay(digits, np.array([[0, 0], [1, 2]]), 8)
    assert laid.image.max() == 1
    np.testing.assert_array_equal(laid.image, np.minimum(laid.layers[0] + laid.layers[1], 1))
    np.testing.assert_array_equal(np.argwhere(laid.layers[0]).min(axis=0), [2, 2])
    np.testing.assert_array_equal(np.argwhere(laid.layers[1]).min(axis=0), [3, 4])
    assert laid.layers.sum() == digits.sum()


def test_what_is_moved_over_the_edge_is_cut_off() -> None:
    digits = np.ones((2, 4, 4), dtype=np.float32)
    laid = lay(digits, np.array([[0, 4], [-9, 0]]), 8)
    assert laid.layers[0].sum() == 4 * 2
    assert not has_ink(laid.layers[1])
    np.testing.assert_array_equal(laid.image, laid.layers[0])


def test_digits_larger_than_the_picture_keep_their_middle() -> None:
    digit = np.arange(36, dtype=np.float32).reshape(6, 6) / 36
    laid = lay(np.stack([digit, np.zeros_like(digit)]), np.zeros((2, 2), dtype=np.int64), 4)
    np.testing.assert_array_equal(laid.layers[0], digit[1:5, 1:5])


def test_one_layer_moves_and_the_other_stays() -> None:
    pair = Pair(np.ones((2, 4, 4), dtype=np.float32), np.array([[1, 2], [3, 4]]))
    found = moved(pair, 1, "down", [-5, 0, 5])
    assert [each.offsets.tolist() for each in found] == [[[1, 2], [place, 4]] for place in (-5, 0, 5)]
    (right,) = moved(pair, 0, "right", [-3])
    assert right.offsets.tolist() == [[1, -3], [3, 4]]
    assert pair.offsets.tolist() == [[1, 2], [3, 4]]
