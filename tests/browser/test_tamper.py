"""Routing tampered with on the page: the numbers of the API, and of Procedure 1 written a second time."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage
from tests.browser.eyes import Colour, cells, colour, distance, ink, length_of, picture
from tests.browser.pens import draw, plain_digit
from tests.browser.test_keyboard import press, tab_to
from tests.browser.waiting import at_rest, open_digit, open_section, until
from tests.model import reference
from tests.server.helpers import read_safetensors

DIGIT = 18
SHOWN = 0.0051  # lengths are written with two decimals
Array = npt.NDArray[np.float64]


def opened(page: Page, rest: str = "", index: int = DIGIT) -> Page:
    """The page at the section, with its scripts fetched and everything drawn."""
    open_digit(page, index, rest)
    open_section(page, "tamper")
    expect(page.locator("#presets button").first).to_have_text("Without routing")
    at_rest(page)
    return page


def ask(page: Page, interventions: dict[str, Any] | None, query: str = "", index: int = DIGIT) -> dict[str, Array]:
    """The tensors of a trace in float32, asked for without the page; pixels and interventions as one JSON."""
    pixels = page.request.get(f"/api/digits/{index}").json()["pixels"]
    body = {"pixels": pixels} | ({"interventions": interventions} if interventions else {})
    answer = page.request.post(f"/api/trace{query}", data=body, headers={"Accept": "application/json"})
    assert answer.ok, answer.text()
    return {name: np.array(value) for name, value in answer.json()["tensors"].items()}


def as_sent(values: Array) -> Array:
    """As the page gets them: in float16."""
    return values.astype(np.float16).astype(np.float64)


def numbers(page: Page, kind: str) -> list[float]:
    texts = page.locator(f"#pairs .{kind}").all_inner_texts()
    return [length_of(text.replace("−", "-")) for text in texts]


def shows(page: Page, after: Array, before: Array) -> bool:
    return np.allclose(numbers(page, "is-number"), as_sent(after), atol=SHOWN) and np.allclose(
        numbers(page, "was-number"), as_sent(before), atol=SHOWN
    )


def until_shown(page: Page, interventions: dict[str, Any] | None) -> None:
    """The section and the class capsules show what the API says for these interventions, beside the untouched."""
    before, after = ask(page, None)["lengths"][-1], ask(page, interventions)["lengths"][-1]
    until(lambda: shows(page, after, before), f"the lengths are those of {interventions}")
    figure = [length_of(text) for text in page.locator("#classes .length").all_inner_texts()]
    np.testing.assert_allclose(figure, as_sent(after), atol=SHOWN)
    if interventions:
        assert np.abs(after - before).max() > 2 * SHOWN, "the intervention changes something"
        expect(page.locator("#tampered")).not_to_have_attribute("hidden", "")
    else:
        expect(page.locator("#tampered")).to_have_attribute("hidden", "")
    expect(page.locator("#answer")).to_have_text(str(int(after.argmax())))


def slide(page: Page, selector: str, value: str) -> None:
    page.locator(selector).fill(value)
    at_rest(page)


def test_each_control_shows_what_the_api_says(page: Page) -> None:
    opened(page)
    until_shown(page, None)
    back = page.locator("#put-back-here")
    expect(back).to_be_disabled()

    kind = most_telling_type(page)
    type_button = page.get_by_role("button", name=f"type {kind + 1}", exact=True)
    type_button.click()
    until_shown(page, {"silence": {"types": [kind]}})
    expect(type_button).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#tampered-text")).to_contain_text("36 capsules silenced")
    page.get_by_role("button", name="row 5, column 2").click()
    until_shown(page, {"silence": {"types": [kind], "positions": [[4, 1]]}})
    type_button.click()
    until_shown(page, {"silence": {"positions": [[4, 1]]}})

    back.click()
    until_shown(page, None)
    assert page.locator("#tamper .toggles [aria-pressed=true]").count() == 0

    page.locator("#silence-type").click()
    capsule = int(page.locator("#tamper-capsule").inner_text()) - 1
    label = int(page.locator("#tamper-class").inner_text())
    until_shown(page, {"silence": {"types": [capsule // 36]}})
    back.click()
    page.locator("#silence-capsule").click()
    expect(page.locator("#tampered-text")).to_contain_text("1 capsule silenced")
    at_rest(page)
    after = ask(page, {"silence": {"capsules": [capsule]}})["lengths"][-1]
    until(lambda: shows(page, after, ask(page, None)["lengths"][-1]), "the capsule is silent")
    back.click()

    slide(page, "#tamper-coupling", "0")
    pairs = [{"capsule": capsule, "label": label, "coupling": 0}]
    after = ask(page, {"couplings": pairs})["lengths"][-1]
    until(lambda: shows(page, after, ask(page, None)["lengths"][-1]), "the coupling is fixed")
    expect(page.locator("#tamper-coupling-value")).to_have_text("c = 0.00, fixed")
    page.locator("#let-go").click()
    until_shown(page, None)

    page.locator("#begin-class").select_option("5")
    slide(page, "#begin", "2.5")
    until_shown(page, {"logits": [{"label": 5, "logit": 2.5}]})
    expect(page.locator("#begin-value")).to_have_text(
        f"b = +2.5: c begins at {math.exp(2.5) / (math.exp(2.5) + 9):.2f}"
    )
    page.locator("#uniform").check()  # the couplings begin with a tenth now, whatever b is
    expect(page.locator("#begin-value")).to_have_text("b = +2.5")
    page.locator("#uniform").uncheck()
    page.locator("#begin-type").select_option("11")
    slide(page, "#begin", "-2")
    until_shown(page, {"logits": [{"label": 5, "logit": 2.5}, {"type": 11, "label": 5, "logit": -2}]})
    page.locator("#begin-type").select_option("capsule")
    slide(page, "#begin", "5")
    rows = [{"label": 5, "logit": 2.5}, {"type": 11, "label": 5, "logit": -2}]
    until_shown(page, {"logits": [*rows, {"capsule": capsule, "label": 5, "logit": 5}]})
    back.click()

    page.locator("#uniform").check()
    until_shown(page, {"uniform": True})
    page.locator("#uniform").uncheck()
    until_shown(page, None)


def test_the_lengths_are_those_of_procedure_1_written_a_second_time(page: Page) -> None:
    """Silenced, fixed and begun with other logits at once; the votes are the API's, the routing is the reference's."""
    opened(page, "&capsule=427&class=3&tamper=t3_g25_k427*3*5_b9*12")
    votes = ask(page, None, "?include=votes")["votes"]
    silenced = {*range(108, 144), *range(25, 1152, 36)}
    tampering = reference.Tampering(
        frozenset(silenced), {(427, 3): 0.05}, {(i, 9): 1.2 for i in range(1152)}, uniform=False
    )
    plain, tampered = (reference.procedure_1(votes, 3, change) for change in (None, tampering))
    until(lambda: shows(page, tampered.lengths[-1], plain.lengths[-1]), "the lengths are the reference's")
    assert np.abs(tampered.lengths[-1] - plain.lengths[-1]).max() > 0.1
    page.keyboard.press(",")
    until(lambda: shows(page, tampered.lengths[1], plain.lengths[1]), "iteration 2 is the reference's")


def test_the_first_screen_says_so_and_puts_it_back(page: Page) -> None:
    open_digit(page, DIGIT, "&tamper=b9*30")
    mark = page.locator("#tampered")
    expect(mark).to_be_in_viewport()
    expect(mark).to_contain_text("The unedited routing gives 3")
    expect(page.locator("#answer")).to_have_text("9")
    assert page.evaluate("document.querySelector('.figure').getBoundingClientRect().bottom") <= 720
    links = picture(page.locator("#links"))
    page.locator("#put-back").click()
    expect(mark).to_be_hidden()
    expect(page.locator("#answer")).to_have_text("3")
    until(lambda: picture(page.locator("#links")) != links, "the links are the untouched ones")
    until(lambda: "tamper" not in page.evaluate("location.hash"), "the link forgets it")


def test_a_link_restores_it(new_page: NewPage) -> None:
    page, other = opened(new_page()), new_page()
    page.get_by_role("button", name="type 9", exact=True).click()
    page.locator("#uniform").check()
    until_shown(page, {"silence": {"types": [8]}, "uniform": True})
    until(lambda: "tamper=t8_u1" in page.evaluate("location.hash"), "the link holds it")
    other.goto(page.evaluate("location.href"))
    open_section(other, "tamper")
    until(lambda: other.locator("#pairs li").count() == 10, "the section is there")
    at_rest(other)
    until_shown(other, {"silence": {"types": [8]}, "uniform": True})
    expect(other.locator("#uniform")).to_be_checked()
    expect(other.get_by_role("button", name="type 9", exact=True)).to_have_attribute("aria-pressed", "true")


def test_the_keyboard_alone(page: Page) -> None:
    opened(page)
    page.evaluate("document.querySelector('#matrix').focus()")
    tab_to(page, "#positions button")
    press(page, "ArrowDown", "ArrowRight", "ArrowRight", "Space")
    until_shown(page, {"silence": {"positions": [[1, 2]]}})
    tab_to(page, "#kinds button")
    press(page, *["ArrowRight"] * 3, "ArrowDown", "Enter")
    until_shown(page, {"silence": {"positions": [[1, 2]], "types": [11]}})
    tab_to(page, "#begin")
    press(page, *["ArrowRight"] * 20)
    label = int(page.locator("#begin-class").input_value())
    silence = {"positions": [[1, 2]], "types": [11]}
    until_shown(page, {"silence": silence, "logits": [{"label": label, "logit": 2}]})
    tab_to(page, "#uniform")
    press(page, "Space")
    until_shown(page, {"silence": silence, "uniform": True})
    press(page, "b")
    until_shown(page, None)


def test_a_finger_silences(new_page: NewPage) -> None:
    page = opened(new_page(viewport={"width": 390, "height": 844}, has_touch=True))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    kind = most_telling_type(page)
    button = page.get_by_role("button", name=f"type {kind + 1}", exact=True)
    box = button.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 40
    button.tap()
    until_shown(page, {"silence": {"types": [kind]}})
    page.locator("#put-back-here").tap()
    until_shown(page, None)


def most_telling_type(page: Page) -> int:
    """The type whose capsules give most to the length of the class that is read."""
    plain = ask(page, None)
    label = int(plain["lengths"][-1].argmax())
    terms = plain["coupling_coefficients"][-1, :, label] * plain["agreement"][-1, :, label]
    return int(terms.reshape(32, 36).sum(axis=1).argmax())


def test_the_presets_teach_with_this_digits_numbers(page: Page) -> None:
    opened(page)
    plain = ask(page, None)
    label = int(plain["lengths"][-1].argmax())
    flat, few, convinced = page.locator("#presets li").all()
    expect(flat).to_contain_text(f"stays {plain['lengths'][0, label]:.2f} long; routing makes it")
    expect(flat).to_contain_text(f"{plain['lengths'][-1, label]:.2f}")
    terms = plain["coupling_coefficients"][-1, :, label] * plain["agreement"][-1, :, label]
    strongest = np.argsort(-terms)[:10]
    share = terms[strongest].sum() / terms[terms > 0].sum()
    expect(few).to_contain_text(f"{100 * share:.0f} %")
    few.locator("button").click()
    until_shown(page, {"silence": {"capsules": [int(i) for i in strongest]}})
    expect(few.locator("button")).to_have_attribute("aria-pressed", "true")
    flat.locator("button").click()
    until_shown(page, {"uniform": True})
    other = int(np.argsort(-plain["lengths"][-1])[1])
    expect(convinced).to_contain_text(f"{other} is the runner-up. With b = 3 for it")
    convinced.locator("button").click()
    until_shown(page, {"logits": [{"label": other, "logit": 3}]})
    outcome = page.locator("#outcome")
    expect(outcome).to_contain_text(f"The answer changes from {label} to {other}.")
    convinced.locator("button").click()
    until_shown(page, None)
    expect(outcome).to_contain_text("No edits yet.")


def test_the_difference_maps_are_the_differences(page: Page) -> None:
    interventions = {"logits": [{"type": 11, "label": 9, "logit": 3}], "silence": {"types": [8]}}
    opened(page, "&class=3&tamper=t8_b9*30*11")
    canvas = page.locator("#change-types")
    canvas.scroll_into_view_if_needed()
    before, after = ask(page, None), ask(page, interventions)
    change = (after["coupling_coefficients"][-1] - before["coupling_coefficients"][-1]).reshape(32, 36, 10).mean(axis=1)
    until(lambda: ink(canvas) > 0, "the map is drawn")
    at_rest(page)
    check_colours(page, cells(canvas, 32, 10), change.T.ravel())

    def given(trace: dict[str, Array]) -> Array:
        terms = trace["coupling_coefficients"][-1, :, 3] * trace["agreement"][-1, :, 3] / trace["lengths"][-1, 3]
        sums: Array = terms.reshape(32, 36).sum(axis=0)
        return sums

    places = given(after) - given(before)
    label = page.locator("#change-positions").get_attribute("aria-label") or ""
    sums = [np.sqrt(length / (1 - length)) for length in (before["lengths"][-1, 3], after["lengths"][-1, 3])]
    assert places.sum() == pytest.approx(sums[1] - sums[0], abs=1e-3)
    largest = int(np.abs(places).argmax())
    assert f"row {largest // 6 + 1}, column {largest % 6 + 1}" in label
    assert f"{abs(places.sum()):.2f} in total" in label


def check_colours(page: Page, shown: list[Colour], values: Array) -> None:
    """Each cell is between the page's surface and the colour of its sign, as strong as its value is."""
    surface, up, down = (np.array(colour(page, name)) for name in ("surface", "positive", "negative"))
    reach = np.abs(values).max()
    for found, value in zip(shown, values, strict=True):
        end = up if value > 0 else down
        r, g, b = surface + abs(value) / reach * (end - surface)
        assert distance(found, (r, g, b)) < 12, (found, value)


