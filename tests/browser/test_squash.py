"""What the squash does: the sums before it and the lengths after it, held against a trace that the test asks for."""

from __future__ import annotations

import re

import numpy as np
from playwright.sync_api import Page, expect

from tests.browser.asking import trace_of_digit
from tests.browser.eyes import ink, picture
from tests.browser.waiting import at_rest, open_digit, open_section, until

DIGIT = 18
ITERATIONS = 3


def test_the_numbers_are_those_of_the_weighted_sum(page: Page) -> None:
    open_digit(page, DIGIT, f"&iterations={ITERATIONS}")
    open_section(page, "squash")
    at_rest(page)
    trace = trace_of_digit(page, DIGIT, ITERATIONS)
    length = trace.lengths[-1, trace.label]
    before = (trace.coupling_coefficients * trace.agreement)[-1, :, trace.label].sum() / length  # s along v is all of s
    said = page.locator("#squash-numbers").inner_text()
    found = [float(number) for number in re.findall(r"\d+\.\d+", said)]
    np.testing.assert_allclose([found[0], found[-1]], [before, length], rtol=0.005, err_msg=said)
    assert ink(page.locator("#squash-curve")) > 200


def test_the_dots_follow_the_iterations_and_the_selected_class(page: Page) -> None:
    open_digit(page, DIGIT)
    open_section(page, "squash")
    at_rest(page)
    curve = page.locator("#squash-curve")
    before = picture(curve)
    page.keyboard.press(",")
    until(lambda: picture(curve) != before, "the dots move with the iterations")
    expect(curve).to_have_attribute("aria-label", re.compile("Iteration 2 of 3"))
    page.keyboard.press("0")
    expect(page.locator("#squash-numbers")).to_contain_text("class 0")


def test_without_a_drawing_there_is_nothing_to_tell(page: Page) -> None:
    open_digit(page, DIGIT)
    open_section(page, "squash")
    expect(page.locator("#squash-numbers")).to_contain_text("‖s‖")
    page.keyboard.press("c")
    expect(page.locator("#squash-numbers")).to_have_text("")
