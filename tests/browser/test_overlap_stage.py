"""The first screen of the Overlap room: the answer, both digits taken apart, and what the picture of the sum shows."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.asking import Array, pixels_of_digit, tensors_of
from tests.browser.conftest import NewPage, Witness
from tests.browser.eyes import Colour, cells, colour, distance, length_of, mix
from tests.browser.eyes import picture as picture_of
from tests.browser.pens import draw_on, plain_digit
from tests.browser.test_accessibility import violations
from tests.browser.test_layout import SMALLEST_TEXT, TEXT_SIZES
from tests.browser.waiting import at_rest, until

THREE, EIGHT, OTHER_THREE = 68, 61, 18  # test digits
OFFSETS = ((-1, -3), (1, 3))
PAIR = f"a={THREE}@-1.-3&b={EIGHT}@1.3"
NEAR = 3  # of 255: the page has the numbers in float16
UNCLAIMED = 0.18  # as in static/js/charts/pair.js
SIZES = [(1280, 720), (1024, 768), (390, 844)]


def open_pair(page: Page, link: str = PAIR) -> None:
    page.goto(f"/overlap#{link}")
    expect(page.locator("#read-a")).not_to_have_text("–")
    expect(page.locator("#pair-told")).not_to_have_text("")
    at_rest(page)


def trace_of(page: Page, *digits: int) -> dict[str, Array]:
    layers: list[dict[str, Any]] = [
        {"pixels": pixels_of_digit(page, digit), "offset": list(offset)}
        for digit, offset in zip(digits, OFFSETS, strict=True)
    ]
    return tensors_of(page, "/api/trace?model=multimnist&include=reconstructions,layers", {"layers": layers})


def assert_shows(canvas: Locator, wanted: list[Colour], side: int) -> None:
    far = max(distance(*pair) for pair in zip(cells(canvas, side, side), wanted, strict=True))
    assert far <= NEAR, f"a pixel is off by {far:.0f}"


def tinted(page: Page, values: Array, name: str) -> list[Colour]:
    """A picture from the page's colour, at 0, to one of its others, at 1."""
    surface, full = colour(page, "surface"), colour(page, name)
    return [mix(surface, full, value) for value in values.ravel().tolist()]


def both_tinted(page: Page, first: Array, second: Array, total: Array) -> list[Colour]:
    """Two pictures in their colours over the faint sum: where they are alike, in the third."""
    surface, ink, a, b, both = (colour(page, name) for name in ("surface", "ink", "first", "second", "both"))
    wanted = []
    for x, y, z in zip(*(each.ravel().tolist() for each in (first, second, total)), strict=True):
        most, least = max(x, y), min(x, y)
        claimed = mix(a if x >= y else b, both, least / most if most else 0)
        faint = UNCLAIMED * z * (1 - most)
        red, green, blue = (s + (c - s) * most + (i - s) * faint for s, c, i in zip(surface, claimed, ink, strict=True))
        wanted.append((red, green, blue))
    return wanted


def bars(page: Page) -> Locator:
    return page.locator("#answer-bars li")


def background(part: Locator) -> str:
    shown: str = part.evaluate("(part) => getComputedStyle(part).backgroundColor")
    return shown


def css(found: Colour) -> str:
    return f"rgb({', '.join(str(round(part)) for part in found)})"


def test_the_answer_names_both_digits_and_the_bars_follow_the_routing(page: Page) -> None:
    open_pair(page)
    lengths = trace_of(page, THREE, EIGHT)["lengths"]
    assert set(np.argsort(lengths[-1])[-2:]) == {3, 8}
    expect(page.locator("#pair-says")).to_have_text("It reads")
    expect(page.locator("#read-a")).to_have_text("3")
    expect(page.locator("#read-b")).to_have_text("8")
    expect(page.locator("#pair-right")).to_have_text("Both are right.")
    expect(page.locator("#pair-told")).to_have_text("The test digits are labelled 3 (A) and 8 (B).")
    check_bars(page, lengths[-1])
    for label, name, letter in ((3, "first", "A"), (8, "second", "B"), (5, "muted", "")):
        assert background(bars(page).nth(label).locator("i")) == css(colour(page, name))
        expect(bars(page).nth(label).locator(".matched")).to_have_text(letter)
    expect(bars(page).nth(8)).to_have_text(re.compile(r"Class\s*8.*length.*read as digit B"))
    page.keyboard.press(",")
    page.keyboard.press(",")
    expect(page.locator("#answer-when")).to_contain_text("iteration 1 of 3")
    expect(page.locator("#pair-says")).to_have_text("It will read")
    check_bars(page, lengths[0])
    expect(page.locator("#read-b")).to_have_text("8")  # the answer is of the last iteration
    page.locator("#swap").click()
    expect(page.locator("#read-a")).to_have_text("8")
    expect(page.locator("#read-b")).to_have_text("3")


