"""What the sixteen numbers mean: the dials' ranges, names and distributions, and what was measured of each."""

from __future__ import annotations

import math
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.browser.asking import dimensions_of, drawn_by_server, trace_of_digit
from tests.browser.conftest import NewPage
from tests.browser.eyes import ink, picture, shows
from tests.browser.pretending import measured_is
from tests.browser.waiting import at_rest, frames, open_digit, open_section, until

OWN_NAME = '<b>hook</b> & "tail", 100 %'


def found_pose(page: Page, label: int) -> list[float]:
    pose: list[float] = trace_of_digit(page, 0).class_capsules[-1, label].tolist()
    return pose


@pytest.mark.parametrize("label", [7, 2])
def test_each_dial_goes_over_two_deviations_of_its_class_and_holds_what_was_found(page: Page, label: int) -> None:
    open_digit(page, rest="" if label == 7 else f"&class={label}")
    measured = dimensions_of(page, label)["dimensions"]
    for k, (dimension, found) in enumerate(zip(measured, found_pose(page, label), strict=True)):
        spread = 2 * dimension["deviation"]
        low = min(dimension["mean"] - spread - found, 0)
        high = max(dimension["mean"] + spread - found, 0)
        dial = page.locator(f"#dial-{k + 1}")
        assert float(dial.get_attribute("min") or "nan") == pytest.approx(low, abs=0.0101)
        assert float(dial.get_attribute("max") or "nan") == pytest.approx(high, abs=0.0101)
        assert float(dial.get_attribute("min") or "nan") <= low + 1e-3
        assert float(dial.get_attribute("max") or "nan") >= high - 1e-3
        expect(dial).to_have_value("0")


def test_a_name_of_what_is_hard_to_see_looks_and_reads_so(page: Page) -> None:
    open_digit(page)
    measured = dimensions_of(page, 7)["dimensions"]
    slight = [dimension["visibility"] == "slight" for dimension in measured]
    assert 0 < sum(slight) < len(slight)
    for k, is_slight in enumerate(slight):
        style = page.locator(f".dial[data-dimension='{k}'] .name").evaluate("name => getComputedStyle(name).fontStyle")
        assert style == ("italic" if is_slight else "normal")
        page.locator(f"#dial-{k + 1}").focus()
        assert ("hard to see" in (page.locator("#dial-hint").text_content() or "")) == is_slight
    first = slight.index(True)
    open_digit(page, rest=f"&dimension={first + 1}")
    page.locator("#evidence").scroll_into_view_if_needed()
    expect(page.locator("#evidence-text")).to_contain_text("; hard to see. The name begins with")


def test_a_name_has_its_whole_row_until_the_buttons_are_wanted(page: Page) -> None:
    open_digit(page)
    name = page.locator("li.dial").nth(6).locator(".name")
    row = page.locator("li.dial").nth(6).bounding_box()
    wide = name.bounding_box()
    assert row is not None
    assert wide is not None
    assert wide["width"] > 0.95 * row["width"]
    name.hover()
    narrow = name.bounding_box()
    rename = page.get_by_label("Rename dimension 7", exact=True).bounding_box()
    assert narrow is not None
    assert rename is not None
    assert narrow["x"] + narrow["width"] <= rename["x"] + 0.5


def test_the_range_can_be_widened_to_a_half(page: Page) -> None:
    open_digit(page)
    reach, dial = page.locator("#dial-reach"), page.locator("#dial-3")
    expect(reach).to_contain_text("range of the 7s")
    narrow = picture(page.locator("#distributions"))
    reach.click()
    expect(reach).to_contain_text("± 0.5")
    expect(dial).to_have_attribute("min", "-0.5")
    expect(dial).to_have_attribute("max", "0.5")
    until(lambda: picture(page.locator("#distributions")) != narrow, "the distributions are drawn to the new range")
    dial.fill("0.4")
    reach.click()
    expect(dial).to_have_attribute("max", "0.4")  # as far as it stands
    expect(dial).to_have_value("0.4")


def test_the_distributions_are_painted_for_a_class_and_not_for_a_turn(page: Page) -> None:
    open_digit(page)
    canvas = page.locator("#distributions")
    of_sevens = picture(canvas)
    assert ink(canvas) > 1000
    page.evaluate(
        """() => {
          window.strokes = 0;
          const fill = CanvasRenderingContext2D.prototype.fillRect;
          CanvasRenderingContext2D.prototype.fillRect = function (...box) {
            if (this.canvas.id === "distributions") window.strokes++;
            return fill.apply(this, box);
          };
        }"""
    )
    for _ in range(3):
        page.locator("#dial-4").press("ArrowLeft")
        at_rest(page)
    assert page.evaluate("strokes") == 0
    page.keyboard.press("2")
    # Their marks come before their distributions, which have to be fetched.
    until(lambda: page.evaluate("strokes") > 100, "the distributions of the 2s are drawn")
    assert picture(canvas) != of_sevens