def test_a_new_drawing_is_tampered_with_as_well(page: Page) -> None:
    open_digit(page, DIGIT, "&tamper=u1")
    page.locator("#clear").click()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.headers.get("content-type", "")))
    draw(page, plain_digit(3).strokes)
    at_rest(page)
    expect(page.locator("#tampered")).to_contain_text("The unedited routing")
    assert any(kind.startswith("multipart/form-data") for kind in requests)
    assert "application/json" in requests  # the strokes alone, for the unedited routing
    figure = page.locator("#classes .length").all_inner_texts()
    press(page, ",")
    expect(page.locator("#iteration")).to_contain_text("iteration 2 of 3")
    at_rest(page)
    assert page.locator("#classes .length").all_inner_texts() == figure  # without routing each iteration is the first


def test_votes_dials_and_figure_4_are_those_of_the_tampered_routing(page: Page) -> None:
    capsule = 11 * 36
    open_digit(page, DIGIT, f"&capsule={capsule}&tamper=t11&class=9&grid=paper")
    votes: Locator = page.locator("#inspector .votes canvas p").first
    expect(votes).to_contain_text("Vote for 0, 0.00 long")
    pose = ask(page, {"silence": {"types": [11]}})["class_capsules"][-1, 9]
    dials = [float(text.replace("−", "-")) for text in page.locator("#dials [data-dimension] output").all_inner_texts()]
    np.testing.assert_allclose(dials, pose, atol=SHOWN)
    with page.expect_response("**/api/perturb*") as answer:
        open_section(page, "perturbations")
    swept, metadata = read_safetensors(answer.value.body())
    assert metadata["label"] == "9"
    np.testing.assert_allclose(swept["pose"], pose, atol=1e-3)  # it travels in float16
    until(lambda: ink(page.locator("#sweeps canvas").first) > 0, "Figure 4 is drawn")


