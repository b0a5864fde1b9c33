"""Viewpoints: what they do to a picture is what a slow reference does, and what geometry says of its moments."""

from __future__ import annotations

import math
from dataclasses import fields
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import torch
from scipy.ndimage import affine_transform, grey_dilation, grey_erosion, zoom
from torch import Tensor

from model.data.datasets import Digits, to_unit
from model.data.viewpoints import PIECES, TRANSFORMATIONS, Pieces, Viewpoint, see
from model.explaining.viewpoints import viewpoint_at

Picture = npt.NDArray[np.float64]

# One amount of each transformation to either side of its rest, and all of them together.
PLACES: list[dict[str, float]] = [
    {"scale": 0.7},
    {"scale": 1.15},
    {"stretch": 0.8},
    {"stretch": 1.4},
    {"shear": -0.6},
    {"shear": 0.6},
    {"rotation": -40},
    {"rotation": 25},
    {"right": 3.4},
    {"down": -2.7},
    {"scale": 0.8, "stretch": 1.2, "shear": 0.3, "rotation": 30, "right": -2.5, "down": 1.5},
]


@pytest.fixture(scope="module")
def digits(test_digits: Digits) -> Tensor:
    """The first 12 test digits, (12, 28, 28) in [0, 1]."""
    return to_unit(test_digits.images[:12])


def moments(picture: Picture) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Where the middle of the ink lies, (right, down) from the picture's middle, and the ink's covariance (2, 2)."""
    down, right = (np.indices(picture.shape) - (len(picture) - 1) / 2).astype(np.float64)
    share = picture / picture.sum()
    middle = np.array([(share * right).sum(), (share * down).sum()])
    beside = np.stack([right - middle[0], down - middle[1]])
    return middle, np.einsum("hw,ahw,bhw->ab", share, beside, beside)


def leaves(picture: Picture) -> bool:
    """Whether ink lies at the edge, so that some may lie beyond it."""
    return bool(picture[[0, -1]].any() or picture[:, [0, -1]].any())


def seen(digit: Tensor, **numbers: Any) -> Picture:
    picture: Picture = see(digit, [Viewpoint(**numbers)])[0].double().numpy()
    return picture


def matrix_by_hand(numbers: dict[str, float]) -> npt.NDArray[np.float64]:
    """Turned after sheared after stretched after scaled; columns (right, down)."""
    at = {name: numbers.get(name, each.rest) for name, each in TRANSFORMATIONS.items()}
    angle = math.radians(at["rotation"])
    turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])  # down is down
    lean = np.array([[1, -at["shear"]], [0, 1]])
    wide = np.array([[math.sqrt(at["stretch"]), 0], [0, 1 / math.sqrt(at["stretch"])]])
    product: npt.NDArray[np.float64] = turn @ lean @ wide @ (at["scale"] * np.eye(2))
    return product


def test_the_fields_are_the_transformations_in_their_order() -> None:
    assert [field.name for field in fields(Viewpoint)] == [*TRANSFORMATIONS, "pieces"]
    for name, each in TRANSFORMATIONS.items():
        assert getattr(Viewpoint(), name) == each.rest
        assert each.low < each.rest < each.high


def test_at_rest_nothing_changes(digits: Tensor) -> None:
    for digit in digits:
        assert torch.equal(see(digit, [Viewpoint(), Viewpoint(rotation=0.0, right=0.0)]), digit.expand(2, 28, 28))


@pytest.mark.parametrize(("right", "down"), [(3, 0), (-10, 0), (0, 7), (0, -1), (-4, 9)])
def test_shifts_by_whole_pixels_are_exact(digits: Tensor, right: int, down: int) -> None:
    for digit in digits:
        framed = np.pad(digit.numpy(), 10)
        expected = np.roll(framed, (down, right), axis=(0, 1))[10:-10, 10:-10]
        np.testing.assert_array_equal(see(digit, [Viewpoint(right=right, down=down)])[0].numpy(), expected)


def test_quarter_turns_are_exact(digits: Tensor) -> None:
    left, right = see(digits[0], [Viewpoint(rotation=90), Viewpoint(rotation=-90)])
    assert torch.equal(left, torch.rot90(digits[0]))  # anticlockwise
    assert torch.equal(right, torch.rot90(digits[0], -1))


@pytest.mark.parametrize("numbers", PLACES, ids=str)
def test_a_picture_is_that_of_a_slow_reference(digits: Tensor, numbers: dict[str, float]) -> None:
    """scipy's cubic spline is another bicubic kernel: strokes agree, single pixels at their edges differ a little."""
    backwards = np.linalg.inv(matrix_by_hand(numbers))[::-1, ::-1]  # of (down, right)
    shift = np.array([numbers.get("down", 0.0), numbers.get("right", 0.0)])
    middle = np.array([13.5, 13.5])
    offset = middle - backwards @ (middle + shift)
    for digit in digits:
        expected = affine_transform(digit.double().numpy(), backwards, offset, order=3, mode="grid-constant")
        found = seen(digit, **numbers)
        apart = np.abs(found - expected.clip(0, 1))
        assert apart.sum() < 0.04 * expected.sum()
        assert apart.max() < 0.2


