"""The way from one pose to another, held against the server's traces and reconstructions."""

from __future__ import annotations

import base64
import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.asking import Array, pixels_of_digit, tensors_of
from tests.browser.conftest import NewPage, Witness
from tests.browser.eyes import cells, colour, distance, ink, mix, picture
from tests.browser.pens import draw, plain_digit
from tests.browser.test_link import until_same
from tests.browser.waiting import at_rest, open_digit, open_section, until

A, B, OTHER = 1, 35, 38  # test digits, all of them a 2
FOUR = 4
FIRST_TWOS = (35, 38, 43, 47, 72, 77, 82)  # after the digit A


def open_walk(page: Page, index: int = A, rest: str = f"&kept={B}") -> None:
    open_digit(page, index, rest)
    open_section(page, "between")
    expect(page.locator("#shelf .thumbnail")).to_have_count(60)
    at_rest(page)
    page.locator("#walk").scroll_into_view_if_needed()


def pose_of(page: Page, index: int, label: int = 2) -> Array:
    tensors = tensors_of(page, "/api/trace", {"pixels": pixels_of_digit(page, index)})
    pose: Array = tensors["class_capsules"][-1, label]
    return pose


def drawn(page: Page, *poses: Array, label: int = 2) -> Array:
    body = {"poses": [pose.tolist() for pose in poses], "label": label}
    return tensors_of(page, "/api/reconstruct", body)["reconstructions"]


def assert_canvas_shows(page: Page, canvas: str, expected: Array) -> None:
    """A picture (28, 28) in [0, 1] as the theme colours it, pixel by pixel; f16 and 8 bits a colour are between."""
    paper, dark = colour(page, "surface"), colour(page, "ink")
    found = cells(page.locator(canvas), 28, 28)
    worst = max(distance(shade, mix(paper, dark, float(v))) for shade, v in zip(found, expected.ravel(), strict=True))
    assert worst < 4, canvas


