"""Lines leave a response, and what is written over them stays."""

from __future__ import annotations

import numpy as np

from model.data.photographs.lines import without_lines


def test_a_ruled_line_leaves_and_the_stroke_over_it_stays() -> None:
    response = np.zeros((200, 200), dtype=np.float32)
    response[120:122] = 40  # the rule
    response[60:160, 90:98] = 120  # the stroke
    left = without_lines(response, 20.0)
    assert not left.response[:, :88].any()
    assert not left.response[:, 100:].any()
    np.testing.assert_array_equal(left.response[60:115, 90:98], 120)
    assert left.response[120:122, 90:98].min() > 60
    assert left.mask[120:122, :88].all()
    assert not left.mask[:110].any()


def test_a_line_of_columns_leaves_as_one_of_rows_does() -> None:
    response = np.zeros((200, 160), dtype=np.float32)
    response[:, 40:42] = 50
    response[90:98, 60:120] = 120
    left = without_lines(response, 20.0)
    assert not left.response[:, 38:44].any()
    np.testing.assert_array_equal(left.response[90:98, 60:120], 120)


def test_a_stroke_that_does_not_cross_the_picture_is_no_line() -> None:
    response = np.zeros((200, 200), dtype=np.float32)
    response[100:104, 60:140] = 100
    left = without_lines(response, 20.0)
    np.testing.assert_array_equal(left.response, response)
    assert not left.mask.any()
