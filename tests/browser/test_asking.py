"""Everything can be asked: capsules, classes and maps say what they are, and say the truth."""

from __future__ import annotations

import re

import numpy as np
from playwright.sync_api import Page, expect

from tests.browser.asking import CLASSES, GEOMETRY, Trace, drawn_by_server, trace_of_digit
from tests.browser.eyes import cells, colour, distance, ink, length_of, mix, picture, shows
from tests.browser.waiting import at_rest, open_digit, until

CAPSULE = re.compile(
    r"Type (\d+), row (\d+), column (\d+), length ((?:> )?\S+)\. At iteration \d of \d, "
    r"(?:(?:it is hardly decided: )?its largest coupling is|all ten of its couplings are equal:) "
    r"c = (\d\.\d{3})(?:, with class (\d))?\."
)

_PLACE = f"""async (capsule) => {{
  {GEOMETRY}
  const {{ theatreLayout }} = await import("/static/js/charts/theatre.js");
  const [links, primary] = ["links", "primary"].map((id) => document.getElementById(id));
  const sizes = [links.clientWidth, links.clientHeight, primary.clientWidth];
  const {{ x, y, cell }} = theatreLayout(geometry, ...sizes);
  const box = primary.getBoundingClientRect();
  return [box.x + x[capsule] + cell / 2, box.y + y[capsule] + cell / 2];
}}"""


def place_of(page: Page, capsule: int) -> tuple[float, float]:
    """The middle of a primary capsule on the screen."""
    x, y = page.evaluate(_PLACE, capsule)
    return x, y


def strongest_capsule(trace: Trace) -> int:
    """The primary capsule with the largest coupling of the last iteration."""
    return int(trace.coupling_coefficients[-1].max(axis=1).argmax())


