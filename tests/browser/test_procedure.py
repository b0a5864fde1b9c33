"""Procedure 1 in step with the playhead, its numbers held against a trace that the test asks for itself."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.asking import trace_of_digit
from tests.browser.waiting import at_rest, open_digit, open_section, until

DIGIT = 18


def test_the_lines_hold_the_numbers_of_the_trace(page: Page) -> None:
    open_digit(page, DIGIT, "&at=2")
    open_section(page, "procedure")
    at_rest(page)
    expect(page.locator("#procedure-pair")).to_contain_text("i = ")
    trace = trace_of_digit(page, DIGIT)
    capsule, label = (int(number) for number in re.findall(r"= (\d+)", page.locator("#procedure-pair").inner_text()))
    capsule -= 1
    assert label == trace.label
    first, second = trace.agreement[0, capsule], trace.agreement[1, capsule]
    coupling = np.exp(first) / np.exp(first).sum()
    length = trace.lengths[1, label]
    assert numbers(page, 4) == pytest.approx([*first, coupling[label]], abs=0.006)
    assert numbers(page, 5) == pytest.approx([np.sqrt(length / (1 - length))], abs=0.006)
    assert numbers(page, 6)[-1] == pytest.approx(length, abs=0.006)
    assert numbers(page, 7) == pytest.approx([first[label], second[label], first[label] + second[label]], abs=0.003)
    assert page.locator("#procedure li").nth(7).inner_text().endswith(str(trace.label))


def test_the_lit_line_follows_the_playhead(page: Page) -> None:
    open_digit(page, DIGIT)
    open_section(page, "procedure")
    expect(lit(page)).to_contain_text("return")
    page.keyboard.press(",")
    expect(lit(page)).to_contain_text("squash")
    scrub = page.locator("#scrub")
    for position, word in (("2.1", "ûj|i · vj"), ("2.3", "softmax"), ("2.6", "Σ"), ("2.9", "squash")):
        scrub.fill(position)
        expect(lit(page)).to_contain_text(word)
        assert lit(page).count() == 1


def test_without_a_digit_no_line_has_numbers(page: Page) -> None:
    open_digit(page, DIGIT)
    open_section(page, "procedure")
    expect(page.locator("#procedure-pair")).to_contain_text("i = ")
    page.keyboard.press("c")
    expect(page.locator("#procedure-pair")).to_have_text("one pair of capsules")
    assert set(page.locator("#procedure .numbers").all_inner_texts()) == {""}


def test_another_class_has_other_numbers(page: Page) -> None:
    open_digit(page, DIGIT, "&class=0")
    open_section(page, "procedure")
    expect(page.locator("#procedure-pair")).to_contain_text("j = 0")
    length = trace_of_digit(page, DIGIT).lengths[-1, 0]
    until(lambda: abs(numbers(page, 6)[-1] - length) < 0.006, "the length of the capsule of 0")


def lit(page: Page) -> Locator:
    return page.locator("#procedure li.lit")


def numbers(page: Page, line: int) -> list[float]:
    """The numbers of a line as they are written, those of the pair's sum with their signs."""
    text = page.locator("#procedure li").nth(line - 1).locator(".numbers").inner_text()
    return [float(number.replace("−", "-").replace(" ", "")) for number in re.findall(r"[+−]? ?\d+\.\d+", text)]
