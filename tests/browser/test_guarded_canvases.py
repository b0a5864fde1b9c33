"""Browsers that give noise or white where a page reads a canvas, against tracking: Tor, LibreWolf, add-ons."""

from __future__ import annotations

import json
from functools import partial
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, Request, expect

from tests.browser.asking import trace_of_digit
from tests.browser.conftest import NewPage, Witness
from tests.browser.pens import draw, plain_digit
from tests.browser.test_owning import seen_tint
from tests.browser.waiting import at_rest, open_digit, open_saving, open_section, until, written


def is_noted(page: Page, sent: dict[str, list[Request]], path: str) -> bool:
    page.evaluate("true")  # while the page is asked, Playwright notes what it has sent
    return path in sent


# What is read from a canvas of either kind is noise, or white. The tests' own eyes keep the real one.
GUARDED = """(() => {
  const value = (what) => (what === "white" ? 255 : Math.floor(256 * Math.random()));
  const spoil = (context, { width, height }) => {
    const image = context.createImageData(width, height);
    for (let k = 0; k < image.data.length; k++) image.data[k] = value("%s");
    context.putImageData(image, 0, 0);
  };
  window.readBack = 0;
  for (const kind of [CanvasRenderingContext2D, OffscreenCanvasRenderingContext2D]) {
    const original = kind.prototype.getImageData;
    kind.prototype.getImageData = function (...box) {
      window.readBack++;
      const image = original.apply(this, box);
      for (let k = 0; k < image.data.length; k++) image.data[k] = value("%s");
      return image;
    };
  }
  for (const [owner, name] of [[HTMLCanvasElement, "toDataURL"], [HTMLCanvasElement, "toBlob"],
                               [OffscreenCanvas, "convertToBlob"]]) {
    const original = owner.prototype[name];
    owner.prototype[name] = function (...given) {
      window.readBack++;
      const copy = new OffscreenCanvas(this.width, this.height);
      spoil(copy.getContext("2d"), this);
      const shown = owner === OffscreenCanvas ? copy : Object.assign(document.createElement("canvas"),
        { width: this.width, height: this.height });
      if (shown !== copy) shown.getContext("2d").drawImage(copy, 0, 0);
      return original.apply(shown, given);
    };
  }
})()"""


def guarded(new_page: NewPage, how: str, **options: Any) -> Page:
    page = new_page(**options)
    page.add_init_script(GUARDED.replace("%s", how))
    return page


def body_of(request: Request) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(request.post_data or "")
    return body


@pytest.mark.parametrize("how", ["noise", "white"])
def test_drawn_digits_are_read_and_stay(new_page: NewPage, how: str) -> None:
    page = guarded(new_page, how)
    open_digit(page)
    for label in (3, 7, 2):
        page.locator("#clear").click()
        draw(page, plain_digit(label).strokes)
        expect(page.locator("#answer")).to_have_text(str(label))
        at_rest(page)
        assert "strokes=" in written(page)
        expect(page.locator("#notice")).to_be_hidden()
    page.locator(".class-row[data-label='2']").hover()  # tints the strokes
    at_rest(page)
    assert page.evaluate("readBack") == 0