def test_each_dial_bears_its_measured_name_and_says_what_it_rests_on(page: Page) -> None:
    open_digit(page)
    measured = dimensions_of(page, 7)["dimensions"]
    for k, dimension in enumerate(measured):
        row = page.locator("li.dial").nth(k)
        expect(row.locator(".name")).to_have_text(f"{k + 1} {dimension['name']}")
        expect(page.get_by_label(f"Dimension {k + 1}, {dimension['name']}", exact=True)).to_have_id(f"dial-{k + 1}")
    hint = page.locator("#dial-hint")
    expect(hint).to_be_hidden()
    for k, dimension in enumerate(measured):
        page.locator(f"#dial-{k + 1}").hover()
        expect(hint).to_contain_text(f"{k + 1}: {dimension['detail']}")
        assert hint.evaluate("(line) => line.scrollHeight <= line.clientHeight"), f"{hint.inner_text()!r} is cut off"
    page.locator("#dial-9").focus()
    expect(hint).to_contain_text(measured[8]["detail"])
    page.locator("#pad").focus()
    page.mouse.move(1, 1)
    expect(hint).to_be_hidden()


@pytest.mark.parametrize("model", ["mnist-drawn", "mnist"])
def test_no_hint_reaches_the_controls_below_it(page: Page, model: str) -> None:
    hint = page.locator("#dial-hint")
    for label in range(10):
        open_digit(page, 0, f"&model={model}&class={label}")
        expect(page.locator("#dials-class")).to_have_text(str(label))
        at_rest(page)
        scrub = page.locator("#scrub").bounding_box()
        assert scrub is not None
        for k in range(1, 17):
            page.locator(f"#dial-{k}").hover()
            expect(hint).to_contain_text(f"{k}: ")
            box = hint.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= scrub["y"], hint.inner_text()


def test_what_is_said_of_a_dial_follows_the_class(page: Page) -> None:
    open_digit(page)
    page.locator("#dial-6").focus()
    hint = page.locator("#dial-hint")
    expect(hint).to_contain_text(dimensions_of(page, 7)["dimensions"][5]["detail"])
    page.keyboard.press("2")
    expect(hint).to_contain_text(dimensions_of(page, 2)["dimensions"][5]["detail"])


@pytest.mark.parametrize("way", ["double click", "key", "button"])
def test_a_dial_is_renamed_and_the_link_holds_the_name(new_page: NewPage, way: str) -> None:
    page, other = new_page(), new_page()
    open_digit(page)
    row = page.locator("li.dial").nth(3)
    measured = row.locator(".name").inner_text()
    begin_renaming(page, way)
    field = row.locator("input[type=text]")
    field.fill(OWN_NAME + "x" * 60)
    expect(field).to_have_value((OWN_NAME + "x" * 60)[:40])
    field.fill(OWN_NAME)
    page.keyboard.press("Enter")
    expect(row.locator(".name")).to_have_text(f"4 {OWN_NAME}")
    until(lambda: "names=" in page.evaluate("location.href"), "the link holds the name")
    other.goto(page.evaluate("location.href"))
    expect(other.locator("li.dial").nth(3).locator(".name")).to_have_text(f"4 {OWN_NAME}")
    assert other.locator("li.dial b", has_text="hook").count() == 0  # text, and not elements
    begin_renaming(page, way)
    field.fill("")
    page.keyboard.press("Enter")
    expect(row.locator(".name")).to_have_text(measured)
    until(lambda: "names=" not in page.evaluate("location.href"), "the link holds no name any more")


def begin_renaming(page: Page, way: str) -> None:
    row = page.locator("li.dial").nth(3)
    if way == "double click":
        row.locator(".name").dblclick(position={"x": 4, "y": 6})
    elif way == "key":
        page.locator("#dial-4").press("F2")
    else:
        row.hover()
        page.get_by_label("Rename dimension 4", exact=True).click()


def test_escape_leaves_the_name_and_no_letter_of_it_is_a_command(page: Page) -> None:
    open_digit(page)
    row = page.locator("li.dial").nth(0)
    before = row.locator(".name").inner_text()
    page.locator("#dial-1").press("F2")
    page.keyboard.type("cargo 3")  # c clears the pad, r resets, g opens the gallery, 3 chooses a class
    page.keyboard.press("Escape")
    expect(row.locator(".name")).to_have_text(before)
    expect(page.locator("#dial-1")).to_be_focused()
    expect(page.locator("#answer")).to_have_text("7")
    expect(page.locator("#gallery")).to_be_hidden()
    expect(page.locator("#dials-class")).to_have_text("7")


