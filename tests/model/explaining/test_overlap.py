"""How much two layers overlap and whose a pixel is: by hand, and against loops that share no code with it."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from torch import Tensor

from model.explaining.overlap import (
    bell,
    box_overlap,
    contributions,
    exclusive_ink,
    receptive_field,
    rightly_given,
    shared_ink,
    spread,
    through_fields,
)
from model.network.config import CapsNetConfig
from model.network.routing import route

# 5 x 5 positions on a picture of 26: the fields end at 25, and the last row and column lie in none.
CONFIG = CapsNetConfig(image_size=26, primary_types=3, primary_dim=4, classes=4, pose_dim=5)


def layers_of(*boxes: tuple[int, int, int, int], value: float = 1.0) -> Tensor:
    """Layers of 10 x 10 with a filled box (top, left, bottom, right) each; the end is not filled."""
    layers = torch.zeros(len(boxes), 10, 10)
    for layer, (top, left, bottom, right) in zip(layers, boxes, strict=True):
        layer[top:bottom, left:right] = value
    return layers


def test_shared_ink_is_a_share_of_the_smaller_ink() -> None:
    assert float(shared_ink(layers_of((0, 0, 4, 4), (2, 2, 4, 8)))) == pytest.approx(4 / 12)
    assert float(shared_ink(layers_of((0, 0, 4, 4), (4, 4, 8, 8)))) == 0
    inside = layers_of((0, 0, 6, 6), (1, 1, 3, 3))
    assert float(shared_ink(inside)) == 1
    inside[1] /= 2
    assert float(shared_ink(inside)) == 1  # what is fainter is shared altogether
    assert float(shared_ink(layers_of((0, 0, 4, 4), (0, 0, 0, 0)))) == 0
    assert float(shared_ink(torch.zeros(2, 10, 10))) == 0


def test_the_overlap_of_boxes_is_intersection_over_union() -> None:
    assert float(box_overlap(layers_of((0, 0, 4, 4), (2, 2, 6, 6)))) == pytest.approx(4 / 28)
    assert float(box_overlap(layers_of((1, 2, 4, 7), (1, 2, 4, 7)))) == 1
    assert float(box_overlap(layers_of((0, 0, 4, 4), (4, 0, 8, 4)))) == 0
    assert float(box_overlap(layers_of((0, 0, 4, 4), (0, 0, 0, 0)))) == 0
    assert float(box_overlap(torch.zeros(2, 10, 10))) == 0
    ring = layers_of((0, 0, 8, 8), (2, 2, 6, 6))
    ring[0, 1:7, 1:7] = 0  # a box also holds what it surrounds
    assert float(box_overlap(ring)) == pytest.approx(16 / 64)
    assert float(shared_ink(ring)) == 0


def test_pixels_below_a_tenth_are_no_ink_of_a_box() -> None:
    layers = layers_of((0, 0, 4, 4), (0, 0, 4, 4))
    layers[1, 9, 9] = 0.09
    assert float(box_overlap(layers)) == 1
    layers[1, 9, 9] = 0.1
    assert float(box_overlap(layers)) == pytest.approx(16 / 100)


def test_several_pairs_at_once() -> None:
    several = torch.stack([layers_of((0, 0, 4, 4), (2, 2, 6, 6)), layers_of((0, 0, 2, 2), (0, 0, 2, 2))])
    assert box_overlap(several).tolist() == pytest.approx([4 / 28, 1])
    assert shared_ink(several).tolist() == pytest.approx([4 / 16, 1])
    assert exclusive_ink(several).shape == several.shape


def test_exclusive_ink_is_dark_in_one_layer_and_none_in_the_other() -> None:
    layers = torch.tensor([[[0.5, 0.49, 0.9, 0.9, 0.0]], [[0.0, 0.0, 0.09, 0.1, 0.5]]])
    assert exclusive_ink(layers).tolist() == [[[True, False, True, False, False]], [[False, False, False, False, True]]]


def test_a_pixel_is_given_to_the_larger_map_and_to_none_if_both_are_equal() -> None:
    exclusive = torch.tensor([[[[True, True, True, False]], [[False, False, False, True]]]])
    right = torch.tensor([[[0.9, 0.2, 0.5, 0.1]], [[0.1, 0.3, 0.5, 0.2]]])
    maps = torch.stack([right, right.flip(0), torch.zeros_like(right)]).unsqueeze(0)  # three iterations
    assert rightly_given(maps, exclusive).tolist() == [[2, 1, 0]]


def test_contributions_add_up_to_the_length_of_the_weighted_sum() -> None:
    routing = route(torch.randn(3, CONFIG.primary_count, 4, 5, generator=torch.Generator().manual_seed(1)), 3)
    labels = torch.tensor([[0, 3], [2, 1], [3, 2]])
    given = contributions(routing, labels)
    assert given.shape == (3, 3, 2, CONFIG.primary_count)
    for image, pair in enumerate(labels.tolist()):
        for k, label in enumerate(pair):
            for r in range(3):
                length = float(routing.class_capsules[image, r, label].norm())
                s = math.sqrt(length / (1 - length))  # squash takes |s| to |s|² / (1 + |s|²)
                assert float(given[image, r, k].sum()) == pytest.approx(s, rel=1e-4)


def test_a_capsule_that_is_zero_is_given_nothing() -> None:
    routing = route(torch.zeros(1, 6, 4, 5), 2)
    assert contributions(routing, torch.tensor([[0, 1]])).abs().max() == 0


def as_on_the_page(given: list[float]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """The loops of static/js/capsules/ownership.js, without its scale."""
    G, side, field = CONFIG.grid_size, CONFIG.image_size, 17
    owned = np.zeros((side, side))
    for index, amount in enumerate(given):
        row, column = divmod(index % (G * G), G)
        for y in range(field):
            for x in range(field):
                distance = math.hypot(y - 8, x - 8) / 4
                owned[2 * row + y, 2 * column + x] += max(0.0, amount) * math.exp(-distance * distance / 2)
    return owned


def test_what_capsules_give_is_spread_as_on_the_page() -> None:
    assert (CONFIG.grid_size, receptive_field(CONFIG)) == (5, 17)
    given = torch.randn(2, CONFIG.primary_count, generator=torch.Generator().manual_seed(2))
    pictures = spread(given, CONFIG)
    assert pictures.shape == (2, 26, 26)
    for picture, amounts in zip(pictures, given, strict=True):
        np.testing.assert_allclose(picture.numpy(), as_on_the_page(amounts.tolist()), atol=1e-4)
    assert float(pictures[:, 25].abs().max()) == float(pictures[:, :, 25].abs().max()) == 0


def test_the_bell_is_highest_in_the_middle_and_the_same_on_all_sides() -> None:
    weights = bell(17)
    assert float(weights[8, 8]) == 1 == float(weights.max())
    assert torch.equal(weights, weights.flip(0))
    assert torch.equal(weights, weights.T)
    assert float(weights[8, 12]) == pytest.approx(math.exp(-0.5))


def test_fields_see_ink_and_spread_it() -> None:
    layer = torch.zeros(26, 26)
    layer[12, 12] = 1
    seen = through_fields(layer, CONFIG)
    weights = bell(17)
    amounts = torch.zeros(3, 5, 5)
    for row in range(5):
        for column in range(5):
            y, x = 12 - 2 * row, 12 - 2 * column
            if 0 <= y < 17 and 0 <= x < 17:
                amounts[0, row, column] = weights[y, x]
    torch.testing.assert_close(seen, spread(amounts.flatten(), CONFIG))
    assert divmod(int(seen.argmax()), 26) == (12, 12)
