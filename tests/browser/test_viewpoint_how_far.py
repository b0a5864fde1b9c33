"""How far digits go until they are misread: the shares that were measured, and the curves of the digit on the page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import numpy as np
from playwright.sync_api import Locator, Page, Route, expect

from model.data.viewpoints import PIECES, TRANSFORMATIONS
from model.explaining.intervals import wilson
from model.explaining.viewpoint_accuracy import AMOUNTS
from tests.browser.asking import Array, pixels_of_digit, tensors_of
from tests.browser.conftest import NewPage
from tests.browser.eyes import colour, picture
from tests.browser.pretending import measured_is
from tests.browser.test_accessibility import violations
from tests.browser.waiting import address, frames, open_saving, open_section, settled, until

DIGIT = 4  # a test digit, and what it is
SIDES = {"capsule": "mnist-drawn", "cnn": "cnn"}
DIGITS = 200
# So many of these digits are lost for each step away from rest.
LOST = {"mnist-drawn": 15, "mnist": 20, "cnn": 10}
SVG = "{http://www.w3.org/2000/svg}"


def study_of(model: str) -> dict[str, Any]:
    """A study as a file has it: the farther from rest, the fewer digits are read."""
    transformations = {}
    for name, amounts in AMOUNTS.items():
        rest = amounts.index(TRANSFORMATIONS[name].rest)
        lost = [LOST.get(model, 30) * abs(k - rest) for k in range(len(amounts))]
        right = [max(0, 198 - each) for each in lost]
        transformations[name] = {"amounts": amounts, "right": right, "sure_wrong": [each // 5 for each in lost]}
    return {
        "model": model,
        "digits": DIGITS,
        "sure_above": 0.9 if model.startswith("cnn") else 0.5,
        "transformations": transformations,
        "pieces": {pieces: {"same": 40, "sure": 90} for pieces in PIECES},
        "command": "capsnet study-viewpoints",
    }


def studied(page: Page) -> None:
    """Of every network of the server a study was made."""
    measured_is(page, "viewpoint-accuracy")

    def told(route: Route) -> None:
        (model,) = parse_qs(urlsplit(route.request.url).query)["model"]
        route.fulfill(json=study_of(model))

    page.route("**/api/viewpoint-accuracy?*", told)


def show(page: Page, rest: str = "") -> None:
    studied(page)
    page.goto(f"/viewpoint#digit={DIGIT}{rest}")
    open_section(page, "how-far")
    expect(page.locator("#how-far-digit")).to_contain_text("the CNN")
    settled(page)


def curves_asked(page: Page) -> list[tuple[str, list[float], float]]:
    """Of all curves that the page asks for from now on: the network, the rotations, and the shift to the right."""
    asked: list[tuple[str, list[float], float]] = []

    def note(route: Route) -> None:
        viewpoints = json.loads(route.request.post_data or "")["viewpoints"]
        if len(viewpoints) > 2:
            (model,) = parse_qs(urlsplit(route.request.url).query)["model"]
            asked.append((model, [each["rotation"] for each in viewpoints], viewpoints[0]["right"]))
        route.continue_()

    page.route("**/api/viewpoints?*", note)
    return asked


def scores_of(page: Page, side: str, name: str, amounts: list[float], **others: float) -> Array:
    """What a network answers at each amount: (n, C)."""
    body = {"pixels": pixels_of_digit(page, DIGIT), "viewpoints": [{**others, name: amount} for amount in amounts]}
    return tensors_of(page, f"/api/viewpoints?model={SIDES[side]}", body)["scores"]


def numbers(row: Locator) -> list[float]:
    return [float(number) for number in re.findall(r"\d+\.\d", row.locator("td").all_inner_texts().__str__())]


def test_the_table_tells_the_shares_nearest_to_the_digit_with_their_intervals(page: Page) -> None:
    show(page, "&view=rotation*32&along=rotation")
    expect(page.locator("#how-far-nearest")).to_have_text("at +30°, the nearest that was measured")
    rows = page.locator("#how-far-rows tr")
    names = [text.split()[0] for text in rows.locator("th").all_inner_texts()]
    assert set(LOST) <= set(names)
    assert names[0] == "mnist-drawn", "the room's own network stands first"
    for row, name in zip(rows.all(), names, strict=True):
        found = study_of(name)["transformations"]["rotation"]
        k = found["amounts"].index(30)
        wanted: list[float] = []
        for count in (found["right"][k], found["sure_wrong"][k]):
            wanted += [count / DIGITS, *wilson(count, DIGITS)]
        np.testing.assert_allclose(numbers(row), 100 * np.array(wanted), atol=0.051)
        expect(row.locator("th")).to_contain_text("the first 200 test digits")


def test_the_sentences_follow_from_the_counts_also_where_the_cnn_does_better(page: Page) -> None:
    show(page)
    told = page.locator("#how-far-told")
    # Of 200 at least 180 at one step of 15 degrees: 183 of the capsules', 188 of the CNN's; at two steps 168 and 178.
    expect(told).to_contain_text(
        "mnist-drawn reads 90 % or more of the first 200 test digits rightly from −15° to +15°. Then it"
    )
    expect(told).to_contain_text(
        "cnn reads 90 % or more of the first 200 test digits rightly from −15° to +15°. Then it falls"
    )
    expect(told).to_contain_text("89.0 % at −30°")
    expect(told).to_contain_text(re.compile(r"Of the twelve amounts away from rest: at \w+ cnn reads more digits"))
    expect(page.locator("#how-far-sure")).to_contain_text("a length of 0.5 (mnist-drawn")
    # Size: 0.125 is a step. Nothing falls below at one step.
    page.locator("#how-far-along-scale").check()
    expect(told).to_contain_text("cnn reads 90 % or more of the first 200 test digits rightly from × 0.88 to × 1.13.")
    until(lambda: "along=scale" in address(page), "the link tells the change")


def test_this_digits_curves_are_what_both_networks_answer_and_are_asked_for_once(page: Page) -> None:
    asked = curves_asked(page)
    show(page)
    amounts = AMOUNTS["rotation"]
    mine = [each for each in asked if each[1] == amounts]
    assert sorted(model for model, *_ in mine) == sorted(SIDES.values())
    rest = amounts.index(0)
    text = page.locator("#how-far-digit").inner_text().replace("−", "-")
    for side, network in (("capsule", "the capsule network"), ("cnn", "the CNN")):
        read = scores_of(page, side, "rotation", amounts).argmax(axis=-1) == DIGIT
        low = rest - next((k for k, each in enumerate(read[rest::-1]) if not each), rest + 1) + 1
        high = rest + next((k for k, each in enumerate(read[rest:]) if not each), len(read) - rest) - 1
        found = re.search(rf"{network} reads 4 from ([-+\d]+)° to ([-+\d]+)°", text)
        assert found, text
        assert [float(found[1]), float(found[2])] == [amounts[low], amounts[high]]

    before = picture(page.locator("#how-far-own"))
    page.locator("#amount-rotation").fill("25")
    settled(page)
    page.locator("#how-far").scroll_into_view_if_needed()
    length = float(scores_of(page, "capsule", "rotation", [25])[0, DIGIT])
    expect(page.locator("#how-far-here")).to_contain_text(f"Here: +25°; the capsule of 4 is {length:.2f} long")
    assert picture(page.locator("#how-far-own")) != before, "the line is elsewhere"
    assert [each for each in asked if each[1] == amounts] == mine, "along its curve a digit asks for no other one"
    page.locator("#amount-right").fill("3")
    page.locator("#how-far").scroll_into_view_if_needed()

    def are_asked() -> bool:
        frames(page)
        return sum(each[1] == amounts and each[2] == 3 for each in asked) == len(SIDES)

    until(are_asked, "moved, the digit asks for other curves")


def line(canvas: Locator) -> float:
    """Where the line stands, in CSS pixels: the column with the most ink."""
    frames(canvas.page)
    ink = list(colour(canvas.page, "ink"))
    found = canvas.evaluate(
        """(canvas, [red, green, blue]) => {
          const { width, height } = canvas;
          const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
          const counts = new Array(width).fill(0);
          for (let k = 0; k < width * height; k++) {
            const far = Math.abs(data[4 * k] - red) + Math.abs(data[4 * k + 1] - green)
              + Math.abs(data[4 * k + 2] - blue);
            if (far < 12 && data[4 * k + 3] > 120) counts[k % width]++;
          }
          return counts.indexOf(Math.max(...counts)) * canvas.clientWidth / width;
        }""",
        ink,
    )
    return float(found)


def test_keys_and_dragging_on_both_plots_turn_the_digit(page: Page) -> None:
    show(page)
    slider, at = page.locator("#amount-rotation"), {}
    for plot in ("shares", "own"):
        canvas = page.locator(f"#how-far-{plot}")
        canvas.focus()
        for key, amount in (("Home", -90), ("ArrowRight", -85), ("Shift+ArrowUp", -84), ("End", 90)):
            page.keyboard.press(key)
            expect(slider).to_have_value(str(amount))
            expect(canvas).to_have_attribute("aria-valuenow", str(amount))
            at[plot, amount] = line(canvas)
    assert abs(at["shares", -90] - at["own", -90]) < 2, "both plots have one scale"
    canvas = page.locator("#how-far-own")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    middle = (at["own", -90] + at["own", 90]) / 2
    page.mouse.move(box["x"] + at["own", 90], box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + middle, box["y"] + 40, steps=5)
    page.mouse.up()
    until(lambda: abs(float(slider.input_value())) <= 1, "the digit stands upright")
    assert abs(line(canvas) - middle) < 3


def test_a_finger_sets_the_amount_on_a_phone_and_all_of_it_can_be_read(new_page: NewPage) -> None:
    page = new_page(has_touch=True, viewport={"width": 390, "height": 844})
    show(page, "&along=right")
    canvas = page.locator("#how-far-shares")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + box["width"] - 4, box["y"] + 60)
    expect(page.locator("#amount-right")).to_have_value("8")
    assert page.locator("#how-far").evaluate("(section) => section.scrollWidth <= section.clientWidth")
    assert violations(page, "#how-far") == []


def test_both_themes_have_no_violation(new_page: NewPage) -> None:
    for scheme in ("light", "dark"):
        page = new_page(color_scheme=scheme)
        show(page)
        assert violations(page, "#how-far") == []


def test_without_a_study_it_says_so_and_draws_this_digits_curves(page: Page) -> None:
    measured_is(page)
    page.goto(f"/viewpoint#digit={DIGIT}")
    open_section(page, "how-far")
    expect(page.locator("#how-far-missing")).to_contain_text("has not been measured")
    expect(page.locator("#how-far-missing")).to_contain_text("capsnet study-viewpoints")
    for part in ("measured", "networks"):
        expect(page.locator(f"#how-far-{part}")).to_be_hidden()
    expect(page.locator("#how-far-told li")).to_have_count(0)
    expect(page.locator("#how-far-digit")).to_contain_text("the capsule network reads 4 from")


def test_it_is_saved_complete_without_scrolling(page: Page, tmp_path: Path) -> None:
    studied(page)
    page.goto(f"/viewpoint#digit={DIGIT}")
    expect(page.locator("#capsule-says")).to_contain_text("reads")
    open_saving(page)
    with page.expect_download() as download:
        page.locator('#saving button[aria-label="How far it goes, SVG"]').click()
    download.value.save_as(tmp_path / "how-far.svg")
    root = ElementTree.parse(tmp_path / "how-far.svg").getroot()
    texts = [text.text or "" for text in root.iter(f"{SVG}text")]
    assert {"90 %", "0.5", "0°"} <= set(texts)
    assert any("mnist-drawn reads 90 %" in text for text in texts)
    assert any("This digit" in text for text in texts)
    assert len(list(root.iter(f"{SVG}path"))) > 3 * len(AMOUNTS["rotation"]), "a mark for each point"


def test_networks_that_read_other_digits_are_not_compared(page: Page) -> None:
    measured_is(page, "viewpoint-accuracy")

    def told(route: Route) -> None:
        (model,) = parse_qs(urlsplit(route.request.url).query)["model"]
        route.fulfill(json=study_of(model) | {"digits": 200 if model == "mnist" else 199})

    page.route("**/api/viewpoint-accuracy?*", told)
    page.goto(f"/viewpoint#digit={DIGIT}")
    open_section(page, "how-far")
    sentences = page.locator("#how-far-told")
    expect(sentences).to_contain_text("did not all read the same test digits")
    expect(sentences).not_to_contain_text(re.compile("furthest|intervals"))
    expect(page.locator("#how-far-rows")).to_contain_text("199 test digits")
