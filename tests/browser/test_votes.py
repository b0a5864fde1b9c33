"""The planes of votes: what is drawn and said there, held against votes that the test asks for itself."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import numpy as np
from playwright.sync_api import Page, Request, expect

from tests.browser.asking import TRACE_OF_PAGE, Array
from tests.browser.conftest import NewPage
from tests.browser.eyes import ink, picture
from tests.browser.pens import draw, plain_digit
from tests.browser.waiting import address, at_rest, open_digit, open_section, until, written

PLACE = """async ([which, points, reach, distance, capsule]) => {
  const { planeLayout } = await import("/static/js/charts/place-plane.js");
  const box = document.getElementById(`plane-canvas-${which}`).getBoundingClientRect();
  const [x, y] = planeLayout(box.width, reach, distance).at(...points[capsule]);
  return [box.x + x, box.y + y];
}"""
ENDS = [1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]


class Votes(NamedTuple):
    """A trace with its votes, as nested lists say it."""

    label: int
    votes: Array  # 1152 x 10 x 16
    coupling_coefficients: Array  # R x 1152 x 10
    class_capsules: Array  # R x 10 x 16
    lengths: Array  # R x 10


def watch(page: Page) -> list[Request]:
    """The requests for planes, as they come."""
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if "/api/planes" in request.url else None)
    return asked


def ask(page: Page, iterations: int = 3) -> Votes:
    """The trace of what the page's address holds, with the votes."""
    answer: dict[str, Any] = page.evaluate(TRACE_OF_PAGE, f"/api/trace?iterations={iterations}&include=votes")
    return Votes(answer["label"], *(np.array(answer["tensors"][name]) for name in Votes._fields[1:]))


def plane_of(votes: Votes, label: int) -> tuple[Array, Array, Array]:
    """The points (1152, 2), the shares of the two axes and the axes (2, 16), by numpy's singular vectors."""
    own = votes.votes[:, label]
    _, strengths, directions = np.linalg.svd(own, full_matrices=False)
    axes = directions[:2] * np.where(directions[:2] @ votes.class_capsules[-1, label] < 0, -1, 1)[:, None]
    return own @ axes.T, strengths[:2] ** 2 / np.sum(strengths**2), axes


def open_planes(page: Page) -> None:
    open_section(page, "votes")
    page.locator("#plane-axes-1").scroll_into_view_if_needed()
    expect(page.locator("#plane-axes-2")).to_contain_text("axis 2")
    at_rest(page)


def opacities(page: Page, which: int = 1) -> Array:
    text = page.locator(f"#plane-canvas-{which}").get_attribute("data-opacities") or ""
    return np.array([int(number) / 1000 for number in text.split()])


def numbers(page: Page, part: str) -> list[float]:
    return [float(number) for number in re.findall(r"\d+\.\d+", page.locator(f"#plane-{part}").inner_text())]


def test_playing_raises_the_votes_near_the_arrow_and_lowers_others(page: Page) -> None:
    asked = watch(page)
    open_digit(page, 0, "&dots=coupling")
    draw(page, plain_digit(7).strokes)
    at_rest(page)
    expect(page.locator("#answer")).to_have_text("7")
    assert not asked  # nobody has looked at them yet
    open_planes(page)
    page.locator("#scrub").fill("1")
    expect(page.locator("#iteration")).to_contain_text("iteration 1 of 3")
    at_rest(page)
    first, still = opacities(page), picture(page.locator("#plane-canvas-1"))
    assert np.ptp(first) == 0  # c is 1/10 for all
    page.keyboard.press("p")
    expect(page.locator("#play")).to_have_text("Pause")
    expect(page.locator("#play")).to_have_text("Play routing")
    expect(page.locator("#iteration")).to_contain_text("iteration 3 of 3")
    at_rest(page)
    last = opacities(page)
    assert "strokes=" in written(page)
    votes = ask(page)
    assert votes.label == 7
    couplings = votes.coupling_coefficients[-1, :, 7]
    points, _, axes = plane_of(votes, 7)
    arrow = axes @ votes.class_capsules[-1, 7]
    long = np.linalg.norm(points, axis=1)
    along = points @ arrow / np.maximum(long * np.linalg.norm(arrow), 1e-9)
    near, against = (along > 0.8) & (long > 0.2), (along < -0.8) & (long > 0.2)
    assert near.sum() >= 5
    assert against.sum() >= 3
    assert (last[near] > first[near]).all()
    assert (last[against] < first[against]).all()
    # Not only those: every vote is as opaque as it is coupled.
    assert (np.diff(last[np.argsort(couplings)]) > -0.01).all()  # the couplings travel as float16
    assert (last[couplings > 0.102] > first[0]).all()
    assert (last[couplings < 0.098] < first[0]).all()
    assert picture(page.locator("#plane-canvas-1")) != still


