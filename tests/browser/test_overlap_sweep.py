"""One digit moved across the other: curves that agree with the trace, and a plot that moves the digit."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
from playwright.sync_api import Locator, Page, Request, Route, expect

from tests.browser.asking import Array, pixels_of_digit, tensors_of
from tests.browser.conftest import NewPage
from tests.browser.eyes import colour, ink
from tests.browser.waiting import address, frames, open_saving, open_section, settled, until, until_held

# Test digit 1 is a 2, test digit 0 a 7.
TWO_AND_SEVEN = "/overlap#a=1&b=0@0.3"
LABELS = (2, 7)
SVG = "{http://www.w3.org/2000/svg}"
QUERY = "model=multimnist&iterations=3"
ONLY = "&include=reconstructions,layers&omit=primary_capsules,routing_logits,coupling_coefficients,agreement"

# The column of a canvas that has most of a colour, in CSS pixels.
_FULLEST = """(canvas, [red, green, blue]) => {
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  const counts = new Array(width).fill(0);
  for (let k = 0; k < width * height; k++) {
    const far = Math.abs(data[4 * k] - red) + Math.abs(data[4 * k + 1] - green) + Math.abs(data[4 * k + 2] - blue);
    if (far < 12 && data[4 * k + 3] > 250) counts[k % width]++;
  }
  return counts.indexOf(Math.max(...counts)) / width * canvas.clientWidth;
}"""


def show(page: Page) -> None:
    page.goto(TWO_AND_SEVEN)
    open_section(page, "sweep")
    expect(page.locator("#sweep-at")).to_contain_text("long")
    settled(page)


def body(page: Page, down: int = 0, right: int = 0) -> dict[str, Any]:
    """The pair as a client sends it that is not the page; B lies there."""
    offsets = {1: [0, 0], 0: [down, right]}
    return {"layers": [{"pixels": pixels_of_digit(page, k), "offset": offset} for k, offset in offsets.items()]}


def at(page: Page) -> Array:
    """The length of A's class and its error, and those of B's, where the digit lies."""
    text = page.locator("#sweep-at").inner_text()
    found = re.search(r": 2 is ([\d.]+) long, Σ² ([\d.]+); 7 is ([\d.]+) long, Σ² ([\d.]+)\.", text)
    assert found, text
    return np.array([float(number) for number in found.groups()])


def traced(page: Page, right: int) -> Array:
    """The same from a trace of the pair."""
    tensors = tensors_of(page, f"/api/trace?{QUERY}{ONLY}", body(page, right=right))
    lengths = tensors["lengths"][-1]
    errors = ((tensors["reconstructions"][list(LABELS)] - tensors["layers"]) ** 2).sum(axis=(1, 2))
    return np.array([lengths[LABELS[0]], errors[0], lengths[LABELS[1]], errors[1]])


def marker(canvas: Locator) -> float:
    """Where the line of the present offset stands."""
    frames(canvas.page)
    x: float = canvas.evaluate(_FULLEST, list(colour(canvas.page, "ink")))
    return x


def sweeps(page: Page) -> list[str]:
    """The addresses of the sweeps that the page asks for from now on."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "/api/sweep" in request.url:
            asked.append(request.url)

    page.on("request", note)
    return asked


def test_the_curves_agree_with_the_trace_and_dragging_moves_the_digit(page: Page) -> None:
    asked = sweeps(page)
    show(page)
    assert len(asked) == 1
    plot, offsets = page.locator("#sweep-lengths"), page.locator("#offsets-told")
    plot.focus()
    np.testing.assert_allclose(at(page)[::2], traced(page, 3)[::2], atol=1e-3)
    places = {3: marker(plot)}
    for offset, key in ((2, "ArrowLeft"), (1, "ArrowLeft"), (8, "End"), (7, "ArrowDown")):
        page.keyboard.press(key)
        expect(plot).to_have_attribute("aria-valuenow", str(offset))
        expect(offsets).to_contain_text(f"B (+{offset}, 0)")
        places[offset] = marker(plot)
    expect(offsets).to_contain_text("more than 4 pixels")
    settled(page)
    np.testing.assert_allclose(at(page)[::2], traced(page, 7)[::2], atol=1e-3)
    np.testing.assert_allclose(at(page)[1::2], traced(page, 7)[1::2], atol=0.06)
    step = (places[8] - places[1]) / 7
    assert all(abs(place - places[1] - step * (offset - 1)) < 1.5 for offset, place in places.items()), places

    box = plot.bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + places[7], y)
    page.mouse.down()
    page.mouse.move(box["x"] + places[1] - step, y, steps=5)
    page.mouse.up()
    expect(offsets).to_contain_text("B (0, 0)")
    expect(page.locator("#sweep-at")).to_contain_text("B in the middle")
    settled(page)
    np.testing.assert_allclose(at(page)[::2], traced(page, 0)[::2], atol=1e-3)
    until(lambda: "b=0&" in f"{address(page)}&", "the link tells where B lies")
    assert len(asked) == 1, "along its way a moved digit asks for nothing"