def check_bars(page: Page, lengths: Array) -> None:
    until(
        lambda: np.allclose(
            [length_of(text.replace(">", "> ")) for text in bars(page).locator(".length").all_inner_texts()],
            lengths,
            atol=0.006,
        ),
        "the bars are as long as the capsules",
    )
    widths = bars(page).evaluate_all("(rows) => rows.map((row) => parseFloat(row.querySelector('i').style.width))")
    np.testing.assert_allclose(np.array(widths) / 100, lengths, atol=0.006)


def test_the_pictures_are_those_of_the_trace(page: Page) -> None:
    open_pair(page)
    trace = trace_of(page, THREE, EIGHT)
    (side, _), layers, drawn = trace["image"].shape, trace["layers"], trace["reconstructions"]
    for ending, layer, label, name in (("a", 0, 3, "first"), ("b", 1, 8, "second")):
        assert_shows(page.locator(f"#true-{ending}"), tinted(page, layers[layer], "ink"), side)
        assert_shows(page.locator(f"#drawn-{ending}"), tinted(page, drawn[label], name), side)
        error = ((layers[layer] - drawn[label]) ** 2).sum()
        told = page.locator(f"#drawn-told-{ending}").inner_text()
        assert told.startswith(f"drawn from {label}, Σ² ")
        assert abs(float(told.split()[-1]) - error) < 0.11
    picture, legend = page.locator("#sum"), page.locator("#sum-legend")
    assert_shows(picture, tinted(page, trace["image"], "ink"), side)
    page.locator("#show-layers").click()
    expect(legend).to_contain_text("digit A")
    at_rest(page)
    assert_shows(picture, both_tinted(page, layers[0], layers[1], trace["image"]), side)
    page.locator("#show-reconstructions").click()
    expect(legend).to_contain_text("3, drawn alone")
    expect(picture).to_have_accessible_name("The two reconstructions over the sum, each in its colour.")
    at_rest(page)
    assert_shows(picture, both_tinted(page, drawn[3], drawn[8], trace["image"]), side)
    page.locator("#show-sum").click()
    expect(legend).to_have_text(re.compile("What the network sees"))
    at_rest(page)
    assert_shows(picture, tinted(page, trace["image"], "ink"), side)


def test_chosen_classes_are_drawn_until_the_network_is_followed_again(page: Page) -> None:
    open_pair(page, f"{PAIR}&classes=4.8")
    drawn = trace_of(page, THREE, EIGHT)["reconstructions"]
    expect(page.locator("#chosen-told")).to_contain_text("The network reads 3 and 8.")
    expect(page.locator("#drawn-told-a")).to_contain_text("drawn from 4,")
    assert_shows(page.locator("#drawn-a"), tinted(page, drawn[4], "first"), drawn.shape[-1])
    expect(page.locator("#read-a")).to_have_text("3")  # the answer is the network's
    page.locator("#follow-network").click()
    expect(page.locator("#chosen-told")).to_be_hidden()
    expect(page.locator("#drawn-told-a")).to_contain_text("drawn from 3,")
    at_rest(page)
    assert_shows(page.locator("#drawn-a"), tinted(page, drawn[3], "first"), drawn.shape[-1])


