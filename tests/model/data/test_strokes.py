"""Pen strokes: reading them, drawing them, and the accuracy on them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from model.data.datasets import DataError, to_unit
from model.data.pendigits import PenDigit, read_pendigits
from model.data.strokes import PAD_SIZE, fit, render
from model.network.capsnet import CapsNet
from model.training.drawn import VALIDATION_WRITERS, DrawnEvaluation, as_seen, drawn_copies, evaluate_drawn

UNIPEN = """.INCLUDE        dene.doc

.LEXICON "0" "1" "2" "3" "4" "5" "6" "7" "8" "9"
.HIERARCHY      DIGIT

.SEGMENT DIGIT    0 ? "4"
.COMMENT 4 12  224
.PEN_DOWN
 100  400
 100  300
 200  300
.PEN_UP
.DT 100
.PEN_DOWN
 150  350
 150  200
.PEN_UP
.DT 100

.SEGMENT DIGIT    1 ? "1"
.COMMENT 1 7  3
.PEN_DOWN
 10  20
.PEN_UP
.PEN_DOWN
.PEN_UP
.DT 100
"""


@pytest.fixture
def unipen(tmp_path: Path) -> Path:
    path = tmp_path / "pen.tra"
    path.write_text(UNIPEN, encoding="utf-8")
    return path


def test_pen_digits_are_read_stroke_by_stroke(unipen: Path) -> None:
    four, one = read_pendigits(unipen)
    assert (four.label, four.writer, one.label, one.writer) == (4, 12, 1, 7)
    assert [stroke.tolist() for stroke in four.strokes] == [
        [[100, -400], [100, -300], [200, -300]],
        [[150, -350], [150, -200]],
    ]
    assert [stroke.tolist() for stroke in one.strokes] == [[[10, -20]]]


def test_a_file_without_digits_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.txt"
    path.write_text("x y\n1 2\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"other\.txt is no file of pen digits: it holds no digit"):
        list(read_pendigits(path))


def test_fit_fills_the_pad_but_for_the_margin() -> None:
    strokes = [np.array([[100.0, -400], [100, -300]]), np.array([[120.0, -350], [130, -350]])]
    points = np.concatenate(fit(strokes, margin=0.15))
    assert points[:, 1].min() == pytest.approx(0.15)
    assert points[:, 1].max() == pytest.approx(0.85)
    assert np.ptp(points[:, 0]) == pytest.approx(0.7 * 30 / 100)
    assert (points[:, 0].min() + points[:, 0].max()) / 2 == pytest.approx(0.5)


def test_fit_puts_a_single_point_in_the_middle() -> None:
    np.testing.assert_allclose(fit([np.array([[7.0, 9.0]])])[0], [[0.5, 0.5]])


def test_a_point_is_drawn_as_a_disc() -> None:
    ink = render([np.array([[0.5, 0.5]])], pen_width=0.1)
    assert ink.shape == (PAD_SIZE, PAD_SIZE)
    assert ink.sum() == pytest.approx(np.pi * 14**2, rel=0.03)


def test_a_line_is_as_wide_as_the_pen_with_round_ends() -> None:
    ink = render([np.array([[0.2, 0.5], [0.8, 0.5]])], pen_width=0.1)
    assert ink[:, 140].sum() == pytest.approx(28, abs=1)
    assert ink[140].sum() == pytest.approx(0.6 * 280 + 28, abs=1)
    assert (ink.min(), ink.max()) == (0, 1)


def test_strokes_are_smoothed_through_the_midpoints() -> None:
    """A right angle is rounded off: its corner stays without ink, the midpoints keep theirs."""
    ink = render([np.array([[0.2, 0.2], [0.8, 0.2], [0.8, 0.8]])], pen_width=0.02)
    assert ink[56, 140] == 1
    assert ink[140, 224] == 1
    assert ink[56, 224] == 0


def test_what_the_network_sees_of_a_pen_digit(unipen: Path) -> None:
    seen = as_seen(next(read_pendigits(unipen)))
    assert seen.shape == (28, 28)
    assert np.flatnonzero(seen.max(axis=1)).size == 20


def pens() -> list[PenDigit]:
    """The legible ones among the strokes that ship for the tests."""
    entries = json.loads(
        (Path(__file__).parent.parent.parent / "data" / "pen_strokes.json").read_text(encoding="utf-8")
    )
    return [
        PenDigit(entry["label"], entry["writer"], [np.array(stroke) for stroke in entry["strokes"]])
        for entry in entries
        if not entry["hard"]
    ]


def test_legible_pen_digits_are_recognised(network: CapsNet) -> None:
    result = evaluate_drawn(network, pens(), batch_size=7)
    assert result.labels.tolist() == [digit.label for digit in pens()]
    assert result.accuracy >= 95


def test_the_accuracy_of_each_digit_and_writer() -> None:
    result = DrawnEvaluation(torch.tensor([1, 1, 2, 2]), torch.tensor([5, 6, 5, 6]), torch.tensor([1, 7, 2, 2]))
    assert result.accuracy == 75
    assert result.by_label() == {1: 50, 2: 100}
    assert result.by_writer() == {5: 100, 6: 50}


def test_nothing_to_evaluate_is_refused(network: CapsNet) -> None:
    with pytest.raises(ValueError, match="no drawn digits"):
        evaluate_drawn(network, [])


def test_copies_of_a_pen_digit_differ_and_follow_from_the_seed() -> None:
    digits = pens()[:3]
    copies = drawn_copies(digits, 4, seed=1)
    assert copies.images.shape == (12, 28, 28)
    assert copies.images.dtype == torch.uint8
    assert copies.labels.tolist() == [digit.label for digit in digits for _ in range(4)]
    assert len({picture.numpy().tobytes() for picture in copies.images}) == 12
    assert torch.equal(copies.images, drawn_copies(digits, 4, seed=1).images)
    assert not torch.equal(copies.images, drawn_copies(digits, 4, seed=2).images)
    ink = copies.images.double().sum(dim=(1, 2))
    assert ink.max() > 1.5 * ink.min()  # pens of several widths


def test_copies_stay_legible(network: CapsNet) -> None:
    copies = drawn_copies(pens(), 5, seed=3)
    accuracy = (network.predict(to_unit(copies.images)) == copies.labels).double().mean()
    assert accuracy > 0.8


def test_every_fifth_writer_validates() -> None:
    assert sorted(VALIDATION_WRITERS) == [5, 10, 15, 20, 25, 30]


def test_pictures_of_strokes_reach_the_network_in_0_to_1() -> None:
    seen: list[Tensor] = [torch.from_numpy(as_seen(digit)) for digit in pens()[:4]]
    assert all(0.9 < float(picture.max()) <= 1 and float(picture.min()) == 0 for picture in seen)
