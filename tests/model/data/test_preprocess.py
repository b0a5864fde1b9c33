"""MNIST's recipe on shapes whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from model.data.datasets import Digits, to_unit
from model.data.photographs import ink_of_image
from model.data.preprocess import INK_THRESHOLD, BlankDrawingError, FloatArray, has_ink, preprocess


def drawing(height: int, width: int, box: tuple[int, int, int, int]) -> FloatArray:
    """A blank sheet with one rectangle of full ink: top, left, bottom, right."""
    ink = np.zeros((height, width), dtype=np.float32)
    top, left, bottom, right = box
    ink[top:bottom, left:right] = 1
    return ink


def stroke_like() -> FloatArray:
    """A lopsided 7 with soft edges, on 280 x 280."""
    ink = drawing(280, 280, (40, 60, 64, 200)) + drawing(280, 280, (64, 176, 240, 200))
    blurred = sum(np.roll(ink, (dy, dx), axis=(0, 1)) for dy in (-1, 0, 1) for dx in (-1, 0, 1))
    return np.asarray(blurred / 9, dtype=np.float32)


def box_of(picture: FloatArray) -> tuple[int, int]:
    rows, columns = np.nonzero(picture)
    return int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1


def centre_of_mass(picture: FloatArray) -> tuple[float, float]:
    rows, columns = np.indices(picture.shape)
    return float((picture * rows).sum() / picture.sum()), float((picture * columns).sum() / picture.sum())


@pytest.mark.parametrize(
    ("ink", "box"),
    [
        (drawing(280, 280, (100, 100, 200, 200)), (20, 20)),
        (drawing(280, 280, (0, 0, 40, 40)), (20, 20)),
        (drawing(280, 280, (10, 30, 210, 50)), (20, 2)),
        (drawing(200, 400, (150, 100, 160, 350)), (1, 20)),
        (drawing(280, 280, (3, 270, 6, 272)), (20, 13)),
        (drawing(280, 280, (0, 0, 280, 280)), (20, 20)),
        (drawing(280, 280, (17, 44, 18, 45)), (20, 20)),
        (drawing(1, 1, (0, 0, 1, 1)), (20, 20)),
        (drawing(28, 28, (0, 27, 28, 28)), (20, 1)),
    ],
    ids=["square", "corner", "bar", "low bar", "tiny", "full frame", "one pixel", "one by one", "edge"],
)
def test_a_rectangle_fills_its_box(ink: FloatArray, box: tuple[int, int]) -> None:
    picture = preprocess(ink)
    assert picture.shape == (28, 28)
    assert picture.dtype == np.float32
    assert box_of(picture) == box
    assert picture[picture > 0] == pytest.approx(1, abs=1e-6)
    assert centre_of_mass(picture) == pytest.approx((14, 14), abs=0.5)


def test_the_centre_of_mass_falls_on_pixel_14() -> None:
    assert centre_of_mass(preprocess(stroke_like())) == pytest.approx((14, 14), abs=0.5)


def test_a_heavy_corner_stays_inside_the_frame() -> None:
    ink = drawing(280, 280, (0, 0, 280, 8)) + drawing(280, 280, (0, 8, 280, 280)) * np.float32(0.11)
    picture = preprocess(ink)
    assert box_of(picture) == (20, 20)


def test_area_averaging_keeps_the_mass() -> None:
    ink = stroke_like()
    rows, columns = np.nonzero(ink >= 0.1)
    scale = 20 / (np.ptp(rows) + 1)
    height, width = 20, round((np.ptp(columns) + 1) * scale)
    kept = ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    assert preprocess(ink).sum() == pytest.approx(kept.mean() * height * width, rel=1e-5)


def test_area_averaging_is_exact() -> None:
    """Each new pixel is the mean of a block of 5 x 5 old ones."""
    ink = np.random.default_rng(0).uniform(0.2, 1, (100, 100)).astype(np.float32)
    blocks = ink.reshape(20, 5, 20, 5).mean(axis=(1, 3))
    picture = preprocess(ink)
    rows, columns = np.nonzero(picture)
    np.testing.assert_allclose(
        picture[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1], blocks, rtol=1e-5
    )


@pytest.mark.parametrize("enlarged", [1, 2, 3])
def test_where_and_how_large_a_digit_is_drawn_makes_no_difference(enlarged: int) -> None:
    larger = np.kron(stroke_like(), np.ones((enlarged, enlarged), dtype=np.float32))
    elsewhere = np.pad(larger, ((90, 7), (0, 200)))
    np.testing.assert_allclose(preprocess(elsewhere), preprocess(stroke_like()), atol=1e-5)


@pytest.mark.parametrize("ink", [np.zeros((5, 5)), np.full((280, 280), 0.09)])
def test_a_blank_drawing_is_no_digit(ink: FloatArray) -> None:
    with pytest.raises(BlankDrawingError, match="blank"):
        preprocess(ink.astype(np.float32))


def test_ink_is_found_in_every_kind_of_picture() -> None:
    """Black on white, white on black, transparent, palette and 16-bit: one drawing, one answer."""
    ink = np.round(stroke_like() * 255).astype(np.uint8)
    light, dark = Image.fromarray(ink), Image.fromarray(255 - ink)
    clear = Image.new("RGBA", light.size, (30, 60, 90, 255))
    clear.putalpha(light)
    coloured = Image.merge("RGB", (dark, dark, Image.new("L", dark.size, 255)))
    deep = Image.fromarray((255 - ink).astype(np.uint16) * 257)
    expected = ink / np.float32(255)
    for picture in (light, dark, clear, coloured, dark.convert("P"), dark.convert("LA"), deep):
        np.testing.assert_allclose(ink_of_image(picture), expected, atol=0.02, err_msg=picture.mode)
    np.testing.assert_allclose(preprocess(ink_of_image(dark)), preprocess(ink_of_image(clear)), atol=1e-3)


@pytest.mark.parametrize(
    "picture",
    [
        Image.new("L", (50, 40), 255),
        Image.new("L", (50, 40), 0),
        Image.new("RGB", (1, 1), (9, 200, 7)),
        Image.new("RGBA", (280, 280), (0, 0, 0, 0)),
        Image.fromarray(np.linspace(120, 124, 64 * 64).reshape(64, 64).astype(np.uint8)),
    ],
    ids=["white", "black", "one pixel", "transparent", "nearly even"],
)
def test_a_picture_in_which_nothing_stands_out_is_blank(picture: Image.Image) -> None:
    with pytest.raises(BlankDrawingError):
        preprocess(ink_of_image(picture))


def test_the_grain_of_the_paper_is_no_ink() -> None:
    grain = np.random.default_rng(0).normal(235, 4, (280, 280))
    paper = np.clip(grain - 200 * stroke_like(), 0, 255).astype(np.uint8)
    seen = preprocess(ink_of_image(Image.fromarray(paper)))
    clean = preprocess(stroke_like())
    assert np.abs(seen - clean).mean() < 0.02
    assert box_of(seen) == box_of(clean)


def test_mnists_own_digits_pass_through_nearly_unchanged(test_digits: Digits) -> None:
    digits = to_unit(test_digits.images[:500]).numpy()
    differences = np.array([np.abs(preprocess(digit) - digit).mean() for digit in digits])
    assert np.mean(differences < 1e-6) > 0.75  # most come out as they went in
    assert np.mean(differences < 0.002) > 0.98  # a few have a faint rim, cut off here


@pytest.mark.parametrize("darkest", [0.0, 0.09, INK_THRESHOLD, 0.11])
def test_what_has_no_ink_cannot_be_prepared(darkest: float) -> None:
    picture = np.eye(4, dtype=np.float32) * np.float32(darkest)
    assert has_ink(picture) == (darkest >= INK_THRESHOLD)
    if has_ink(picture):
        assert preprocess(picture).any()
    else:
        with pytest.raises(BlankDrawingError):
            preprocess(picture)


def test_no_pixels_are_no_ink() -> None:
    assert not has_ink(np.zeros((0, 0), dtype=np.float32))