def test_the_length_fades_the_digit_and_does_not_turn_the_pose(page: Page) -> None:
    open_digit(page)
    found = np.array(found_pose(page, 7))
    length, reconstruction = page.locator("#dial-length"), page.locator("#reconstruction")
    expect(page.locator("output[for=dial-length]")).to_have_text(f"{np.linalg.norm(found):.2f}")
    length.fill("0.4")
    expect(page.locator("output[for=dial-length]")).to_have_text("0.40")
    expect(page.locator("#keep-length")).to_be_checked()
    faded = drawn_by_server(page, found * 0.4 / np.linalg.norm(found), 7)
    until(lambda: shows(reconstruction, faded), "the shorter pose is drawn")
    drawn = trace_of_digit(page, 0).reconstruction
    strokes = drawn > 0.5
    assert faded[strokes].sum() < 0.9 * drawn[strokes].sum(), "its strokes are fainter"
    page.locator("#undo-dials").click()
    until(lambda: shows(reconstruction, trace_of_digit(page, 0).reconstruction), "the first picture is back")


def test_with_the_length_kept_a_dial_turns_the_direction_alone(page: Page) -> None:
    open_digit(page, rest="&reach=wide")
    found = np.array(found_pose(page, 7))
    page.locator("#keep-length").check()
    page.locator("#dial-7").fill("0.5")
    turned = found + 0.5 * np.eye(16)[6]
    kept = turned * np.linalg.norm(found) / np.linalg.norm(turned)
    until(lambda: shows(page.locator("#reconstruction"), drawn_by_server(page, kept, 7)), "the turned pose is drawn")
    expect(page.locator("output[for=dial-length]")).to_have_text(f"{np.linalg.norm(found):.2f}")
    shown = [float(text.replace("−", "-")) for text in page.locator("#dials output").all_inner_texts()[:16]]
    np.testing.assert_allclose(shown, kept, atol=0.0051)
    page.locator("#keep-length").uncheck()
    expect(page.locator("output[for=dial-length]")).to_have_text(f"{np.linalg.norm(turned):.2f}")
    until(lambda: shows(page.locator("#reconstruction"), drawn_by_server(page, turned, 7)), "the longer pose is drawn")


def test_the_outline_of_what_was_found_lies_over_what_is_turned(page: Page) -> None:
    open_digit(page, rest="&reach=wide")
    ghost, switch = page.locator("#ghost"), page.locator("#ghost-switch")
    expect(ghost).to_be_hidden()
    page.locator("#dial-1").press("End")
    expect(ghost).to_be_visible()
    outline = picture(ghost)
    assert ink(ghost) > 100
    page.locator("#dial-2").press("End")
    at_rest(page)
    assert picture(ghost) == outline  # it stays while the dials turn
    switch.click()
    expect(ghost).to_be_hidden()
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.click()
    page.keyboard.press("3")
    page.locator("#dial-1").press("End")
    expect(ghost).to_be_visible()
    until(lambda: picture(ghost) != outline, "the outline is that of the 3")


def test_the_reconstruction_is_compared_with_what_was_found(page: Page) -> None:
    open_digit(page, rest="&compare=found")
    original, difference = page.locator("#original"), page.locator("#difference")
    found = trace_of_digit(page, 0).reconstruction
    until(lambda: shows(original, found), "what was found is shown")
    expect(page.locator("#difference-caption")).to_have_text("diff., Σ² 0.0")
    page.locator("#dial-1").press("End")
    until(lambda: ink(difference) > 50, "the difference to it is drawn")
    pose = np.array(found_pose(page, 7))
    pose[0] += float(page.locator("#dial-1").input_value())
    wanted = ((drawn_by_server(page, pose, 7) - found) ** 2).sum()
    shown = page.locator("#difference-caption").inner_text().split()[-1]
    assert float(shown) == pytest.approx(wanted, abs=0.06 + 0.01 * wanted)
    page.locator("#compare").click()
    until(lambda: shows(original, trace_of_digit(page, 0).image), "the input is shown")


