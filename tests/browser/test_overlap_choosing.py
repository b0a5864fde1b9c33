"""Where the digits of a pair come from besides the pen: test digits, test pairs, and the Explore room."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.eyes import ink
from tests.browser.pens import draw, plain_digit
from tests.browser.waiting import address, at_rest, open_digit, until, written

ONE_DIGIT = "One of the two layers is empty."
SCRAWL = [[0.05 + 0.9 * (k % 2), 0.05 + 0.9 * k / 8] for k in range(9)]  # over the whole pad; no digit
# The lines of the text of each thumbnail, as they lie below each other.
LINES = """(thumbnails) => thumbnails.map(({ lastChild: text }) => {
  const lines = new Map();
  for (let k = 0; k < text.length; k++) {
    const range = document.createRange();
    range.setStart(text, k);
    range.setEnd(text, k + 1);
    const top = Math.round(range.getBoundingClientRect().top);
    lines.set(top, (lines.get(top) ?? "") + text.data[k]);
  }
  return [...lines.values()].map((line) => line.replaceAll("\\u00a0", " ").trim()).filter(Boolean);
})"""
REFUSE_STORAGE = """Object.defineProperty(window, "localStorage", { get() { throw new DOMException("denied"); } });"""


def open_pair(page: Page, fragment: str = "a=8&b=0") -> None:
    page.goto(f"/overlap#{fragment}")
    expect(page.locator("#overlap-told")).not_to_be_empty()
    at_rest(page)


def state_of(page: Page) -> dict[str, str]:
    """What the address holds."""
    return {key: values[0] for key, values in parse_qs(urlsplit(address(page)).fragment).items()}


def explore(page: Page, label: int = 3) -> str:
    """Draw a digit in the Explore room. Gives the drawing as the address of that room holds it."""
    open_digit(page, 1)
    draw(page, plain_digit(label).strokes)
    at_rest(page)
    written(page)
    return state_of(page)["strokes"]


def test_each_layer_takes_a_test_digit_from_one_gallery(page: Page) -> None:
    open_pair(page, "a=8&b=0@2.-3")
    page.locator("#digit-b").click()
    expect(page.locator("#gallery-page")).to_have_text("10,000 digits, page 1 of 167")
    page.locator("#gallery-label").select_option("4")
    expect(page.locator("#gallery-page")).to_contain_text("982 digits")
    four = page.locator("#gallery .thumbnail:not(.wrong)").nth(3)
    index = re.findall(r"\d+", four.get_attribute("title") or "")[0]
    four.click()
    expect(page.locator("#gallery")).to_be_hidden()
    expect(page.locator("#truth-b")).to_contain_text(re.compile(f"Test digit {index}.*4"))
    until(lambda: state_of(page).get("b") == f"{index}@2.-3", "B is that digit, where the one before lay")
    assert state_of(page)["a"] == "8"
    page.locator("#digit-a").click()
    expect(page.locator("#gallery .thumbnail img[alt='A 4']")).to_have_count(60)
    page.locator("#gallery .thumbnail").first.click()
    expect(page.locator("#truth-a")).to_contain_text("4")
    until(lambda: state_of(page).get("b") == f"{index}@2.-3" and state_of(page)["a"] != "8", "A is another, B stays")


def test_a_test_pair_is_chosen_with_its_digits_and_where_they_lie(page: Page) -> None:
    open_pair(page)
    page.keyboard.press("g")
    status = page.locator("#pair-gallery-page")
    expect(status).to_have_text("10,000 pairs, page 1 of 167")
    page.locator("#pair-gallery-on").click()
    expect(status).to_contain_text("page 2 of 167")
    page.locator("#pair-gallery-label").select_option("3")
    expect(status).not_to_contain_text("10,000")
    page.locator("#pair-gallery .thumbnail", has_text=re.compile("3")).nth(59).wait_for()
    chosen = page.locator("#pair-gallery .thumbnail:not(.wrong)").first
    index = int(re.findall(r"\d+", chosen.get_attribute("title") or "")[0])
    pair: dict[str, Any] = page.request.get(f"/api/pairs/{index}?model=multimnist").json()
    a, b = pair["labels"]
    assert " ".join(chosen.inner_text().split()) == f"{a} and {b}"
    chosen.click()
    expect(page.locator("#pair-gallery")).to_be_hidden()
    layers = [
        f"{digit}@{down}.{right}" if down or right else str(digit)
        for digit, (down, right) in zip(pair["digits"], pair["offsets"], strict=True)
    ]
    until(lambda: [state_of(page).get(key) for key in "ab"] == layers, "both digits lie where they lie in the pair")
    for key, digit, label in zip("ab", pair["digits"], pair["labels"], strict=True):
        expect(page.locator(f"#truth-{key}")).to_contain_text(re.compile(f"Test digit {digit}.*{label}"))


def test_misread_pairs_say_what_they_are_read_as(page: Page) -> None:
    open_pair(page)
    page.locator("#pairs-open").click()
    page.locator("#pair-gallery-wrong").check()
    count = page.request.get("/api/pairs?model=multimnist&misclassified=true").json()["count"]
    expect(page.locator("#pair-gallery-page")).to_contain_text(f"{count:,} pairs, page 1")
    thumbnails = page.locator("#pair-gallery .thumbnail")
    expect(page.locator("#pair-gallery .thumbnail.wrong")).to_have_count(60)
    for text in thumbnails.all_inner_texts():
        said = re.fullmatch(r"(\d) and (\d) read as (\d) and (\d)", " ".join(text.split()))
        assert said, text
        assert {said[1], said[2]} != {said[3], said[4]}


def test_on_a_phone_both_classes_below_a_pair_stay_on_one_line(new_page: NewPage) -> None:
    page = new_page(has_touch=True, viewport={"width": 390, "height": 844})
    open_pair(page)
    page.locator("#pairs-open").tap()
    page.locator("#pair-gallery-wrong").check()
    expect(page.locator("#pair-gallery .thumbnail.wrong")).to_have_count(60)
    for lines in page.locator("#pair-gallery .thumbnail").evaluate_all(LINES):
        assert re.fullmatch(r"\d and \d\nread as[\n ]\d and \d", "\n".join(lines)), lines
    fits = "(list) => list.scrollWidth <= list.clientWidth"
    assert page.locator("#pair-gallery-thumbnails").evaluate(fits)


def test_without_a_drawing_in_the_explore_room_there_is_nothing_to_take(page: Page) -> None:
    open_digit(page)  # as a link has it
    page.evaluate("localStorage.clear()")
    open_pair(page)
    for layer in "ab":
        expect(page.locator(f"#explored-{layer}")).to_be_hidden()


def test_what_a_first_visit_shows_is_not_taken_along(page: Page) -> None:
    page.goto("/")
    expect(page.locator("#answer")).not_to_have_text("–")
    at_rest(page)
    page.locator(".rooms a[data-room='overlap']").click()
    expect(page.locator("#overlap-told")).to_contain_text("ink")  # both digits that the room shows by itself
    expect(page.locator("#explored-a")).to_be_hidden()


def test_the_navigation_takes_the_drawing_along_as_layer_a(page: Page) -> None:
    strokes = explore(page)
    link = page.locator(".rooms a[data-room='overlap']")
    link.focus()
    assert (link.get_attribute("href") or "").startswith("./overlap#")
    link.press("Enter")
    expect(page.locator("#overlap-told")).to_have_text(ONE_DIGIT)
    expect(page.locator("#truth-a")).to_contain_text("read alone as 3")
    assert page.evaluate("location.pathname") == "/overlap"
    assert state_of(page)["a"] == f"s{strokes}"
    assert ink(page.locator("#pad-a")) > 100
    assert ink(page.locator("#pad-b")) == 0
    expect(page.locator("#notice")).to_be_hidden()


def test_each_layer_takes_what_was_last_looked_at_in_the_explore_room(page: Page) -> None:
    open_pair(page)
    other = page.context.new_page()
    strokes = explore(other)
    other.close(run_before_unload=False)
    expect(page.locator("#explored-b")).to_be_enabled()  # it was drawn in another tab, while this one was open
    page.locator("#explored-b").click()
    expect(page.locator("#truth-b")).to_contain_text("read alone as 3")
    until(lambda: state_of(page).get("b") == f"s{strokes}", "B is the drawing")
    assert state_of(page)["a"] == "8"
    open_digit(page, 4321)  # a test digit takes the drawing's place
    open_pair(page)
    page.locator("#explored-a").click()
    until(lambda: state_of(page).get("a") == "4321", "A is the test digit")


def test_a_picture_that_was_opened_is_taken_as_the_network_saw_it(page: Page) -> None:
    pixels = "A" * 400 + "_" * 40 + "A" * 606
    page.goto(f"/#pixels={pixels}")
    expect(page.locator("#answer")).not_to_have_text("–")
    at_rest(page)
    open_pair(page)
    page.locator("#explored-a").click()
    until(lambda: state_of(page).get("a") == f"p{pixels}", "A is the picture")
    assert ink(page.locator("#pad-a")) > 100


def test_a_browser_that_keeps_nothing_still_takes_the_drawing_along(new_page: NewPage) -> None:
    page = new_page()
    page.add_init_script(REFUSE_STORAGE)
    strokes = explore(page)
    page.locator(".rooms a[data-room='overlap']").click()
    expect(page.locator("#truth-a")).to_contain_text("read alone as 3")
    assert state_of(page)["a"] == f"s{strokes}"
    expect(page.locator("#explored-b")).to_be_hidden()


def test_a_drawing_that_fits_badly_is_offered_the_way_here(page: Page) -> None:
    open_digit(page)
    offers = page.locator("#two-digits, #gauge-two-digits")
    expect(offers).to_have_count(2)
    for offer in offers.all():
        expect(offer).to_be_hidden()
    draw(page, [SCRAWL])
    at_rest(page)
    expect(page.locator("#fit")).to_be_visible()
    expect(page.locator("#two-digits")).to_be_in_viewport()
    until(lambda: "#" in (page.locator("#two-digits").get_attribute("href") or ""), "the link holds the drawing")
    gauge = page.locator("#gauge-two-digits")
    gauge.scroll_into_view_if_needed()
    expect(gauge).to_be_visible()
    href = gauge.get_attribute("href") or ""
    assert href.startswith("./overlap#")
    assert urljoin("http://host/prefix/", href).startswith("http://host/prefix/overlap#")
    page.locator("#two-digits").click()
    expect(page.locator("#overlap-told")).to_have_text(ONE_DIGIT)
    assert state_of(page)["a"].startswith("s")
    assert ink(page.locator("#pad-a")) > 100
