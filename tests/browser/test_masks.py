"""The drawing as each of the ten digits, held against the server's own answer; and the gauge beside it."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.asking import Array, pixels_of_digit, tensors_of
from tests.browser.conftest import NewPage, Witness
from tests.browser.eyes import ink, length_of, picture
from tests.browser.pretending import measured_is
from tests.browser.waiting import at_rest, frames, open_digit, open_section, settled, until

DIGIT = 115  # a 4 that is nearly a 9


def open_masks(page: Page, index: int = DIGIT, rest: str = "") -> None:
    open_digit(page, index, rest)
    open_section(page, "masks")
    expect(page.locator("#mask-list")).to_contain_text(re.compile(r"Σ² \d"))
    at_rest(page)


def shown(page: Page) -> list[tuple[int, float, float]]:
    """Class, error and length of each mask that is there, from the left."""
    texts = page.locator("#mask-list .mask").evaluate_all("(masks) => masks.map((mask) => mask.innerText)")
    numbers = [re.findall(r"(?:> )?\d+\.\d+|\d+", text) for text in texts]
    there = (found for found in numbers if len(found) == 3)
    return [(int(label), float(error), length_of(length)) for label, error, length in there]


def masks_of(page: Page, index: int, iterations: int = 3) -> dict[str, Array]:
    return tensors_of(page, f"/api/masks?iterations={iterations}", {"pixels": pixels_of_digit(page, index)})


def assert_shown(page: Page, errors: Array, lengths: Array, ranked_by: Array) -> None:
    found = shown(page)
    order = [label for label, _, _ in found]
    np.testing.assert_array_equal(order, np.argsort(ranked_by, kind="stable"))
    np.testing.assert_allclose([error for _, error, _ in found], errors[order], atol=0.051)
    np.testing.assert_allclose([length for _, _, length in found], lengths[order], atol=0.0051)


def test_the_masks_are_asked_for_when_looked_at_and_ranked_by_their_numbers(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_digit(page, DIGIT)
    assert not any("/api/masks" in url for url in asked)
    open_masks(page)
    tensors = masks_of(page, DIGIT)
    assert_shown(page, tensors["stretched_errors"], tensors["lengths"], tensors["stretched_errors"])
    page.locator("#as-found").check()
    frames(page)
    assert_shown(page, tensors["errors"], tensors["lengths"], tensors["errors"])
    page.locator("#rank-length").check()
    frames(page)
    assert_shown(page, tensors["errors"], tensors["lengths"], -tensors["lengths"])
    assert sum("/api/masks" in url for url in asked) == 1


def test_each_mask_is_drawn(page: Page) -> None:
    open_masks(page)
    canvases = page.locator("#mask-list canvas")
    assert len({picture(canvas) for canvas in canvases.all()}) == 10
    winner = page.locator(".mask[data-label='4'] canvas")
    other = page.locator(".mask[data-label='9'] canvas")
    before, stretched = picture(winner), picture(other)
    page.locator("#as-found").check()
    until(lambda: picture(other) != stretched, "a short capsule draws something else as it was found")
    assert picture(winner) == before  # the longest capsule is as long as the longest


def test_pointing_and_the_keyboard_compare_a_mask_with_the_drawing(page: Page) -> None:
    open_masks(page)
    errors = masks_of(page, DIGIT)["stretched_errors"]
    name, error = page.locator("#mask-lit-name"), page.locator("#mask-error")
    expect(name).to_have_text("a 4")
    expect(error).to_contain_text(f"{errors[4]:.1f}")
    difference = page.locator("#mask-difference")
    winner = picture(difference)
    page.locator(".mask[data-label='9']").hover()
    expect(name).to_have_text("a 9")
    expect(error).to_contain_text(f"{errors[9]:.1f}")
    assert picture(difference) != winner
    page.mouse.move(1, 1)
    expect(name).to_have_text("a 4")
    page.locator("#rank-length").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    second = shown(page)[1][0]
    expect(page.locator(f".mask[data-label='{second}']")).to_be_focused()
    expect(name).to_have_text(f"{'an' if second == 8 else 'a'} {second}")
    page.keyboard.press("Enter")
    expect(page.locator("#dials-class")).to_have_text(str(second))
    expect(page.locator(f".mask[data-label='{second}']")).to_have_attribute("aria-pressed", "true")


def test_without_a_digit_no_mask_is_left(page: Page) -> None:
    open_masks(page)
    page.locator("#mask-list button").first.focus()
    page.keyboard.press("c")
    expect(page.locator("#mask-list")).not_to_contain_text(re.compile(r"\d\.\d"))
    texts = page.locator("#mask-list .mask").evaluate_all("(masks) => masks.map((mask) => mask.textContent)")
    assert sorted(texts) == sorted(f"As {'an' if label == 8 else 'a'} {label}Σ² –‖v‖ –" for label in range(10))
    expect(page.locator("#mask-error")).to_be_empty()
    assert not any(ink(canvas) for canvas in page.locator("#masks canvas.picture").all())


def test_ranking_them_anew_leaves_the_keyboard_where_it_is(page: Page) -> None:
    open_masks(page)
    page.locator("#rank-length").focus()
    before = [label for label, _, _ in shown(page)]
    page.locator("#mask-list .mask[data-label='0']").focus()
    page.evaluate("document.getElementById('rank-length').click()")
    until(lambda: [label for label, _, _ in shown(page)] != before, "the masks are ranked by length")
    expect(page.locator("#mask-list .mask[data-label='0']")).to_be_focused()


def test_another_digit_has_other_masks(page: Page) -> None:
    open_masks(page, DIGIT, "&iterations=2&masks=length.found")
    tensors = masks_of(page, DIGIT, 2)
    assert_shown(page, tensors["errors"], tensors["lengths"], -tensors["lengths"])
    before = shown(page)
    page.evaluate("location.hash = '#digit=0&masks=found'")
    until(lambda: bool(shown(page)) and shown(page) != before, "the masks are those of the new digit")
    settled(page)
    tensors = masks_of(page, 0)
    assert_shown(page, tensors["errors"], tensors["lengths"], tensors["errors"])


def winners_error(page: Page, index: int) -> float:
    tensors = tensors_of(page, "/api/trace", {"pixels": pixels_of_digit(page, index)})
    return float(((tensors["reconstruction"] - tensors["image"]) ** 2).sum())


def gauge_of(page: Page) -> list[float]:
    answer = page.request.get("/api/gauge")
    assert answer.ok, answer.text()
    quantiles: list[float] = answer.json()["quantiles"]
    return quantiles


def test_the_gauge_tells_how_many_test_digits_fit_worse(page: Page) -> None:
    open_masks(page, 0)
    quantiles = gauge_of(page)
    rank = float(np.interp(winners_error(page, 0), quantiles, range(101)))
    verdict = page.locator("#gauge-verdict")
    expect(verdict).to_have_text(re.compile(r"As a 7 your drawing fits better than \d+ % of the test digits"))
    said = int(re.findall(r"(\d+) %", verdict.inner_text())[0])
    assert abs(said - (100 - rank)) <= 1
    label = page.locator("#gauge").get_attribute("aria-label") or ""
    error, median, most = (float(number) for number in re.findall(r"\d+\.\d", label))
    np.testing.assert_allclose([error, median, most], [winners_error(page, 0), quantiles[50], quantiles[99]], atol=0.06)
    assert ink(page.locator("#gauge")) > 300
    expect(page.locator("#fit")).to_be_hidden()


def scrawl(page: Page) -> None:
    """A zigzag over the whole pad, which is no digit."""
    page.locator("#clear").click()
    box = page.locator("#pad").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    for k in range(1, 9):
        page.mouse.move(box["x"] + (box["width"] - 20) * (k % 2) + 10, box["y"] + (box["height"] - 20) * k / 8 + 10)
    page.mouse.up()
    at_rest(page)


def test_a_scrawl_is_unlike_any_digit_and_the_first_screen_says_so(page: Page) -> None:
    open_digit(page)
    fit = page.locator("#fit")
    expect(fit).to_be_hidden()
    scrawl(page)
    expect(fit).to_be_visible()
    expect(fit).to_be_in_viewport()
    fit.click()
    expect(page.locator("#masks")).to_be_in_viewport()
    expect(page.locator("#gauge-verdict")).to_contain_text("99 of 100 test digits fit better")


def test_the_gauge_comes_after_the_first_trace_and_once(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_digit(page)
    page.evaluate("location.hash = '#digit=1'")
    expect(page.locator("#answer")).to_have_text("2")
    at_rest(page)
    kinds = [next((kind for kind in ("gauge", "trace") if f"/api/{kind}" in url), "") for url in asked]
    assert kinds.index("gauge") > kinds.index("trace")


def test_without_a_gauge_the_page_says_so_and_does_not_ask(page: Page) -> None:
    measured_is(page, "iterations", "dimensions")
    page.route("**/api/gauge*", lambda route: route.abort())  # the console would tell
    open_masks(page)
    expect(page.locator("#gauge-verdict")).to_contain_text("not measured")
    expect(page.locator("#fit")).to_be_hidden()


def test_a_lost_gauge_is_awaited(page: Page, witness: Witness) -> None:
    page.route("**/api/gauge*", lambda route: route.abort())
    open_masks(page)
    expect(page.locator("#gauge-verdict")).to_contain_text("have not arrived yet")
    page.unroute("**/api/gauge*")
    expect(page.locator("#gauge-verdict")).to_contain_text("fits better than")
    witness.complaints.clear()  # the browser's own word for the lost request


def test_with_other_iterations_the_gauge_does_not_count(page: Page) -> None:
    open_masks(page, 0, "&iterations=1")
    expect(page.locator("#gauge-verdict")).to_contain_text("not with 1")


def test_with_a_tampered_routing_the_gauge_says_why_it_does_not_count(page: Page) -> None:
    open_masks(page, 0, "&tamper=u1")
    expect(page.locator("#gauge-verdict")).to_contain_text("measured with unedited routing")


@pytest.mark.parametrize("way", ["back", "waiting"])
def test_lost_masks_are_asked_for_again(page: Page, witness: Witness, way: str) -> None:
    lost = True

    def answer(route: Route) -> None:
        if lost:
            route.abort()
        else:
            route.continue_()

    page.route("**/api/masks*", answer)
    open_digit(page)
    with page.expect_request("**/api/masks*"):
        open_section(page, "masks")
    at_rest(page)
    if way == "back":
        page.locator("#pad").scroll_into_view_if_needed()
    lost = False
    if way == "back":
        open_section(page, "masks")
    expect(page.locator("#mask-list")).to_contain_text(re.compile(r"Σ² \d"))
    witness.complaints.clear()  # the browser's own word for the lost request


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_sticks_out(new_page: NewPage, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 844}, has_touch=True)
    open_masks(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".mask[data-label='9']").tap()
    expect(page.locator("#dials-class")).to_have_text("9")
    expect(page.locator("#mask-lit-name")).to_have_text("a 9")