def test_the_walk_is_asked_for_once_it_is_looked_at_with_one_request(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_digit(page, A, f"&kept={B}")
    assert not any("/figures/between/between." in url or "/api/digits?" in url for url in asked)
    open_walk(page)
    assert sum("/api/reconstruct" in url for url in asked) == 1


def test_every_place_of_the_walk_is_drawn_from_its_pose(page: Page) -> None:
    open_walk(page)
    a, b = pose_of(page, A), pose_of(page, B)
    slider = page.locator("#walk-place")
    for place in (0, 0.25, 0.5, 1):
        slider.fill(str(place))
        at_rest(page)
        assert_canvas_shows(page, "#walk-picture", drawn(page, a + place * (b - a))[0])
        length = np.linalg.norm(a + place * (b - a))
        caption = page.locator("#walk-caption").inner_text()
        share, said, angle = (float(number) for number in re.findall(r"\d+\.\d+|\d+", caption))
        assert share == 100 * place
        assert abs(said - length) < 0.006
        assert abs(angle - angle_between(a, b)) < 0.6


def test_the_row_and_the_numbers_show_the_whole_walk(page: Page) -> None:
    open_walk(page)
    a, b = pose_of(page, A), pose_of(page, B)
    label = page.locator("#walk-numbers").get_attribute("aria-label") or ""
    numbers = [float(number.replace("−", "-")) for number in re.findall(r"−?\d+\.\d+", label)]
    np.testing.assert_allclose(numbers, np.concatenate([a, b]), atol=0.0061)
    assert ink(page.locator("#walk-numbers")) > 300
    row = page.locator("#walk-pictures")
    assert ink(row) > 1000
    box = row.bounding_box()
    assert box is not None
    row.click(position={"x": box["width"] * 10.5 / 11, "y": box["height"] / 2})
    expect(page.locator("#walk-place")).to_have_value("1")
    assert_canvas_shows(page, "#walk-picture", drawn(page, b)[0])
    page.locator("#walk-place").press("ArrowLeft")
    expect(page.locator("#walk-caption")).to_contain_text("98 % of the way")


def test_the_mean_pose_beside_the_mean_of_the_pictures(page: Page) -> None:
    open_walk(page, A, f"&kept={B}.{OTHER}")
    poses = [pose_of(page, index) for index in (A, B, OTHER)]
    images = np.array([pixels_of_digit(page, index) for index in (A, B, OTHER)])
    expect(page.locator("#mean-pose-caption")).to_contain_text("of 3")
    assert_canvas_shows(page, "#mean-pose", drawn(page, np.mean(poses, axis=0))[0])
    assert_canvas_shows(page, "#mean-image", images.mean(axis=0))


def test_a_pose_of_the_walk_is_handed_to_the_dials(page: Page) -> None:
    open_walk(page)
    page.locator("#walk-place").fill("1")
    page.locator("#walk-dial").click()
    expect(page.locator("#walk-dialled")).to_contain_text("dials above now stand at this pose")
    expected = pose_of(page, B) - pose_of(page, A)
    until(lambda: np.allclose(offsets_of(page), expected, atol=0.0016), "the dials stand at that pose")
    offsets = offsets_of(page)
    at_rest(page)
    page.locator("#reconstruction").scroll_into_view_if_needed()
    turned = drawn(page, pose_of(page, A) + np.array(offsets))[0]
    until(lambda: abs(float(np.mean(turned)) - darkness(page, "#reconstruction")) < 0.01, "the dials draw that pose")


def offsets_of(page: Page) -> list[float]:
    return [float(page.locator(f"#dial-{d}").input_value()) for d in range(1, 17)]


def darkness(page: Page, canvas: str) -> float:
    """The mean of a picture, in [0, 1]."""
    paper, dark = colour(page, "surface"), colour(page, "ink")
    found = cells(page.locator(canvas), 28, 28)
    return float(np.mean([(shade[0] - paper[0]) / (dark[0] - paper[0]) for shade in found]))


def test_a_digit_is_suggested_and_another_is_chosen_and_let_go(page: Page) -> None:
    open_walk(page, A, "")
    items = page.locator("#kept li")
    expect(items).to_have_count(2)
    suggested = max(FIRST_TWOS, key=lambda index: angle_between(pose_of(page, A), pose_of(page, index)))
    expect(items.nth(1)).to_contain_text(f"test digit {suggested}, a 2")
    chosen = next(index for index in FIRST_TWOS if index != suggested)
    before = picture(page.locator("#walk-pictures"))
    thumbnail = thumbnail_of(page, chosen)
    thumbnail.click()
    expect(thumbnail).to_have_attribute("aria-pressed", "true")
    expect(items.nth(1)).to_contain_text(f"test digit {chosen}, a 2")
    until(lambda: picture(page.locator("#walk-pictures")) != before, "the walk goes to the chosen digit")
    page.get_by_role("button", name=f"Remove test digit {chosen}").click()
    expect(thumbnail).to_have_attribute("aria-pressed", "false")
    page.locator("#keep-more").click()
    expect(items).to_have_count(9)
    expect(page.locator("#mean-pose-caption")).to_contain_text("of 9")
    expect(page.locator("#keep-more")).to_be_disabled()
    page.locator("#shelf-on").click()
    expect(page.locator("#shelf-page")).to_contain_text("2 of")


def thumbnail_of(page: Page, index: int) -> Locator:
    return page.locator("#shelf").get_by_role("button", name=re.compile(f"digit {index}, a"))


def angle_between(a: Array, b: Array) -> float:
    return float(np.degrees(np.arccos(a @ b / np.linalg.norm(a) / np.linalg.norm(b))))


def test_own_drawings_are_kept_and_walked_between(page: Page) -> None:
    page.goto("/")
    draw(page, plain_digit(3).strokes)
    expect(page.locator("#answer")).to_have_text("3")
    at_rest(page)
    open_section(page, "between")
    expect(page.locator("#shelf .thumbnail")).to_have_count(60)
    page.locator("#keep-a").click()
    page.locator("#clear").click()
    draw(page, plain_digit(3).strokes[::-1])
    at_rest(page)
    open_section(page, "between")
    page.locator("#keep-b").click()
    expect(page.locator("#kept li")).to_have_count(3)
    expect(page.locator("#kept li").nth(1)).to_contain_text("kept drawing, a 3")
    pressed = page.locator("#kept [aria-pressed='true']")
    assert [button.get_attribute("data-name") for button in pressed.all()] == ["A1", "B2"]
    at_rest(page)
    assert ink(page.locator("#walk-pictures")) > 1000
    until(lambda: "kept=s" in page.evaluate("location.href"), "the link holds the strokes")
    assert "walk=1.2.50." in page.evaluate("location.href")


def test_digits_of_two_classes_have_nothing_in_common(page: Page) -> None:
    open_walk(page, A, f"&kept={FOUR}")
    note, button = page.locator("#between-note"), page.locator("#walk-as")
    expect(note).to_contain_text("reads B as a 4, not a 2")
    expect(page.locator("#kept li").nth(1)).to_contain_text("not in the mean")
    for part in ("#walk-pictures", "#walk-place", "#walk-dial", "#walk-numbers"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator("#mean-pose-caption")).to_have_text("what the mean of 1 pose draws")
    for part in ("#mean-pose", "#mean-image"):
        box = page.locator(part).bounding_box()
        assert box is not None
        assert 100 < box["width"] < 200, f"{part} is as large as beside the walk"
    button.click()
    expect(button).to_have_text("Use each drawing’s own class again")
    expect(note).to_contain_text("the capsule of 2 of each drawing")
    said = float(re.findall(r"(\d\.\d+) in B", note.inner_text())[0])
    assert abs(said - np.linalg.norm(pose_of(page, FOUR))) < 0.006
    page.locator("#walk-place").fill("1")
    at_rest(page)
    assert_canvas_shows(page, "#walk-picture", drawn(page, pose_of(page, FOUR))[0])
    button.click()
    expect(note).to_contain_text("no meaningful line")


def test_what_a_link_cannot_hold_is_told_to_both(new_page: NewPage) -> None:
    page, other = new_page(), new_page()
    picture_of_a_two = (255 * np.array(pixels_of_digit(page, A))).round().astype(np.uint8).tobytes()
    page.goto(f"/#pixels={base64.urlsafe_b64encode(picture_of_a_two).decode().rstrip('=')}")
    expect(page.locator("#answer")).not_to_have_text("–")
    at_rest(page)
    open_section(page, "between")
    page.locator("#keep-b").click()
    expect(page.locator("#kept li").nth(1)).to_contain_text("not in the link: too large")
    until(lambda: "kept=x" in page.evaluate("location.href"), "the link says that something is missing")
    other.goto(page.evaluate("location.href"))
    expect(other.locator("#notice-text")).to_contain_text("the kept drawings")


def test_a_link_restores_the_walk(new_page: NewPage) -> None:
    page, other = new_page(), new_page()
    open_walk(page, A, f"&kept={B}.{OTHER}")
    page.get_by_role("button", name=f"test digit {OTHER}, a 2: use as A").click()
    page.locator("#walk-place").fill("0.2")
    at_rest(page)
    until(lambda: "walk=2.1.20." in page.evaluate("location.href"), "the link holds the walk")
    other.goto(page.evaluate("location.href"))
    open_section(other, "between")
    expect(other.locator("#shelf .thumbnail")).to_have_count(60)
    at_rest(other)
    for canvas in ("#walk-picture", "#walk-pictures", "#walk-numbers", "#mean-pose", "#mean-image"):
        until_same(page, other, canvas)


def test_a_lost_answer_is_said_and_asked_for_again(page: Page, witness: Witness) -> None:
    open_walk(page)
    page.route("**/api/reconstruct*", lambda route: route.abort())
    thumbnail_of(page, OTHER).click()
    expect(page.locator("#between-note")).to_contain_text("does not answer")
    page.unroute("**/api/reconstruct*")
    page.locator("#pad").scroll_into_view_if_needed()
    open_section(page, "between")
    expect(page.locator("#between-note")).to_be_hidden()
    expect(page.locator("#mean-pose-caption")).to_contain_text("of 3")
    witness.complaints.clear()  # the browser's own word for the lost request


def test_an_empty_pad_asks_for_a_digit(page: Page) -> None:
    open_walk(page, A, "")
    page.locator("#clear").click()
    open_section(page, "between")
    expect(page.locator("#between-note")).to_contain_text("Draw a digit above")
    expect(page.locator("#keep-a")).to_be_disabled()


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_sticks_out(new_page: NewPage, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 844}, has_touch=True)
    open_walk(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("#shelf .thumbnail").nth(5).tap()
    expect(page.locator("#kept li")).to_have_count(3)
