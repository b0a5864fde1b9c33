"""Three pictures of one matrix: what is looked at in one is marked in the others."""

from __future__ import annotations

import re

import numpy as np
from playwright.sync_api import Page, expect

from tests.browser.asking import CLASSES, GEOMETRY, trace_of_digit
from tests.browser.conftest import NewPage
from tests.browser.eyes import colour, distance, mix, picture
from tests.browser.waiting import address, at_rest, open_digit, until

_SAMPLES = (
    "async (canvas) => {"
    + GEOMETRY
    + """
  const { typeMaps } = await import("/static/js/charts/maps.js");
  const { width: side, places } = typeMaps(geometry, canvas.clientWidth);
  const scale = canvas.width / canvas.clientWidth;
  const painter = canvas.getContext("2d");
  return places.map(({ x, y }) => Array.from({ length: 36 }, (_, k) => {
    const [column, row] = [k % 6, Math.floor(k / 6)];
    const point = [x + (column + 0.25) * side / 6, y + (row + 0.25) * side / 6]; // between the dots of ink
    return [...painter.getImageData(Math.round(point[0] * scale), Math.round(point[1] * scale), 1, 1).data].slice(0, 3);
  }));
}"""
)


def open_matrices(page: Page) -> None:
    page.locator("#types").scroll_into_view_if_needed()
    until(lambda: bool(page.locator("#types-scale").inner_text()), "the matrices are drawn")
    at_rest(page)


def hover_type(page: Page, kind: int) -> None:
    width = float(page.locator("#types").evaluate("(canvas) => canvas.clientWidth"))
    page.locator("#types").hover(position={"x": (kind + 0.5) * width / 32, "y": 20})


def most_decided_type(page: Page) -> int:
    couplings = trace_of_digit(page, 0).coupling_coefficients[-1]
    return int(couplings.max(axis=1).argmax()) // 36


def test_a_type_is_marked_everywhere_and_its_places_are_shown(page: Page) -> None:
    open_digit(page)
    open_matrices(page)
    trace = trace_of_digit(page, 0)
    kind = most_decided_type(page)
    marked = ["#primary", "#links", "#matrix", "#types"]
    before = {name: picture(page.locator(name)) for name in marked}
    expect(page.locator("#type-maps")).to_be_hidden()
    hover_type(page, kind)
    for name in marked:
        # The default holds the loop's value of now; mypy cannot infer a lambda that has one.
        until(lambda name=name: picture(page.locator(name)) != before[name], f"{name} marks it")  # type: ignore[misc]
    own = trace.coupling_coefficients[-1, kind * 36 : (kind + 1) * 36]
    threshold = float(page.locator("#threshold-value").inner_text())
    links = int(page.locator("#links").get_attribute("data-links") or 0)
    assert abs(links - (own >= threshold).sum()) <= 1  # float16 at the threshold
    expect(page.locator("#link-caption")).to_have_text(f"{links} of 360 links of type {kind + 1}")
    expect(page.locator("#inspector")).to_contain_text(f"Type {kind + 1} of 32")
    said = float((re.search(r"c = (\d\.\d+)", page.locator("#inspector").inner_text()) or [""] * 2)[1])
    assert abs(said - own.mean(axis=0).max()) < 0.001
    check_maps(page, trace.coupling_coefficients, kind)
    page.mouse.move(1, 1)
    until(lambda: picture(page.locator("#links")) == before["#links"], "the links are all shown again")


def check_maps(page: Page, couplings: np.ndarray[tuple[int, int, int], np.dtype[np.float64]], kind: int) -> None:
    """The colours of the ten maps are those of the couplings, on the scale that the page names."""
    surface, more, less = (colour(page, name) for name in ("surface", "positive", "negative"))
    reach = np.log(max(0.11, couplings.max()) / 0.1)
    shown = page.locator("#type-maps").evaluate(_SAMPLES)
    for label in range(CLASSES):
        for place in range(36):
            strength = np.log(couplings[-1, kind * 36 + place, label] / 0.1) / reach
            expected = mix(surface, less if strength < 0 else more, min(1.0, abs(float(strength))))
            red, green, blue = shown[label][place]
            assert distance((red, green, blue), expected) <= 4, (label, place)


