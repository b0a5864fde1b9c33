"""What axe finds in every room, and what it cannot see: the keys, the tooltip, and colours that the system forces."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from server.rooms import ROOMS, Room
from tests.browser.conftest import NewPage
from tests.browser.eyes import colour, distance, ink
from tests.browser.waiting import at_rest, open_digit

AXE = Path(__file__).parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
WIDE, NARROW = (1280, 720), (390, 844)
MOST_STOPS = 120  # 216 before lists became one stop each
GRACE_MS = 300  # as in static/js/widgets/explaining.js

# Every rule of WCAG 2.2 A and AA, axe's advice, and one that axe holds to be experimental. Targets are measured where
# fingers are: on a laptop the dials are denser, and the pictures of their figure set them too.
RUN_AXE = """async ({ isNarrow, part }) => {
  const { violations } = await axe.run(part ? document.querySelector(part) : document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    rules: { "label-content-name-mismatch": { enabled: true }, "target-size": { enabled: isNarrow } },
    resultTypes: ["violations"],
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}"""


def violations(page: Page, part: str | None = None) -> list[str]:
    """The rules that the page breaks, or a part of it, and where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(RUN_AXE, {"isNarrow": page.evaluate("innerWidth < 720"), "part": part})
    return found


def open_room(new_page: NewPage, room: Room, size: tuple[int, int] = WIDE, **options: Any) -> Page:
    """A room with all its figures."""
    width, height = size
    state = options.pop("state", "digit=0")
    page = new_page(viewport={"width": width, "height": height}, reduced_motion="reduce", **options)
    page.goto(f"{room.path}#{state}")
    at_rest(page)
    see_all_figures(page)
    return page


def see_all_figures(page: Page) -> None:
    """Each figure asks for what it shows when it is seen."""
    for figure in page.locator("section.below").all():
        figure.scroll_into_view_if_needed()
        at_rest(page)
        expect(figure.locator(".behind")).to_have_count(0)  # what is of the drawing before is pale on purpose


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_axe_finds_nothing(new_page: NewPage, room: Room, scheme: str, size: tuple[int, int]) -> None:
    page = open_room(new_page, room, size, color_scheme=scheme)
    assert not violations(page)
    for opener, dialog in [("#gallery-open", "#gallery"), ("#help-open", "#help")]:
        if not page.locator(opener).count():
            continue
        page.locator(opener).click()
        at_rest(page)
        expect(page.locator(dialog)).to_be_visible()
        assert not violations(page)
        page.keyboard.press("Escape")
    if page.locator("#tamper").count():
        page.locator("#tamper").get_by_role("button", name="Without routing").click()
        expect(page.locator("#tampered")).to_be_visible()
        see_all_figures(page)
        assert not violations(page)


def test_a_room_has_few_stops_of_the_tab_key(new_page: NewPage) -> None:
    page = open_room(new_page, ROOMS[0])
    stops = page.evaluate("""() => {
      const controls = [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex]")];
      const isStop = (control) =>
        control.tabIndex >= 0 && !control.disabled && control.checkVisibility({ visibilityProperty: true });
      const named = controls.filter(isStop).map((control) => (control.type === "radio" ? control.name : control));
      return new Set(named).size;
    }""")
    assert 60 < stops <= MOST_STOPS


def test_arrow_keys_go_through_a_list_that_is_one_stop(page: Page) -> None:
    open_digit(page)
    rows = page.locator(".class-row")
    rows.nth(0).focus()
    page.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(rows.last).to_be_focused()
    assert rows.evaluate_all("(rows) => rows.filter(({ tabIndex }) => tabIndex === 0).length") == 1
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.matches('.class-row')")
    page.keyboard.press("Shift+Tab")
    expect(rows.last).to_be_focused()


def test_single_keys_can_be_turned_off_for_good(page: Page) -> None:
    open_digit(page)
    page.keyboard.press("?")
    page.get_by_role("switch", name="Single keys are shortcuts").click()
    page.keyboard.press("Escape")
    for _ in range(2):  # and still after a reload
        page.keyboard.press("c")
        page.keyboard.press("3")
        page.keyboard.press("?")
        expect(page.locator("#answer")).to_have_text("7")
        expect(page.locator("#dials-class")).to_have_text("7")
        expect(page.locator("#help")).to_be_hidden()
        page.reload()
        expect(page.locator("#answer")).to_have_text("7")
    page.locator("#help-open").click()
    page.get_by_role("switch", name="Single keys are shortcuts").click()
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    expect(page.locator("#answer")).to_have_text("–")


def test_keys_work_where_the_letters_are_not_latin(page: Page) -> None:
    open_digit(page)
    press_with(page, key="ц", code="KeyW")  # nothing is there
    expect(page.locator("#answer")).to_have_text("7")
    press_with(page, key="с", code="KeyC")  # a Cyrillic letter
    expect(page.locator("#answer")).to_have_text("–")


def test_a_key_without_a_name_does_no_harm(page: Page) -> None:
    open_digit(page)
    page.evaluate("document.body.dispatchEvent(new Event('keydown', { bubbles: true }))")  # as autofill does
    press_with(page, key="3", code="Digit3")
    expect(page.locator("#dials-class")).to_have_text("3")


def press_with(page: Page, key: str, code: str) -> None:
    page.evaluate(
        "(init) => document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, ...init }))",
        {"key": key, "code": code},
    )


def test_the_pointer_can_go_to_a_tooltip_and_escape_closes_it_alone(page: Page) -> None:
    open_digit(page)
    page.locator("#primary").focus()
    page.keyboard.press("Enter")  # pins a capsule
    tooltip = page.locator("#tooltip")
    page.locator("dfn[data-term='coupling']").first.hover()
    expect(tooltip).to_be_visible()
    tooltip.hover()
    page.wait_for_timeout(GRACE_MS + 100)
    expect(tooltip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tooltip).to_be_hidden()
    expect(page.get_by_role("button", name="capsule 1", exact=False).first).to_be_visible()  # it is still pinned
    page.keyboard.press("Escape")
    expect(page.locator(".kept button")).to_have_count(0)


def test_the_answer_is_announced_once(page: Page) -> None:
    open_digit(page)
    announcing = page.evaluate("""() => {
      const live = document.querySelectorAll("[aria-live='polite'], [aria-live='assertive'], [role=status], output");
      const answer = document.querySelector("#answer");
      return [...live].filter((part) => part.ariaLive !== "off" && part.contains(answer)).length;
    }""")
    assert announcing == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_keep_bars_dials_and_pictures(new_page: NewPage, scheme: str) -> None:
    page = new_page(color_scheme=scheme, forced_colors="active")
    open_digit(page)
    canvas = colour(page, "surface")
    bar = page.locator(".class-row[data-label='7'] .bar i")
    shown = bar.evaluate("(bar) => getComputedStyle(bar).backgroundColor.match(/\\d+/g).map(Number).slice(0, 3)")
    assert distance(tuple(shown), canvas) > 60
    assert page.locator("#pad").evaluate("(pad) => getComputedStyle(pad).borderTopStyle") == "solid"
    assert page.locator("#reconstruction").evaluate("(part) => getComputedStyle(part).outlineStyle") == "solid"
    assert ink(page.locator("#reconstruction")) > 100
    assert ink(page.locator("#links")) > 100
