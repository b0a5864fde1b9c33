"""How the page stands on screens of several sizes, its colours, and its weight."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.eyes import Colour, colour, distance
from tests.browser.waiting import at_rest, frames, open_digit

LAPTOP, PROJECTOR, PHONE = (1280, 720), (1920, 1080), (390, 844)
NOTEBOOK, SMALL_PHONE = (1024, 768), (360, 640)
ZOOMED = (640, 400)  # a laptop at 200 %, about
MOST_BYTES = 500_000
SMALLEST_TEXT = 13  # pixels
LEAST_TARGET = 24  # pixels, WCAG 2.2 AA
LEGIBLE = 4.5  # contrast of text, WCAG 2.2 AA


def sized(new_page: NewPage, size: tuple[int, int], rest: str = "") -> Page:
    width, height = size
    page = new_page(viewport={"width": width, "height": height}, has_touch=size in (PHONE, SMALL_PHONE))
    open_digit(page, rest=rest)
    return page


def bottom(page: Page, selector: str) -> float:
    edge: float = page.locator(selector).evaluate("(element) => element.getBoundingClientRect().bottom")
    return edge


@pytest.mark.parametrize("size", [LAPTOP, PROJECTOR, PHONE])
def test_nothing_sticks_out_to_the_side(new_page: NewPage, size: tuple[int, int]) -> None:
    page = sized(new_page, size)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize("size", [LAPTOP, PROJECTOR])
def test_the_main_flow_needs_no_scrolling(new_page: NewPage, size: tuple[int, int]) -> None:
    page = sized(new_page, size)
    assert page.evaluate("scrollY") == 0
    assert bottom(page, ".figure") <= size[1]
    assert bottom(page, ".transport") <= size[1]


def test_it_reads_from_left_to_right_as_the_data_flows(new_page: NewPage) -> None:
    page = sized(new_page, LAPTOP)
    flow = ["#pad", "#conv1", "#primary", "#classes", "#dials", "#reconstruction"]
    lefts = [page.locator(part).evaluate("(part) => part.getBoundingClientRect().left") for part in flow]
    assert all(left < right for left, right in pairwise(lefts))


def test_the_class_of_each_row_of_a_matrix_stands_beside_it(new_page: NewPage) -> None:
    page = sized(new_page, LAPTOP)
    matrices = page.locator(".matrix")
    assert matrices.count() == 3
    for matrix in matrices.all():
        canvas = matrix.locator("canvas").bounding_box()
        assert canvas is not None
        for label, name in enumerate(matrix.locator(".matrix-rows span").all()):
            box = name.bounding_box()
            assert box is not None
            row = (box["y"] + box["height"] / 2 - canvas["y"]) / canvas["height"] * 10
            assert label + 0.3 < row < label + 0.7, f"{label} stands beside row {row:.1f}"


def test_a_phone_draws_and_shows_the_answer_on_one_screen(new_page: NewPage) -> None:
    page = sized(new_page, PHONE)
    for part in ["#pad", "#answer"]:
        assert bottom(page, part) <= PHONE[1]
        expect(page.locator(part)).to_be_in_viewport()
    page.locator("#clear").click()
    box = page.locator("#pad").bounding_box()
    assert box is not None
    assert box["width"] >= 200
    stroke_by_finger(page, [(box["x"] + box["width"] / 2, box["y"] + box["height"] * k / 20) for k in range(4, 17)])
    expect(page.locator("#answer")).to_have_text("1")
    assert page.evaluate("scrollY") == 0  # the finger drew and did not scroll


def stroke_by_finger(page: Page, points: list[tuple[float, float]]) -> None:
    finger = page.context.new_cdp_session(page)
    for k, (x, y) in enumerate(points):
        kind = "touchMove" if k else "touchStart"
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


# The sizes of all text that is shown, as [pixels, what it says], and of what was written on canvases meanwhile.
TEXT_SIZES = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    const isSeen = holder.checkVisibility({ visibilityProperty: true }) && !holder.closest(".visually-hidden, script");
    if (node.data.trim() && isSeen) found.push([parseFloat(getComputedStyle(holder).fontSize), node.data.trim()]);
  }
  const fields = document.querySelectorAll("input[type='text'], select, textarea");
  for (const field of fields) found.push([parseFloat(getComputedStyle(field).fontSize), field.id]);
  return found;
}"""
WATCH_CANVAS_TEXT = """(() => {
  window.canvasText = [];
  const { fillText } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
    window.canvasText.push([parseFloat(this.font.match(/([\\d.]+)px/)[1]), text]);
    return fillText.call(this, text, ...rest);
  };
})();"""