def test_the_numbers_beside_the_planes_are_those_of_the_votes(page: Page) -> None:
    asked = watch(page)
    open_digit(page, 18, "&iterations=4")
    open_planes(page)
    votes = ask(page, 4)
    runner_up = int(np.argsort(votes.lengths[-1])[-2])
    assert f"labels={votes.label}%2C{runner_up}" in asked[-1].url
    for iteration in (4, 3, 1):
        page.locator("#scrub").fill(str(iteration))
        expect(page.locator("#iteration")).to_contain_text(f"iteration {iteration} of 4")
        at_rest(page)
        for which, label in ((1, votes.label), (2, runner_up)):
            _, shares, axes = plane_of(votes, label)
            assert np.allclose(numbers(page, f"axes-{which}"), 100 * shares, atol=0.06)
            total = votes.coupling_coefficients[iteration - 1, :, label] @ votes.votes[:, label]
            length = np.linalg.norm(total)
            capsule = total * length / (1 + length**2)
            expected = [np.linalg.norm(capsule), np.linalg.norm(axes @ capsule), np.linalg.norm(axes @ total)]
            assert np.allclose(numbers(page, f"numbers-{which}"), expected, atol=0.006)


def place_of(page: Page, which: int, points: Array, reach: float, capsule: int, distance: str = "root") -> Any:
    return page.evaluate(PLACE, [which, points.tolist(), reach, distance, capsule])


def test_a_vote_is_pointed_at_by_pointer_and_keys_and_marked_in_both_planes(page: Page) -> None:
    open_digit(page)
    open_planes(page)
    votes = ask(page)
    runner_up = int(np.argsort(votes.lengths[-1])[-2])
    points, _, _ = plane_of(votes, votes.label)
    longest = max(np.linalg.norm(points, axis=1).max(), np.linalg.norm(plane_of(votes, runner_up)[0], axis=1).max())
    reach = next(end for end in ENDS if longest <= end)
    capsule = int(np.linalg.norm(points, axis=1).argmax())
    before = [picture(page.locator(f"#plane-canvas-{which}")) for which in (1, 2)]
    page.mouse.move(*place_of(page, 1, points, reach, capsule))
    expect(page.locator("#inspector")).to_contain_text(f"Primary capsule {capsule + 1} of 1,152")
    for which in (1, 2):
        until(
            # The default holds the loop's value of now; mypy cannot infer a lambda that has one.
            lambda which=which: picture(page.locator(f"#plane-canvas-{which}")) != before[which - 1],  # type: ignore[misc]
            f"it is marked in plane {which}",
        )
    page.mouse.move(1, 1)
    page.locator("#plane-canvas-1").focus()
    page.keyboard.press("ArrowLeft")
    strongest = int(votes.coupling_coefficients[-1, :, votes.label].argmax())
    reached = at_keyboard(page)
    assert reached != strongest
    page.keyboard.press("ArrowLeft")
    assert points[at_keyboard(page), 0] < points[reached, 0]
    page.keyboard.press("Enter")
    page.locator("#play").focus()
    expect(page).to_have_url(re.compile("capsule="))
    expect(page.locator(".kept")).to_contain_text("Unpin capsule")


def at_keyboard(page: Page) -> int:
    """The capsule that the focused plane speaks of."""
    at_rest(page)
    said = page.locator("#plane-canvas-1").get_attribute("aria-label") or ""
    found = re.search(r"You point at capsule (\d+):", said)
    assert found, said
    return int(found[1]) - 1


