"""How the page stands on screens of several sizes, its colours, and its weight."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.eyes import Colour, colour, distance
from tests.browser.waiting import at_rest, open_digit

LAPTOP, PROJECTOR, PHONE = (1280, 720), (1920, 1080), (390, 844)
MOST_BYTES = 500_000
LEGIBLE = 4.5  # contrast of text, WCAG 2.2 AA


def sized(new_page: NewPage, size: tuple[int, int]) -> Page:
    width, height = size
    page = new_page(viewport={"width": width, "height": height}, has_touch=size == PHONE)
    open_digit(page)
    return page


def bottom(page: Page, selector: str) -> float:
    edge: float = page.locator(selector).evaluate("(element) => element.getBoundingClientRect().bottom")
    return edge


@pytest.mark.parametrize("size", [LAPTOP, PROJECTOR, PHONE])
def test_nothing_sticks_out_to_the_side(new_page: NewPage, size: tuple[int, int]) -> None:
    page = sized(new_page, size)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize("size", [LAPTOP, PROJECTOR])
def test_the_main_flow_needs_no_scrolling(new_page: NewPage, size: tuple[int, int]) -> None:
    page = sized(new_page, size)
    assert page.evaluate("scrollY") == 0
    assert bottom(page, ".figure") <= size[1]
    assert bottom(page, ".transport") <= size[1]


def test_it_reads_from_left_to_right_as_the_data_flows(new_page: NewPage) -> None:
    page = sized(new_page, LAPTOP)
    flow = ["#pad", "#conv1", "#primary", "#classes", "#dials", "#reconstruction"]
    lefts = [page.locator(part).evaluate("(part) => part.getBoundingClientRect().left") for part in flow]
    assert all(left < right for left, right in pairwise(lefts))


def test_the_class_of_each_row_of_a_matrix_stands_beside_it(new_page: NewPage) -> None:
    page = sized(new_page, LAPTOP)
    matrices = page.locator(".matrix")
    assert matrices.count() == 3
    for matrix in matrices.all():
        canvas = matrix.locator("canvas").bounding_box()
        assert canvas is not None
        for label, name in enumerate(matrix.locator(".matrix-rows span").all()):
            box = name.bounding_box()
            assert box is not None
            row = (box["y"] + box["height"] / 2 - canvas["y"]) / canvas["height"] * 10
            assert label + 0.3 < row < label + 0.7, f"{label} stands beside row {row:.1f}"


def test_a_phone_draws_and_shows_the_answer_on_one_screen(new_page: NewPage) -> None:
    page = sized(new_page, PHONE)
    for part in ["#pad", "#answer"]:
        assert bottom(page, part) <= PHONE[1]
        expect(page.locator(part)).to_be_in_viewport()
    page.locator("#clear").click()
    box = page.locator("#pad").bounding_box()
    assert box is not None
    assert box["width"] >= 200
    stroke_by_finger(page, [(box["x"] + box["width"] / 2, box["y"] + box["height"] * k / 20) for k in range(4, 17)])
    expect(page.locator("#answer")).to_have_text("1")
    assert page.evaluate("scrollY") == 0  # the finger drew and did not scroll


def stroke_by_finger(page: Page, points: list[tuple[float, float]]) -> None:
    finger = page.context.new_cdp_session(page)
    for k, (x, y) in enumerate(points):
        kind = "touchMove" if k else "touchStart"
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_in_both_themes(new_page: NewPage, scheme: str) -> None:
    page = new_page(color_scheme=scheme)
    open_digit(page)
    for name in ["ink", "muted", "accent"]:
        assert contrast(colour(page, name), colour(page, "surface")) >= LEGIBLE, name
    assert contrast(colour(page, "accent"), colour(page, "accent-soft")) >= LEGIBLE


def test_dark_is_dark_and_the_button_overrides_the_system(new_page: NewPage) -> None:
    light, dark = new_page(color_scheme="light"), new_page(color_scheme="dark")
    for page in [light, dark]:
        open_digit(page)
    assert luminance(background(light)) > 0.8
    assert luminance(background(dark)) < 0.05
    assert contrast(colour(light, "surface"), colour(dark, "surface")) > 10
    light.locator("#theme").click()
    expect(light.locator("#theme")).to_contain_text("Light")
    light.locator("#theme").click()
    expect(light.locator("#theme")).to_contain_text("Dark")
    assert distance(background(light), background(dark)) == 0
    at_rest(light)
    same = light.locator("#sees").evaluate("(canvas) => canvas.toDataURL()")
    assert dark.locator("#sees").evaluate("(canvas) => canvas.toDataURL()") == same


def background(page: Page) -> Colour:
    text = page.evaluate("getComputedStyle(document.body).backgroundColor")
    red, green, blue = (float(part) for part in text.removeprefix("rgb(").removesuffix(")").split(","))
    return red, green, blue


def luminance(shown: Colour) -> float:
    """Relative luminance as WCAG defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in shown)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def test_the_first_visit_transfers_little(page: Page) -> None:
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    sizes: list[int] = []
    network.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    page.goto("/")
    expect(page.locator("#answer")).to_have_text("7")
    at_rest(page)
    assert len(sizes) > 20  # each module and sheet, the models, the digit and its trace
    assert sum(sizes) <= MOST_BYTES
