"""The measures of drawn shapes whose answers are known."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from model.data.datasets import Digits, to_unit
from model.explaining.morphometrics import measure
from model.explaining.profiles import measure_grey
from model.explaining.sights import MEASURES, NAMES

Array = npt.NDArray[np.float64]

FINE = 8  # points to a pixel's side, of which each drawn pixel is the mean
SIZE = 28


def points() -> tuple[Array, Array]:
    """The places of all points of a picture, in pixels: x to the right and y down."""
    places = (np.arange(SIZE * FINE) + 0.5) / FINE
    x, y = np.meshgrid(places, places)
    return x, y


def drawn(inside: npt.NDArray[np.bool_]) -> Array:
    picture: Array = inside.reshape(SIZE, FINE, SIZE, FINE).mean(axis=(1, 3))
    return picture


def bar(thickness: float, angle: float = 0, length: float = 16, x: float = 14, y: float = 14) -> Array:
    """A round-ended stroke whose middle line has this length and leans by `angle` degrees to the right."""
    across, down = points()
    turn = np.radians(angle)
    along = (across - x) * np.sin(turn) - (down - y) * np.cos(turn)
    beside = (across - x) * np.cos(turn) + (down - y) * np.sin(turn)
    beyond = np.maximum(np.abs(along) - length / 2, 0)
    return drawn(beside**2 + beyond**2 <= (thickness / 2) ** 2)


def sheared_box(width: float, height: float, angle: float) -> Array:
    """A filled parallelogram that leans by `angle` degrees to the right."""
    across, down = points()
    upright = across - 14 + (down - 14) * np.tan(np.radians(angle))
    return drawn((np.abs(upright) <= width / 2) & (np.abs(down - 14) <= height / 2))


def sheared_frame(width: float, height: float, angle: float) -> Array:
    """The frame of such a parallelogram, two pixels thick from left to right and from top to bottom."""
    return sheared_box(width, height, angle) - sheared_box(width - 4, height - 4, angle)


def ring(outer: float, inner: float) -> Array:
    across, down = points()
    radius = np.hypot(across - 14, down - 14)
    return drawn((radius <= outer) & (radius >= inner))


def measured(picture: Array) -> dict[str, float]:
    return dict(zip(NAMES, measure(picture[None])[0].tolist(), strict=True))


@pytest.mark.parametrize("thickness", [2, 3, 4, 5])
@pytest.mark.parametrize("angle", [-35, -20, -7, 0, 10, 20, 30])
def test_a_leaning_bar(thickness: float, angle: float) -> None:
    found = measured(bar(thickness, angle))
    assert found["thickness"] == pytest.approx(thickness, abs=0.3)
    assert found["slant"] == pytest.approx(angle, abs=0.6)  # however thick it is
    assert found["darkness"] == pytest.approx(1, abs=0.2)  # where the enlarging overshoots
    assert found["bend"] == pytest.approx(0, abs=0.3)
    assert found["loop"] == 0


@pytest.mark.parametrize("length", [8, 12, 18])
def test_a_longer_bar_is_taller(length: float) -> None:
    assert measured(bar(3, 0, length))["height"] == pytest.approx(length + 3, abs=0.7)


@pytest.mark.parametrize("angle", [-25, -10, 0, 15, 25])
@pytest.mark.parametrize(("width", "height"), [(6, 18), (10, 14), (12, 20)])
def test_the_box_leans_with_the_ink(width: float, height: float, angle: float) -> None:
    found = measured(sheared_frame(width, height, angle))
    assert found["slant"] == pytest.approx(angle, abs=1)
    assert found["width"] == pytest.approx(width, abs=0.6)
    assert found["height"] == pytest.approx(height, abs=0.5)
    assert found["loop"] ** 2 == pytest.approx((width - 4) * (height - 4), abs=2)
    assert (found["top"], found["bottom"]) == pytest.approx((width, width), abs=0.6)
    assert found["balance"] == pytest.approx(0, abs=0.1)


def test_a_block_leans_as_a_block_though_it_is_no_stroke() -> None:
    flat = measured(sheared_box(20, 3, 0))  # of which all spread from top to bottom is its thickness
    assert (flat["slant"], flat["width"], flat["height"]) == pytest.approx((0, 20, 3), abs=0.5)
    assert measured(sheared_box(6, 18, 20))["slant"] == pytest.approx(20, abs=2)


@pytest.mark.parametrize(("x", "y"), [(0, 0), (2, -1.5), (-3.25, 2), (0.5, 0.5)])
def test_a_shift_is_the_centre_of_mass_and_nothing_else(x: float, y: float) -> None:
    still, moved = measured(bar(3, 20, 12)), measured(bar(3, 20, 12, 14 + x, 14 + y))
    assert moved["x"] == pytest.approx(x, abs=0.05)
    assert moved["y"] == pytest.approx(y, abs=0.05)
    for name in ("thickness", "slant", "width", "height"):
        assert moved[name] == pytest.approx(still[name], abs=0.4)


@pytest.mark.parametrize(("outer", "inner"), [(9, 6), (8, 5.5), (7, 3)])
def test_a_ring_encloses_its_hole(outer: float, inner: float) -> None:
    found = measured(ring(outer, inner))
    assert found["loop"] ** 2 == pytest.approx(np.pi * inner**2, rel=0.05)
    assert found["thickness"] == pytest.approx(outer - inner, abs=0.3)
    assert found["width"] == pytest.approx(2 * outer, abs=0.6)


def test_ink_at_the_edge_of_the_picture_is_measured_too() -> None:
    assert measured(bar(3, 0, 40))["thickness"] == pytest.approx(3, abs=0.3)
    assert measured(bar(4, 0, 12, x=1))["thickness"] == pytest.approx(3, abs=0.3)  # a fourth of it lies outside


def test_a_picture_without_ink_measures_nothing_and_harms_no_other() -> None:
    table = measure(np.stack([np.zeros((28, 28)), np.full((28, 28), 0.7), bar(3)]))
    assert not table[:2].any()
    np.testing.assert_allclose(table[2], measure(bar(3)[None])[0], atol=1e-9)
    assert measure(np.zeros((0, 28, 28))).shape == (0, len(MEASURES))


def test_paler_ink_is_paler_and_nothing_else() -> None:
    full, pale = measured(bar(3, 20)), measured(0.4 * bar(3, 20))
    assert pale.pop("darkness") == pytest.approx(0.4 * full.pop("darkness"), abs=1e-4)
    assert pale == pytest.approx(full, abs=1e-6)


def level(angle: float, y: float, length: float = 12) -> Array:
    """A level stroke that rises to the right by `angle` degrees."""
    return bar(2.5, 90 - angle, length, y=y)


@pytest.mark.parametrize("measuring", [measure, measure_grey])
@pytest.mark.parametrize("angle", [-14, -6, 0, 8, 16])
def test_level_strokes_rise_to_the_right(measuring: Callable[[Array], Array], angle: float) -> None:
    foot = np.maximum(level(angle, 22), bar(2.5, 10, 14, y=12))
    found = dict(zip(NAMES, measuring(foot[None])[0], strict=True))
    assert found["tilt"] == pytest.approx(angle, abs=3)


@pytest.mark.parametrize("measuring", [measure, measure_grey])
def test_each_part_has_its_width(measuring: Callable[[Array], Array]) -> None:
    """A small ring on a large one, as an 8 has them; both leaning strokes and bent ones are tried elsewhere."""
    across, down = points()
    upper, lower = np.hypot(across - 14, down - 8.5), np.hypot(across - 14, down - 18)
    eight = np.maximum(drawn((upper <= 4) & (upper >= 2)), drawn((lower <= 6) & (lower >= 4)))
    found = dict(zip(NAMES, measuring(eight[None])[0], strict=True))
    assert found["loop"] == pytest.approx(np.sqrt(np.pi * (2**2 + 4**2)), rel=0.1)
    assert (found["top"], found["bottom"], found["width"]) == pytest.approx((8, 12, 12), abs=1)
    assert found["balance"] == pytest.approx(0.2, abs=0.35)  # more of the ink lies below


@pytest.mark.parametrize("measuring", [measure, measure_grey])
@pytest.mark.parametrize("bent", [-4, -2, 3, 5])
def test_a_bent_stroke_stands_out_to_its_side(measuring: Callable[[Array], Array], bent: float) -> None:
    across, down = points()
    middle = 14 + bent * (1 - ((down - 14) / 8) ** 2)
    stroke = drawn((np.abs(across - middle) <= 1.5) & (np.abs(down - 14) <= 8))
    found = dict(zip(NAMES, measuring(stroke[None])[0], strict=True))
    assert found["bend"] == pytest.approx(bent, rel=0.15)
    assert found["slant"] == pytest.approx(0, abs=1)


def test_two_ways_of_measuring_agree_on_real_digits(test_digits: Digits) -> None:
    """They share no code: what they both find is there. Within a class, since classes differ more than digits do."""
    for label, names in {
        1: ("thickness", "slant", "x", "y", "bend"),
        2: ("thickness", "slant", "width", "top", "bottom", "height", "tilt"),
        8: ("thickness", "slant", "width", "top", "bottom", "balance", "loop"),
    }.items():
        pictures = to_unit(test_digits.images[test_digits.labels == label][:80]).numpy()
        one, other = measure(pictures), measure_grey(pictures)
        for name in names:
            place = NAMES.index(name)
            least = 0.5 if name == "tilt" else 0.75 if name == "loop" else 0.9
            assert np.corrcoef(one[:, place], other[:, place])[0, 1] > least, (label, name)


def test_real_digits_measure_as_digits_do(test_digits: Digits) -> None:
    table = measure(to_unit(test_digits.images[:200]).numpy())
    values = dict(zip(NAMES, table.T, strict=True))
    assert np.isfinite(table).all()
    assert 1.8 < values["thickness"].mean() < 3  # Morpho-MNIST's plain digits: about 2.6
    assert 17 < values["height"].mean() < 20.5  # scaled to 20 pixels
    assert np.abs(values["x"] - 0.5).max() < 0.6  # MNIST's own recipe centres the mass on pixel 14, and so beyond 13.5
    zeros, ones = (test_digits.labels[:200] == label for label in (0, 1))
    assert values["loop"][zeros.numpy()].mean() > 7
    assert values["loop"][ones.numpy()].max() == 0
    assert values["darkness"].mean() > 0.9