def test_while_all_couplings_are_equal_none_is_said_to_be_the_largest(page: Page) -> None:
    open_digit(page, 0, "&at=1")
    open_section(page, "votes")
    canvas = page.locator("#plane-canvas-1")
    expect(canvas).to_have_attribute("aria-label", re.compile(r"All couplings to it are c = 0\.100\."))
    page.keyboard.press(".")
    expect(canvas).to_have_attribute("aria-label", re.compile(r"Capsule \d+ has the largest coupling"))
    page.keyboard.press("c")
    expect(canvas).to_have_attribute("aria-label", "Votes on a plane")


def test_a_tap_pins_the_vote_under_the_finger(new_page: NewPage) -> None:
    page = new_page(has_touch=True, viewport={"width": 390, "height": 844})
    open_digit(page)
    open_planes(page)
    page.locator("#plane-canvas-1").scroll_into_view_if_needed()
    votes = ask(page)
    runner_up = int(np.argsort(votes.lengths[-1])[-2])
    points, _, _ = plane_of(votes, votes.label)
    longest = max(np.linalg.norm(points, axis=1).max(), np.linalg.norm(plane_of(votes, runner_up)[0], axis=1).max())
    reach = next(end for end in ENDS if longest <= end)
    capsule = int(np.linalg.norm(points, axis=1).argmax())
    page.touchscreen.tap(*place_of(page, 1, points, reach, capsule))
    expect(page.locator(".kept")).to_contain_text(f"Unpin capsule {capsule + 1}")


def test_the_classes_the_colours_and_the_distances_are_chosen_and_kept_by_the_link(new_page: NewPage) -> None:
    page, other = new_page(), new_page()
    asked = watch(page)
    open_digit(page, 0, "&dots=coupling")
    open_planes(page)
    second, key = page.locator("#plane-canvas-2"), page.locator("#plane-legend")
    shown = [picture(page.locator("#plane-canvas-1")), picture(second), picture(key)]
    page.locator("#plane-class-2").select_option("0")
    expect(second).to_have_attribute("data-label", "0")
    assert "labels=7%2C0" in asked[-1].url
    until(lambda: picture(second) != shown[1], "the votes for 0 are others")
    page.locator("#plane-colour").select_option("type")
    until(lambda: picture(key) != shown[2], "the legend follows")
    page.locator("#plane-distance").select_option("linear")
    until(lambda: picture(page.locator("#plane-canvas-1")) != shown[0], "the points move")
    until(
        lambda: all(part in address(page) for part in ("planes=", "points=type", "distance=linear")),
        "the link holds them",
    )
    other.goto(address(page))
    expect(other.locator("#answer")).to_have_text("7")
    open_planes(other)
    expect(other.locator("#plane-class-2")).to_have_value("0")
    for canvas in ("#plane-canvas-1", "#plane-canvas-2", "#plane-legend"):
        # The default holds the loop's value of now; mypy cannot infer a lambda that has one.
        until(lambda canvas=canvas: picture(other.locator(canvas)) == picture(page.locator(canvas)), canvas)  # type: ignore[misc]


def test_the_planes_follow_the_chosen_class_and_the_drawing_and_are_measured(page: Page) -> None:
    asked = watch(page)
    open_digit(page)
    open_planes(page)
    expect(page.locator("#plane-canvas-1")).to_have_attribute("data-label", "7")
    page.keyboard.press("3")
    expect(page.locator("#plane-canvas-1")).to_have_attribute("data-label", "3")
    expect(page.locator("#plane-canvas-2")).to_have_attribute("data-label", "7")
    page.evaluate("location.hash = '#digit=1'")
    expect(page.locator("#plane-canvas-1")).to_have_attribute("data-label", "2")
    assert ink(page.locator("#plane-canvas-1")) > 500
    times: list[float] = page.evaluate("performance.getEntriesByName('capsnet:votes').map(({ duration }) => duration)")
    assert len(times) == len(asked) == 3
    assert all(0 < time < 60_000 for time in times)
