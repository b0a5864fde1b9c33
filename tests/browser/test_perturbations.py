"""The paper's Figure 4, below the main figure."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.asking import dimensions_of, drawn_by_server, trace_of_digit
from tests.browser.conftest import NewPage
from tests.browser.eyes import ink, picture, shows
from tests.browser.waiting import at_rest, open_digit, open_section, until


def cell(page: Page, dimension: int, column: int) -> Locator:
    """One picture of the grid; both counted from 0."""
    return page.locator(f"#sweeps button[data-dimension='{dimension}'][data-column='{column}']")


def open_grid(page: Page, rest: str = "&grid=paper") -> None:
    open_digit(page, rest=rest)
    open_section(page, "perturbations")
    sweeps = page.locator("#sweeps canvas")
    expect(sweeps).to_have_count(16)
    until(lambda: all(ink(sweep) > 100 for sweep in sweeps.all()), "all sixteen rows are drawn")


def test_it_is_drawn_once_it_is_looked_at_and_sets_the_dials(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_digit(page, rest="&grid=paper")
    assert not any("/api/perturb" in url for url in asked)
    open_grid(page)
    assert len({picture(sweep) for sweep in page.locator("#sweeps canvas").all()}) == 16
    reconstruction = page.locator("#reconstruction")
    found, mark = picture(reconstruction), page.locator("#sweeps .mark").nth(3)
    expect(mark).not_to_have_class("mark turned")
    cell(page, 3, 9).click()
    expect(page.locator("#dial-4")).to_have_value("0.2")
    expect(mark).to_have_class("mark turned")
    until(lambda: picture(reconstruction) != found, "the reconstruction follows")
    cell(page, 3, 5).click()
    expect(page.locator("#dial-4")).to_have_value("0")
    until(lambda: picture(reconstruction) == found, "the reconstruction is the first again")


def test_the_arrow_keys_move_through_the_grid_and_enter_sets_the_dial(page: Page) -> None:
    open_grid(page)
    cell(page, 3, 5).focus()
    page.keyboard.press("ArrowLeft")
    expect(cell(page, 3, 4)).to_be_focused()
    expect(page.locator("#dial-4")).to_have_value("0")  # looking turns nothing
    page.keyboard.press("ArrowDown")
    expect(cell(page, 4, 4)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#dial-5")).to_have_value("-0.05")
    for _ in range(12):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowUp")
    expect(cell(page, 0, 10)).to_be_focused()
    assert page.locator("#sweeps button[role=gridcell]:not([tabindex='-1'])").count() == 1  # one stop on the way


def test_the_keyboard_keeps_its_place_when_the_pointer_leaves(page: Page) -> None:
    open_grid(page)
    cell(page, 3, 5).focus()
    page.keyboard.press("ArrowRight")
    caption = page.locator("#loupe-caption")
    expect(caption).to_contain_text("+0.05")
    cell(page, 6, 9).hover()
    expect(caption).to_contain_text("+0.20")
    page.locator("#perturbations h2").hover()
    expect(caption).to_contain_text("+0.05")
    page.keyboard.press("ArrowDown")
    expect(cell(page, 4, 6)).to_be_focused()


@pytest.mark.parametrize("way", ["hover", "focus", "tap"])
def test_a_picture_is_enlarged_with_its_difference_to_the_middle(new_page: NewPage, way: str) -> None:
    page = new_page(has_touch=way == "tap")
    open_grid(page)
    pose = trace_of_digit(page, 0).class_capsules[-1, 7]
    moved = pose + 0.15 * np.eye(16)[5]
    {"hover": cell(page, 5, 8).hover, "focus": cell(page, 5, 8).focus, "tap": cell(page, 5, 8).tap}[way]()
    drawn, middle = drawn_by_server(page, moved, 7), drawn_by_server(page, pose, 7)
    until(lambda: shows(page.locator("#loupe-picture"), drawn), "the picture is shown large")
    name = dimensions_of(page, 7)["dimensions"][5]["name"]
    expect(page.locator("#loupe-caption")).to_have_text(f"6 {name}: +0.15")
    shown = float(page.locator("#loupe-change").inner_text().split()[-1])
    assert shown == pytest.approx(((drawn - middle) ** 2).sum(), abs=0.11)
    assert ink(page.locator("#loupe-difference")) > 100
    if way == "tap":
        expect(page.locator("#dial-6")).to_have_value("0.15")


def test_it_goes_as_far_as_the_names_were_measured_unless_the_papers_range_is_chosen(page: Page) -> None:
    open_grid(page, "")
    reach, scale = page.locator("#sweep-reach"), page.locator(".sweep-scale")
    measured = dimensions_of(page, 7)
    expect(reach).to_have_value("class")
    expect(reach.locator("option:checked")).to_contain_text(f"± {measured['reach']:g} standard deviations")
    assert [text for text in scale.locator("div span").all_inner_texts() if text] == [
        "−2\N{NO-BREAK SPACE}σ",
        "0",
        "+2\N{NO-BREAK SPACE}σ",
    ]
    deviation = measured["dimensions"][4]["deviation"]
    moved = trace_of_digit(page, 0).class_capsules[-1, 7] - measured["reach"] * deviation * np.eye(16)[4]
    cell(page, 4, 0).hover()
    until(lambda: shows(page.locator("#loupe-picture"), drawn_by_server(page, moved, 7)), "the first picture is shown")
    reach.select_option("paper")
    expect(scale).to_contain_text("+0.25")
    until(lambda: "grid=paper" in page.evaluate("location.href"), "the link holds it")


def test_over_the_deviations_of_the_class_it_comes_in_one_request(page: Page) -> None:
    open_grid(page)
    rows = page.locator("#sweeps canvas")
    narrow = picture(rows.nth(2))
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url))
    page.locator("#sweep-reach").select_option("class")
    until(lambda: ink(rows.nth(2)) > 100 and picture(rows.nth(2)) != narrow, "the rows are drawn anew")
    at_rest(page)
    assert sum("/api/reconstruct" in url for url in posts) == 1
    deviation = dimensions_of(page, 7)["dimensions"][2]["deviation"]
    pose = trace_of_digit(page, 0).class_capsules[-1, 7]
    moved = pose + 2 * deviation * np.eye(16)[2]
    cell(page, 2, 10).hover()
    until(lambda: shows(page.locator("#loupe-picture"), drawn_by_server(page, moved, 7)), "the last picture is shown")
    expect(page.locator("#loupe-caption")).to_contain_text("+2.0 σ")
    cell(page, 2, 10).click()
    until(lambda: shows(page.locator("#reconstruction"), drawn_by_server(page, moved, 7)), "the dial is set to it")


def test_the_rows_are_sorted_by_how_much_they_change(page: Page) -> None:
    open_grid(page)
    numbers = page.locator(".sweep-name b")
    in_order = [str(k) for k in range(1, 17)]
    assert numbers.all_inner_texts() == in_order
    pose, middle = trace_of_digit(page, 0).class_capsules[-1, 7], trace_of_digit(page, 0).reconstruction
    moved = [drawn_by_server(page, pose + step * np.eye(16)[6], 7) for step in np.linspace(-0.25, 0.25, 11)]
    change = np.abs(np.array(moved) - middle).mean(axis=(1, 2)).sum() / 10
    seventh = page.locator(".sweep").nth(6).locator(".sweep-change")
    assert float(seventh.inner_text()) == pytest.approx(change, abs=0.0011)
    page.locator("#sweep-order").select_option("change")
    until(lambda: numbers.all_inner_texts() != in_order, "the rows are in another order")
    changes = [float(text) for text in page.locator(".sweep-change").all_inner_texts()]
    assert all(larger >= smaller for larger, smaller in pairwise(changes))
    assert sorted(map(int, numbers.all_inner_texts())) == list(range(1, 17))
    cell(page, int(numbers.nth(0).inner_text()) - 1, 5).focus()
    page.keyboard.press("ArrowDown")  # to the row that stands below
    second = cell(page, int(numbers.nth(1).inner_text()) - 1, 5)
    expect(second).to_be_focused()
    order_of_7 = numbers.all_inner_texts()
    page.keyboard.press("3")  # of the capsule of another class the rows are ordered anew, and the keyboard stays
    until(lambda: numbers.all_inner_texts() != order_of_7, "the rows are ordered anew")
    at_rest(page)
    expect(second).to_be_focused()
    page.keyboard.press("7")
    at_rest(page)
    page.locator("#sweep-order").select_option("number")
    until(lambda: numbers.all_inner_texts() == in_order, "they are in order again")


def test_the_rows_bear_the_names_of_the_dials(page: Page) -> None:
    open_grid(page, "&names=7.0 my own")
    measured = dimensions_of(page, 7)["dimensions"]
    names = page.locator(".sweep-name")
    expect(names.nth(0)).to_have_text("1 my own")
    expect(names.nth(1)).to_have_text(f"2 {measured[1]['name']}")
    assert measured[1]["name"] in (cell(page, 1, 3).get_attribute("aria-label") or "")


def test_it_follows_the_class_that_is_chosen(page: Page) -> None:
    open_digit(page, rest="&grid=paper")
    sweep = page.locator("#sweeps canvas").first
    open_section(page, "perturbations")
    until(lambda: ink(sweep) > 100, "the first row is drawn")
    seven = picture(sweep)
    with page.expect_request("**/api/perturb?*label=0*"):
        page.keyboard.press("0")
    until(lambda: ink(sweep) > 100 and picture(sweep) != seven, "the row of a 0 is drawn")