@pytest.mark.parametrize("numbers", PLACES, ids=str)
def test_the_ink_goes_where_the_matrix_says(digits: Tensor, numbers: dict[str, Any]) -> None:
    """No reference picture: the middle and the spread of the ink are moved by the matrix itself."""
    matrix = matrix_by_hand(numbers)
    np.testing.assert_allclose(Viewpoint(**numbers).matrix, matrix, atol=1e-12)
    shift = np.array([numbers.get("right", 0.0), numbers.get("down", 0.0)])
    whole = [(digit, picture) for digit in digits if not leaves(picture := seen(digit, **numbers))]
    assert len(whole) >= 3
    for digit, picture in whole:
        middle, spread = moments(digit.double().numpy())
        found_middle, found_spread = moments(picture)
        np.testing.assert_allclose(found_middle, matrix @ middle + shift, atol=0.15)
        np.testing.assert_allclose(found_spread, matrix @ spread @ matrix.T, atol=0.03 * np.trace(found_spread))


def test_each_transformation_goes_the_way_that_its_name_says(digits: Tensor) -> None:
    one = digits[2].double().numpy()  # an upright 1 that leans right
    (_, spread), (_, leant) = moments(one), moments(seen(digits[2], shear=0.5))
    assert leant[0, 1] < spread[0, 1]  # higher is further right, and down is positive
    (_, wide), (_, narrow) = moments(seen(digits[2], stretch=1.5)), moments(seen(digits[2], stretch=0.7))
    assert wide[0, 0] / wide[1, 1] > spread[0, 0] / spread[1, 1] > narrow[0, 0] / narrow[1, 1]
    assert moments(seen(digits[2], right=2))[0][0] - moments(one)[0][0] == pytest.approx(2, abs=1e-6)
    assert moments(seen(digits[2], down=2))[0][1] - moments(one)[0][1] == pytest.approx(2, abs=1e-6)


@pytest.mark.parametrize("amount", [-1.0, -0.5, 0.4, 1.0, 1.5])
def test_strokes_grow_on_both_sides(amount: float) -> None:
    """A bar of known width, with grey edges."""
    bar = torch.zeros(28, 28)
    bar[:, 11:17], bar[:, 10], bar[:, 17] = 1, 0.5, 0.5  # 7 pixels wide
    widths = seen(bar, thickness=amount)[6:-6].sum(axis=1)  # away from its ends
    np.testing.assert_allclose(widths, 7 + 2 * amount, atol=0.25)