def test_a_network_of_which_nothing_was_measured_has_dials_of_a_half_and_no_names(page: Page) -> None:
    measured_is(page, "iterations", "gauge")
    page.route("**/api/dimensions*", lambda route: route.abort())  # the console would tell
    open_digit(page)
    expect(page.locator("#dial-2")).to_have_attribute("max", "0.5")
    expect(page.locator("li.dial").nth(1).locator(".name")).to_have_text("2")
    expect(page.locator("#dial-reach")).to_be_disabled()
    expect(page.locator("#dial-reach")).to_contain_text("have not been measured")
    expect(page.locator("#notice")).to_be_hidden()
    open_section(page, "perturbations")
    expect(page.locator("#evidence-text")).to_contain_text("have not measured")
    expect(page.locator("#sweep-reach option[value=class]")).to_be_disabled()


def test_the_evidence_of_a_number_is_what_was_measured(page: Page) -> None:
    open_digit(page)
    section = page.locator("#perturbations")
    section.scroll_into_view_if_needed()
    plots = page.locator("#evidence-plots")
    expect(plots).to_be_hidden()
    measured = dimensions_of(page, 7)
    for k in [0, 10]:
        page.locator(".sweep-name").nth(k).click()
        expect(plots).to_be_visible()
        says_what_was_measured(page, k, measured["dimensions"][k])
    expect(page.locator("#evidence-source")).to_contain_text(f"{measured['digits']:,} training digits")
    one = picture(page.locator("#spread"))
    page.locator(".sweep-name").nth(3).click()
    until(lambda: picture(page.locator("#spread")) != one, "another number's digits are spread otherwise")
    page.locator(".sweep-name").nth(3).click()
    expect(plots).to_be_hidden()


def says_what_was_measured(page: Page, k: int, dimension: dict[str, Any]) -> None:
    expect(page.locator("#title-evidence")).to_have_text(f"{k + 1} {dimension['name']}")
    expect(page.locator("#evidence-text")).to_contain_text(dimension["detail"][1:])
    expect(page.locator("#place-caption")).to_contain_text(dimension["place"]["name"])
    expect(page.locator("#spread-caption")).to_contain_text(f"{abs(found_pose(page, 7)[k]):.2f}")
    evidence = sorted(dimension["evidence"], key=lambda one: -abs(one["effect"]))
    captions = page.locator("#measures figcaption")
    expect(captions).to_have_count(len(evidence))
    texts = captions.all_inner_texts()
    assert {text.split(": ")[0] for text in texts} == {one["title"] for one in evidence}
    effects = [float(text.split(", ")[1].split()[0]) for text in texts]
    assert all(larger >= smaller for larger, smaller in pairwise(effects))
    assert math.isclose(effects[0], abs(evidence[0]["effect"]), abs_tol=0.051)
    frames(page)
    for canvas in [*page.locator("#measures canvas").all(), page.locator("#spread"), page.locator("#place")]:
        assert ink(canvas) > 50


def same_picture(one: Page, other: Page, canvas: str) -> bool:
    return picture(one.locator(canvas)) == picture(other.locator(canvas))


def test_a_link_restores_the_dials_and_the_grid(new_page: NewPage) -> None:
    page, other = new_page(), new_page()
    open_digit(page, rest="&class=2&dials=5.-2_5.0.0.0.0.0.0.0.0.0.0.0.0.0.0&length=0.7&ghost=0&compare=found")
    open_section(page, "perturbations")
    page.locator("#sweep-reach").select_option("paper")
    page.locator("#sweep-order").select_option("change")
    page.locator(".sweep-name").nth(2).click()
    at_rest(page)
    parts = ["grid=paper", "order=change", "dimension=", "length=0.7", "ghost=0", "compare=found", "dials=5.-2_5.0"]
    until(lambda: all(part in page.evaluate("location.href") for part in parts), f"the link holds {parts}")
    other.goto(page.evaluate("location.href"))
    expect(other.locator("#answer")).to_have_text("7")
    at_rest(other)
    expect(other.locator("#dial-2")).to_have_value("-0.025")
    expect(other.locator("#keep-length")).to_be_checked()
    expect(other.locator("#ghost-switch")).to_have_attribute("aria-pressed", "false")
    for canvas in ["#reconstruction", "#original", "#difference", "#distributions"]:
        until(
            partial(same_picture, page, other, canvas),
            f"{canvas} is the same",
        )
    open_section(other, "perturbations")
    expect(other.locator("#title-evidence")).to_have_text(page.locator("#title-evidence").inner_text())
    expect(other.locator("#sweep-reach")).to_have_value("paper")
    until(
        lambda: (
            other.locator(".sweep-name").all_inner_texts() == page.locator(".sweep-name").all_inner_texts()
            and other.locator(".sweep-change").first.inner_text() != ""
        ),
        "the rows are in the same order",
    )
