"""The Overlap room: two digits are drawn, dragged over each other and taken apart."""

from __future__ import annotations

import re

import numpy as np
import pytest
import torch
from playwright.sync_api import Locator, Page, expect

from model.data.pairs import lay
from model.explaining.overlap import box_overlap, shared_ink
from tests.browser.asking import pixels_of_digit
from tests.browser.conftest import NewPage
from tests.browser.eyes import picture
from tests.browser.pens import draw_on, plain_digit
from tests.browser.waiting import address, at_rest, until

FIVE_OVER_SEVEN = "/overlap#a=8&b=0"
SIDE = 36  # of the picture that the network sees


def open_pair(page: Page, address: str = FIVE_OVER_SEVEN) -> None:
    page.goto(address)
    expect(page.locator("#overlap-told")).to_contain_text("ink")
    at_rest(page)


def lengths(page: Page) -> list[str]:
    return page.locator(".classes .class-row").all_inner_texts()


def centre(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_two_digits_drawn_with_a_pen_are_both_named(page: Page) -> None:
    page.goto("/overlap#a=-")
    expect(page.locator("#hint-a")).to_have_text("Draw here")
    draw_on(page.locator("#pad-a"), plain_digit(1).strokes)
    draw_on(page.locator("#pad-b"), plain_digit(0).strokes)
    at_rest(page)
    expect(page.locator("#truth-a")).to_have_text("Your drawing, read alone as 1")
    expect(page.locator("#truth-b")).to_have_text("Your drawing, read alone as 0")
    long = [float(text.split()[-1]) for text in lengths(page)]
    assert set(np.argsort(long)[-2:]) == {0, 1}


def test_a_dragged_digit_changes_the_overlap_and_the_lengths(page: Page) -> None:
    open_pair(page, "/overlap#a=8&b=0@0.4")
    told, before, sum_before = page.locator("#overlap-told").inner_text(), lengths(page), picture(page.locator("#sum"))
    x, y = centre(page.locator("#sum"))
    page.mouse.move(x + 60, y)
    page.mouse.down()
    page.mouse.move(x - 20, y + 10, steps=4)
    page.mouse.up()
    at_rest(page)
    assert page.locator("#overlap-told").inner_text() != told
    assert lengths(page) != before
    assert picture(page.locator("#sum")) != sum_before
    until(lambda: "b=0%40" in address(page) and "b=0%400.4" not in address(page), "the link tells where B lies")


def test_the_page_tells_the_overlap_that_python_counts(page: Page) -> None:
    for digits, offsets in (((8, 0), ((0, 0), (0, 4))), ((68, 61), ((-3, -4), (2, 5)))):
        link = [f"{index}@{down}.{right}" for index, (down, right) in zip(digits, offsets, strict=True)]
        open_pair(page, f"/overlap#a={link[0]}&b={link[1]}")
        pixels = np.array([pixels_of_digit(page, index) for index in digits], dtype=np.float32)
        layers = torch.from_numpy(lay(pixels, np.array(offsets), SIDE).layers)
        told = page.locator("#overlap-told").inner_text()
        shares = [float(share) for share in re.findall(r"([\d.]+)\s%", told)]
        counted = [100 * shared_ink(layers).item(), 100 * box_overlap(layers).item()]
        assert min(counted) > 0
        assert shares == pytest.approx(counted, abs=0.6), told


def test_arrow_keys_move_either_digit(page: Page) -> None:
    open_pair(page)
    told = page.locator("#offsets-told")
    page.locator("#sum").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    expect(told).to_have_text("From the middle: A (0, 0), B (+1, +1) pixels to the right and up.")
    page.keyboard.press("Shift+ArrowLeft")
    expect(told).to_contain_text("A (−1, 0), B (+1, +1)")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    expect(told).to_contain_text("more than 4 pixels: the network has never seen this")
    at_rest(page)


def test_a_finger_drags_a_digit(new_page: NewPage) -> None:
    page = new_page(has_touch=True, viewport={"width": 390, "height": 844})
    open_pair(page, "/overlap#a=8@0.-4&b=0@0.4")
    page.locator("#sum").scroll_into_view_if_needed()
    told = page.locator("#offsets-told").inner_text()
    session = page.context.new_cdp_session(page)
    x, y = centre(page.locator("#sum"))
    for kind, dx in (("touchStart", 40), ("touchMove", 60), ("touchMove", 80)):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x + dx, "y": y}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    at_rest(page)
    assert page.locator("#offsets-told").inner_text() != told


def test_the_pen_of_the_keyboard_draws_a_layer(page: Page) -> None:
    page.goto("/overlap#a=-")
    expect(page.locator("#hint-b")).to_have_text("Draw here")
    page.locator("#pad-b").focus()
    page.keyboard.press("Space")
    for _ in range(10):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    at_rest(page)
    expect(page.locator("#truth-b")).to_contain_text("read alone as 1")
    page.locator("#undo-b").click()
    expect(page.locator("#truth-b")).to_have_text("Nothing yet.")


def test_stepping_the_iterations_changes_the_couplings(page: Page) -> None:
    open_pair(page)
    expect(page.locator("#iteration")).to_have_text("iteration 3 of 3")
    last = lengths(page)
    page.locator("#routing").scroll_into_view_if_needed()
    page.keyboard.press(",")
    page.keyboard.press(",")
    expect(page.locator("#iteration")).to_have_text("iteration 1 of 3")
    at_rest(page)
    assert lengths(page) != last


def test_the_link_restores_layers_offsets_iteration_and_classes(page: Page) -> None:
    open_pair(page, "/overlap#a=8@1.-3&b=0@-2.3&at=2&classes=1.9&show=layers")
    page.reload()
    expect(page.locator("#offsets-told")).to_contain_text("A (−3, −1), B (+3, +2)")
    expect(page.locator("#truth-a")).to_have_text("Test digit 8, a 5")
    expect(page.locator("#iteration")).to_have_text("iteration 2 of 3")
    expect(page.locator("#show-layers")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#chosen-told")).to_be_visible()
    expect(page.locator("#drawn-told-a")).to_contain_text("drawn from 1")
    expect(page.locator("#drawn-told-b")).to_contain_text("drawn from 9")


def test_swapping_and_the_middle(page: Page) -> None:
    open_pair(page, "/overlap#a=8@1.-3&b=0@-2.3")
    page.locator("#swap").click()
    expect(page.locator("#truth-a")).to_have_text("Test digit 0, a 7")
    expect(page.locator("#offsets-told")).to_contain_text("A (+3, +2), B (−3, −1)")
    page.locator("#to-middle").click()
    expect(page.locator("#offsets-told")).to_contain_text("A (0, 0), B (0, 0)")
    at_rest(page)