@pytest.mark.parametrize("amount", [-0.5, 0.5, 1.0, 1.5])
def test_thickness_is_that_of_a_slow_reference(digits: Tensor, amount: float) -> None:
    """The largest or smallest number of a disc, of a picture made nine times as large."""
    times = 9
    reach = np.arange(-2 * times, 2 * times + 1)
    disc = reach[:, None] ** 2 + reach**2 <= (abs(amount) * times) ** 2
    for digit in digits[:6]:
        large = zoom(digit.double().numpy(), times, order=3, grid_mode=True, mode="grid-constant")
        moved = (grey_dilation if amount > 0 else grey_erosion)(large, footprint=disc)
        expected = moved[times // 2 :: times, times // 2 :: times].clip(0, 1)  # at the middle of each pixel
        apart = np.abs(seen(digit, thickness=amount) - expected)
        assert apart.sum() < 0.08 * expected.sum()
        assert apart.max() < 0.15


def test_thickness_goes_first_and_each_picture_has_its_own(digits: Tensor) -> None:
    several = [Viewpoint(thickness=1.0, right=3), Viewpoint(right=3), Viewpoint(thickness=-0.5), Viewpoint(thickness=1)]
    found = see(digits[3], several)
    for picture, viewpoint in zip(found, several, strict=True):
        torch.testing.assert_close(picture, see(digits[3], [viewpoint])[0], rtol=0, atol=1e-6)
    thick = see(digits[3], [Viewpoint(thickness=1)])[0]
    torch.testing.assert_close(found[0], see(thick, [Viewpoint(right=3)])[0], rtol=0, atol=1e-6)
    inks = [float(picture.sum()) for picture in see(digits[3], [Viewpoint(thickness=k / 4) for k in range(-4, 7)])]
    assert all(before < after for before, after in pairwise(inks))


def by_hand(picture: Picture, pieces: Pieces) -> Picture:
    a, b, c, d = picture[:14, :14], picture[:14, 14:], picture[14:, 14:], picture[14:, :14]  # clockwise
    match pieces:
        case "top-bottom":
            return np.block([[d, c], [a, b]])
        case "left-right":
            return np.block([[b, a], [c, d]])
        case "quarters":
            return np.block([[d, a], [c, b]])
        case _:
            return picture


@pytest.mark.parametrize("pieces", ["whole", "top-bottom", "left-right", "quarters"])
def test_pieces_change_places_after_everything_else(digits: Tensor, pieces: Pieces) -> None:
    for digit in digits[:4]:
        turned = seen(digit, rotation=20, right=2)
        np.testing.assert_array_equal(seen(digit, rotation=20, right=2, pieces=pieces), by_hand(turned, pieces))


def test_strips_are_shuffled_and_none_lies_where_it_lay() -> None:
    picture = torch.arange(28.0)[:, None].expand(28, 28) / 27  # each row tells its number
    rows = np.rint(27 * seen(picture, pieces="strips")[:, 0]).astype(int)
    strips = rows.reshape(7, 4)
    assert sorted(rows) == list(range(28))
    assert (strips[:, 1:] - strips[:, :-1] == 1).all()  # no strip is turned or cut
    order = (strips[:, 0] // 4).tolist()
    assert all(place != k for place, k in enumerate(order))
    assert all(after != before + 1 for before, after in pairwise(order))


@pytest.mark.parametrize("pieces", PIECES)
def test_other_sizes_lose_no_pixel(pieces: Pieces) -> None:
    picture = torch.arange(25.0 * 25).view(25, 25) / 625
    found = see(picture, [Viewpoint(pieces=pieces)])[0]
    assert found.flatten().sort().values.equal(picture.flatten())
    assert torch.equal(found, picture) == (pieces == "whole")


def test_pictures_stay_in_their_range_and_leave_by_the_edge(digits: Tensor) -> None:
    ends = [viewpoint_at(name, end) for name, each in TRANSFORMATIONS.items() for end in (each.low, each.high)]
    found = see(digits[0], ends)
    assert found.shape == (14, 28, 28)
    assert found.dtype == digits.dtype
    assert 0 <= float(found.min()) <= float(found.max()) <= 1
    far = see(digits[0], [Viewpoint(right=10)])[0]
    assert float(far.sum()) < float(digits[0].sum())
    assert not far[:, :10].any()


@pytest.mark.parametrize("name", TRANSFORMATIONS)
@pytest.mark.parametrize("wrong", ["low", "high", "nan", "inf"])
def test_what_is_out_of_range_is_refused_by_name(name: str, wrong: str) -> None:
    each = TRANSFORMATIONS[name]
    amount = {"low": each.low - 0.01, "high": each.high + 0.01, "nan": math.nan, "inf": math.inf}[wrong]
    with pytest.raises(ValueError, match=f"^{name}: It goes from"):
        viewpoint_at(name, amount)


def test_pieces_that_there_are_not_are_refused() -> None:
    unknown: Any = "thirds"
    with pytest.raises(ValueError, match="and no 'thirds'"):
        Viewpoint(pieces=unknown)