@pytest.mark.parametrize("how", ["noise", "white"])
def test_whatever_is_asked_about_a_drawing_sends_its_strokes(new_page: NewPage, how: str) -> None:
    """The trace, the votes, the planes, the masks, the grid of Figure 4, kept drawings."""
    page = guarded(new_page, how)
    sent: dict[str, list[Request]] = {}
    page.on(
        "request",
        lambda request: (
            sent.setdefault(request.url.partition("/api/")[2].partition("?")[0], []).append(request)
            if request.method == "POST" and "/api/" in request.url
            else None
        ),
    )
    page.goto("/#empty=1&grid=paper")
    draw(page, plain_digit(3).strokes)
    expect(page.locator("#answer")).to_have_text("3")
    for section, path in {"votes": "planes", "masks": "masks", "perturbations": "perturb", "between": "trace"}.items():
        open_section(page, section)
        until(partial(is_noted, page, sent, path), f"{path} is asked")
    page.locator("#keep-a").click()
    page.locator("#clear").click()
    draw(page, plain_digit(7).strokes)
    expect(page.locator("#answer")).to_have_text("7")
    page.locator("#between").scroll_into_view_if_needed()
    at_rest(page)
    for path, requests in sent.items():
        if path == "reconstruct":
            continue  # is sent a pose
        for request in requests:
            assert request.headers["content-type"] == "application/json", path
            body = body_of(request)
            if set(body) == {"pixels"}:  # the test digit that is suggested as B
                continue
            assert set(body) == {"strokes", "pen_width"}, path
            assert all(0 <= part <= 1 for stroke in body["strokes"] for point in stroke for part in point)
    assert page.evaluate("readBack") == 0


def test_a_drawing_is_read_as_the_address_of_it_is(new_page: NewPage) -> None:
    """With a canvas that gives noise and with one that does not, the network sees the same picture to the number."""
    plain, other = new_page(), guarded(new_page, "noise")
    open_digit(plain)
    draw(plain, plain_digit(5).strokes)
    expect(plain.locator("#answer")).to_have_text("5")
    at_rest(plain)
    link = written(plain)
    lengths = plain.locator(".class-row .length").all_inner_texts()
    other.goto(link)
    expect(other.locator("#answer")).to_have_text("5")
    at_rest(other)
    assert other.locator(".class-row .length").all_inner_texts() == lengths
    assert not seen_tint(plain).any()


def test_a_png_is_read_and_another_picture_refused_with_what_is_true(new_page: NewPage) -> None:
    page = guarded(new_page, "noise")
    open_digit(page, 1)
    page.locator("#upload").set_input_files(four(page, "PNG"))
    expect(page.locator("#answer")).to_have_text("4")
    page.locator("#upload").set_input_files(four(page, "JPEG"))
    expect(page.locator("#notice-text")).to_contain_text("This browser changes pictures")
    expect(page.locator("#answer")).to_have_text("4")


def test_a_picture_that_the_server_refuses_leaves_the_drawing(new_page: NewPage, witness: Witness) -> None:
    page = guarded(new_page, "white")
    open_digit(page)
    draw(page, plain_digit(3).strokes)
    expect(page.locator("#answer")).to_have_text("3")
    at_rest(page)
    kept = written(page)
    blank = BytesIO()
    Image.new("L", (60, 60), 255).save(blank, "PNG")
    page.locator("#upload").set_input_files({"name": "b.png", "mimeType": "image/png", "buffer": blank.getvalue()})
    expect(page.locator("#notice-text")).to_contain_text("blank")
    at_rest(page)
    expect(page.locator("#answer")).to_have_text("3")
    assert written(page) == kept
    assert all("422" in complaint for complaint in witness.complaints)
    witness.complaints.clear()


def four(page: Page, kind: str) -> FilePayload:
    """A four among the test digits, dark on light, as a file of that kind."""
    digit = (255 - 255 * trace_of_digit(page, 4).image).astype(np.uint8)
    paper = np.pad(np.kron(digit, np.ones((8, 8), np.uint8)), 30, constant_values=255)
    file = BytesIO()
    Image.fromarray(paper).save(file, kind)
    return {"name": f"four.{kind.lower()}", "mimeType": f"image/{kind.lower()}", "buffer": file.getvalue()}


@pytest.mark.parametrize("how", ["noise", "white"])
@pytest.mark.parametrize("form", ["PNG", "SVG"])
def test_no_picture_is_saved_that_is_not_the_one_on_the_page(new_page: NewPage, how: str, form: str) -> None:
    page = guarded(new_page, how)
    open_digit(page)
    open_saving(page)
    page.locator(f'#saving button[aria-label$=", {form}"]').first.click()
    expect(page.locator("#notice")).to_contain_text("Let this page read canvases, and save again.")
