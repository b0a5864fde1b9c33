"""A picture that was opened: what was taken as ink, what was left out, and the part of it that is read."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.conftest import NewPage, Witness
from tests.browser.eyes import cells, colour, distance, mix
from tests.browser.waiting import at_rest, open_digit, until
from tests.server.helpers import png_of
from tests.server.test_pictures import PICTURES, grey_noise, two_digits

FRAME = PICTURES / "thin_frame.png"
RULED = PICTURES / "ruled_lines_20_percent_dark.png"
SHADED = PICTURES / "light_falls_by_35_percent.png"


def payload(content: bytes) -> FilePayload:
    return {"name": "picture.png", "mimeType": "image/png", "buffer": content}


def open_picture(page: Page, picture: Path | FilePayload) -> None:
    page.locator("#upload").set_input_files(picture)
    at_rest(page)


def crops_of(page: Page) -> list[tuple[str, str]]:
    """The questions about drawings from here on, each with the part of the picture that it is about."""
    asked: list[tuple[str, str]] = []

    def note(url: str) -> None:
        parts = urlsplit(url)
        name = parts.path.removeprefix("/api/")
        if name in {"trace", "read", "perturb", "masks", "planes"}:
            asked.append((name, parse_qs(parts.query).get("crop", [""])[0]))

    page.on("request", lambda request: note(request.url))
    return asked


def drag(page: Page, place: Locator, start: tuple[float, float], end: tuple[float, float]) -> None:
    """From one place in a picture to another, in shares of its width and height."""
    box = place.bounding_box()
    assert box is not None
    (x0, y0), (x1, y1) = ((box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (start, end))
    page.mouse.move(x0, y0)
    page.mouse.down()
    page.mouse.move((x0 + x1) / 2, (y0 + y1) / 2)
    page.mouse.move(x1, y1)
    page.mouse.up()


def height_of_first_screen(page: Page) -> float:
    """How far the transport, under the stages, reaches down."""
    bottom: float = page.locator(".transport").evaluate("(part) => part.getBoundingClientRect().bottom")
    return bottom


def frame_of(page: Page) -> tuple[float, float, float, float]:
    """Top, left, bottom and right of the frame, as shares of the picture."""
    inner, outer = page.locator("#crop").bounding_box(), page.locator("#read-picture").bounding_box()
    assert inner is not None
    assert outer is not None
    top, left = (inner["y"] - outer["y"]) / outer["height"], (inner["x"] - outer["x"]) / outer["width"]
    return top, left, top + inner["height"] / outer["height"], left + inner["width"] / outer["width"]


def test_a_clear_picture_is_read_and_can_be_looked_at(page: Page) -> None:
    open_digit(page)
    button, dialog = page.locator("#read-open"), page.locator("#what-was-read")
    expect(button).to_be_hidden()  # a test digit is no picture
    open_picture(page, RULED)
    expect(page.locator("#answer")).to_have_text("5")
    expect(dialog).to_be_hidden()
    expect(page.locator("#doubts")).to_have_text("")
    button.click()
    expect(dialog).to_be_visible()
    expect(page.locator("#read-status")).to_have_text(re.compile(r"^It reads 5, ‖v‖ = 0\.\d\d\.$"))
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("c")
    expect(button).to_be_hidden()


def test_ink_and_what_was_left_out_are_drawn_in_two_colours(page: Page) -> None:
    open_digit(page)
    open_picture(page, FRAME)
    page.locator("#read-open").click()
    at_rest(page)
    shown = cells(page.locator("#read-canvas"), 240, 240)
    tints = [colour(page, name) for name in ("accent", "negative")]
    # Both cover most of what lies under them: black ink, and a grey frame.
    ink, left_out = (
        np.array([distance(mix((60, 60, 60), tint, 0.9), cell) < 30 for cell in shown]).reshape(240, 240)
        for tint in tints
    )
    answer = page.request.post(
        "/api/read", data=FRAME.read_bytes(), headers={"content-type": "image/png", "accept": "application/json"}
    ).json()["tensors"]
    taken, out = np.array(answer["ink"]) > 0.9, np.array(answer["left_out"]) > 0
    assert (ink & taken).sum() > 0.8 * taken.sum()
    assert (ink & out).sum() == (left_out & taken).sum() == 0
    assert (left_out & out).sum() > 0.5 * out.sum()  # it is two pixels wide, and the screen's are others


def test_a_doubtful_picture_opens_what_was_read_and_tells_why(page: Page) -> None:
    open_digit(page)
    height = height_of_first_screen(page)
    open_picture(page, SHADED)
    expect(page.locator("#what-was-read")).to_be_visible()
    expect(page.locator("#read-status")).to_contain_text("The light or the paper is uneven.")
    page.keyboard.press("Escape")
    doubts = page.locator("#doubts")
    expect(doubts).to_have_text("The light or the paper is uneven.")
    expect(doubts).to_be_in_viewport()
    expect(page.locator("#sees-size")).to_be_hidden()
    assert height_of_first_screen(page) == height
    doubts.evaluate("(line) => line.append(' There are other marks on the picture.')")  # as long as it gets
    assert height_of_first_screen(page) == height
    page.locator("#iterations").select_option("2")  # the same picture: it is not shown once more
    at_rest(page)
    expect(page.locator("#what-was-read")).to_be_hidden()
    expect(doubts).to_have_text("The light or the paper is uneven.")


def test_a_drawn_frame_is_what_every_question_is_about(page: Page) -> None:
    open_digit(page)
    open_picture(page, payload(png_of(two_digits())))
    expect(page.locator("#read-status")).to_contain_text("There are other marks on the picture.")
    expect(page.locator("#read-status")).to_contain_text("It reads 1")
    asked = crops_of(page)
    drag(page, page.locator("#read-picture"), (0.04, 0.1), (0.5, 0.95))
    assert np.allclose(frame_of(page), (0.1, 0.04, 0.95, 0.5), atol=0.02)
    page.locator("#read-part").click()
    expect(page.locator("#read-status")).to_contain_text("It reads 5")
    expect(page.locator("#answer")).to_have_text("5")
    page.locator("#what-was-read [data-close]").click()
    page.locator("#iterations").select_option("2")
    page.locator("#masks").scroll_into_view_if_needed()
    until(lambda: bool(page.evaluate("1")) and "masks" in dict(asked), "the masks are asked for")
    at_rest(page)
    crops = {crop for _, crop in asked}
    assert len(crops) == 1, asked
    assert np.allclose([float(edge) for edge in crops.pop().split(",")], (0.1, 0.04, 0.95, 0.5), atol=0.02)
    assert {"trace", "read", "masks"} <= {name for name, _ in asked}


def test_edges_are_dragged_and_the_whole_picture_is_read_again(page: Page) -> None:
    open_digit(page)
    open_picture(page, payload(png_of(two_digits())))
    place, whole = page.locator("#read-picture"), page.locator("#read-whole")
    expect(whole).to_be_disabled()
    drag(page, place, (1, 0.5), (0.45, 0.5))  # the right edge
    drag(page, place, (0, 0), (0.04, 0.1))  # the top left corner
    assert np.allclose(frame_of(page), (0.1, 0.04, 1, 0.45), atol=0.02)
    asked = crops_of(page)
    page.locator("#read-part").click()
    status = page.locator("#read-status")
    expect(status).to_have_text(re.compile(r"^It reads 5, ‖v‖ = 0\.\d\d\.$"))  # alone, it is in no doubt
    whole.click()
    expect(status).to_contain_text("other marks")
    expect(whole).to_be_disabled()
    assert [crop != "" for name, crop in asked if name == "trace"] == [True, False]


def test_a_corner_is_moved_by_keys(page: Page) -> None:
    open_digit(page)
    open_picture(page, payload(png_of(two_digits())))
    corner = page.get_by_role("button", name="Top left corner")
    corner.focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "Shift+ArrowRight"):
        page.keyboard.press(key)
    assert np.allclose(frame_of(page), (0.04, 0.025, 1, 1), atol=0.004)
    expect(page.locator("#said")).to_contain_text("98 % of the width and 96 % of the height")
    asked = crops_of(page)
    page.locator("#read-part").press("Enter")
    at_rest(page)
    assert ("trace", "0.04,0.025,1,1") in asked


def test_a_finger_moves_a_corner(new_page: NewPage) -> None:
    page = new_page(has_touch=True, viewport={"width": 390, "height": 800})
    open_digit(page)
    open_picture(page, payload(png_of(two_digits())))
    box = page.locator("#read-picture").bounding_box()
    assert box is not None
    start, end = ((box["x"] + share * box["width"], box["y"] + share * box["height"]) for share in (0, 0.2))
    session = page.context.new_cdp_session(page)
    for kind, points in (("touchStart", [start]), ("touchMove", [end]), ("touchEnd", [])):
        touches = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})
    assert np.allclose(frame_of(page), (0.2, 0.2, 1, 1), atol=0.02)


def test_a_picture_without_a_digit_is_shown_with_the_reason(page: Page, witness: Witness) -> None:
    open_digit(page)
    open_picture(page, payload(png_of(grey_noise())))
    expect(page.locator("#what-was-read")).to_be_visible()
    status = page.locator("#read-status")
    expect(status).to_contain_text("Nothing in the picture stands out")
    drag(page, page.locator("#read-picture"), (0.2, 0.2), (0.7, 0.8))
    asked = crops_of(page)
    page.locator("#read-part").click()
    until(lambda: bool(page.evaluate("1")) and len(asked) > 0, "the part is asked for")
    at_rest(page)
    expect(status).to_contain_text("Nothing in the picture stands out")
    page.keyboard.press("Escape")
    expect(page.locator("#answer")).to_have_text("7")  # what was there stays
    expect(page.locator("#read-open")).to_be_hidden()
    assert all("422" in complaint for complaint in witness.complaints)
    witness.complaints.clear()


def test_a_far_dot_on_the_pad_is_told_in_words(page: Page) -> None:
    open_digit(page)
    page.locator("#clear").click()
    pad = page.locator("#pad")
    drag(page, pad, (0.35, 0.3), (0.85, 0.3))
    drag(page, pad, (0.85, 0.3), (0.55, 0.93))
    drag(page, pad, (0.06, 0.06), (0.07, 0.06))
    at_rest(page)
    expect(page.locator("#doubts")).to_have_text("A mark far from the digit is left out.")
    expect(page.locator("#what-was-read")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
