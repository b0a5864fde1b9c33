"""Shifts, and other hands: what they do to a picture is what they do to the strokes it was drawn from."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from model.data.augmentation import HAND_NUMBERS, hands, rewrite, shift
from model.data.datasets import Digits
from model.data.strokes import Stroke, render
from model.data.tasks import DIGIT, PAIR, Task
from model.training import loop as training
from model.training.config import TrainingConfig


def test_shift_moves_each_image_its_own_way() -> None:
    images = torch.rand(25, 9, 7)
    offsets = torch.cartesian_prod(torch.arange(-2, 3), torch.arange(-2, 3))
    shifted = shift(images, offsets)
    for image, (down, right), moved in zip(images, offsets.tolist(), shifted, strict=True):
        padded = np.pad(image.numpy(), 2)
        expected = np.roll(padded, (down, right), axis=(0, 1))[2:-2, 2:-2]
        np.testing.assert_array_equal(moved.numpy(), expected)


def test_shift_by_nothing_changes_nothing() -> None:
    images = torch.rand(3, 28, 28)
    assert torch.equal(shift(images, torch.zeros(3, 2, dtype=torch.int64)), images)


def test_hands_turn_shear_and_stretch_by_hand() -> None:
    turned, sheared, stretched = hands(torch.eye(HAND_NUMBERS, dtype=torch.float64))
    cos, sin = math.cos(0.15), math.sin(0.15)
    np.testing.assert_allclose(turned.numpy(), np.array([[cos, sin], [-sin, cos]]))
    np.testing.assert_allclose(sheared.numpy(), np.array([[1, 0], [0.2, 1]]))
    np.testing.assert_allclose(stretched.numpy(), np.array([[math.exp(0.15), 0], [0, 1]]))


def test_a_hand_that_varies_nothing_changes_no_pixel(test_digits: Digits) -> None:
    images = test_digits.images[:50]
    assert torch.equal(rewrite(images, hands(torch.zeros(50, HAND_NUMBERS))), images)


@pytest.mark.parametrize("draws", [(1, 0, 0), (0, 1, 0), (0, 0, 1), (-1, 1, -1)])
def test_a_picture_is_rewritten_as_its_strokes_are(draws: tuple[int, int, int]) -> None:
    """A stroke from the middle to a corner of its own, so that a mirrored or inverted matrix would show."""
    stroke = np.array([[0.0, 0.0], [0.26, -0.1], [0.3, 0.24]])  # about the middle, in sides of the pad
    matrix = hands(torch.tensor(draws, dtype=torch.float64))
    drawn = pictures(stroke + 0.5)
    expected = pictures(stroke @ matrix.numpy() + 0.5)
    found = rewrite(drawn, matrix.unsqueeze(0))
    backwards = rewrite(drawn, matrix.inverse().unsqueeze(0))
    widened = math.exp(0.15) - 1  # with the picture the line's own width is stretched, which a pen's is not
    assert apart(found, expected) < widened < 0.3 * apart(backwards, expected)


def pictures(stroke: Stroke) -> torch.Tensor:
    return torch.from_numpy(np.rint(render([stroke]) * 255).astype(np.uint8)).unsqueeze(0)


def apart(one: torch.Tensor, other: torch.Tensor) -> float:
    """The share of the ink that lies elsewhere."""
    return float((one.float() - other.float()).abs().sum() / other.float().sum())


@pytest.mark.parametrize("task", [DIGIT, PAIR])
def test_each_digit_of_each_epoch_has_a_hand_of_its_own(task: Task, few_digits: Digits) -> None:
    config = TrainingConfig(task=task.name, max_shift=task.max_shift, other_hands=True, seed=5)
    plan, again, next_epoch = (training._plan(config, epoch, few_digits.labels) for epoch in (1, 1, 2))
    assert plan.hands is not None
    assert again.hands is not None
    assert next_epoch.hands is not None
    assert plan.hands.shape == (60, task.digits, 2, 2)
    assert torch.equal(plan.hands, again.hands)
    assert len(torch.unique(torch.cat([plan.hands, next_epoch.hands]).flatten(0, 1), dim=0)) == 120 * task.digits
    plain = training._plan(replace(config, other_hands=False), 1, few_digits.labels)
    assert torch.equal(plan.picked, plain.picked)
    assert torch.equal(plan.offsets, plain.offsets)
    places = torch.tensor([3, 1])
    batch, whole = task.batch(few_digits, plan.at(places)), task.batch(few_digits, plan)
    assert torch.equal(batch.layers, whole.layers[places])
    assert not torch.equal(whole.layers, task.batch(few_digits, plain).layers)
    assert 0 <= float(whole.images.min()) <= float(whole.images.max()) <= 1
