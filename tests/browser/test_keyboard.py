"""The keyboard alone: no test here touches a pointer."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.eyes import picture
from tests.browser.waiting import at_rest, open_digit, until

MOST_TABS = 80


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until that element has the focus, and can be seen to have it."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"nothing shows that {selector} has the focus"
            return
    raise AssertionError(f"Tab does not reach {selector}")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_digit_is_drawn_routed_and_turned(page: Page) -> None:
    open_digit(page)
    expect(page.locator("#answer")).to_have_text("7")

    tab_to(page, "#pad")
    press(page, "c")
    expect(page.locator("#answer")).to_have_text("–")
    press(page, "Space", *["ArrowDown"] * 12, "Space")
    at_rest(page)
    expect(page.locator("#answer")).to_have_text("1")

    links = page.locator("#links")
    last = picture(links)
    press(page, ",")
    expect(page.locator("#iteration")).to_contain_text("iteration 2 of 3")
    until(lambda: picture(links) != last, "the links change")
    press(page, ".")
    expect(page.locator("#iteration")).to_contain_text("iteration 3 of 3")

    tab_to(page, ".class-row")
    press(page, "Home", *["ArrowDown"] * 7)
    expect(page.locator(".class-row[data-label='7']")).to_be_focused()
    press(page, "Enter")
    expect(page.locator("#dials-class")).to_have_text("7")
    press(page, "7")
    expect(page.locator("#dials-class")).to_have_text("1")

    reconstruction = page.locator("#reconstruction")
    at_rest(page)
    found = picture(reconstruction)
    tab_to(page, "#dial-2")
    press(page, *["ArrowRight"] * 5)
    furthest = float(page.locator("#dial-2").get_attribute("max") or "")  # no further than the digits of the class
    expect(page.locator("#dial-2")).to_have_value(f"{min(0.05, furthest):g}")
    until(lambda: picture(reconstruction) != found, "the reconstruction follows")
    press(page, "u")
    until(lambda: picture(reconstruction) == found, "the turn is taken back")
    press(page, "ArrowRight")
    until(lambda: picture(reconstruction) != found, "the reconstruction follows")
    press(page, "r")
    until(lambda: picture(reconstruction) == found, "the reconstruction is the first again")

    tab_to(page, "#scrub")
    press(page, "ArrowLeft")
    expect(page.locator("#iteration")).to_contain_text("iteration 2 of 3")
    press(page, "p")
    expect(page.locator("#play")).to_have_text("Pause")
    expect(page.locator("#play")).to_have_text("Play routing")
    expect(page.locator("#iteration")).to_contain_text("iteration 3 of 3")


def test_strokes_are_taken_back_and_cleared(page: Page) -> None:
    open_digit(page)
    pad = page.locator("#pad")
    tab_to(page, "#pad")
    press(page, "c", "Space", *["ArrowDown"] * 10, "Space")
    at_rest(page)
    press(page, "ArrowLeft", "ArrowLeft", "Space", *["Shift+ArrowLeft"] * 6, "Space", "Tab")
    at_rest(page)
    both = picture(pad)
    press(page, "z")
    until(lambda: picture(pad) != both, "the second stroke is gone")
    at_rest(page)
    expect(page.locator("#answer")).to_have_text("1")
    press(page, "c")
    expect(page.locator("#answer")).to_have_text("–")


def test_escape_on_the_pad_lets_go_of_what_is_pinned_and_leaves_the_drawing(page: Page) -> None:
    open_digit(page, rest="&capsule=321&owns=7")
    pad = page.locator("#pad")
    tab_to(page, "#pad")
    press(page, "Space", *["ArrowDown"] * 12, "Space")
    at_rest(page)
    expect(page.locator("#answer")).to_have_text("1")
    drawn = picture(pad)
    expect(page.locator("#inspector")).to_contain_text("Primary capsule 322")
    press(page, "Escape")
    expect(page.locator("#inspector")).not_to_contain_text("Primary capsule 322")
    expect(page.locator("#answer")).to_have_text("1")
    assert picture(pad) == drawn


def test_help_opens_and_closes(page: Page) -> None:
    open_digit(page)
    help_text = page.locator("#help")
    press(page, "?")
    expect(help_text).to_be_visible()
    press(page, "p")  # belongs to the dialog now
    expect(page.locator("#play")).to_have_text("Play routing")
    press(page, "Escape")
    expect(help_text).to_be_hidden()
    tab_to(page, "#help-open")
    press(page, "Enter")
    expect(help_text).to_be_visible()
    press(page, "Enter")  # on its button to close, which has the focus
    expect(help_text).to_be_hidden()


def test_a_test_digit_is_chosen(page: Page) -> None:
    open_digit(page)
    press(page, "g")
    expect(page.locator("#gallery")).to_be_visible()
    expect(page.locator(".thumbnail")).to_have_count(60)
    tab_to(page, "#gallery-label")
    press(page, "3")
    expect(page.locator(".thumbnail img[alt='A 3']")).to_have_count(60)
    tab_to(page, ".thumbnail")
    press(page, "ArrowRight")
    expect(page.locator(".thumbnail").nth(1)).to_be_focused()
    press(page, "Enter")
    expect(page.locator("#gallery")).to_be_hidden()
    expect(page.locator("#answer")).to_have_text("3")
    press(page, "g")
    expect(page.locator("#gallery")).to_be_visible()
    press(page, "Escape")
    expect(page.locator("#gallery")).to_be_hidden()
