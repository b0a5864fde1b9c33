"""Mouse, finger and pen as browsers tell of them, which is not always in pairs; keys of other layouts; files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import CDPSession, Page, Route, expect

from tests.browser.asking import trace_of_digit
from tests.browser.conftest import NewPage
from tests.browser.pens import draw, plain_digit
from tests.browser.waiting import at_rest, frames, open_digit, until, until_held

EMPTY = "–"
CTRL = 2  # of CDP's modifiers
TOUCH: dict[str, Any] = {"has_touch": True, "is_mobile": True, "viewport": {"width": 390, "height": 844}}
STROKES = """async () => {
  const { unpackStrokes } = await import("/static/js/capsules/strokes.js");
  const { fromBase64Url } = await import("/static/js/shell/base64.js");
  const text = new URLSearchParams(location.hash.slice(1)).get("strokes");
  return text ? unpackStrokes(fromBase64Url(text)) : [];
}"""


class Hand:
    """Pointers over the pad, by Chrome's own protocol. Places are parts of the pad."""

    def __init__(self, page: Page) -> None:
        box = page.locator("#pad").bounding_box()
        assert box is not None
        self._page, self._box = page, box
        self._session: CDPSession = page.context.new_cdp_session(page)

    def _at(self, x: float, y: float) -> dict[str, float]:
        box = self._box
        return {"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]}

    def mouse(self, kind: str, x: float, y: float, buttons: int = 1, pen: bool = False, modifiers: int = 0) -> None:
        """kind is pressed, moved or released."""
        self._session.send(
            "Input.dispatchMouseEvent",
            {
                "type": f"mouse{kind.capitalize()}",
                **self._at(x, y),
                "button": "none" if kind == "moved" and not buttons else "left",
                "buttons": buttons,
                "clickCount": int(kind != "moved"),
                "pointerType": "pen" if pen else "mouse",
                "modifiers": modifiers,
            },
        )

    def touch(self, kind: str, *places: tuple[float, float]) -> None:
        """kind is Start, Move, End or Cancel; the places are those of the fingers that are down."""
        points = [{**self._at(x, y), "id": k} for k, (x, y) in enumerate(places)]
        self._session.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points})

    def strokes(self) -> list[list[tuple[float, float]]]:
        """The drawing, as the page keeps it."""
        at_rest(self._page)
        drawn: list[list[tuple[float, float]]] = self._page.evaluate(STROKES)
        return drawn


def empty_pad(page: Page) -> Hand:
    page.goto("/#empty=1")
    expect(page.locator("#model option")).not_to_have_count(0)
    at_rest(page)
    return Hand(page)


def told(page: Page, hand: Hand, count: int) -> list[list[tuple[float, float]]]:
    """The strokes, once the address holds so many."""
    until(lambda: len(page.evaluate(STROKES)) == count, f"there are {count} strokes")
    return hand.strokes()


def test_a_move_with_no_button_ends_the_stroke(page: Page) -> None:
    hand = empty_pad(page)
    hand.mouse("pressed", 0.2, 0.2)
    hand.mouse("moved", 0.4, 0.2)
    hand.mouse("moved", 0.6, 0.6, buttons=0)  # it was let go where nobody saw it
    hand.mouse("moved", 0.8, 0.8, buttons=0)
    [stroke] = told(page, hand, 1)
    assert max(y for _, y in stroke) < 0.25
    hand.mouse("pressed", 0.3, 0.7)
    hand.mouse("moved", 0.6, 0.7)
    hand.mouse("released", 0.6, 0.7, buttons=0)
    assert len(told(page, hand, 2)[1]) >= 2


def test_a_click_with_ctrl_draws_nothing(page: Page) -> None:
    hand = empty_pad(page)
    hand.mouse("pressed", 0.2, 0.2, modifiers=CTRL)
    hand.mouse("moved", 0.6, 0.6, modifiers=CTRL)
    hand.mouse("released", 0.6, 0.6, buttons=0, modifiers=CTRL)
    hand.mouse("moved", 0.7, 0.6, buttons=0)
    frames(page)
    assert hand.strokes() == []
    expect(page.locator("#pad-hint")).to_be_visible()