def test_no_text_is_smaller_than_13_pixels(page: Page) -> None:
    page.add_init_script(WATCH_CANVAS_TEXT)
    open_digit(page)
    for figure in page.locator("section.below").all():
        figure.scroll_into_view_if_needed()
        at_rest(page)
    page.locator(".sweep-name").first.click()  # what was measured of a dimension is drawn
    page.locator("#primary").focus()
    page.keyboard.press("ArrowRight")  # the inspector tells of a capsule
    at_rest(page)
    shown, written = page.evaluate(TEXT_SIZES), page.evaluate("canvasText")
    assert len(shown) > 300
    assert len(written) > 100
    small = sorted({(size, text[:40]) for size, text in [*shown, *written] if size < SMALLEST_TEXT})
    assert not small, small


@pytest.mark.parametrize("size", [LAPTOP, NOTEBOOK, ZOOMED, PHONE, SMALL_PHONE])
def test_a_dial_and_the_picture_it_changes_are_on_the_screen_together(new_page: NewPage, size: tuple[int, int]) -> None:
    page = sized(new_page, size)
    for name in [*(f"dial-{k + 1}" for k in range(16)), "dial-length"]:
        page.locator(f"#{name}").focus()
        frames(page)
        dial, reconstruction = box_of(page, f"#{name}"), box_of(page, "#reconstruction")
        for part in [dial, reconstruction]:
            assert part["top"] >= -1, name
            assert part["bottom"] <= size[1] + 1, name
            assert part["left"] >= 0, name
            assert part["right"] <= size[0] + 1, name
        assert is_on_top(page, f"#{name}"), f"something covers {name}"
        assert is_on_top(page, "#reconstruction"), f"something covers the picture beside {name}"


def box_of(page: Page, selector: str) -> dict[str, float]:
    box: dict[str, float] = page.locator(selector).evaluate("(part) => part.getBoundingClientRect().toJSON()")
    return box


def is_on_top(page: Page, selector: str) -> bool:
    """Whether nothing covers the middle of an element."""
    shown: bool = page.locator(selector).evaluate("""(part) => {
      const { left, top, width, height } = part.getBoundingClientRect();
      const { pointerEvents } = part.style;
      part.style.pointerEvents = "auto";
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      part.style.pointerEvents = pointerEvents;
      return hit === part;
    }""")
    return shown


@pytest.mark.parametrize("size", [LAPTOP, NOTEBOOK, PHONE])
def test_the_first_screen_says_what_this_is(new_page: NewPage, size: tuple[int, int]) -> None:
    page = sized(new_page, size)
    intro = page.locator(".intro")
    expect(intro).to_contain_text("a capsule is several, read as one arrow")
    expect(intro.get_by_role("link", name="arXiv 1710.09829")).to_have_attribute(
        "href", "https://arxiv.org/abs/1710.09829"
    )
    assert bottom(page, ".intro") <= size[1] / 3
    assert bottom(page, "#pad") <= size[1]
    intro.get_by_role("link", name="How it works").click()
    expect(page.get_by_role("heading", name="How capsules work")).to_be_in_viewport()


@pytest.mark.parametrize("size", [LAPTOP, NOTEBOOK, ZOOMED, PHONE])
def test_menus_and_the_banner_are_not_cut(new_page: NewPage, size: tuple[int, int]) -> None:
    page = sized(new_page, size, rest="&tamper=t3_g25_k427*3*5_b9*12")
    banner = page.locator("#tampered-text")
    expect(banner).to_be_visible()
    assert banner.evaluate("(text) => text.scrollWidth <= text.clientWidth + 1"), "the banner is cut"
    for opener, menu in [("#contents-open", "#contents"), ("#save", "#saving")]:
        page.locator(opener).click()
        box = box_of(page, menu)
        assert box["left"] >= 0, menu
        assert box["right"] <= size[0], menu
        assert box["bottom"] <= size[1], menu
        assert page.locator(menu).evaluate("(panel) => panel.scrollWidth <= panel.clientWidth"), menu
        page.keyboard.press("Escape")
    for button in page.locator(".masthead :is(button, select):visible").all():
        assert button.evaluate("(part) => part.scrollWidth <= part.clientWidth + 1"), button.inner_text()


