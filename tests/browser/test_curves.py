"""What the iterations change: the four plots, held against a trace that the test asks for itself."""

from __future__ import annotations

import re

import numpy as np
from playwright.sync_api import Page, expect

from tests.browser.asking import Array, trace_of_digit
from tests.browser.eyes import ink, picture
from tests.browser.waiting import at_rest, open_digit, open_section, until

PLOTS = ("lengths", "margin", "entropy", "change")
DIGIT = 18
ITERATIONS = 4


def test_the_plots_show_the_numbers_of_the_trace(page: Page) -> None:
    open_digit(page, DIGIT, f"&iterations={ITERATIONS}")
    open_section(page, "curves")
    at_rest(page)
    trace = trace_of_digit(page, DIGIT, ITERATIONS)
    own = trace.lengths[:, trace.label]
    others = np.delete(trace.lengths, trace.label, axis=1).max(axis=1)
    bits = -(trace.coupling_coefficients * np.log2(trace.coupling_coefficients)).sum(axis=2)
    assert_said(page, "lengths", own, 0.006)
    assert_said(page, "margin", own - others, 0.006)
    assert_said(page, "entropy", np.concatenate([bits.mean(axis=1), bits.min(axis=1)]), 0.016)
    assert_said(page, "change", np.abs(trace.agreement).mean(axis=(1, 2)), 0.1 * np.abs(trace.agreement).mean())
    for name in PLOTS:
        assert ink(page.locator(f"#curve-{name}")) > 100, name


def test_the_plots_follow_the_playhead_and_the_chosen_class(page: Page) -> None:
    open_digit(page, DIGIT)
    open_section(page, "curves")
    at_rest(page)
    margin = page.locator("#curve-margin")
    before = picture(margin)
    page.keyboard.press(",")
    until(lambda: picture(margin) != before, "the playhead's line moves")
    said = margin.get_attribute("aria-label") or ""
    open_digit(page, DIGIT, "&class=0")
    open_section(page, "curves")
    expect(margin).not_to_have_attribute("aria-label", said)
    expect(margin).to_have_attribute("aria-label", re.compile("Lead of the class capsule of 0 over"))


def assert_said(page: Page, plot: str, expected: Array, tolerance: float) -> None:
    """The numbers in the plot's description, those of a power of ten as one."""
    said = page.locator(f"#curve-{plot}").get_attribute("aria-label") or ""
    numbers = re.findall(r"(−?\d+\.\d+)(?: × 10(⁻?)([⁰¹²³⁴⁵⁶⁷⁸⁹]))?", said)
    found = [float(digits.replace("−", "-")) * 10 ** power(sign, exponent) for digits, sign, exponent in numbers]
    np.testing.assert_allclose(found, expected, atol=tolerance, err_msg=said)


def power(sign: str, exponent: str) -> int:
    size = "⁰¹²³⁴⁵⁶⁷⁸⁹".index(exponent) if exponent else 0
    return -size if sign else size
