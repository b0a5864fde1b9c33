"""Drawing with a pen, and what the network makes of it."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from tests.browser.asking import trace_of_digit
from tests.browser.eyes import cells, colour, distance, ink, mix, picture
from tests.browser.pens import PenDigit, draw, pen_digits, plain_digit
from tests.browser.waiting import at_rest, open_digit, until, until_held

PLAIN = [digit for digit in pen_digits() if not digit.hard]
READ_AT_LEAST = 19  # of the twenty plain digits; the six hard ones are hard
EMPTY = "–"


def test_pen_digits_of_real_writers_are_recognised(page: Page) -> None:
    open_digit(page)
    readings = [(digit, read(page, digit)) for digit in PLAIN]
    wrong = [
        f"a {digit.label} by writer {digit.writer} as {answer}"
        for digit, answer in readings
        if answer != str(digit.label)
    ]
    assert len(PLAIN) - len(wrong) >= READ_AT_LEAST, wrong


def read(page: Page, digit: PenDigit) -> str:
    """Draw a digit on the empty pad; what it is read as, with the picture that the network saw checked for ink."""
    page.locator("#clear").click()
    expect(page.locator("#answer")).to_have_text(EMPTY)
    draw(page, digit.strokes)
    at_rest(page)
    assert ink(page.locator("#sees")) > 100
    return page.locator("#answer").inner_text()


def test_the_answer_comes_while_the_pen_is_still_down(page: Page) -> None:
    open_digit(page, 2)
    page.locator("#clear").click()
    box = page.locator("#pad").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.8, steps=12)
    expect(page.locator("#answer")).to_have_text("1")
    page.mouse.up()


def test_what_the_network_sees_is_shown_pixel_by_pixel(page: Page) -> None:
    open_digit(page)
    surface, dark = colour(page, "surface"), colour(page, "ink")
    seen = cells(page.locator("#sees"), 28, 28)
    for shown, value in zip(seen, trace_of_digit(page, 0).image.flat, strict=True):
        assert distance(shown, mix(surface, dark, float(value))) <= 2


def test_undo_takes_back_the_last_stroke_and_clear_all(page: Page) -> None:
    open_digit(page)
    pad = page.locator("#pad")
    page.locator("#clear").click()
    at_rest(page)
    blank = picture(pad)
    strokes = plain_digit(1).strokes
    draw(page, strokes)
    at_rest(page)
    one_stroke = picture(pad)
    assert one_stroke != blank
    draw(page, [[[0.1, 0.1], [0.3, 0.1]]])
    until(lambda: picture(pad) != one_stroke, "the second stroke is there")
    page.locator("#undo").click()
    until(lambda: picture(pad) == one_stroke, "the second stroke is gone")
    page.locator("#clear").click()
    until(lambda: picture(pad) == blank, "the pad is empty")
    expect(page.locator("#answer")).to_have_text(EMPTY)


def test_a_wider_pen_leaves_more_ink(page: Page) -> None:
    open_digit(page)
    draw(page, plain_digit(7).strokes)
    at_rest(page)
    thin, seen = ink(page.locator("#pad")), picture(page.locator("#sees"))
    page.locator("#pen").fill("0.15")
    at_rest(page)
    assert ink(page.locator("#pad")) > 1.3 * thin
    assert picture(page.locator("#sees")) != seen


def test_an_empty_pad_is_an_empty_page_that_invites(page: Page) -> None:
    open_digit(page)
    page.locator("#clear").click()
    expect(page.locator("#pad-hint")).to_be_visible()
    expect(page.locator("#answer")).to_have_text(EMPTY)
    expect(page.locator("#inspector")).to_contain_text("Draw a digit")
    expect(page.locator("#play")).to_be_disabled()
    expect(page.locator("#dial-1")).to_be_disabled()
    for blank in ["#sees", "#links", "#reconstruction", "#conv1"]:
        assert ink(page.locator(blank)) == 0
    draw(page, plain_digit(3).strokes)
    expect(page.locator("#answer")).to_have_text("3")
    expect(page.locator("#pad-hint")).to_be_hidden()


# Notes the frame in which the answer is first told, and the frame in which the links are.
_NOTE_FRAMES = """(() => {
  let frame = 0;
  const count = () => { frame++; requestAnimationFrame(count); };
  requestAnimationFrame(count); // the first callback of each frame
  window.told = {};
  const note = (id, isTold) => {
    const part = document.getElementById(id);
    new MutationObserver(() => { if (isTold(part)) window.told[id] ??= frame; })
      .observe(part, { childList: true, characterData: true, subtree: true, attributes: true });
  };
  note("answer", ({ textContent }) => textContent !== "–");
  note("links", ({ dataset }) => dataset.links !== undefined);
})()"""


def test_the_answer_is_told_first_and_the_rest_at_most_two_frames_later(page: Page) -> None:
    page.goto("/#empty=1")
    expect(page.locator("#model option")).not_to_have_count(0)
    at_rest(page)
    page.evaluate(_NOTE_FRAMES)
    held: list[Route] = []  # the first question, until the pen is up: a point of the pen would tell all at once
    page.route("**/api/trace*", lambda route: route.continue_() if held else held.append(route))
    draw(page, plain_digit(4).strokes)
    until_held(page, held)
    held[0].continue_()
    expect(page.locator("#answer")).to_have_text("4")
    at_rest(page)
    told: dict[str, int] = page.evaluate("told")
    assert 1 <= told["links"] - told["answer"] <= 2
    assert page.locator("#links").get_attribute("data-links") not in (None, "0")