def check_capsule(page: Page, trace: Trace, capsule: int) -> None:
    """The inspector shows this capsule, and its numbers are those of the trace."""
    inspector = page.locator("#inspector")
    expect(inspector).to_contain_text(f"Primary capsule {capsule + 1} of 1,152")
    said = CAPSULE.search(inspector.inner_text())
    assert said, inspector.inner_text()
    couplings = trace.coupling_coefficients[-1, capsule]
    address = [capsule // 36 + 1, capsule % 36 // 6 + 1, capsule % 6 + 1]
    assert [int(said[k]) for k in (1, 2, 3)] == address
    assert abs(length_of(said[4]) - np.linalg.norm(trace.primary_capsules[capsule])) < 0.006
    favourite = couplings.max() if said[6] is None else couplings[int(said[6])]
    assert favourite > couplings.max() - 0.0005  # in float16 some are equal
    assert (said[6] is None) == (couplings.max() < 0.1005), "none is the favourite of a capsule that gives all the same"
    assert abs(float(said[5]) - couplings.max()) < 0.001


def test_a_primary_capsule_under_the_pointer_tells_all_of_itself(page: Page) -> None:
    open_digit(page)
    trace = trace_of_digit(page, 0)
    capsule = strongest_capsule(trace)
    seen = picture(page.locator("#sees"))
    page.mouse.move(*place_of(page, capsule))
    check_capsule(page, trace, capsule)
    inspector = page.locator("#inspector")
    expect(inspector.locator(".votes")).to_contain_text(
        re.compile(r"ten votes û −\d\.\d \d\.\d")
    )  # they had to be asked for
    for part in [".patch", ".numbers", ".votes", ".curves"]:
        assert ink(inspector.locator(f"{part} canvas")) > 20, part
    assert picture(page.locator("#sees")) != seen  # its patch is framed
    expect(page.locator("#link-caption")).to_contain_text("10 links")
    expect(page.locator("#links")).to_have_attribute("data-links", "10")
    other = (capsule + 500) % 1152
    page.mouse.move(*place_of(page, other))
    check_capsule(page, trace, other)
    page.mouse.move(1, 1)
    expect(inspector).to_contain_text("Iteration 3 of 3")


def test_a_capsules_numbers_and_votes_are_handed_to_those_who_do_not_see_them(page: Page) -> None:
    open_digit(page)
    trace = trace_of_digit(page, 0)
    page.locator("#primary").focus()
    expect(page.locator("#inspector .votes")).to_contain_text("Vote for 0, ")
    texts = accessible_texts(page)
    numbers = next(text for text in texts if re.fullmatch(r"(−?0\.\d\d(, |$)){8}", text))
    said = [float(number.replace("−", "-")) for number in numbers.split(", ")]
    np.testing.assert_allclose(said, trace.primary_capsules[0], atol=0.006)
    for label in range(CLASSES):
        (vote,) = (text for text in texts if text.startswith(f"Vote for {label}, "))
        assert len(vote.split(": ")[1].split(", ")) == 16


def accessible_texts(page: Page) -> list[str]:
    """The text that Chromium hands to a screen reader."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    nodes = (node for node in tree["nodes"] if node.get("role", {}).get("value") == "StaticText")
    return [node["name"]["value"] for node in nodes]


def test_the_patch_of_a_capsule_is_its_receptive_field(page: Page) -> None:
    """Two 9 x 9 kernels, the second in steps of 2: 17 x 17 pixels from (2 row, 2 column) on."""
    open_digit(page)
    trace = trace_of_digit(page, 0)
    capsule = 5 * 36 + 2 * 6 + 3
    page.mouse.move(*place_of(page, capsule))
    expect(page.locator("#inspector")).to_contain_text("Type 6, row 3, column 4")
    patch = page.locator("#inspector .patch canvas")
    side = int(patch.evaluate("(canvas) => Math.min(canvas.width, canvas.height)"))
    patch.evaluate("(canvas, side) => canvas.width === side || canvas.dispatchEvent(new CustomEvent('draw'))", side)
    surface, dark = colour(page, "surface"), colour(page, "ink")
    shown = np.array(cells(patch, 17, 17)).reshape(17, 17, 3)[1:-1, 1:-1]  # a frame lies over the outermost
    expected = trace.image[4:21, 6:23][1:-1, 1:-1]
    for (row, column), value in np.ndenumerate(expected):
        red, green, blue = shown[row, column]
        assert distance((red, green, blue), mix(surface, dark, float(value))) <= 2


def test_a_primary_capsule_is_reached_and_pinned_by_the_keyboard(page: Page) -> None:
    open_digit(page)
    trace = trace_of_digit(page, 0)
    page.locator("#conv1").focus()
    page.locator("#inspector").get_by_text("Map 1 of Conv1").wait_for()
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "primary":
            break
    check_capsule(page, trace, 0)
    for key in ["ArrowRight", "ArrowRight", "ArrowDown"]:
        page.keyboard.press(key)
    check_capsule(page, trace, 8)
    page.keyboard.press("Enter")
    page.locator("#play").focus()
    at_rest(page)
    check_capsule(page, trace, 8)  # it stays though the focus left
    page.locator("#primary").focus()
    page.keyboard.press("Escape")
    page.locator("#play").focus()
    expect(page.locator("#inspector")).to_contain_text("Iteration 3 of 3")


def test_a_click_pins_a_capsule_and_another_lets_it_go(page: Page) -> None:
    open_digit(page)
    trace = trace_of_digit(page, 0)
    place = place_of(page, 100)
    page.mouse.click(*place)
    page.mouse.move(1, 1)
    at_rest(page)
    check_capsule(page, trace, 100)
    page.mouse.click(*place)
    page.mouse.move(1, 1)
    expect(page.locator("#inspector")).to_contain_text("Iteration 3 of 3")


def test_a_class_under_the_pointer_shows_its_links_though_a_capsule_is_pinned_and_escape_lets_go(page: Page) -> None:
    open_digit(page)
    links, caption = page.locator("#links"), page.locator("#link-caption")
    all_of_them = links.get_attribute("data-links") or ""
    page.mouse.click(*place_of(page, 100))
    page.mouse.move(1, 1)
    expect(caption).to_have_text("its 10 links")
    page.locator(".class-row[data-label='7']").hover()
    expect(links).to_have_attribute("data-links", all_of_them)
    page.mouse.move(1, 1)
    expect(links).to_have_attribute("data-links", "10")
    page.locator("#contents-open").click()
    page.keyboard.press("Escape")  # closes the panel, and no more
    expect(page.locator("#contents")).to_be_hidden()
    expect(links).to_have_attribute("data-links", "10")
    page.locator("#play").focus()
    page.keyboard.press("Escape")
    expect(links).to_have_attribute("data-links", all_of_them)
    expect(page.locator("#inspector")).to_contain_text("Iteration 3 of 3")


def test_a_class_under_the_pointer_tints_what_it_owns_and_lights_its_links(page: Page) -> None:
    open_digit(page)
    sees, links = page.locator("#sees"), page.locator("#links")
    plain, lit = picture(sees), picture(links)
    assert tinted(page) == 0
    page.locator(".class-row[data-label='7']").hover()
    until(lambda: tinted(page) > 30, "the parts that it owns are tinted")
    expect(page.locator("#inspector")).to_contain_text("Class capsule 7")
    owned = picture(sees)
    page.locator(".class-row[data-label='1']").hover()
    until(lambda: picture(links) != lit, "the links of another class are lit")
    expect(page.locator("#inspector")).to_contain_text("Class capsule 1")
    assert picture(sees) not in {plain, owned}
    assert tinted(page) == 0  # a class that is not there owns nothing
    expect(page.locator("#inspector")).to_contain_text("It is almost zero; these ten add most to what is left.")
    page.mouse.move(1, 1)
    until(lambda: picture(sees) == plain and picture(links) == lit, "all is as it was")


def tinted(page: Page) -> int:
    """How many of the 28 x 28 pixels that the network sees are orange rather than grey."""
    return sum(red - blue > 40 for red, _, blue in cells(page.locator("#sees"), 28, 28))


def test_a_short_winner_is_doubted_where_the_network_routes_as_it_learnt_to(page: Page) -> None:
    open_digit(page, 2182)  # the network's longest capsule is a third of the least that it learnt to give
    says = page.locator("#says")
    expect(says).to_have_text("no clear digit:")
    page.evaluate("location.hash = '#digit=0&iterations=1'")
    expect(page.locator("#answer")).to_have_text("7")
    expect(says).to_have_text("it reads")
    expect(page.locator("#certainty")).to_have_text(re.compile(r"‖v‖ = 0\.[0-4]\d"))


def test_the_picture_of_a_class_that_is_not_there_says_that_it_is_drawn_from_nearly_nothing(page: Page) -> None:
    open_digit(page)
    caption = page.locator("#reconstruction-caption")
    expect(caption).to_have_text("reconstruction")
    page.keyboard.press("1")
    faint = page.locator("#faint")
    expect(faint).to_be_visible()
    expect(caption).to_be_hidden()
    faint.focus()
    expect(page.locator("#tooltip")).to_contain_text("draws nearly the same picture")
    page.keyboard.press("7")
    expect(faint).to_be_hidden()
    expect(caption).to_have_text("reconstruction")
    expect(page.locator("#lengthen")).to_be_hidden()


def test_a_class_that_is_not_there_can_be_drawn_as_if_it_were_the_longest(page: Page) -> None:
    open_digit(page)
    trace = trace_of_digit(page, 0)
    page.keyboard.press("1")
    page.locator("#lengthen").click()
    pose = trace.class_capsules[-1, 1]
    lengthened = pose / np.linalg.norm(pose) * trace.lengths[-1].max()
    drawn = drawn_by_server(page, lengthened, 1)
    until(lambda: shows(page.locator("#reconstruction"), drawn), "its direction is drawn")
    expect(page.locator("#lengthen")).to_be_hidden()
    expect(page.locator("#dial-length")).to_be_focused()
    page.keyboard.press("u")
    expect(page.locator("#lengthen")).to_be_visible()


def test_a_map_of_conv1_under_the_pointer_is_shown_large(page: Page) -> None:
    open_digit(page)
    conv1, inspector = page.locator("#conv1"), page.locator("#inspector")
    assert ink(conv1) > 1000
    conv1.hover(position={"x": 3, "y": 3})
    expect(inspector).to_contain_text("Map 1 of Conv1")
    first = picture(inspector.locator(".patch canvas"))
    conv1.hover(position={"x": 3, "y": 60})
    expect(inspector).not_to_contain_text("Map 1 of Conv1")
    expect(inspector).to_contain_text("of Conv1")
    assert picture(inspector.locator(".patch canvas")) != first


def test_the_matrix_tells_of_the_capsule_under_the_pointer(page: Page) -> None:
    open_digit(page)
    matrix = page.locator("#matrix")
    matrix.scroll_into_view_if_needed()
    until(lambda: ink(matrix) > 0, "the matrix is drawn")
    width = float(matrix.evaluate("(canvas) => canvas.clientWidth"))
    matrix.hover(position={"x": width / 2 + 1, "y": 10})
    expect(page.locator("#inspector")).to_contain_text(re.compile(r"Primary capsule 57\d of 1,152"))


def test_the_class_rows_say_their_lengths(page: Page) -> None:
    open_digit(page)
    lengths = trace_of_digit(page, 0).lengths[-1]
    for label in range(CLASSES):
        name = page.locator(f".class-row[data-label='{label}']").text_content() or ""
        assert abs(length_of(name.partition("length ")[2]) - lengths[label]) < 0.006


def test_jargon_explains_itself(page: Page) -> None:
    open_digit(page)
    tooltip = page.locator("#tooltip")
    words = page.locator("dfn:visible")
    assert words.count() >= 5
    for word in words.all():
        word.focus()
        expect(tooltip).to_be_visible()
        assert len(tooltip.inner_text()) > 40
    page.keyboard.press("Escape")
    expect(tooltip).to_be_hidden()
