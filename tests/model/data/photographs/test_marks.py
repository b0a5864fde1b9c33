"""Which marks of a picture are the digit's, in pictures of a few rectangles."""

from __future__ import annotations

import time

import numpy as np
import numpy.typing as npt
from PIL import Image

from model.data.photographs import read_picture
from model.data.photographs.marks import choose, find_marks, of_the_sheet


def paper(side: int = 512) -> npt.NDArray[np.uint8]:
    return np.full((side, side), 255, dtype=np.uint8)


def test_thousands_of_dots_take_no_longer_than_a_few() -> None:
    """Each of the 3,844 dots is heavy enough to be a part of the thin bar, and next to another."""
    picture = paper()
    for top in range(2, 510, 8):
        for left in range(2, 510, 8):
            picture[top : top + 3, left : left + 3] = 0
    picture[250:253, 160:340] = 0
    begin = time.process_time()
    reading = read_picture(Image.fromarray(picture))
    assert time.process_time() - begin < 1.5
    assert reading.doubts == ["no_clear_digit"]


def test_only_the_heaviest_marks_are_looked_at() -> None:
    response = np.zeros((100, 100), dtype=np.float32)
    for k in range(60):
        top, left = 4 + 9 * (k // 10), 4 + 9 * (k % 10)
        response[top : top + 3, left : left + 3] = 10 + k
    labels, marks = find_marks(response, 5.0)
    assert labels.max() == 60
    assert [mark.index for mark in marks] == list(range(11, 61))


def test_a_dot_near_the_stroke_is_a_part_and_one_far_away_is_none() -> None:
    response = np.zeros((200, 200), dtype=np.float32)
    response[80:140, 96:102] = 100
    response[66:72, 96:102] = 100  # the dot of an i
    response[20:26, 20:26] = 100
    chosen = choose(response, 20.0)
    assert chosen is not None
    assert chosen.kept.sum() == 60 * 6 + 6 * 6
    assert chosen.kept[66:72, 96:102].all()
    assert not chosen.kept[:60].any()
    assert chosen.left_out[20:26, 20:26].all()
    assert chosen.rival > 0


def test_a_frame_is_of_the_sheet_and_the_stroke_in_it_is_not() -> None:
    response = np.zeros((200, 200), dtype=np.float32)
    response[20:180, 20:180] = 100
    response[24:176, 24:176] = 0
    response[80:140, 96:102] = 100
    _, (frame, stroke) = find_marks(response, 20.0)
    assert of_the_sheet(frame, response.shape)
    assert not of_the_sheet(stroke, response.shape)
    chosen = choose(response, 20.0)
    assert chosen is not None
    np.testing.assert_array_equal(np.argwhere(chosen.kept).min(axis=0), [80, 96])
    np.testing.assert_array_equal(np.argwhere(chosen.kept).max(axis=0), [139, 101])


def test_a_zero_is_no_frame() -> None:
    """An ellipse of the same size does not lie along its box."""
    rows, columns = np.mgrid[:200, :200]
    away = np.hypot((rows - 100) / 80, (columns - 100) / 60)
    response = np.where((away < 1) & (away > 0.88), 100, 0).astype(np.float32)
    _, (zero,) = find_marks(response, 20.0)
    assert not of_the_sheet(zero, response.shape)