def test_without_a_digit_there_is_nothing_to_compare(page: Page) -> None:
    opened(page, "&tamper=u1")
    press(page, "c")
    expect(page.locator("#outcome")).to_have_text("There is no drawing yet.")
    assert set(page.locator("#pairs .is-number").all_inner_texts()) == {""}
    expect(page.locator("#presets button").first).to_be_disabled()
    press(page, "z")  # what was cleared comes back, tampered with as before
    until_shown(page, {"uniform": True})


def test_a_coupling_that_is_refused_leaves_the_handle_where_it_was(page: Page) -> None:
    nine = ".".join(f"427*{label}*1" for label in range(9))
    opened(page, f"&capsule=427&class=9&tamper=k{nine}")
    handle, said = page.locator("#tamper-coupling"), page.locator("#tamper-coupling-value")
    expect(said).to_have_text("c = 0.91, after the last iteration")  # what the nine leave of 1
    before = handle.input_value()
    slide(page, "#tamper-coupling", "0.3")
    expect(page.locator("#notice-text")).to_contain_text("takes what is left of 1")
    assert (handle.input_value(), said.inner_text()) == (before, "c = 0.91, after the last iteration")


def test_the_last_capsules_are_left_to_vote(page: Page) -> None:
    opened(page, "&tamper=t" + ".".join(str(number) for number in range(31)))
    page.get_by_role("button", name="type 32", exact=True).click()
    expect(page.locator("#notice-text")).to_contain_text("must be left to vote")
    expect(page.locator("#tampered-text")).to_contain_text("1116 capsules silenced")
