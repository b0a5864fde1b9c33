"""Finding one's way to what lies below the figure."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.waiting import at_rest, open_digit, until


def test_the_contents_lead_to_every_section(page: Page) -> None:
    open_digit(page)
    titles = page.locator("section.below > h2").all_inner_texts()
    page.locator("#contents-open").click()
    entries = page.locator("#contents li button")
    assert entries.all_inner_texts() == titles
    assert len(titles) >= 10
    entries.nth(5).click()
    expect(page.locator("#contents")).to_be_hidden()
    section = page.locator("section.below").nth(5)
    at_rest(page)
    until(lambda: abs((section.bounding_box() or {"y": 9e9})["y"]) < 60, "the section stands at the top")
    assert page.evaluate("document.activeElement.tagName") == "H2"


def test_the_page_says_that_there_is_more_until_somebody_has_seen_it(page: Page) -> None:
    open_digit(page)
    more = page.locator("#more")
    expect(more).to_be_in_viewport()
    more.click()
    expect(more).to_be_hidden()
    expect(page.locator("section.below").first).to_be_in_viewport()


def test_the_contents_open_and_close_by_keyboard(page: Page) -> None:
    open_digit(page)
    page.locator("#contents-open").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#contents li button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#contents")).to_be_hidden()