def test_the_other_digit_and_the_other_axis_are_swept_too(page: Page) -> None:
    asked = sweeps(page)
    show(page)
    swept = tensors_of(page, f"/api/sweep?{QUERY}&labels=2,7", body(page, right=3))
    read = np.array([[label in np.argsort(row)[-2:] for label in LABELS] for row in swept["lengths"]])
    both = int(read.all(axis=1).sum())
    told = "at all 17 offsets" if both == 17 else f"read at {both},"
    expect(page.locator("#sweep-told")).to_contain_text(told)
    assert ink(page.locator("#sweep-read")) > 1000

    page.locator("#sweep-down").check()
    page.locator("#sweep-layer-0").check()
    settled(page)  # what is asked once the page stands still was asked, too
    assert "layer=0" in asked[-1]
    assert "axis=down" in asked[-1]
    expect(page.locator("#sweep-at")).to_contain_text("A in the middle")
    page.locator("#sweep-errors").press("ArrowUp")
    expect(page.locator("#offsets-told")).to_contain_text("A (0, +1)")
    expect(page.locator("#sweep-at")).to_contain_text("A 1 pixel up")
    count = len(asked)
    page.locator("#sum").press("Shift+ArrowRight")  # across its way
    page.locator("#sweep").scroll_into_view_if_needed()
    until_held(page, asked, count + 1)
    settled(page)
    until(lambda: "sweep=a-down" in address(page), "the link tells what is swept")
    page.reload()
    open_section(page, "sweep")
    expect(page.locator("#sweep-at")).to_contain_text("A 1 pixel up")


def test_once_other_classes_are_chosen_it_is_shown_as_an_older_one(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 3000})  # both figures are seen
    show(page)
    held: list[Route] = []
    page.route("**/api/sweep*", lambda route: held.append(route))
    plots, told = page.locator("#sweep-plots"), page.locator("#sweep-told")
    expect(plots).not_to_have_class(re.compile("behind"))
    expect(told).to_contain_text("read")
    open_section(page, "absent")
    page.locator("#absent-force").click()
    expect(plots).to_have_class(re.compile("behind"))
    expect(told).to_be_empty()
    assert ink(page.locator("#sweep-read")) > 1000, "what its own digits are is still known"
    until_held(page, held)
    assert re.search("labels=2(,|%2C)(?!7)", held[0].request.url), held[0].request.url
    held[0].continue_()
    expect(plots).not_to_have_class(re.compile("behind"))
    expect(told).to_contain_text("read")


def test_a_finger_drags_on_the_plot(new_page: NewPage) -> None:
    page = new_page(has_touch=True, viewport={"width": 390, "height": 844})
    show(page)
    plot = page.locator("#sweep-errors")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box is not None
    session = page.context.new_cdp_session(page)
    for kind, share in (("touchStart", 0.5), ("touchMove", 0.4), ("touchMove", 0.3)):
        point = {"x": box["x"] + share * box["width"], "y": box["y"] + box["height"] / 2}
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator("#sweep-at")).to_contain_text("to the left")
    expect(page.locator("#offsets-told")).to_contain_text("B (−")
    assert page.locator("#sweep").evaluate("(section) => section.scrollWidth <= section.clientWidth")


def test_without_two_digits_it_says_what_is_missing(page: Page) -> None:
    page.goto("/overlap#a=1")
    open_section(page, "sweep")
    expect(page.locator("#sweep-at")).to_have_text("A sweep needs a digit on each pad.")


def test_it_is_saved_without_scrolling(page: Page, tmp_path: Path) -> None:
    page.goto(TWO_AND_SEVEN)
    expect(page.locator("#overlap-told")).to_contain_text("ink")
    open_saving(page)
    with page.expect_download() as download:
        page.locator('#saving button[aria-label="One digit moved across the other, SVG"]').click()
    download.value.save_as(tmp_path / "sweep.svg")
    root = ElementTree.parse(tmp_path / "sweep.svg").getroot()
    texts = [text.text or "" for text in root.iter(f"{SVG}text")]
    assert {"−8", "−4", "4", "8", "A", "B"} <= set(texts)
    assert any("3 pixels to the right" in text for text in texts)