def test_a_pen_takes_the_pad_over_from_the_palm(new_page: NewPage) -> None:
    page = new_page(**TOUCH)
    hand = empty_pad(page)
    hand.touch("Start", (0.9, 0.9))
    hand.touch("Move", (0.85, 0.9))
    told(page, hand, 1)
    hand.mouse("pressed", 0.3, 0.2, pen=True)
    hand.mouse("moved", 0.5, 0.5, pen=True)
    hand.touch("Move", (0.8, 0.95))  # the palm still lies there
    hand.mouse("moved", 0.5, 0.7, pen=True)
    hand.mouse("released", 0.5, 0.7, buttons=0, pen=True)
    hand.touch("End")
    [stroke] = told(page, hand, 1)
    assert abs(stroke[0][0] - 0.3) < 0.02
    assert abs(stroke[-1][1] - 0.7) < 0.02
    hand.touch("Start", (0.9, 0.9))  # and comes down once more between two strokes
    hand.touch("Move", (0.85, 0.9))
    hand.touch("End")
    hand.mouse("pressed", 0.3, 0.8, pen=True)
    hand.mouse("moved", 0.6, 0.8, pen=True)
    hand.mouse("released", 0.6, 0.8, buttons=0, pen=True)
    assert [round(stroke[0][0], 1) for stroke in told(page, hand, 2)] == [0.3, 0.3]


def test_a_second_finger_draws_nothing_and_a_cancelled_one_ends(new_page: NewPage) -> None:
    page = new_page(**TOUCH)
    hand = empty_pad(page)
    hand.touch("Start", (0.2, 0.2))
    hand.touch("Move", (0.2, 0.5))
    hand.touch("Start", (0.2, 0.5), (0.8, 0.8))
    hand.touch("Move", (0.2, 0.6), (0.7, 0.8))
    hand.touch("Cancel")
    [stroke] = told(page, hand, 1)
    assert max(x for x, _ in stroke) < 0.25
    hand.touch("Start", (0.6, 0.3))
    hand.touch("Move", (0.6, 0.5))
    hand.touch("End")
    assert len(told(page, hand, 2)) == 2


def test_a_pointer_that_the_pad_has_lost_ends_its_stroke(page: Page) -> None:
    hand = empty_pad(page)
    page.evaluate("document.getElementById('pad').addEventListener('pointerdown', (event) => (window.down = event))")
    hand.mouse("pressed", 0.2, 0.2)
    hand.mouse("moved", 0.4, 0.2)
    told(page, hand, 1)
    page.evaluate("document.getElementById('pad').releasePointerCapture(down.pointerId)")
    for x in (0.5, 0.6, 0.7, 0.8):  # with the button held
        hand.mouse("moved", x, 0.8)
    hand.mouse("released", 0.8, 0.8, buttons=0)
    [stroke] = hand.strokes()
    assert max(y for _, y in stroke) < 0.6


def test_the_pad_invites_to_draw_once_one_can(page: Page) -> None:
    held: list[Route] = []
    page.route("**/static/js/rooms/explore.*js", lambda route: held.append(route))
    page.goto("/#empty=1", wait_until="commit")
    hint = page.locator("#pad-hint")
    expect(hint).to_be_visible()
    assert "raw" not in hint.inner_text()
    until_held(page, held)
    for route in held:
        route.continue_()
    expect(hint).to_have_text("Draw here with mouse, pen or finger")
    draw(page, plain_digit(3).strokes)
    expect(page.locator("#answer")).to_have_text("3")


