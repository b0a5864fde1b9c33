"""The sections below the figure: fetched as they near the screen; the transport goes with the reader."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Witness
from tests.browser.eyes import ink
from tests.browser.waiting import open_digit, open_section, until


def test_a_sections_scripts_come_when_it_nears_the_screen(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_digit(page)
    assert not any("matrices/matrices." in url for url in asked)
    open_section(page, "matrices")
    until(lambda: ink(page.locator("#matrix")) > 0, "the matrix is drawn")
    sent = page.evaluate("""performance.getEntriesByType("resource")
      .filter(({ name }) => name.includes("/matrices/matrices."))
      .map(({ transferSize }) => transferSize)""")
    assert len([size for size in sent if size > 0]) == 1, sent  # a script is imported from the browser's cache


def test_a_section_that_did_not_come_says_so_and_is_fetched_again(page: Page, witness: Witness) -> None:
    lost = True

    def answer(route: Route) -> None:
        if lost:
            route.abort()
        else:
            route.continue_()

    page.route("**/charts/matrix.*js", answer)
    open_digit(page)
    section = page.locator("#matrices")
    section.scroll_into_view_if_needed()
    expect(section).to_have_attribute("data-missing", "")
    lost = False
    expect(section).not_to_have_attribute("data-missing", "")
    witness.complaints.clear()  # the browser's own word for the lost request


def test_the_transport_goes_with_the_reader(page: Page) -> None:
    open_digit(page)
    transport = page.locator("#transport")
    expect(transport).not_to_have_class("transport afloat")
    open_section(page, "matrices")
    expect(transport).to_have_class("transport afloat")
    expect(page.locator("#step-back")).to_be_in_viewport()
    page.locator("#step-back").click()
    expect(page.locator("#iteration")).to_contain_text("iteration 2 of 3")
    page.locator("#pad").scroll_into_view_if_needed()
    expect(transport).not_to_have_class("transport afloat")