def test_a_finger_finds_what_it_taps(new_page: NewPage) -> None:
    page = sized(new_page, PHONE)
    for figure in page.locator("section.below").all():
        figure.scroll_into_view_if_needed()
        at_rest(page)
    small = page.evaluate(
        """(least) => {
      const controls = document.querySelectorAll("button, a, select, input, summary, [role='switch']");
      return [...controls].flatMap((control) => {
        if (!control.checkVisibility({ visibilityProperty: true }) || control.closest("p, .visually-hidden")) return [];
        const { width, height } = (control.closest("label") ?? control).getBoundingClientRect();
        const name = control.id || control.className || control.textContent;
        return Math.min(width, height) + 0.5 < least ? [`${name} ${width} x ${height}`] : [];
      });
    }""",
        LEAST_TARGET,
    )
    assert not small, small


@pytest.mark.parametrize("room", ["explore", "overlap"])
def test_what_a_tap_tells_stands_beside_the_finger(new_page: NewPage, room: str) -> None:
    page = sized(new_page, SMALL_PHONE)
    if room == "overlap":
        page.goto("/overlap#a=8&b=0")
        expect(page.locator("#read-a")).not_to_have_text("–")
        at_rest(page)
    primary = page.locator("#primary")
    primary.evaluate("(part) => scrollTo(0, part.getBoundingClientRect().top + scrollY - innerHeight / 2)")
    box = primary.bounding_box()
    assert box is not None
    x, y = box["x"] + 12, box["y"] + 80  # a capsule in the upper part of the picture, its words far below
    page.touchscreen.tap(x, y)
    told = page.locator("#tapped")
    expect(told).to_contain_text("Primary capsule")
    place = box_of(page, "#tapped")
    assert place["left"] >= 0
    assert place["right"] <= SMALL_PHONE[0]
    assert 0 <= place["top"] < place["bottom"] <= SMALL_PHONE[1]
    assert min(abs(place["top"] - y), abs(place["bottom"] - y)) < 30
    page.locator("h1").tap()
    expect(told).to_be_hidden()


def test_the_notice_covers_no_menu(new_page: NewPage) -> None:
    page = sized(new_page, LAPTOP, rest="&tamper=zzz")
    expect(page.locator("#notice")).to_be_visible()
    assert box_of(page, "#notice")["top"] > bottom(page, "#dials")
    page.locator("#dismiss").click()
    expect(page.locator("#notice")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_in_both_themes(new_page: NewPage, scheme: str) -> None:
    page = new_page(color_scheme=scheme)
    open_digit(page)
    for name in ["ink", "muted", "accent"]:
        assert contrast(colour(page, name), colour(page, "surface")) >= LEGIBLE, name
    assert contrast(colour(page, "accent"), colour(page, "accent-soft")) >= LEGIBLE


def test_dark_is_dark_and_the_button_overrides_the_system(new_page: NewPage) -> None:
    light, dark = new_page(color_scheme="light"), new_page(color_scheme="dark")
    for page in [light, dark]:
        open_digit(page)
    assert luminance(background(light)) > 0.8
    assert luminance(background(dark)) < 0.05
    assert contrast(colour(light, "surface"), colour(dark, "surface")) > 10
    light.locator("#theme").click()
    expect(light.locator("#theme")).to_contain_text("Light")
    light.locator("#theme").click()
    expect(light.locator("#theme")).to_contain_text("Dark")
    assert distance(background(light), background(dark)) == 0
    at_rest(light)
    same = light.locator("#sees").evaluate("(canvas) => canvas.toDataURL()")
    assert dark.locator("#sees").evaluate("(canvas) => canvas.toDataURL()") == same


def background(page: Page) -> Colour:
    text = page.evaluate("getComputedStyle(document.body).backgroundColor")
    red, green, blue = (float(part) for part in text.removeprefix("rgb(").removesuffix(")").split(","))
    return red, green, blue


def luminance(shown: Colour) -> float:
    """Relative luminance as WCAG defines it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in shown)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def test_the_first_visit_transfers_little(page: Page) -> None:
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    sizes: list[int] = []
    network.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    page.goto("/")
    expect(page.locator("#answer")).to_have_text("7")
    at_rest(page)
    assert len(sizes) > 20  # each module and sheet, the models, the digit and its trace
    assert sum(sizes) <= MOST_BYTES
