"""The set made as affNIST is: what is done to a digit is what a slow reference does, and a digit may lie anywhere."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest
import torch
from scipy.ndimage import affine_transform
from torch import Tensor

from model.data.affine import FRAME, ROTATION, SHEAR, STRETCH, Affine, affine_of, made_as_affnist_is, warped
from model.data.datasets import Digits

Matrix = npt.NDArray[np.float64]


@pytest.fixture(scope="module")
def digits(test_digits: Digits) -> Digits:
    return Digits(test_digits.images[:200], test_digits.labels[:200])


def one(rotation: float = 0, shear: float = 0, wide: float = 1, high: float = 1) -> Affine:
    return Affine(*(torch.tensor([number], dtype=torch.float64) for number in (rotation, shear, wide, high)))


def slowly_warped(image: Tensor, rotation: float, shear: float, wide: float, high: float, side: int) -> Matrix:
    """A = D(h, v) H(s) R on places (right, down), by SciPy, whose axes are (down, right)."""
    angle = math.radians(rotation)
    turned = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    matrix = np.diag([wide, high]) @ np.array([[1.0, 0.0], [shear, 1.0]]) @ turned
    backwards = np.linalg.inv(matrix)[::-1, ::-1]
    offset = np.full(2, (image.shape[0] - 1) / 2) - backwards @ np.full(2, (side - 1) / 2)
    padded = np.pad(image.numpy().astype(np.float64), 1)  # so that it fades to 0 beyond its edge
    result: Matrix = affine_transform(padded, backwards, offset + 1, (side, side), order=1, mode="constant")
    return result


@pytest.mark.parametrize("numbers", [(0, 0, 1, 1), (20, 0, 1, 1), (0, 0.2, 1, 1), (-13, -0.15, 1.2, 0.8)])
def test_a_digit_is_turned_then_sheared_then_stretched_about_its_middle(
    digits: Digits, numbers: tuple[float, float, float, float]
) -> None:
    canvas = warped(digits.images[:1], one(*numbers))[0]
    slow = slowly_warped(digits.images[0], *numbers, side=len(canvas))
    assert np.abs(canvas.numpy() - slow).max() <= 0.5 + 1e-6, "rounded to whole numbers, and nothing else"


def test_a_horizontal_line_slopes_when_sheared_and_a_vertical_one_does_not() -> None:
    line = torch.zeros(1, 29, 29, dtype=torch.uint8)
    line[0, 14, 4:25] = 255
    sheared = warped(line, one(shear=0.2))[0].double()
    middle = (sheared * torch.arange(len(sheared))[:, None]).sum(0) / sheared.sum(0)
    slopes = middle.diff()[torch.isfinite(middle.diff())]
    assert float(slopes.mean()) == pytest.approx(0.2, abs=0.02)
    upright = warped(line.mT, one(shear=0.2))[0]
    assert int((upright > 0).any(dim=0).sum()) == 1


def test_the_numbers_fill_their_ranges_and_stay_in_them() -> None:
    draws = torch.rand(5000, 4, dtype=torch.float64)
    affine = affine_of(draws)
    for numbers, (low, high) in (
        (affine.rotation, (-ROTATION, ROTATION)),
        (affine.shear, (-SHEAR, SHEAR)),
        (affine.wide, STRETCH),
        (affine.high, STRETCH),
    ):
        width = high - low
        assert low <= float(numbers.min()) < low + 0.01 * width
        assert high - 0.01 * width < float(numbers.max()) <= high
        assert float(numbers.mean()) == pytest.approx((low + high) / 2, abs=0.03 * width)
    assert (ROTATION, SHEAR, STRETCH, FRAME) == (20, 0.2, (0.8, 1.2), 6), "affNIST's own"


def test_no_ink_is_lost_and_every_place_is_as_likely(test_digits: Digits) -> None:
    """A square of 8 x 8 pixels: its upper edge lies evenly over the places that keep it inside."""
    square = torch.zeros(3000, 28, 28, dtype=torch.uint8)
    square[:, 10:18, 10:18] = 200
    made = made_as_affnist_is(Digits(square, torch.zeros(3000, dtype=torch.int64)), seed=4)
    ink = made.images > 0
    rows, columns = ink.any(dim=2), ink.any(dim=1)
    ends = torch.stack([rows.int().argmax(1), columns.int().argmax(1)])
    spans = torch.stack([rows.sum(1), columns.sum(1)])
    places = ends / (40 - spans)  # 0: at the upper or left edge, 1: at the other
    assert float(places.min()) == 0
    assert float(places.max()) == 1
    assert float(places.mean()) == pytest.approx(0.5, abs=0.02)
    assert torch.histc(places.flatten().float(), 4, 0, 1).min() > 1350, "of 1,500 in each quarter"
    assert abs(float(torch.corrcoef(places)[0, 1])) < 0.05
    areas = made.images.sum(dim=(1, 2)) / (200 * 64)
    assert float(areas.min()) > 0.63, "0.8 times 0.8 at the least: nothing is cut off"

    digits = made_as_affnist_is(test_digits)
    assert digits.images.shape == (10_000, 40, 40)
    assert torch.equal(digits.labels, test_digits.labels)
    shares = digits.images.sum(dim=(1, 2)) / test_digits.images.sum(dim=(1, 2))
    assert 0.6 < float(shares.min()) < float(shares.max()) < 1.5


def test_a_set_follows_from_its_seed_and_its_first_digits_from_themselves(digits: Digits) -> None:
    made = made_as_affnist_is(digits, seed=7)
    assert torch.equal(made.images, made_as_affnist_is(digits, seed=7).images)
    few = made_as_affnist_is(Digits(digits.images[:20], digits.labels[:20]), seed=7)
    assert torch.equal(few.images, made.images[:20])
    assert not torch.equal(made_as_affnist_is(digits, seed=8).images, made.images)


def test_the_set_of_seed_0_is_the_same_on_every_machine(digits: Digits) -> None:
    few = made_as_affnist_is(Digits(digits.images[:4], digits.labels[:4])).images.long()
    places = torch.arange(40)
    assert [int(few.sum()), *(few.sum(dim=2) * places).sum(dim=1).tolist()] == SEED_0


def test_a_blank_picture_stays_blank_and_ink_that_does_not_fit_is_refused() -> None:
    labels = torch.zeros(1, dtype=torch.int64)
    assert not made_as_affnist_is(Digits(torch.zeros(1, 28, 28, dtype=torch.uint8), labels)).images.any()
    with pytest.raises(ValueError, match="does not fit into 28"):
        made_as_affnist_is(Digits(torch.full((1, 28, 28), 255, dtype=torch.uint8), labels), seed=1, frame=0)


# The ink of the first four digits of the set of seed 0, and of each the sum of its pixels times their rows.
SEED_0 = [93_222, 408_477, 544_015, 173_607, 465_659]
