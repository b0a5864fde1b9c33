"""The oldest browsers that the page works in: what they lack is taken from ours, and the page does all the same."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.eyes import ink
from tests.browser.pens import draw, plain_digit
from tests.browser.waiting import at_rest, open_digit

# What browsers had after Chrome 109, Firefox 115 or Safari 16.4, whichever of them was last.
YOUNG_ARRAYS = """
for (const name of ["with", "toSorted", "toSpliced", "toReversed"]) {
  delete Array.prototype[name];
  delete Object.getPrototypeOf(Float32Array.prototype)[name];
}
delete AbortSignal.any;
delete Promise.withResolvers;
delete Object.groupBy;
delete Map.groupBy;
delete Array.fromAsync;
for (const name of ["union", "intersection", "difference", "isSubsetOf"]) delete Set.prototype[name];
for (const name of ["map", "filter", "take", "drop", "toArray"]) delete Iterator.prototype[name];
"""
YOUNG_ELEMENTS = """
for (const name of ["popover", "showPopover", "hidePopover", "togglePopover"]) delete HTMLElement.prototype[name];
delete HTMLButtonElement.prototype.popoverTargetElement;
delete window.ToggleEvent;
delete Element.prototype.checkVisibility;
for (const name of Object.getOwnPropertyNames(Element.prototype)) {
  if (name.startsWith("aria")) delete Element.prototype[name];
}
delete PointerEvent.prototype.getCoalescedEvents;
"""
NO_OFFSCREEN = "delete window.OffscreenCanvas;"
LACKS = {
    "arrays and signals": YOUNG_ARRAYS,
    "elements": YOUNG_ELEMENTS,
    "OffscreenCanvas": NO_OFFSCREEN,
    "all of it": YOUNG_ARRAYS + YOUNG_ELEMENTS + NO_OFFSCREEN,
}


@pytest.mark.parametrize("lacking", LACKS)
def test_without_what_is_young_the_page_draws_reads_plays_and_opens(new_page: NewPage, lacking: str) -> None:
    page = new_page()
    page.add_init_script(LACKS[lacking])
    open_digit(page)
    expect(page.locator("#not-started")).to_be_hidden()
    draw(page, plain_digit(3).strokes)
    expect(page.locator("#answer")).to_have_text("3")
    at_rest(page)
    for canvas in ("#pad", "#sees", "#links", "#conv1", "#reconstruction"):
        assert ink(page.locator(canvas)) > 50, canvas
    expect(page.locator(".class-row[data-label='3']")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#dial-2")).to_have_attribute("aria-label", re.compile("Dimension 2"))
    page.locator(".class-row[data-label='5']").click()
    expect(page.locator("#dials-class")).to_have_text("5")
    assert ink(page.locator("#pad")) > 50  # tinted with what is the 5's
    page.locator("#play").click()
    expect(page.locator("#play")).to_have_text("Pause")
    expect(page.locator("#play")).to_have_text("Play routing")
    every_panel_opens(page)
    page.locator("#save").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name=re.compile("PNG")).first.click()
    assert saved.value.path().read_bytes().startswith(b"\x89PNG")


def every_panel_opens(page: Page) -> None:
    """And closes: by Escape, by a press elsewhere, by its button; the focus returns."""
    for name, inside in (("contents", "How capsules work"), ("saving", "Numbers")):
        button = page.locator({"contents": "#contents-open", "saving": "#save"}[name])
        panel = page.locator(f"#{name}")
        expect(panel).to_be_hidden()
        expect(button).to_have_attribute("aria-expanded", "false")
        button.click()
        expect(panel).to_contain_text(inside)
        expect(button).to_have_attribute("aria-expanded", "true")
        assert page.evaluate("(name) => document.getElementById(name).contains(document.activeElement)", name)
        page.keyboard.press("Escape")
        expect(panel).to_be_hidden()
        expect(button).to_be_focused()
        button.click()
        expect(panel).to_be_visible()
        page.locator("#title-input").click()
        expect(panel).to_be_hidden()
        button.click()
        expect(panel).to_be_visible()
        button.click()
        expect(panel).to_be_hidden()
    page.locator("#help-open").click()
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()


def test_escape_closes_a_panel_and_lets_go_of_nothing_else(page: Page) -> None:
    open_digit(page, rest="&capsule=321")
    expect(page.locator("#inspector")).to_contain_text("Primary capsule 322")
    page.locator("#contents-open").click()
    page.keyboard.press("Escape")
    expect(page.locator("#contents")).to_be_hidden()
    expect(page.locator("#inspector")).to_contain_text("Primary capsule 322")
    page.keyboard.press("Escape")
    expect(page.locator("#inspector")).not_to_contain_text("Primary capsule 322")


def test_a_panel_that_the_focus_leaves_closes(page: Page) -> None:
    open_digit(page)
    page.locator("#contents-open").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#contents")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    page.locator("#theme").focus()
    expect(page.locator("#contents")).to_be_hidden()
    expect(page.locator("#theme")).to_be_focused()


def test_the_page_lies_as_it_does_where_colours_cannot_be_mixed(page: Page) -> None:
    """Chrome 109 and 110: what would be mixed has a plain colour, so that nothing is unseen."""
    page.route(
        "**/static/css/tokens*.css",
        lambda route: route.fulfill(
            body=route.fetch().text().replace("color-mix(in srgb, red", "color-mix(in nothing, red"),
            content_type="text/css",
        ),
    )
    open_digit(page)
    style = "(name) => getComputedStyle(document.querySelector(name)).backgroundColor"
    assert page.evaluate(style, ".class-row .bar") == page.evaluate(
        "(() => { const probe = document.body.appendChild(document.createElement('i'));"
        "probe.style.color = 'var(--line)'; return getComputedStyle(probe).color; })()"
    )