def test_a_type_is_chosen_by_keys_pinned_and_held_by_the_link(new_page: NewPage) -> None:
    page, other = new_page(), new_page()
    open_digit(page)
    open_matrices(page)
    page.locator("#types").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#types")).to_have_attribute("aria-valuetext", "type 4")
    page.keyboard.press("Enter")
    page.locator("#play").focus()
    at_rest(page)
    expect(page.locator("#link-caption")).to_contain_text("links of type 4")
    expect(page).to_have_url(re.compile("type=3"))
    other.goto(address(page))
    expect(other.locator("#link-caption")).to_contain_text("links of type 4")
    page.locator("#type-maps").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#inspector")).to_contain_text("Type 4, row 2, column 2")
    page.locator("#play").focus()
    page.get_by_role("button", name="Unpin type 4").click()
    page.locator("#types").scroll_into_view_if_needed()
    expect(page.locator("#type-maps")).to_be_hidden()


def test_tab_goes_from_the_types_to_the_places_of_the_one_that_is_shown(page: Page) -> None:
    open_digit(page)
    open_matrices(page)
    page.locator("#matrix").focus()
    expect(page.locator("#inspector")).to_contain_text("Primary capsule 1 of 1,152")
    page.keyboard.press("Tab")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#types")).to_have_attribute("aria-valuetext", "type 4")
    page.keyboard.press("Tab")
    expect(page.locator("#type-maps")).to_be_focused()
    expect(page.locator("#inspector")).to_contain_text("Type 4, row 1, column 1")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#inspector")).to_contain_text("Type 4, row 2, column 1")
    expect(page.locator("#type-maps")).to_be_visible()


def test_at_the_first_iteration_a_type_favours_no_class(page: Page) -> None:
    open_digit(page, 0, "&at=1")
    page.evaluate(f"location.hash += '&type={most_decided_type(page)}'")
    expect(page.locator("#inspector")).to_contain_text("positions is the same with all ten classes: c = 0.100")
    page.keyboard.press(".")
    page.keyboard.press(".")
    expect(page.locator("#inspector")).to_contain_text(re.compile(r"positions is largest with class \d: c = 0\.\d+"))


def test_what_is_looked_at_by_keys_is_told_anew_at_each_iteration(page: Page) -> None:
    open_digit(page)
    page.locator("#primary").focus()
    expect(page.locator("#said")).to_contain_text("Primary capsule 1 of 1,152")
    page.keyboard.press(",")
    page.keyboard.press(",")
    expect(page.locator("#said")).to_contain_text("all ten of its couplings are equal: c = 0.100.")


def test_a_capsule_that_is_pointed_at_shows_its_type_and_its_place(page: Page) -> None:
    open_digit(page)
    open_matrices(page)
    width = float(page.locator("#matrix").evaluate("(canvas) => canvas.clientWidth"))
    before = picture(page.locator("#primary"))
    page.locator("#matrix").hover(position={"x": (7 * 36 + 14.5) * width / 1152, "y": 20})
    expect(page.locator("#type-maps-title")).to_contain_text("Type 8")
    expect(page.locator("#inspector")).to_contain_text("Type 8, row 3, column 3")
    until(lambda: picture(page.locator("#primary")) != before, "it is marked among the capsules")


def test_a_tap_chooses_a_type_and_a_place(new_page: NewPage) -> None:
    page = new_page(has_touch=True, viewport={"width": 390, "height": 844})
    open_digit(page)
    open_matrices(page)
    width = float(page.locator("#types").evaluate("(canvas) => canvas.clientWidth"))
    page.locator("#types").tap(position={"x": 5.5 * width / 32, "y": 20})
    expect(page.locator("#type-maps-title")).to_contain_text("Type 6")
    expect(page.locator("#link-caption")).to_contain_text("type 6")
    page.locator("#type-maps").tap(position={"x": 4, "y": 20})
    expect(page.locator(".kept")).to_contain_text("Unpin capsule 181")
