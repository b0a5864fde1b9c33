"""The page comes up whole, and a digit drawn with a pen is recognised."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.pens import draw, plain_digit


def test_the_page_opens_without_complaint(page: Page) -> None:
    answer = page.goto("/")
    assert answer is not None
    assert answer.ok
    expect(page).to_have_title("CapsNet Explorer")
    expect(page.locator("#pad")).to_be_visible()


def test_a_drawn_seven_is_a_seven(page: Page) -> None:
    page.goto("/")
    draw(page, plain_digit(7).strokes)
    expect(page.locator("#answer")).to_have_text("7")