@pytest.mark.parametrize(("key", "code"), [("с", "KeyC"), ("ψ", "KeyC"), ("ⴳ", "KeyC"), ("c", "KeyI")])
def test_keys_act_on_any_layout(page: Page, key: str, code: str) -> None:
    """By their letter where it is Latin, and else by their place."""
    open_digit(page)
    session = page.context.new_cdp_session(page)
    for kind in ("keyDown", "keyUp"):
        session.send("Input.dispatchKeyEvent", {"type": kind, "key": key, "code": code})
    expect(page.locator("#answer")).to_have_text(EMPTY)


def drop(page: Page, place: str, file: Path) -> Iterator[str]:
    """Drag a file over the page and drop it; gives what the page hears, one by one."""
    box = page.locator(place).bounding_box()
    assert box is not None
    session = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(file)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        middle = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        session.send("Input.dispatchDragEvent", {"type": kind, **middle, "data": data})
        yield kind


def test_a_room_that_takes_no_pictures_says_so_and_is_not_left(page: Page, tmp_path: Path) -> None:
    page.goto("/overlap#a=8&b=0")
    expect(page.locator("#read-a")).not_to_have_text(EMPTY)
    file = tmp_path / "digit.png"
    Image.new("L", (40, 40), 255).save(file)
    assert list(drop(page, "#masthead", file))[-1] == "drop"
    expect(page.locator("#notice")).to_contain_text(
        "This room reads no picture files. Open the picture in the room Explore"
    )
    assert "/overlap#" in page.url


@pytest.mark.parametrize("place", ["#masthead", "#title-dials", "#pad"])
def test_a_picture_is_taken_wherever_it_is_dropped(page: Page, tmp_path: Path, place: str) -> None:
    open_digit(page, 1)
    digit = (255 - 255 * trace_of_digit(page, 4).image).astype(np.uint8)  # a 4
    file = tmp_path / "digit.png"
    Image.fromarray(np.pad(np.kron(digit, np.ones((8, 8), np.uint8)), 30, constant_values=255)).save(file)
    for kind in drop(page, place, file):
        if kind == "dragOver":
            expect(page.locator("#drop")).to_have_class(re.compile("dropping"))
    expect(page.locator("#answer")).to_have_text("4")
    expect(page.locator("#drop")).not_to_have_class(re.compile("dropping"))


def test_an_svg_is_neither_offered_nor_called_broken(page: Page) -> None:
    open_digit(page)
    kinds = (page.locator("#upload").get_attribute("accept") or "").split(",")
    assert "image/png" in kinds
    assert not {"image/*", "image/svg+xml"} & set(kinds)
    page.locator("#upload").set_input_files(
        {"name": "7.svg", "mimeType": "image/svg+xml", "buffer": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}
    )
    expect(page.locator("#notice-text")).to_contain_text("An SVG cannot be read here")
    expect(page.locator("#answer")).to_have_text("7")


def test_a_phone_is_told_to_tap_and_a_mouse_to_point(new_page: NewPage) -> None:
    phone, desk = new_page(**TOUCH), new_page()
    for page in (phone, desk):
        open_digit(page)
        page.locator("#help-open").click()
    words = {page: page.locator("body").inner_text() for page in (phone, desk)}
    assert re.search(r"\b(point at|click)", words[phone], re.IGNORECASE) is None
    assert len(re.findall(r"\btap\b", words[phone], re.IGNORECASE)) >= 5
    assert re.search(r"\btap\b", words[desk], re.IGNORECASE) is None
    assert len(re.findall(r"\bpoint at\b", words[desk], re.IGNORECASE)) >= 5


def test_a_tap_between_two_types_of_capsules_means_the_nearest(new_page: NewPage) -> None:
    page = new_page(**TOUCH)
    open_digit(page)
    canvas = page.locator("#primary")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    canvas.tap(position={"x": 1, "y": 1})  # the margin of the first type
    expect(page.locator("#inspector")).to_contain_text("Primary capsule 1 of 1,152")
