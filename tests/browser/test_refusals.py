"""What a browser may refuse, or a server fail to say: the page goes on without it."""

from __future__ import annotations

import re

from playwright.sync_api import Route, expect

from tests.browser.conftest import NewPage, Witness
from tests.browser.eyes import ink
from tests.browser.waiting import at_rest, open_digit

# As a page has it that another machine serves over plain http.
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
# As a browser has it that keeps nothing for a site.
NO_STORAGE = """
Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } })
"""


def test_without_a_clipboard_the_link_stands_in_the_address_bar(new_page: NewPage) -> None:
    page = new_page()
    page.add_init_script(NO_CLIPBOARD)
    open_digit(page, 3)
    page.evaluate("history.replaceState(null, '', '#')")
    page.locator("#share").click()
    expect(page.locator("#share")).to_have_text("Link is in the address bar")
    assert "digit=3" in page.url
    expect(page.locator("#share")).to_have_text("Copy link")


def test_without_storage_the_page_is_whole_and_the_theme_lasts_as_long_as_it(new_page: NewPage) -> None:
    page = new_page()
    page.add_init_script(NO_STORAGE)
    open_digit(page)
    page.locator("#theme").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    assert ink(page.locator("#reconstruction")) > 100


def test_the_network_of_a_link_is_kept_until_the_list_of_networks_comes(new_page: NewPage, witness: Witness) -> None:
    page = new_page()
    lists: list[Route] = []

    def fail_once(route: Route) -> None:
        lists.append(route)
        if len(lists) == 1:
            route.fulfill(status=503, json={"error": {"code": "overloaded", "message": "busy"}})
        else:
            route.continue_()

    page.route("**/api/models", fail_once)
    page.goto("/#digit=0&model=mnist&names=7.2+hooked")
    expect(page.locator("#model")).to_have_value("mnist")
    expect(page.locator("#answer")).not_to_have_text("–")
    at_rest(page)
    assert len(lists) == 2
    assert "model=mnist" in page.url
    expect(page.locator("#dials")).to_contain_text("hooked")
    assert all("Failed to load resource" in complaint for complaint in witness.complaints)
    witness.complaints.clear()


def test_a_part_that_is_refused_says_so_in_its_place_until_it_comes(new_page: NewPage, witness: Witness) -> None:
    page = new_page()
    refused = re.compile(
        r"/api/(masks|planes|perturb|iterations|gauge|dimensions)\?"
    )  # and not static/js/api/iterations.js
    refusal = {"error": {"code": "internal", "message": "the network stumbled"}}
    page.route(refused, lambda route: route.fulfill(status=500, json=refusal))
    open_digit(page, 3, "&grid=paper")
    for part in ("planes", "study", "masks", "gauge", "perturbations", "dimensions"):
        line = page.locator(f'[data-trouble="{part}"]')
        page.locator(f"section.below:has([data-trouble={part}])").scroll_into_view_if_needed()
        expect(line).to_contain_text("could not be loaded. the network stumbled")
    page.unroute(refused)
    page.evaluate("location.hash = '#digit=4&grid=paper'")
    expect(page.locator("[data-trouble]:visible")).to_have_count(0)
    assert all("Failed to load resource" in complaint for complaint in witness.complaints)
    witness.complaints.clear()


def test_a_map_of_conv1_is_asked_by_touch(new_page: NewPage) -> None:
    page = new_page(has_touch=True)
    open_digit(page)
    conv1 = page.locator("#conv1")
    box = conv1.bounding_box()
    assert box is not None
    told = page.locator("#inspector")
    seen = set()
    for across in (0.1, 0.5, 0.9, 0.5):
        conv1.tap(position={"x": across * box["width"], "y": 0.5 * box["height"]})
        at_rest(page)  # it is told a frame later, and the kernels are fetched the first time
        expect(told).to_contain_text("of Conv1")
        seen.add(told.inner_text())
    assert len(seen) == 3


def test_the_pad_says_whether_its_pen_is_down_and_nothing_else(new_page: NewPage) -> None:
    page = new_page()
    open_digit(page)
    page.locator("#pad").focus()
    said = page.locator("#said")
    page.keyboard.press("c")
    page.keyboard.press("Space")
    expect(said).to_have_text("pen down")
    for _ in range(8):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    at_rest(page)
    expect(said).to_have_text("pen up")
    page.keyboard.press("Space")
    expect(said).to_have_text("pen down")
    page.keyboard.press("Backspace")
    page.keyboard.press("Space")
    expect(said).to_have_text("pen down")
