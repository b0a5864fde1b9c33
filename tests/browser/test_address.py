"""The address keeps the state and leads to figures, and a damaged one says what it lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import NewPage, Witness
from tests.browser.pens import draw, plain_digit
from tests.browser.waiting import at_rest, frames, open_digit, open_section, until, written

LOSS = re.compile(r"The page could not restore everything in this link\. Missing: .*\.")


def address(page: Page) -> str:
    href: str = page.evaluate("location.hash")
    return href


def link_of_a_drawing(page: Page) -> str:
    """The link of a drawn digit with turned dials and a pinned capsule, as the page writes it."""
    open_digit(page, rest="&capsule=321")
    draw(page, plain_digit(2).strokes)
    at_rest(page)
    page.locator("#dial-1").fill("0.1")
    at_rest(page)
    written(page)
    link = address(page)
    assert "strokes=" in link
    assert "dials=" in link
    return link


@pytest.mark.parametrize("length", [60, 120])
def test_a_link_that_was_cut_says_so_and_stays_until_something_changes(new_page: NewPage, length: int) -> None:
    whole = link_of_a_drawing(new_page())
    page = new_page()
    cut = whole[:length]
    page.goto(f"/{cut}")
    notice = page.locator("#notice-text")
    expect(notice).to_have_text(LOSS)
    expect(page.locator("#answer")).not_to_have_text("–")
    at_rest(page)
    page.mouse.click(5, 5)  # a click that changes nothing
    frames(page)
    assert address(page) == cut
    page.locator("#clear").click()
    until(lambda: address(page) != cut, "the address follows the visitor")


@pytest.mark.parametrize(
    ("damaged", "lost"),
    [
        ("#digit=99999", "the test digit"),
        ("#digit=3&dials=1.x&class=2", "the dials"),
        ("#digit=3&class=12", "the selected class"),
        ("#digit=3&colour=red", "“colour”"),
        ("#nowhere", "“nowhere”"),
    ],
)
def test_what_a_link_could_not_restore_is_named(page: Page, damaged: str, lost: str) -> None:
    page.goto(f"/{damaged}")
    expect(page.locator("#answer")).not_to_have_text("–")
    expect(page.locator("#notice-text")).to_contain_text(
        f"The page could not restore everything in this link. Missing: {lost}."
    )
    at_rest(page)
    assert address(page) == damaged
    page.locator("#dismiss").click()
    expect(page.locator("#notice")).to_be_hidden()


@pytest.mark.parametrize("around", [")", "%0A", "%3E"])
def test_what_stands_around_a_link_in_a_text_is_no_part_of_it(page: Page, around: str) -> None:
    page.goto(f"/#digit=3&class=2{around}")
    expect(page.locator("#dials-class")).to_have_text("2")
    expect(page.locator("#notice")).to_be_hidden()


def test_a_link_that_was_escaped_twice_is_the_same_link(page: Page) -> None:
    page.goto("/#digit%3D1%26class%3D3")
    expect(page.locator("#answer")).to_have_text("2")
    expect(page.locator("#dials-class")).to_have_text("3")
    expect(page.locator("#notice")).to_be_hidden()


def in_view(page: Page, figure: str) -> bool:
    top: float = page.evaluate("(id) => document.getElementById(id).getBoundingClientRect().top", figure)
    return abs(top) < 60


def test_the_id_of_a_figure_opens_the_page_there(new_page: NewPage) -> None:
    page = new_page()
    page.goto("/#masks")
    expect(page.locator("#masks")).to_have_attribute("data-ready", "")
    until(lambda: in_view(page, "masks"), "the figure stands at the top")
    expect(page.locator("#answer")).to_have_text("7")
    expect(page.locator("#notice")).to_be_hidden()
    other = new_page()
    other.goto("/#masks&digit=1")
    until(lambda: in_view(other, "masks"), "the figure stands at the top")
    expect(other.locator("#answer")).to_have_text("2")
    at_rest(other)
    until(lambda: address(other).startswith("#masks&") and "digit=1" in address(other), "both stand in the address")


def test_a_figure_named_in_an_open_page_changes_nothing_else(page: Page) -> None:
    open_digit(page, 1, "&class=3")
    page.evaluate("location.hash = '#curves'")
    until(lambda: in_view(page, "curves"), "the figure stands at the top")
    expect(page.locator("#answer")).to_have_text("2")
    expect(page.locator("#dials-class")).to_have_text("3")
    until(lambda: "digit=1" in address(page) and address(page).startswith("#curves&"), "the address names both")


def test_back_after_a_jump_returns_and_keeps_what_was_done_since(page: Page) -> None:
    page.goto("/#digit=0")
    expect(page.locator("#answer")).to_have_text("7")
    at_rest(page)
    page.mouse.wheel(0, 200)
    until(lambda: page.evaluate("scrollY") == 200, "the page is scrolled")
    page.locator("#contents-open").evaluate("(button) => button.click()")
    page.locator("#contents li button").nth(2).evaluate("(button) => button.click()")
    expect(page.locator("section.below").nth(2)).to_be_in_viewport()
    page.keyboard.press("5")
    until(lambda: "class=5" in address(page), "what is chosen stands in the address")
    page.go_back()
    until(lambda: page.evaluate("scrollY") == 200, "the page is where it was")
    expect(page.locator("#dials-class")).to_have_text("5")
    until(lambda: "class=5" in address(page), "and so does the address")
    page.go_forward()
    expect(page.locator("section.below").nth(2)).to_be_in_viewport()


def test_back_after_another_link_was_opened_opens_the_one_before(page: Page) -> None:
    open_digit(page, 0)
    page.evaluate("location.hash = '#digit=1'")
    expect(page.locator("#answer")).to_have_text("2")
    page.go_back()
    expect(page.locator("#answer")).to_have_text("7")


@pytest.mark.parametrize("playing", [False, True])
def test_a_drawing_is_there_again_when_one_comes_back(page: Page, playing: bool) -> None:
    open_digit(page)
    if playing:
        page.locator("#play").click()
    page.locator("#clear").click()
    draw(page, plain_digit(3).strokes)
    page.goto("about:blank")  # at once: nothing waits for the page to rest
    page.go_back()
    expect(page.locator("#answer")).to_have_text("3")


def test_names_of_dials_are_kept_for_each_network(page: Page) -> None:
    open_digit(page, 0, "&model=mnist&names=7.2+hooked")
    dials = page.locator("#dials")
    expect(dials).to_contain_text("hooked")
    page.locator("#model").select_option("mnist-drawn")
    expect(dials).not_to_contain_text("hooked")
    at_rest(page)
    page.locator("#model").select_option("mnist")
    expect(dials).to_contain_text("hooked")


def test_a_proxy_in_front_of_a_server_that_starts_again_is_told_in_a_sentence(page: Page, witness: Witness) -> None:
    open_digit(page)
    broken: list[Route] = []

    def fail(route: Route) -> None:
        broken.append(route)
        route.fulfill(status=502, body="<html>Bad Gateway</html>", content_type="text/html")

    page.route("**/api/trace*", fail)
    page.locator("#iterations").select_option("4")
    expect(page.locator("#notice-text")).to_have_text("The server does not answer. Your drawing is kept; trying again.")
    page.unroute("**/api/trace*")
    expect(page.locator("#notice")).to_be_hidden()
    expect(page.locator("#iteration")).to_contain_text("of 4")
    witness.complaints.clear()  # the browser notes each 502


def test_clear_empties_what_hung_on_the_drawing(page: Page) -> None:
    open_digit(page, 0, "&dimension=3")
    open_section(page, "perturbations")
    expect(page.locator("#loupe-caption")).not_to_have_text("")
    open_section(page, "masks")
    expect(page.locator("#gauge-verdict")).not_to_have_text("")
    open_section(page, "between")
    expect(page.locator("#walk-caption")).not_to_have_text("")
    page.keyboard.press("c")
    for words in ("#loupe-caption", "#loupe-change", "#gauge-verdict", "#gauge-trust", "#walk-caption"):
        expect(page.locator(words)).to_have_text("")
    expect(page.locator("#mean-pose-caption")).to_have_text("what the mean pose draws")
