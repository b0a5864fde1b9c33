"""Poses pushed along measured directions, and back: pictures and errors that agree with the server."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.browser.asking import Array, drawn_by_server, pixels_of_digit, tensors_of
from tests.browser.conftest import NewPage
from tests.browser.eyes import picture, shows
from tests.browser.pretending import measured_is
from tests.browser.waiting import address, open_saving, open_section, settled, until

# Test digit 4 is a 4.
DIGIT = 4
SVG = "{http://www.w3.org/2000/svg}"
# The page is told pictures in binary16, and errors in one decimal.
TOLERANCE = 0.2


def show(page: Page, rest: str = "") -> None:
    page.goto(f"/viewpoint#digit={DIGIT}{rest}")
    open_section(page, "turn-back")
    expect(page.locator("#turn-push-told")).not_to_be_empty()
    settled(page)


def direction_of(page: Page, name: str, label: int = DIGIT) -> Array:
    answer = page.request.get(f"/api/viewpoint-paths?label={label}&transformation={name}")
    assert answer.ok, answer.text()
    return np.array(answer.json()["direction"])


def views_of(
    page: Page, viewpoints: list[dict[str, float]], digit: int = DIGIT, label: int = DIGIT
) -> dict[str, Array]:
    body: dict[str, Any] = {"pixels": pixels_of_digit(page, digit), "viewpoints": viewpoints}
    return tensors_of(page, f"/api/viewpoints?label={label}&include=reconstruction", body)


def error(one: Array, other: Array) -> float:
    return float(((one - other) ** 2).sum())


def number_before(text: str, pattern: str) -> float:
    found = re.search(pattern, text)
    assert found, text
    return float(found[1].replace("−", "-"))


@pytest.mark.parametrize("viewpoint", [{"rotation": 15}, {"rotation": -10, "down": 2}])
def test_pictures_and_errors_are_those_of_the_pushed_poses(page: Page, viewpoint: dict[str, float]) -> None:
    show(page, "&view=" + "_".join(f"{name}*{amount}" for name, amount in viewpoint.items()))
    views = views_of(page, [{}, viewpoint])
    push = sum((amount * direction_of(page, name) for name, amount in viewpoint.items()), start=np.zeros(16))
    upright, now = views["poses"][:, DIGIT]
    pushed, undone = drawn_by_server(page, upright + push, DIGIT), drawn_by_server(page, now - push, DIGIT)
    (rest, own), seen = views["reconstruction"], views["image"][1]
    for name, wanted in {
        "pushed": pushed,
        "seen": seen,
        "still": rest,
        "undone": undone,
        "upright": rest,
        "left": own,
    }.items():
        canvas = page.locator(f"#turn-{name}")
        canvas.scroll_into_view_if_needed()
        until(partial(shows, canvas, wanted), f"{name} is drawn")
    told, back = (page.locator(f"#turn-{name}-told").inner_text() for name in ("push", "undo"))
    for text, pattern, expected in (
        (told, r": pushed ([\d.]+),", error(pushed, seen)),
        (told, r"not pushed ([\d.]+):", error(rest, seen)),
        (told, r"reconstruction is ([\d.]+) from", error(own, seen)),
        (back, r": undone ([\d.]+),", error(undone, rest)),
        (back, r"not undone ([\d.]+):", error(own, rest)),
    ):
        assert abs(number_before(text, pattern) - expected) < TOLERANCE, (text, pattern, expected)


def test_undoing_keeps_the_reconstruction_nearer_to_the_upright_one(page: Page) -> None:
    show(page)
    expect(page.locator("#turn-push-told")).to_have_text(re.compile("^Turn the knob"))
    expect(page.locator("#turn-undo-told")).to_be_empty()
    before = picture(page.locator("#turn-pushed"))
    knob = page.locator("#turn-amount")
    expect(page.locator("#turn-name")).to_have_text("Rotation")
    assert knob.get_attribute("max") == "30", "as far as it was measured"
    knob.focus()
    for _ in range(15):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#turn-told")).to_have_text("+15°")
    expect(page.locator("#amount-rotation")).to_have_value("15")
    expect(page.locator("#turn-undo-told")).to_contain_text("undone")
    settled(page)
    text = page.locator("#turn-undo-told").inner_text()
    assert number_before(text, r": undone ([\d.]+),") < number_before(text, r"not undone ([\d.]+):"), text
    assert picture(page.locator("#turn-pushed")) != before
    until(lambda: "view=rotation*15" in address(page), "the link tells the viewpoint")


def test_the_row_has_pictures_and_errors_at_five_amounts(page: Page) -> None:
    show(page, "&along=right")
    table = page.locator("#turn-table")
    heads = table.locator("thead th").all_inner_texts()
    assert heads == ["−4.00 px", "−2.00 px", "0.00 px", "+2.00 px", "+4.00 px"]
    amounts = [-4, -2, 0, 2, 4]
    views = views_of(page, [{"right": amount} for amount in amounts])
    direction, rest = direction_of(page, "right"), views["poses"][2, DIGIT]
    pushed = np.array([drawn_by_server(page, rest + amount * direction, DIGIT) for amount in amounts])
    rows = {
        2: [error(*pair) for pair in zip(pushed, views["image"], strict=True)],
        3: [error(pushed[2], seen) for seen in views["image"]],
        4: [error(*pair) for pair in zip(views["reconstruction"], views["image"], strict=True)],
    }
    for row, errors in rows.items():
        shown = table.locator("tbody tr").nth(row).locator("td").all_inner_texts()
        np.testing.assert_allclose([float(text) for text in shown], errors, atol=TOLERANCE)
    canvases = table.locator("canvas")
    canvases.nth(9).scroll_into_view_if_needed()
    until(lambda: shows(canvases.nth(9), views["image"][4]), "the last picture is drawn")
    assert shows(canvases.nth(0), pushed[0])


def test_a_push_to_the_right_moves_the_decoded_ink_as_far_as_the_slider_says(page: Page) -> None:
    """The page tells it of one digit; of every class one test digit is asked for beside the page."""
    show(page, "&along=right&view=right*2")
    told = page.locator("#turn-push-told").inner_text()
    assert abs(number_before(told, r"decoded ink by ([+−\d.]+) px; the slider says \+2\.00 px") - 2) < 0.5, told
    columns, near = np.arange(28), 0
    for label, digit in enumerate([3, 2, 1, 18, 4, 8, 11, 0, 61, 7]):  # the first test digit of each class
        push = 2 * direction_of(page, "right", label)
        rest = views_of(page, [{}], digit, label)["poses"][0, label]
        before, after = (drawn_by_server(page, pose, label) for pose in (rest, rest + push))
        moved = (after.sum(axis=0) @ columns) / after.sum() - (before.sum(axis=0) @ columns) / before.sum()
        near += abs(moved - 2) < 0.5
    assert near >= 6, f"{near} of 10 classes"


def test_pieces_and_what_lies_beyond_the_measured_range_are_told(page: Page) -> None:
    show(page, "&view=rotation*70")
    expect(page.locator("#turn-beyond")).to_have_text(re.compile("^Beyond what was measured: rotation"))
    page.goto(f"/viewpoint#digit={DIGIT}&view=pieces*quarters")
    open_section(page, "turn-back")
    expect(page.locator("#turn-beyond")).to_contain_text("No direction undoes that")
    expect(page.locator("#turn-push-told")).to_be_empty()


def test_where_nothing_was_measured_it_says_so(page: Page) -> None:
    measured_is(page)
    page.goto(f"/viewpoint#digit={DIGIT}")
    open_section(page, "turn-back")
    expect(page.locator("#turn-missing")).to_contain_text("Nothing was measured of “mnist-drawn”")
    expect(page.locator("#turn-body")).to_be_hidden()


def test_a_finger_turns_the_knob_and_nothing_is_wider_than_the_phone(new_page: NewPage) -> None:
    page = new_page(has_touch=True, viewport={"width": 390, "height": 844})
    show(page)
    page.locator("#turn-along-shear").tap()
    expect(page.locator("#turn-name")).to_have_text("Lean")
    settled(page)
    page.locator("#turn-amount").scroll_into_view_if_needed()
    box = page.locator("#turn-amount").bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + 0.8 * box["width"], box["y"] + box["height"] / 2)
    until(lambda: 0.2 < float(page.locator("#amount-shear").input_value()) < 0.4, "the digit leans")
    assert page.locator("#turn-back").evaluate("(section) => section.scrollWidth <= section.clientWidth")


def test_it_is_saved_without_scrolling(page: Page, tmp_path: Path) -> None:
    page.goto(f"/viewpoint#digit={DIGIT}&view=rotation*15")
    expect(page.locator("#capsule-says")).to_contain_text("reads")
    open_saving(page)
    with page.expect_download() as download:
        page.locator('#saving button[aria-label="Turn it back: inverse graphics, SVG"]').click()
    download.value.save_as(tmp_path / "turn-back.svg")
    root = ElementTree.parse(tmp_path / "turn-back.svg").getroot()
    texts = [text.text or "" for text in root.iter(f"{SVG}text")]
    assert any("pushed" in text for text in texts)
    assert len(list(root.iter(f"{SVG}image"))) >= 16
