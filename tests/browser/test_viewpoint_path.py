"""The way of a digit's numbers while it is transformed: measures as the server has them, and a way to drag."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.asking import Array, pixels_of_digit, tensors_of
from tests.browser.conftest import NewPage
from tests.browser.eyes import colour, picture
from tests.browser.pretending import measured_is
from tests.browser.waiting import address, frames, open_saving, open_section, settled, until

# Test digit 4 is a 4.
DIGIT = 4
SIDES = {"capsule": "mnist-drawn", "cnn": "cnn"}
SVG = "{http://www.w3.org/2000/svg}"

# The middle of all that has the colour of the page's ink, in CSS pixels.
_MIDDLE = """(canvas, [red, green, blue]) => {
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  let [x, y, count] = [0, 0, 0];
  for (let k = 0; k < width * height; k++) {
    const far = Math.abs(data[4 * k] - red) + Math.abs(data[4 * k + 1] - green) + Math.abs(data[4 * k + 2] - blue);
    if (far < 12 && data[4 * k + 3] > 250) { x += k % width; y += Math.floor(k / width); count++; }
  }
  const scale = canvas.clientWidth / width;
  return [(x / count) * scale, (y / count) * scale];
}"""


def show(page: Page, rest: str = "") -> None:
    page.goto(f"/viewpoint#digit={DIGIT}{rest}")
    open_section(page, "path")
    expect(page.locator("#path-capsule-at")).to_contain_text("Here:")
    settled(page)


def measured_of(page: Page, side: str, name: str = "rotation") -> dict[str, Any]:
    answer = page.request.get(f"/api/viewpoint-paths?model={SIDES[side]}&label={DIGIT}&transformation={name}")
    assert answer.ok, answer.text()
    body: dict[str, Any] = answer.json()
    return body


def features_of(page: Page, side: str, amounts: list[float], name: str = "rotation") -> Array:
    """The pose of the digit's class, or the CNN's features, at each amount."""
    body = {"pixels": pixels_of_digit(page, DIGIT), "viewpoints": [{name: amount} for amount in amounts]}
    tensors = tensors_of(page, f"/api/viewpoints?model={SIDES[side]}", body)
    return tensors["poses"][:, DIGIT] if side == "capsule" else tensors["features"]


def told(page: Page, side: str) -> tuple[float, float, float]:
    """The cosine, the straightness and the share in the plane that stand below a plot."""
    text = page.locator(f"#path-{side}-at").inner_text().replace("−", "-")
    found = re.search(r"direction (-?[\d.]+)\..*straightness ([\d.]+), (\d+) %", text)
    assert found, text
    return float(found[1]), float(found[2]), float(found[3]) / 100


def wanted(page: Page, side: str, amount: float, name: str = "rotation") -> tuple[float, float, float]:
    """The same from what the server answers."""
    measured = measured_of(page, side, name)
    amounts = measured["amounts"]
    rest = amounts[4]
    low, high = amounts[0], amounts[-1]
    fine = [*np.linspace(low, rest, 13), *np.linspace(rest, high, 13)[1:]]
    way = features_of(page, side, [float(each) for each in fine], name)
    coarse, moved = way[::3], way - way[12]
    straight = np.linalg.norm(coarse[-1] - coarse[0]) / np.linalg.norm(np.diff(coarse, axis=0), axis=1).sum()
    share = ((moved @ np.array(measured["plane"]).T) ** 2).sum() / (moved**2).sum()
    here, direction = features_of(page, side, [amount], name)[0] - way[12], np.array(measured["direction"])
    cosine = here @ direction / np.linalg.norm(here) / np.linalg.norm(direction) * np.sign(amount - rest)
    return float(cosine), float(straight), float(share)


def ring(canvas: Locator) -> tuple[float, float]:
    """The middle of the ring that marks the present place."""
    frames(canvas.page)
    x, y = canvas.evaluate(_MIDDLE, list(colour(canvas.page, "ink")))
    return x, y


def ways_asked(page: Page) -> list[int]:
    """The numbers of viewpoints of all ways that the page asks for from now on."""
    asked: list[int] = []

    def note(route: Route) -> None:
        count = len(json.loads(route.request.post_data or "")["viewpoints"])
        if count > 2:
            asked.append(count)
        route.continue_()

    page.route("**/api/viewpoints?*", note)
    return asked


@pytest.mark.parametrize(("name", "amount", "here"), [("rotation", 15, "+15°"), ("right", -2, "−2.00 px")])
def test_what_is_told_follows_from_the_answers(page: Page, name: str, amount: float, here: str) -> None:
    show(page, f"&view={name}*{amount}&along={name}")
    for side in SIDES:
        expect(page.locator(f"#path-{side}-at")).to_contain_text(f"Here: {here}")
        np.testing.assert_allclose(told(page, side), wanted(page, side, amount, name), atol=0.011)
        measured = measured_of(page, side, name)
        numbers = page.locator(f"#path-measures td:nth-of-type({1 + list(SIDES).index(side)})").all_inner_texts()
        shown = [float(number.replace("−", "-").rstrip(" %")) for number in numbers]
        fields = ("r2", "r2_features", "straightness", "same_direction")
        np.testing.assert_allclose(shown[:4], [measured[field] for field in fields], atol=0.0051)
        assert abs(shown[4] / 100 - measured["explained"]) <= 0.0051


def test_keys_and_dragging_along_the_way_turn_the_digit_and_ask_for_no_other_way(page: Page) -> None:
    asked = ways_asked(page)
    show(page)
    assert asked == [25, 25]
    canvas, slider = page.locator("#path-capsule"), page.locator("#amount-rotation")
    canvas.focus()
    places = {}
    for key, amount in (("ArrowRight", 5), ("Shift+ArrowUp", 6), ("Home", -30), ("End", 30)):
        page.keyboard.press(key)
        expect(slider).to_have_value(str(amount))
        expect(canvas).to_have_attribute("aria-valuenow", str(amount))
        expect(page.locator("#path-capsule-at")).to_contain_text(f"{abs(amount)}°")
        settled(page)
        places[amount] = ring(canvas)

    box = canvas.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + places[30][0], box["y"] + places[30][1])
    page.mouse.down()
    page.mouse.move(box["x"] + places[-30][0], box["y"] + places[-30][1], steps=6)
    page.mouse.up()
    until(lambda: float(slider.input_value()) <= -28, "the digit is turned to the other end")
    settled(page)
    assert np.hypot(*np.subtract(ring(canvas), places[-30])) < 8, "the ring is where it was let go"
    assert asked == [25, 25], "along its way a digit asks for no other one"
    until(lambda: "view=rotation*-" in address(page), "the link tells how far")


def test_another_change_has_another_way_and_another_one_elsewhere(page: Page) -> None:
    asked = ways_asked(page)
    show(page)
    before = picture(page.locator("#path-capsule"))
    page.locator("#path-along-down").check()
    settled(page)
    assert asked == [25] * 4
    assert picture(page.locator("#path-capsule")) != before
    until(lambda: "along=down" in address(page), "the link tells the change")
    page.locator("#amount-rotation").fill("20")
    page.locator("#path").scroll_into_view_if_needed()
    settled(page)
    assert asked == [25] * 6, "turned, its way down is another one"
    expect(page.locator("#path-compared")).to_contain_text("The number of the capsule stands first.")


def test_a_finger_drags_along_the_way(new_page: NewPage) -> None:
    page = new_page(has_touch=True, viewport={"width": 390, "height": 844})
    show(page, "&along=right")
    canvas = page.locator("#path-cnn")
    canvas.press("End")
    expect(page.locator("#amount-right")).to_have_value("4")
    expect(page.locator("#path-cnn-at")).to_contain_text("+4.00 px")
    x, y = ring(canvas)
    canvas.press("Home")
    expect(page.locator("#amount-right")).to_have_value("-4")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    session = page.context.new_cdp_session(page)
    for kind, (left, top) in (("touchStart", (x - 9, y - 9)), ("touchMove", (x - 3, y - 3)), ("touchMove", (x, y))):
        point = {"x": box["x"] + left, "y": box["y"] + top}
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    until(lambda: float(page.locator("#amount-right").input_value()) >= 3.5, "the digit is shifted")
    assert page.locator("#path").evaluate("(section) => section.scrollWidth <= section.clientWidth")


def test_without_a_cnn_and_without_measurements_it_says_so(page: Page) -> None:
    def without(route: Route) -> None:
        body = route.fetch().json()
        route.fulfill(json={**body, "models": [card for card in body["models"] if card["has_capsules"]]})

    page.route("**/api/models", without)
    show(page)
    expect(page.locator("#path-cnn-missing")).to_contain_text("No CNN is among the networks")
    expect(page.locator("#path-cnn")).to_be_hidden()
    expect(page.locator("#path-compared")).to_be_empty()
    page.unroute("**/api/models")
    measured_is(page)
    page.reload()
    open_section(page, "path")
    expect(page.locator("#path-capsule-missing")).to_have_text(re.compile("Nothing was measured of “mnist-drawn”"))
    expect(page.locator("#path-capsule")).to_be_hidden()


def test_it_is_saved_without_scrolling(page: Page, tmp_path: Path) -> None:
    page.goto(f"/viewpoint#digit={DIGIT}")
    expect(page.locator("#capsule-says")).to_contain_text("reads")
    open_saving(page)
    with page.expect_download() as download:
        page.locator('#saving button[aria-label="The path that a digit takes, SVG"]').click()
    download.value.save_as(tmp_path / "path.svg")
    root = ElementTree.parse(tmp_path / "path.svg").getroot()
    texts = [text.text or "" for text in root.iter(f"{SVG}text")]
    assert {"−30°", "+30°"} <= set(texts)
    assert any("straightness" in text for text in texts)
