"""What a test digit truly is stands beside what the network reads."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.pens import draw, plain_digit
from tests.browser.waiting import at_rest, open_digit


def test_a_misread_test_digit_shows_what_it_truly_is(page: Page) -> None:
    open_digit(page, 0)
    model = page.locator("#model").input_value()
    found = page.request.get(f"/api/digits?misclassified=true&model={model}").json()["digits"][0]
    assert found["label"] != found["predicted"]
    before = page.locator("#transport").bounding_box()
    page.locator("#gallery-open").click()
    page.locator("#gallery-wrong").check()
    expect(page.locator(".thumbnail:not(.wrong)")).to_have_count(0)
    page.locator(".thumbnail.wrong").first.click()
    expect(page.locator("#answer")).to_have_text(str(found["predicted"]))
    expect(page.locator("#truth")).to_contain_text(f"Test digit {found['index']}: truly")
    expect(page.locator("#truth")).to_contain_text(str(found["label"]))
    at_rest(page)
    assert page.locator("#transport").bounding_box() == before, "nothing moves"


def test_of_a_digit_that_is_read_right_it_says_no_more_than_its_number(page: Page) -> None:
    open_digit(page, 0)
    expect(page.locator("#truth")).to_have_text("Test digit 0: a 7")
    page.locator("#clear").click()
    draw(page, plain_digit(3).strokes)
    expect(page.locator("#answer")).to_have_text("3")
    expect(page.locator("#truth")).to_have_text("")
