"""The sixteen dials, by mouse, keyboard and touch, and the reconstruction that follows them."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, Route, WebSocketRoute, expect

from tests.browser.asking import drawn_by_server, trace_of_digit
from tests.browser.conftest import NewPage
from tests.browser.eyes import ink, picture, shows
from tests.browser.waiting import at_rest, frames, open_digit, until, until_held

WIDE = "&reach=wide"  # the dials go 0.5 to either side, whatever the digits of the class do

Turn = Callable[[Page, Locator], None]


def middle(dial: Locator) -> tuple[float, float, float]:
    """The middle of a dial, where it stands at first, and its width."""
    box = dial.bounding_box()
    assert box is not None, "the dial is not shown"
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, box["width"]


def turn_by_mouse(page: Page, dial: Locator) -> None:
    x, y, width = middle(dial)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 0.3 * width, y, steps=5)
    page.mouse.up()


def turn_by_keyboard(page: Page, dial: Locator) -> None:
    dial.focus()
    for _ in range(25):
        page.keyboard.press("ArrowRight")


def turn_by_touch(page: Page, dial: Locator) -> None:
    x, y, width = middle(dial)
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        touched = [{"x": px, "y": py} for px, py in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})

    touch("touchStart", (x, y))
    for step in range(1, 6):
        touch("touchMove", (x + 0.06 * step * width, y))
    touch("touchEnd")


@pytest.mark.parametrize("turn", [turn_by_mouse, turn_by_keyboard, turn_by_touch])
def test_a_turned_dial_changes_the_reconstruction_and_reset_restores_it(new_page: NewPage, turn: Turn) -> None:
    page = new_page(has_touch=turn is turn_by_touch)
    open_digit(page, rest=WIDE)
    reconstruction, dial = page.locator("#reconstruction"), page.locator("#dial-3")
    value, reset = page.locator("output[for=dial-3]"), page.locator("#reset-dials")
    found, found_value = picture(reconstruction), value.inner_text()
    assert ink(reconstruction) > 100
    expect(reset).to_be_disabled()
    turn(page, dial)
    until(lambda: picture(reconstruction) != found, "the reconstruction follows")
    assert float(dial.input_value()) > 0.1
    expect(value).not_to_have_text(found_value)
    expect(page.locator("li.dial.turned")).to_have_count(1)
    reset.click()
    until(lambda: picture(reconstruction) == found, "the reconstruction is the first again")
    expect(value).to_have_text(found_value)
    expect(dial).to_have_value("0")


def test_each_of_the_sixteen_dials_draws_something_of_its_own(page: Page) -> None:
    open_digit(page, rest=WIDE)
    reconstruction = page.locator("#reconstruction")
    found = picture(reconstruction)
    drawn = set()
    for dimension in range(1, 17):
        page.locator(f"#dial-{dimension}").fill("0.4")
        until(lambda: picture(reconstruction) != found, "the reconstruction follows")
        drawn.add(picture(reconstruction))
        page.get_by_label(f"Reset dimension {dimension}", exact=True).click()
        until(lambda: picture(reconstruction) == found, "the reconstruction is the first again")
    assert len(drawn) == 16


def test_a_double_click_puts_one_dial_back(page: Page) -> None:
    open_digit(page, rest=WIDE)
    page.locator("#dial-2").fill("0.3")
    page.locator("#dial-5").fill("0.3")
    expect(page.locator("li.dial.turned")).to_have_count(2)
    page.locator("#dial-5").dblclick()
    expect(page.locator("li.dial.turned")).to_have_count(1)
    expect(page.locator("#dial-5")).to_have_value("0")
    expect(page.locator("#dial-2")).to_have_value("0.3")


def test_another_class_has_another_pose_and_reconstruction(page: Page) -> None:
    open_digit(page)
    reconstruction, values = page.locator("#reconstruction"), page.locator("#dials output")
    found, pose = picture(reconstruction), values.all_inner_texts()
    row = page.locator(".class-row[data-label='3']")
    row.click()
    expect(page.locator("#dials-class")).to_have_text("3")
    expect(row).to_have_attribute("aria-pressed", "true")
    until(lambda: picture(reconstruction) != found, "the reconstruction is that of a 3")
    assert values.all_inner_texts() != pose
    page.locator(".class-row[data-label='7']").click()
    until(lambda: picture(reconstruction) == found, "the reconstruction is that of the 7 again")
    assert values.all_inner_texts() == pose


# What a mouse tells between two frames; the slider itself is told of it with the next frame.
WHICH_POINTER = "addEventListener('pointerdown', ({ pointerId }) => (window.pointer = pointerId), { capture: true })"
RAW_MOVE = """({ x, buttons, stranger }) => window.dispatchEvent(
  new PointerEvent("pointerrawupdate", { clientX: x, buttons, pointerId: window.pointer + stranger }))"""


def test_a_dial_follows_the_mouse_between_frames_to_where_the_browser_puts_it(page: Page) -> None:
    def raw_move(x: float, *, buttons: int = 1, stranger: int = 0) -> None:
        page.wait_for_timeout(5)  # of reports that follow each other faster some are left out
        page.evaluate(RAW_MOVE, {"x": x, "buttons": buttons, "stranger": stranger})

    page.add_init_script(WHICH_POINTER)
    open_digit(page, rest=WIDE)
    dial = page.locator("#dial-3")
    x, y, width = middle(dial)
    page.mouse.move(x, y)
    page.mouse.down()
    before = dial.input_value()
    raw_move(x + 30, stranger=1)
    for share in (-0.6, -0.2, 0.1, 0.333, 0.45, 0.6):
        raw_move(x + share * width)
        # The defaults hold the loop's values of now; mypy cannot infer a lambda that has them.
        until(lambda before=before: dial.input_value() != before, "the dial has moved")  # type: ignore[misc]
        before = dial.input_value()
        assert (float(before) < 0) == (share < 0), "another pointer moved it"
        page.mouse.move(x + share * width, y)
        frames(page)
        assert dial.input_value() == before, "the browser puts it elsewhere"
    raw_move(x, buttons=0)  # a button that came up unheard
    raw_move(x)
    at_rest(page)
    assert float(dial.input_value()) == 0.5
    page.mouse.up()


# Notes of each answer on the dials' socket whether the picture had changed when the next frame was drawn. The second
# listener comes after the page's own, and so does the look that it asks for: in the same frame, behind the page's.
FRAME_AFTER_ANSWER = """
(() => {
  window.answers = [];
  const look = () => document.getElementById("reconstruction").toDataURL();
  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      let before;
      this.addEventListener("message", () => (before = look()));
      this.addEventListener("open", () => this.addEventListener("message", () => {
        const was = before;
        requestAnimationFrame(() => window.answers.push(look() !== was));
      }));
    }
  };
})();
"""


@pytest.mark.parametrize("turn", [turn_by_mouse, turn_by_keyboard, turn_by_touch])
def test_the_picture_changes_in_the_frame_after_the_answer(new_page: NewPage, turn: Turn) -> None:
    page = new_page(has_touch=turn is turn_by_touch)
    page.add_init_script(FRAME_AFTER_ANSWER)
    open_digit(page, rest=WIDE)
    until_the_socket_is_open(page)
    page.evaluate("answers.length = 0")
    turn(page, page.locator("#dial-3"))
    until(lambda: page.evaluate("answers.length") > 0, "the turn is answered")
    frames(page)
    assert all(page.evaluate("answers"))


def until_the_socket_is_open(page: Page) -> None:
    """Turn the first dial until an answer comes over the socket; before that they come by POST."""

    def answered() -> bool:
        page.locator("#dial-1").press("ArrowRight")
        at_rest(page)
        return bool(page.evaluate("answers.length"))

    until(answered, "a turn is answered over the socket")
    page.locator("#reset-dials").click()
    frames(page)


def test_the_keys_turn_coarsely_and_finely(page: Page) -> None:
    open_digit(page, rest=WIDE)
    dial = page.locator("#dial-5")
    for key, value in [
        ("ArrowRight", "0.01"),
        ("Shift+ArrowUp", "0.011"),
        ("Shift+ArrowLeft", "0.01"),
        ("PageUp", "0.06"),
        ("ArrowDown", "0.05"),
        ("PageDown", "0"),
        ("End", "0.5"),
        ("Home", "-0.5"),
    ]:
        dial.press(key)
        expect(dial).to_have_value(value)
    pose = trace_of_digit(page, 0).class_capsules[-1, 7]
    pose[4] -= 0.5
    until(
        lambda: shows(page.locator("#reconstruction"), drawn_by_server(page, pose, 7)), "it is the picture of that pose"
    )


def test_turns_are_taken_back_one_after_the_other(page: Page) -> None:
    open_digit(page, rest=WIDE)
    undo, reconstruction = page.locator("#undo-dials"), page.locator("#reconstruction")
    expect(undo).to_be_disabled()
    found = picture(reconstruction)
    page.locator("#dial-2").fill("0.3")
    page.locator("#dial-6").fill("-0.2")
    page.locator("#reset-dials").click()
    until(lambda: picture(reconstruction) == found, "the reconstruction is the first again")
    page.keyboard.press("u")
    expect(page.locator("#dial-2")).to_have_value("0.3")
    expect(page.locator("#dial-6")).to_have_value("-0.2")
    until(lambda: picture(reconstruction) != found, "the turned picture is back")
    undo.click()
    expect(page.locator("#dial-6")).to_have_value("0")
    expect(page.locator("#dial-2")).to_have_value("0.3")
    undo.click()
    expect(page.locator("#dial-2")).to_have_value("0")
    expect(undo).to_be_disabled()
    until(lambda: picture(reconstruction) == found, "the reconstruction is the first again")


class Held:
    """A line to the server on which answers can be held back."""

    def __init__(self) -> None:
        self.holding, self.answers, self.passed = False, list[str | bytes](), 0
        self._page_side: WebSocketRoute | None = None

    def open(self, socket: WebSocketRoute) -> None:
        server, self._page_side = socket.connect_to_server(), socket
        server.on_message(self._answer)

    def release(self) -> None:
        """Let go, late, what was held."""
        self.holding = False
        assert self._page_side is not None
        for answer in self.answers:
            self._page_side.send(answer)

    def _answer(self, answer: str | bytes) -> None:
        if self.holding:
            self.answers.append(answer)
            return
        self.passed += 1
        assert self._page_side is not None
        self._page_side.send(answer)


def open_with_held_line(page: Page) -> Held:
    """A page whose dials are answered over a socket, which the test holds in its hand."""
    line = Held()
    page.route_web_socket("**/api/dials*", line.open)
    open_digit(page, rest=WIDE)

    def answered() -> bool:
        page.locator("#dial-1").press("ArrowRight")
        at_rest(page)
        return line.passed > 0

    until(answered, "a turn is answered over the socket")
    page.locator("#reset-dials").click()
    at_rest(page)
    line.holding = True
    return line


def test_a_late_answer_of_the_socket_is_never_shown(page: Page) -> None:
    line = open_with_held_line(page)
    reconstruction = page.locator("#reconstruction")
    found = picture(reconstruction)
    page.locator("#dial-2").fill("0.4")
    until_held(page, line.answers)
    page.locator("#reset-dials").click()
    line.release()
    for _ in range(5):
        frames(page)
        assert picture(reconstruction) == found
    page.locator("#dial-3").fill("0.4")
    until(lambda: picture(reconstruction) != found, "the dials go on")


def test_a_late_answer_for_another_class_is_never_shown(page: Page) -> None:
    line = open_with_held_line(page)
    reconstruction = page.locator("#reconstruction")
    page.locator("#dial-2").fill("0.4")
    until_held(page, line.answers)
    turned = [*line.answers]
    line.answers.clear()
    page.locator(".class-row[data-label='3']").click()
    until_held(page, line.answers)
    line.answers[:0] = turned
    line.release()
    three = drawn_by_server(page, trace_of_digit(page, 0).class_capsules[-1, 3], 3)
    until(lambda: shows(reconstruction, three), "the 3 is drawn")
    frames(page)
    assert shows(reconstruction, three)


def test_a_late_answer_of_a_post_is_never_shown(page: Page) -> None:
    """Without a socket a turn is asked by POST; what comes after the reset is dropped."""
    page.route_web_socket("**/api/dials*", lambda socket: socket.close())
    held: list[Route] = []
    page.route("**/api/reconstruct*", lambda route: held.append(route))
    open_digit(page, rest=WIDE)
    reconstruction = page.locator("#reconstruction")
    found = picture(reconstruction)
    page.locator("#dial-2").fill("0.4")
    until_held(page, held)
    page.locator("#reset-dials").click()
    held[0].continue_()
    at_rest(page)
    assert picture(reconstruction) == found


def test_where_the_socket_drops_the_dials_go_on_and_it_comes_back(page: Page) -> None:
    """The first three sockets are closed as soon as something is sent over them."""
    sockets: list[WebSocketRoute] = []
    over_socket: list[str | bytes] = []

    def open_socket(socket: WebSocketRoute) -> None:
        sockets.append(socket)
        if len(sockets) <= 3:
            socket.on_message(lambda _: socket.close())
            return
        server = socket.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            over_socket.append(message)
            server.send(message)

        socket.on_message(pass_on)

    page.route_web_socket("**/api/dials*", open_socket)
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url))
    open_digit(page, rest=WIDE)
    reconstruction, dial = page.locator("#reconstruction"), page.locator("#dial-1")
    drawn = [picture(reconstruction)]
    pose = trace_of_digit(page, 0).class_capsules[-1, 7]

    def turn_on() -> bool:
        """Each turn is drawn, however it travels."""
        position = -0.4 + 0.05 * len(drawn)
        dial.fill(f"{position:.2f}")
        moved = pose + np.eye(16)[0] * position
        until(lambda: shows(reconstruction, drawn_by_server(page, moved, 7)), "the reconstruction follows")
        drawn.append(picture(reconstruction))
        time.sleep(0.4)
        return bool(over_socket)

    until(turn_on, "the dials go over a socket again")
    assert any("/api/reconstruct" in url for url in posts), "meanwhile they went by POST"
    assert len(sockets) == 4
    page.locator("#reset-dials").click()
    until(lambda: picture(reconstruction) == drawn[0], "the reconstruction is the first again")


def test_z_takes_back_a_turn_while_a_dial_has_the_focus(page: Page) -> None:
    open_digit(page, rest=WIDE)
    dial, sees = page.locator("#dial-3"), page.locator("#sees")
    seen = picture(sees)
    dial.press("ArrowRight")
    until(lambda: dial.input_value() == "0.01", "the dial has moved")
    page.keyboard.press("z")
    until(lambda: float(dial.input_value()) == 0, "the turn is taken back")
    assert picture(sees) == seen
