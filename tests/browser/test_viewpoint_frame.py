"""One outline with two names: the outline is turned, the frame is turned, and the name follows."""

from __future__ import annotations

import math

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.eyes import picture
from tests.browser.test_accessibility import violations
from tests.browser.waiting import address, open_section, until

OUTLINE, FRAME, TOLD = "#frame-outline", "#frame-frame", "#frame-told"


def show(page: Page, rest: str = "") -> None:
    page.goto(f"/viewpoint#digit=4{rest}")
    open_section(page, "frame")


def corners(page: Page) -> list[tuple[float, float]]:
    rows = page.locator("#frame-corners tbody tr").all()
    texts = [row.locator("td").all_inner_texts() for row in rows]
    return [(float(right.replace("−", "-")), float(up.replace("−", "-"))) for right, up in texts]


def test_the_name_follows_the_frame_and_the_shape_stays(page: Page) -> None:
    show(page)
    expect(page.locator(TOLD)).to_contain_text("it is a square")
    seen = picture(page.locator("#frame-seen"))
    page.get_by_role("button", name="Diamond").click()
    expect(page.locator(TOLD)).to_contain_text("in this frame it is a diamond")
    until(lambda: picture(page.locator("#frame-seen")) != seen, "the outline is turned")
    assert max(up for _, up in corners(page)) == pytest.approx(math.sqrt(2), abs=0.006)
    page.get_by_role("button", name="Turned frame").press("Enter")
    expect(page.locator(TOLD)).to_contain_text("in this frame it is a square. In the frame of the page it is a diamond")
    assert all(abs(right) == abs(up) == 1 for right, up in corners(page))
    expect(page.locator("#frame-shape")).to_contain_text("2.00, 2.00, 2.00, 2.00 long, its angles 90°, 90°, 90°, 90°")


def test_it_is_turned_by_keys_by_sliders_and_by_a_link(page: Page) -> None:
    show(page, "&shape=30_-20")
    canvas = page.locator("#frame-seen")
    expect(canvas).to_have_attribute("aria-valuenow", "30")
    expect(page.locator(FRAME)).to_have_value("-20")
    canvas.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    expect(page.locator(OUTLINE)).to_have_value("46")
    page.locator(FRAME).fill("1")
    expect(page.locator(TOLD)).to_contain_text("a diamond")
    until(lambda: "shape=46_1" in address(page), "the link holds both")


def test_a_hand_drags_it_round(new_page: NewPage) -> None:
    page = new_page(has_touch=True, viewport={"width": 390, "height": 844})
    show(page)
    canvas = page.locator("#frame-seen")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    x, y, radius = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, box["width"] / 4
    page.mouse.move(x + radius, y)
    page.mouse.down()
    page.mouse.move(x + radius * math.cos(0.6), y - radius * math.sin(0.6), steps=4)
    page.mouse.up()
    expect(page.locator(OUTLINE)).to_have_value(str(round(math.degrees(0.6))))
    assert page.locator("#frame").evaluate("(section) => section.scrollWidth <= section.clientWidth")
    assert violations(page, "#frame") == []
