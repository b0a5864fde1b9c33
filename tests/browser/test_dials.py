"""The sixteen dials, by mouse, keyboard and touch, and the reconstruction that follows them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage
from tests.browser.eyes import ink, picture
from tests.browser.waiting import at_rest, open_digit, until

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
    open_digit(page)
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
    open_digit(page)
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
    open_digit(page)
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


def test_where_the_socket_drops_the_dials_go_on(page: Page) -> None:
    """Each socket is closed as soon as something is sent over it."""
    page.route_web_socket("**/api/dials*", lambda socket: socket.on_message(lambda _: socket.close()))
    open_digit(page)
    reconstruction = page.locator("#reconstruction")
    drawn: list[str] = []
    for position in ["0.2", "0.4"]:
        drawn.append(picture(reconstruction))
        with page.expect_request("**/api/reconstruct*"):
            page.locator("#dial-1").fill(position)
        until(lambda: picture(reconstruction) != drawn[-1], "the reconstruction follows")
    at_rest(page)
    page.locator("#reset-dials").click()
    until(lambda: picture(reconstruction) == drawn[0], "the reconstruction is the first again")
