"""The iterations: stepped, scrubbed, played, and how many there are."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.asking import CLASSES, drawn_by_server, trace_of_digit
from tests.browser.conftest import NewPage
from tests.browser.eyes import cells, colour, distance, ink, length_of, picture, shows
from tests.browser.waiting import at_rest, open_digit, until

ALL_LINKS = 11520
THRESHOLD = 0.105  # of the links that are drawn at first
ROUNDING = 1e-4  # of couplings in float16

# Plays to the end and notes each position of the scrub on the way.
_PLAYED = """async () => {
  const [scrub, play] = [document.getElementById("scrub"), document.getElementById("play")];
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  play.click();
  const seen = [];
  do {
    await frame();
    seen.push(Number(scrub.value));
  } while (play.textContent.includes("Pause") || seen.length < 4);
  return seen;
}"""


def shown_links(page: Page) -> int:
    return int(page.locator("#links").get_attribute("data-links") or -1)


def shown_lengths(page: Page) -> list[float]:
    return [length_of(text) for text in page.locator(".class-row .length").all_inner_texts()]


def bar_widths(page: Page) -> list[float]:
    widths: list[float] = page.locator(".class-row .bar").evaluate_all(
        "(bars) => bars.map((bar) => bar.firstElementChild.getBoundingClientRect().width / bar.clientWidth)"
    )
    return widths


def at_iteration(page: Page, iteration: int) -> None:
    expect(page.locator("#iteration")).to_contain_text(f"iteration {iteration} of")
    at_rest(page)


def test_stepping_changes_the_shown_coupling(page: Page) -> None:
    open_digit(page)
    trace = trace_of_digit(page, 0)
    page.locator("#matrix").scroll_into_view_if_needed()
    until(lambda: ink(page.locator("#matrix")) > 0, "the matrix is drawn")
    pictures = set()
    for iteration in [3, 2, 1]:
        at_iteration(page, iteration)
        couplings = trace.coupling_coefficients[iteration - 1]
        shown = shown_links(page)
        assert (couplings >= THRESHOLD + ROUNDING).sum() <= shown <= (couplings >= THRESHOLD - ROUNDING).sum()
        pictures.add(
            (picture(page.locator("#links")), picture(page.locator("#matrix")), picture(page.locator("#types")))
        )
        for row in range(CLASSES):
            assert abs(shown_lengths(page)[row] - trace.lengths[iteration - 1, row]) < 0.006
            assert abs(bar_widths(page)[row] - trace.lengths[iteration - 1, row]) < 0.02
        if iteration > 1:
            page.keyboard.press(",")  # a click would scroll the matrix away
    assert [len(set(kind)) for kind in zip(*pictures, strict=True)] == [3, 3, 3]
    expect(page.locator("#step-back")).to_be_disabled()
    page.locator("#step-on").click()
    at_iteration(page, 2)


def test_at_iteration_one_every_coupling_is_a_tenth(page: Page) -> None:
    open_digit(page, rest="&at=1")
    at_iteration(page, 1)
    assert shown_links(page) == 0
    expect(page.locator("#link-caption")).to_contain_text("all c = 1/10")
    even = ink(page.locator("#links"))
    assert even > 1000, "a fan stands for all"
    page.locator("#threshold").fill("0.9")  # its square: 0.81, so that no other link is drawn on the way
    page.locator("#scrub").fill("1.4")
    until(lambda: 0 < ink(page.locator("#links")) < even, "it fades")
    page.locator("#scrub").fill("1")
    page.locator("#matrix").scroll_into_view_if_needed()
    types = page.locator("#types")
    until(lambda: cells(types, 32, CLASSES)[0] != (0, 0, 0), "the matrix is drawn")
    assert all(distance(cell, colour(page, "surface")) <= 2 for cell in cells(types, 32, CLASSES))
    page.locator("#threshold").fill("0.3")  # its square: 0.09, just below a tenth
    until(lambda: shown_links(page) == ALL_LINKS, "all links are drawn")
    expect(page.locator("#threshold-value")).to_have_text("0.090")
    expect(page.locator("#link-caption")).to_contain_text("11,520")
    assert ink(page.locator("#links")) > 1000


def test_scrubbing_shows_what_lies_between_the_iterations(page: Page) -> None:
    open_digit(page)
    scrub, links = page.locator("#scrub"), page.locator("#links")
    seen = []
    for position in ["3", "2.5", "2", "1.5", "1"]:
        scrub.fill(position)
        at_rest(page)
        seen.append((shown_links(page), picture(links)))
    assert len({shown for _, shown in seen}) == len(seen)
    counts = [count for count, _ in seen]
    assert counts == sorted(counts, reverse=True)


def test_the_threshold_hides_and_shows_links(page: Page) -> None:
    open_digit(page)
    before = shown_links(page)
    page.locator("#threshold").fill("0.6")
    until(lambda: shown_links(page) < before, "there are fewer links")
    expected = int((trace_of_digit(page, 0).coupling_coefficients[-1] >= 0.36).sum())
    assert abs(shown_links(page) - expected) <= 2


def test_playing_eases_to_the_last_iteration(page: Page) -> None:
    open_digit(page)
    positions = page.evaluate(_PLAYED)
    assert positions == sorted(positions)
    assert positions[0] < 3
    assert positions[-1] == 3
    assert any(position % 1 for position in positions)
    expect(page.locator("#play")).to_have_text("Play routing")


def test_playing_can_be_paused(page: Page) -> None:
    open_digit(page, rest="&iterations=10&at=1")
    page.locator("#play").click()
    page.locator("#play").click()
    at_rest(page)
    position = page.locator("#scrub").input_value()
    at_rest(page)
    assert page.locator("#scrub").input_value() == position
    assert float(position) < 10


def test_who_asks_for_reduced_motion_sees_whole_iterations_only(new_page: NewPage) -> None:
    page = new_page(reduced_motion="reduce")
    open_digit(page)
    positions = page.evaluate(_PLAYED)
    assert set(positions) == {1, 2, 3}
    assert positions[-1] == 3


def test_the_first_visit_plays_by_itself_unless_motion_is_reduced(new_page: NewPage) -> None:
    moving, still = new_page(), new_page(reduced_motion="reduce")
    moving.goto("/")
    expect(moving.locator("#play")).to_have_text("Pause")
    expect(moving.locator("#play")).to_have_text("Play routing")
    expect(moving.locator("#iteration")).to_contain_text("iteration 3 of 3")
    still.goto("/")
    expect(still.locator("#answer")).to_have_text("7")
    expect(still.locator("#play")).to_have_text("Play routing")


def test_another_number_of_iterations_is_another_trace(page: Page) -> None:
    open_digit(page)
    with page.expect_request("**/api/trace?*iterations=5*"):
        page.locator("#iterations").select_option("5")
    expect(page.locator("#scrub")).to_have_attribute("max", "5")
    at_iteration(page, 5)
    lengths = trace_of_digit(page, 0, iterations=5).lengths[-1]
    assert all(abs(shown - length) < 0.006 for shown, length in zip(shown_lengths(page), lengths, strict=True))
    page.locator("#iterations").select_option("1")
    expect(page.locator("#scrub")).to_have_attribute("max", "1")
    at_iteration(page, 1)
    assert shown_links(page) == 0


def test_the_decoder_follows_the_playhead(page: Page) -> None:
    open_digit(page, rest="&at=1")
    trace = trace_of_digit(page, 0)
    canvas, caption = page.locator("#reconstruction"), page.locator("#reconstruction-caption")
    for iteration in (1, 2):
        pose = trace.class_capsules[iteration - 1, trace.label]
        drawn = drawn_by_server(page, pose, trace.label)
        # The default holds the loop's value of now; mypy cannot infer a lambda that has one.
        until(lambda drawn=drawn: shows(canvas, drawn), "the capsule is drawn as it is there")  # type: ignore[misc]
        assert squared_error(page) == pytest.approx(((drawn - trace.image) ** 2).sum(), abs=0.2)
        expect(caption).to_have_text(f"iteration {iteration}")
        page.locator("#step-on").click()
    until(lambda: shows(canvas, trace.reconstruction), "at the end it is the reconstruction")
    expect(caption).to_have_text("reconstruction")
    page.locator("#step-back").click()
    expect(caption).to_have_text("iteration 2")
    page.locator("#dial-3").press("ArrowRight")
    at_iteration(page, 3)  # whose capsule the dials turn
    expect(caption).to_have_text("reconstruction")


def squared_error(page: Page) -> float:
    """The one below the difference."""
    return float(page.locator("#difference-caption").inner_text().split()[-1])