def test_what_is_empty_or_of_one_class_is_told(page: Page) -> None:
    open_pair(page)
    page.locator("#clear-b").click()
    told, right = page.locator("#pair-told"), page.locator("#pair-right")
    expect(told).to_contain_text("Layer B is empty. This network was trained on two digits only")
    expect(told).to_contain_text(re.compile(r"Its second answer, \d, means nothing\."))
    expect(right).to_have_text("Right.")
    expect(page.locator("#read-a")).to_have_text("3")
    expect(page.locator("#true-told-b")).to_have_text("empty")
    assert bars(page).locator(".matched").all_inner_texts().count("B") == 0
    draw_on(page.locator("#pad-b"), plain_digit(0).strokes)
    expect(told).to_contain_text("B is a drawing: alone, the one-digit network reads it as a 0.")
    expect(right).to_have_text("Both are right.")
    page.goto(f"/overlap#a={THREE}&b={OTHER_THREE}@2.4")
    expect(told).to_contain_text("Both test digits are labelled 3. In training, two digits never had the same class.")
    expect(right).to_have_text("One is right.")
    page.goto("/overlap#a=-")
    expect(page.locator("#read-a")).to_have_text("–")
    expect(told).to_have_text("")
    expect(right).to_have_text("")
    expect(page.locator("#swap")).to_be_disabled()
    expect(page.locator("#to-middle")).to_be_disabled()


def test_without_a_server_the_pads_and_the_sum_show_the_digits_as_they_lie(page: Page, witness: Witness) -> None:
    open_pair(page)
    total, pads = picture_of(page.locator("#sum")), [picture_of(page.locator(f"#pad-{ending}")) for ending in "ab"]
    open_pair(page, f"a={THREE}@0.-14&b={EIGHT}@1.3")
    assert picture_of(page.locator("#sum")) != total
    assert picture_of(page.locator("#pad-a")) == pads[0], "it is whole, though half of it lies outside the picture"
    open_pair(page)
    page.route("**/api/trace*", lambda route: route.abort())
    page.locator("#swap").click()
    expect(page.locator("#offsets-told")).to_contain_text("A (+3, −1), B (−3, +1)")
    expect(page.locator("#read-a")).to_have_text("8")
    until(
        lambda: [picture_of(page.locator(f"#pad-{ending}")) for ending in "ba"] == pads,
        "each digit lies on the other pad",
    )
    assert picture_of(page.locator("#sum")) == total
    page.locator("#clear-a").click()
    until(lambda: picture_of(page.locator("#sum")) != total, "one digit is left of the sum")
    expect(page.locator("#overlap-told")).to_have_text("One of the two layers is empty.")
    page.unroute("**/api/trace*")
    at_rest(page)
    witness.complaints.clear()  # the console tells of what did not come


def test_what_a_digit_is_can_be_missing_and_is_told(page: Page, witness: Witness) -> None:
    refusal = {"error": {"code": "internal", "message": "the network stumbled"}}
    page.route("**/api/classify?*", lambda call: call.fulfill(status=500, json=refusal))
    open_pair(page, f"a={THREE}")
    draw_on(page.locator("#pad-b"), plain_digit(0).strokes)
    expect(page.locator("[data-trouble='truth-b']")).to_have_text(
        "What digit B is could not be loaded. the network stumbled"
    )
    expect(page.locator("[data-trouble='truth-a']")).to_be_hidden()
    expect(page.locator("#pair-told")).to_have_text("A is a test digit, labelled 3.")
    at_rest(page)
    until(lambda: bool(page.evaluate("true") and witness.complaints), "the browser tells of the refusal")
    witness.complaints.clear()


@pytest.mark.parametrize("size", SIZES)
def test_it_stands_well_and_can_be_read(new_page: NewPage, size: tuple[int, int]) -> None:
    width, height = size
    page = new_page(viewport={"width": width, "height": height}, color_scheme="dark", reduced_motion="reduce")
    open_pair(page, f"{PAIR}&classes=4.8&show=reconstructions")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = [text for pixels, text in page.evaluate(TEXT_SIZES) if pixels < SMALLEST_TEXT]
    assert not small, small
    for part in page.locator(".pair .stage, .pair .stage *:visible:not(.visually-hidden)").all():
        assert part.evaluate("(part) => part.scrollWidth <= part.clientWidth + 1 || !part.clientWidth"), part
    for picture in page.locator(".pair canvas").all():
        box = picture.bounding_box()
        assert box is not None
        assert abs(box["width"] - box["height"]) < 4
        assert box["width"] >= 140
    if width >= 1280:
        for stage in page.locator(".pair .stage").all():
            box = stage.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= height, stage
    assert not violations(page, ".pair")
