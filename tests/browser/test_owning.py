"""What a class capsule owns, painted on the drawing; and several primary capsules side by side."""

from __future__ import annotations

import re

import numpy as np
from playwright.sync_api import Page, expect

from tests.browser.asking import Array, trace_of_digit
from tests.browser.conftest import NewPage
from tests.browser.eyes import cells
from tests.browser.pens import draw, plain_digit
from tests.browser.test_asking import CAPSULE, place_of
from tests.browser.waiting import address, at_rest, open_digit, until

GRID = 40

_PIXELS = """(canvas) => {
  const { width, height } = canvas;
  return [width, height, [...canvas.getContext("2d").getImageData(0, 0, width, height).data]];
}"""


def pad_tint(page: Page) -> Array:
    """How orange rather than grey each pixel of the pad's ink is."""
    width, height, data = page.locator("#pad").evaluate(_PIXELS)
    pixels = np.array(data, dtype=float).reshape(height, width, 4)
    tint: Array = (pixels[..., 0] - pixels[..., 2]) * (pixels[..., 3] > 128)
    return np.where(tint > 40, tint, 0)


def seen_tint(page: Page) -> Array:
    shown = np.array(cells(page.locator("#sees"), 28, 28)).reshape(28, 28, 3)
    tint: Array = shown[..., 0] - shown[..., 2]
    return np.where(tint > 40, tint, 0)


def middle(weights: Array) -> tuple[float, float]:
    """The centre of mass, x and y in parts of the picture."""
    height, width = weights.shape
    rows, columns = np.mgrid[0:height, 0:width] + 0.5
    return float((weights * columns).sum() / weights.sum() / width), float(
        (weights * rows).sum() / weights.sum() / height
    )


def test_what_a_class_owns_is_painted_on_the_strokes_at_each_iteration(page: Page) -> None:
    open_digit(page)
    draw(page, plain_digit(7).strokes)
    at_rest(page)
    expect(page.locator("#answer")).to_have_text("7")
    assert not pad_tint(page).any()
    row = page.locator(".class-row[data-label='7']")
    row.hover()
    until(lambda: bool(pad_tint(page).sum() > 1000), "the parts that it owns are tinted")
    last = pad_tint(page)
    check_places(page, last)
    page.keyboard.press(",")
    page.keyboard.press(",")
    expect(page.locator("#iteration")).to_contain_text("iteration 1 of 3")
    at_rest(page)
    assert pad_tint(page).sum() < 0.7 * last.sum()  # a short capsule owns little
    page.locator("#scrub").fill("2.5")  # the pointer need not leave for that
    until(lambda: bool(pad_tint(page).sum() > 0), "it is painted between two iterations, too")
    page.mouse.move(1, 1)
    until(lambda: not pad_tint(page).any(), "the drawing is as it was")


def check_places(page: Page, tint: Array) -> None:
    """The tint lies on the strokes where it lies on the picture that the network sees: compared from box to box."""
    width, height, data = page.locator("#pad").evaluate(_PIXELS)
    strokes = np.array(data).reshape(height, width, 4)[..., 3] > 128
    rows, columns = np.flatnonzero(strokes.any(axis=1)), np.flatnonzero(strokes.any(axis=0))
    shown = np.array(cells(page.locator("#sees"), 28, 28)).reshape(28, 28, 3)
    inked = (shown[0, 0] - shown).max(axis=2) > 60
    box = np.argwhere(inked)
    (top, left), (bottom, right) = box.min(axis=0), box.max(axis=0) + 1
    x, y = middle(tint[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
    seen_x, seen_y = middle((seen_tint(page) * inked)[top:bottom, left:right])
    assert abs(x - seen_x) < 0.08
    assert abs(y - seen_y) < 0.08


def test_a_click_keeps_it_painted_and_the_link_holds_it(new_page: NewPage) -> None:
    page, other = new_page(), new_page()
    open_digit(page)
    row = page.locator(".class-row[data-label='7']")
    row.click()
    page.mouse.move(1, 1)
    at_rest(page)
    assert pad_tint(page).sum() > 1000
    expect(page).to_have_url(re.compile("owns=7"))
    other.goto(address(page))
    until(lambda: bool(pad_tint(other).sum() > 1000), "the link restores it")
    row.click()
    page.mouse.move(1, 1)
    until(lambda: not pad_tint(page).any(), "a second click lets it go")
    until(lambda: "owns" not in address(page), "the link forgets it")


def test_a_tap_on_a_class_paints_what_it_owns(new_page: NewPage) -> None:
    page = new_page(has_touch=True, viewport={"width": 390, "height": 844})
    open_digit(page)
    page.locator(".class-row[data-label='7']").tap()
    until(lambda: bool(pad_tint(page).sum() > 1000), "the parts that it owns are tinted")


def test_several_capsules_are_kept_side_by_side_and_let_go_one_by_one(new_page: NewPage) -> None:
    page, other = new_page(), new_page()
    open_digit(page)
    trace = trace_of_digit(page, 0)
    strongest = [int(capsule) for capsule in np.argsort(-trace.coupling_coefficients[-1].max(axis=1))[:3]]
    for capsule in strongest:
        page.mouse.click(*place_of(page, capsule))
    page.mouse.move(1, 1)
    check_columns(page, trace.coupling_coefficients[-1], trace.primary_capsules, strongest)
    expect(page.locator("#link-caption")).to_have_text("the links of 3 capsules")
    expect(page.locator("#links")).to_have_attribute("data-links", "30")
    page.keyboard.press(",")
    check_columns(page, trace.coupling_coefficients[-2], trace.primary_capsules, strongest)
    page.keyboard.press(".")
    held = "capsule=" + ".".join(map(str, strongest))
    until(lambda: held in address(page) and "at=" not in address(page), "the link holds them")
    other.goto(address(page))
    check_columns(other, trace.coupling_coefficients[-1], trace.primary_capsules, strongest)
    unpin = [page.get_by_role("button", name=f"Unpin capsule {capsule + 1}", exact=True) for capsule in strongest]
    unpin[1].focus()
    unpin[1].evaluate("(button) => { button.click(); button.click(); }")  # before the page has answered the first
    check_columns(page, trace.coupling_coefficients[-1], trace.primary_capsules, [strongest[0], strongest[2]])
    expect(unpin[2]).to_be_focused()
    page.keyboard.press("Enter")
    expect(unpin[0]).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#inspector")).to_be_focused()
    expect(page.locator("#inspector")).to_contain_text("Iteration 3 of 3")


def check_columns(page: Page, couplings: Array, capsules: Array, expected: list[int]) -> None:
    columns = page.locator(".kept-capsule")
    expect(columns).to_have_count(len(expected))
    at_rest(page)
    for column, capsule in zip(columns.all(), expected, strict=True):
        text = column.inner_text()
        assert f"Primary capsule {capsule + 1} of 1,152" in text
        said = CAPSULE.search(text)
        assert said, text
        assert abs(float(said[4]) - np.linalg.norm(capsules[capsule])) < 0.006
        assert abs(float(said[5]) - couplings[capsule].max()) < 0.001
        expect(column.locator("canvas")).to_have_count(4)


def test_a_link_of_one_capsule_goes_on_working(page: Page) -> None:
    open_digit(page, 0, "&capsule=321")
    expect(page.locator("#inspector")).to_contain_text("Primary capsule 322 of 1,152")
    expect(page.locator(".kept-capsule")).to_have_count(0)
    expect(page.locator("#links")).to_have_attribute("data-links", "10")
