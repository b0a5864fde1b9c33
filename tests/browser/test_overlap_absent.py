"""A digit that is not there: any two class capsules are decoded, at their own length and at full length."""

from __future__ import annotations

from typing import Any

import numpy as np
from playwright.sync_api import Locator, Page, expect

from tests.browser.asking import Array, pixels_of_digit, tensors_of
from tests.browser.conftest import NewPage
from tests.browser.eyes import cells, shows
from tests.browser.waiting import address, open_section, settled, until

# Test digit 1 is a 2, test digit 0 a 7. The network reads both where they lie here.
TWO_AND_SEVEN = "/overlap#a=1&b=0@0.4"
SIDE = 36
TRACE = (
    "model=multimnist&iterations=3&include=reconstructions,layers"
    "&omit=primary_capsules,routing_logits,coupling_coefficients,agreement"
)


def show(page: Page) -> None:
    page.goto(TWO_AND_SEVEN)
    open_section(page, "absent")
    expect(page.locator("#absent-told li").last).to_contain_text("7 is in the picture")
    settled(page)


def body(page: Page) -> dict[str, Any]:
    """The pair as a client sends it that is not the page."""
    offsets = {1: [0, 0], 0: [0, 4]}
    return {"layers": [{"pixels": pixels_of_digit(page, k), "offset": offset} for k, offset in offsets.items()]}


def button(page: Page, layer: str, label: int) -> Locator:
    return page.locator(f"#absent-classes-{layer} button[data-label='{label}']")


def picture_of(page: Page, layer: str) -> Locator:
    return page.locator(f"#absent-{layer} canvas")


def strongest(page: Page, layer: str) -> float:
    """How far the strongest pixel of a picture is from the page's colour, in the first of its three colours."""
    seen = np.array(cells(picture_of(page, layer), SIDE, SIDE))[:, 0]
    return float(seen.max() - seen.min())


def until_pressed(page: Page, *names: str) -> None:
    """Wait until these classes are chosen for A and for B."""
    chosen = page.locator("#absent [aria-pressed=true]")
    until(lambda: chosen.all_inner_texts() == list(names), f"{names} are chosen")


def numbers(page: Page, layer: str) -> list[float]:
    """The length of the capsule, the strongest pixel, and the errors against A and B."""
    lines = page.locator(f"#absent-{layer} .absent-line > :last-child").all_inner_texts()
    return [float(line) for line in lines]


def error(picture: Array, layer: Array) -> float:
    return float(((picture - layer) ** 2).sum())


def test_a_class_that_is_not_there_is_drawn_fainter_and_full_when_stretched(page: Page) -> None:
    show(page)
    until_pressed(page, "2", "7")
    traced = tensors_of(page, f"/api/trace?{TRACE}", body(page))
    masks = tensors_of(page, "/api/masks?model=multimnist&iterations=3", body(page))
    button(page, "b", 6).click()
    expect(page.locator("#absent-b .absent-name")).to_have_text("6")
    until_pressed(page, "2", "6")
    for layer, label in (("a", 2), ("b", 6)):
        drawn = traced["reconstructions"][label]
        assert shows(picture_of(page, layer), drawn)
        expected = [traced["lengths"][-1][label], drawn.max(), *(error(drawn, each) for each in traced["layers"])]
        np.testing.assert_allclose(numbers(page, layer), expected, atol=0.06)
    expect(page.locator("#absent-told li").last).to_contain_text("6 is not in the picture. Its capsule is 0.0")
    faint = strongest(page, "b")
    assert faint < 0.7 * strongest(page, "a")

    page.locator("#absent-full").check()
    expect(page.locator("#absent-told li").last).to_contain_text("however strongly")
    settled(page)
    assert shows(picture_of(page, "b"), masks["stretched"][6])
    assert strongest(page, "b") > 1.4 * faint
    longest = traced["lengths"][-1].max()
    expect(page.locator("#absent-length-told")).to_contain_text(f"{longest:.2f}")
    held = ("classes=2.6", "absent=full")
    until(lambda: all(part in address(page) for part in held), "the link holds both")
    page.reload()
    open_section(page, "absent")
    expect(page.locator("#absent-full")).to_be_checked()
    expect(page.locator("#absent-b .absent-name")).to_have_text("6")


def test_the_choice_is_made_with_keys_and_one_class_never_stands_twice(page: Page) -> None:
    show(page)
    button(page, "b", 0).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(button(page, "b", 1)).to_be_focused()
    until_pressed(page, "2", "1")
    button(page, "a", 1).press("Space")  # which B has
    expect(button(page, "a", 1)).to_have_attribute("aria-pressed", "true")
    until_pressed(page, "1", "2")
    page.locator("#absent-follow").press("Enter")
    expect(page.locator("#absent-follow")).to_be_disabled()
    until_pressed(page, "2", "7")
    page.locator("#absent-force").press("Enter")
    expect(page.locator("#absent-told li").last).to_contain_text("is not in the picture")


def test_a_finger_chooses_on_a_small_screen(new_page: NewPage) -> None:
    page = new_page(has_touch=True, viewport={"width": 390, "height": 844})
    show(page)
    button(page, "a", 9).tap()
    expect(page.locator("#absent-a .absent-name")).to_have_text("9")
    expect(page.locator("#absent-told li").first).to_contain_text("9 is not in the picture")
    assert page.locator("#absent").evaluate("(section) => section.scrollWidth <= section.clientWidth")
