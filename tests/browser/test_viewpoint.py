"""The first screen of the Viewpoint room: a digit turned by hand, a capsule that goes along, and a CNN beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, Route, expect

from model.data.viewpoints import PIECES, TRANSFORMATIONS, Viewpoint
from model.explaining.morphometrics import measure
from model.explaining.sights import NAMES as MEASURES
from tests.browser.asking import Array, pixels_of_digit, tensors_of
from tests.browser.conftest import NewPage, Witness
from tests.browser.eyes import cells, colour, distance, length_of, mix, picture
from tests.browser.pens import draw, plain_digit
from tests.browser.test_accessibility import violations
from tests.browser.test_layout import LEAST_TARGET, SMALLEST_TEXT, TEXT_SIZES
from tests.browser.waiting import address, at_rest, until, until_held, written

FOUR = 4  # a test digit, and what it is
NEAR = 3  # of 255: the page has the numbers in float16
MODEL = "mnist-drawn"
SIZES = [(1280, 720), (1024, 768), (390, 844)]


def open_view(page: Page, rest: str = "", digit: int = FOUR) -> None:
    page.goto(f"/viewpoint#digit={digit}{rest}")
    expect(page.locator("#capsule-says")).not_to_have_text("")
    expect(page.locator("#cnn-says")).not_to_have_text("")
    at_rest(page)


def views(page: Page, viewpoints: Sequence[Viewpoint], model: str = MODEL, query: str = "") -> dict[str, Array]:
    """What the server answers a client that is not the page."""
    body: dict[str, Any] = {
        "pixels": pixels_of_digit(page, FOUR),
        "viewpoints": [asdict(viewpoint) for viewpoint in viewpoints],
    }
    return tensors_of(page, f"/api/viewpoints?model={model}{query}", body)


def told(page: Page, name: str) -> str:
    return page.locator(f"#told-{name}").inner_text()


def lengths(page: Page) -> list[float]:
    """Of the followed capsule: now, and upright."""
    return [length_of(text.replace(">", "> ")) for text in bars(page, "capsule-lengths")]


def bars(page: Page, list_id: str) -> list[str]:
    return page.locator(f"#{list_id} .length").all_inner_texts()


def moved(page: Page) -> int:
    """By how many per cent of its length the pose moved."""
    found = re.search(r"moved by (\d+) %", page.locator("#pose-told").inner_text())
    return int(found.group(1)) if found else 0


def turn(page: Page, name: str, amount: float) -> None:
    """Bring a slider there, as a hand does that lets go."""
    page.locator(f"#amount-{name}").fill(str(amount))
    at_rest(page)


def centre(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def pixel(page: Page) -> float:
    """How long a pixel of the picture is on the page."""
    box = page.locator("#turned").bounding_box()
    assert box is not None
    return box["width"] / 28


def drag(page: Page, place: Locator, right: float, down: float) -> None:
    """By so many pixels of the page."""
    x, y = centre(place)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right, y + down, steps=4)
    page.mouse.up()
    at_rest(page)


def gaps(canvas: Locator, values: Array) -> list[float]:
    """How far each pixel of a canvas is from a picture, of 255."""
    page = canvas.page
    surface, full = colour(page, "surface"), colour(page, "ink")
    wanted = [mix(surface, full, value) for value in values.ravel().tolist()]
    return [distance(*pair) for pair in zip(cells(canvas, 28, 28), wanted, strict=True)]


def assert_shows(canvas: Locator, values: Array) -> None:
    far = max(gaps(canvas, values))
    assert far <= NEAR, f"a pixel is off by {far:.0f}"


def test_page_and_server_have_the_same_transformations(page: Page) -> None:
    open_view(page)
    odd = Viewpoint(thickness=0.5, scale=1.3, stretch=0.7, shear=0.4, rotation=35, right=2.5, down=-4)
    on_page = page.evaluate(
        """async (odd) => {
          const { TRANSFORMATIONS, PIECES, REST, matrixOf } = await import("/static/js/capsules/viewpoint.js");
          return [Object.values(TRANSFORMATIONS), PIECES, REST, matrixOf(odd)];
        }""",
        asdict(odd),
    )
    transformations, pieces, rest, matrix = on_page
    wanted = [[each.name, each.low, each.high, each.rest] for each in TRANSFORMATIONS.values()]
    assert [[each[key] for key in ("name", "low", "high", "rest")] for each in transformations] == wanted
    assert tuple(pieces) == PIECES
    assert rest == asdict(Viewpoint())
    np.testing.assert_allclose(matrix, odd.matrix, atol=1e-12)


def test_the_length_stays_and_the_pose_moves_within_fifteen_degrees(page: Page) -> None:
    open_view(page)
    expect(page.locator("#capsule-class")).to_have_text(str(FOUR))
    now, upright = lengths(page)
    assert now == upright > 0.9
    assert moved(page) == 0
    for degrees in (15, -15):
        turn(page, "rotation", degrees)
        now, still = lengths(page)
        assert abs(now - upright) <= 0.1
        assert still == upright
        assert moved(page) >= 5
        expect(page.locator("#capsule-says")).to_contain_text(f"It reads {FOUR},")


def shown(canvas: Locator) -> Array:
    """The picture (28, 28) in [0, 1] that a canvas shows as mixtures of the page's colour and its ink's."""
    surface, full = (np.array(colour(canvas.page, name)) for name in ("surface", "ink"))
    seen = np.array(cells(canvas, 28, 28))
    values: Array = (seen - surface) @ (full - surface) / np.sum((full - surface) ** 2)
    return values.clip(0, 1).reshape(28, 28)


def slants(page: Page) -> Array:
    """How far what the network sees leans, and what it draws, in degrees."""
    pictures = np.stack([shown(page.locator(f"#{canvas}")) for canvas in ("sees-now", "drawn-now")])
    return measure(pictures)[:, MEASURES.index("slant")]


def test_drawn_digits_keep_their_length_and_their_reconstructions_turn_along(page: Page) -> None:
    """Nine turns of ten: a digit's lean, as it is measured, is its strokes', and a 5 has more than one."""
    behind = []
    page.goto("/viewpoint")
    for label in range(10):
        page.locator("#clear").click()
        draw(page, plain_digit(label).strokes)
        expect(page.locator("#capsule-class")).to_have_text(str(label))
        turn(page, "rotation", 0)
        upright, length = slants(page), lengths(page)[1]
        for degrees in (15, -15):
            turn(page, "rotation", degrees)
            of_picture, of_reconstruction = slants(page) - upright
            behind.append(abs(of_reconstruction - of_picture))
            assert abs(lengths(page)[0] - length) <= 0.1
            assert moved(page) >= 3
    assert np.mean(np.array(behind) <= 5) >= 0.9, behind


def test_the_page_shows_what_the_server_answers(page: Page) -> None:
    open_view(page, "&view=scale*0.9_rotation*25_right*-2")
    both = [Viewpoint(), Viewpoint(scale=0.9, rotation=25, right=-2)]
    capsule = views(page, both, query=f"&label={FOUR}&include=reconstruction")
    cnn = views(page, both, "cnn", "&include=pooled")
    np.testing.assert_allclose(lengths(page), capsule["scores"][::-1, FOUR], atol=0.006)
    pose, before = capsule["poses"][1, FOUR], capsule["poses"][0, FOUR]
    share = np.linalg.norm(pose - before) / np.linalg.norm(before)
    assert abs(moved(page) - 100 * share) <= 0.6
    assert_shows(page.locator("#drawn-upright"), capsule["reconstruction"][0])
    assert_shows(page.locator("#drawn-now"), capsule["reconstruction"][1])
    assert_shows(page.locator("#sees-now"), capsule["image"][1])
    # On the large picture the frame and the handles lie over some pixels.
    near = [gap <= NEAR for gap in gaps(page.locator("#turned"), capsule["image"][1])]
    assert np.mean(near) > 0.85
    texts = bars(page, "cnn-probability")
    for text, probability in zip(texts, cnn["scores"][::-1, FOUR], strict=True):
        assert abs(float(text.split()[-2]) - 100 * probability) <= 0.15, text
    for list_id, shown in (("capsule-lengths", capsule), ("cnn-probability", cnn)):
        widths = page.locator(f"#{list_id} i").evaluate_all("(all) => all.map(({ style }) => parseFloat(style.width))")
        np.testing.assert_allclose(np.array(widths) / 100, shown["scores"][::-1, FOUR], atol=0.006)
    says = page.locator("#cnn-says")
    expect(says).to_contain_text(f"It reads {cnn['scores'][1].argmax()}, probability")
    features = cnn["features"]
    share = np.linalg.norm(features[1] - features[0]) / np.linalg.norm(features[0])
    expect(page.locator("#features-told")).to_contain_text(f"{round(100 * share)} % of their length: a CNN moves, too")
    expect(page.locator("#pooled-first")).to_have_accessible_name(
        f"The {cnn['first'].shape[1]} maps after the first pooling, 14 × 14 each"
    )
    expect(page.locator("#capsule-of")).to_have_text("0.9 times as large, turned 25° anticlockwise, 2 px to the left")
    expect(page.locator("#cnn-of")).to_have_text(page.locator("#capsule-of").inner_text())
    expect(page.locator("#cnn-learnt")).to_contain_text("The network mnist learnt from the CNN’s")


@pytest.mark.parametrize(
    "canvas", ["turned", "pose-change", "probabilities", "pooled-first", "pooled-second", "features"]
)
def test_each_picture_follows_the_viewpoint(page: Page, canvas: str) -> None:
    open_view(page)
    before = picture(page.locator(f"#{canvas}"))
    turn(page, "rotation", 60)
    after = picture(page.locator(f"#{canvas}"))
    assert before != after
    page.locator("#reset-view").click()
    at_rest(page)
    assert picture(page.locator(f"#{canvas}")) == before


def test_every_slider_changes_what_the_networks_see(page: Page) -> None:
    open_view(page)
    for name, each in TRANSFORMATIONS.items():
        amount = (each.rest + each.high) / 2
        turn(page, name, amount)
        changed: dict[str, Any] = {name: float(page.locator(f"#amount-{name}").input_value())}
        seen = views(page, [Viewpoint(**changed)])
        assert_shows(page.locator("#sees-now"), seen["image"][0])
        page.keyboard.press("r")
        at_rest(page)
        assert page.locator(f"#amount-{name}").input_value() == f"{each.rest:g}"


def test_the_digit_and_its_handles_are_dragged(page: Page) -> None:
    open_view(page)
    canvas, knob, corner = (page.locator(f"#{part}") for part in ("turned", "handle-turn", "handle-corner"))
    side = pixel(page)
    drag(page, canvas, 3 * side, -2 * side)
    assert (told(page, "right"), told(page, "down")) == ("+3.00 px", "−2.00 px")
    page.locator("#reset-view").click()
    at_rest(page)
    (x, y), (middle_x, middle_y) = centre(knob), centre(canvas)
    assert abs(x - middle_x) < side
    radius = middle_y - y
    drag(page, knob, -radius, radius)  # to the left of the middle
    assert told(page, "rotation") == "+90°"
    drag(page, knob, 2 * radius, 0)
    assert told(page, "rotation") == "−90°"
    page.locator("#reset-view").click()
    at_rest(page)
    x, y = centre(corner)
    drag(page, corner, 0.2 * (x - middle_x), 0.2 * (y - middle_y))
    assert abs(float(told(page, "scale").split()[-1]) - 1.2) <= 0.02
    drag(page, corner, -0.3 * (x - middle_x), 0)
    scale, stretch = float(told(page, "scale").split()[-1]), float(told(page, "stretch").split()[0])
    assert abs(scale * stretch**0.5 - 0.9) <= 0.03  # its width
    assert abs(scale / stretch**0.5 - 1.2) <= 0.03  # its height is as it was


def test_the_handles_obey_the_keyboard(page: Page) -> None:
    open_view(page)
    page.locator("#turned").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "Shift+ArrowLeft"):
        page.keyboard.press(key)
    at_rest(page)
    assert (told(page, "right"), told(page, "down")) == ("+1.75 px", "−1.00 px")
    knob = page.locator("#handle-turn")
    knob.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator("#told-rotation")).to_have_text("+16°")
    expect(knob).to_have_accessible_name("Turn: +16°")
    page.keyboard.press("Tab")
    expect(page.locator("#handle-corner")).to_be_focused()
    page.keyboard.press("ArrowRight")
    at_rest(page)
    assert float(told(page, "stretch").split()[0]) > 1
    assert page.evaluate("scrollY") == 0
    page.keyboard.press("r")
    expect(page.locator("#reset-view")).to_be_disabled()


def test_a_finger_drags_the_digit_and_turns_it(new_page: NewPage) -> None:
    page = new_page(has_touch=True, viewport={"width": 390, "height": 844})
    open_view(page)
    page.locator("#turned").scroll_into_view_if_needed()
    session, scrolled = page.context.new_cdp_session(page), page.evaluate("scrollY")
    side = pixel(page)

    def swipe(place: Locator, right: float, down: float) -> None:
        x, y = centre(place)
        for kind, share in (("touchStart", 0.0), ("touchMove", 0.5), ("touchMove", 1.0)):
            point = {"x": x + share * right, "y": y + share * down}
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        at_rest(page)

    swipe(page.locator("#turned"), 4 * side, 0)
    assert told(page, "right") == "+4.00 px"
    swipe(page.locator("#handle-turn"), -4 * side, 0)
    assert 10 <= int(told(page, "rotation").strip("+°")) <= 40
    assert page.evaluate("scrollY") == scrolled
    expect(page.locator("#both-read")).to_be_visible()
    expect(page.locator("#both-read")).not_to_have_text("")


def test_a_link_opens_the_same_viewpoint_and_the_same_cnn(page: Page, new_page: NewPage) -> None:
    open_view(page)
    turn(page, "shear", 0.4)
    page.locator("#contrast").select_option("cnn-global")
    at_rest(page)
    until(lambda: "beside=cnn-global" in address(page), "the address holds the CNN")
    says = page.locator("#cnn-says").inner_text()
    other = new_page()
    other.goto(address(page))
    expect(other.locator("#told-shear")).to_have_text("+0.40")
    expect(other.locator("#contrast")).to_have_value("cnn-global")
    expect(other.locator("#cnn-says")).to_have_text(says)
    expect(other.locator("#capsule-of")).to_have_text("Leaning 0.4 to the right")


def test_the_other_cnn_answers_for_itself(page: Page) -> None:
    open_view(page, "&view=rotation*30")
    before = picture(page.locator("#features"))
    page.locator("#contrast").select_option("cnn-global")
    at_rest(page)
    scores = views(page, [Viewpoint(rotation=30)], "cnn-global")["scores"][0]
    expect(page.locator("#cnn-says")).to_contain_text(f"It reads {scores.argmax()}, probability")
    assert picture(page.locator("#features")) != before
    expect(page.locator("#features-told")).to_contain_text("64")


def test_a_damaged_link_is_told_and_the_rest_of_it_is_shown(page: Page) -> None:
    open_view(page, "&view=rotation*500_tilt*3&beside=resnet&model=cnn")
    notice = page.locator("#notice-text")
    for part in ("the viewpoint", "the CNN", "no network “cnn”"):
        expect(notice).to_contain_text(part)
    assert told(page, "rotation") == "+90°"
    expect(page.locator("#contrast")).to_have_value("cnn")
    expect(page.locator("#model")).to_have_value(MODEL)
    offered = page.locator("#model option").evaluate_all("(all) => all.map(({ value }) => value)")
    assert set(offered) == {MODEL, "mnist"}


def test_another_class_is_followed(page: Page) -> None:
    open_view(page, "&view=rotation*40")
    before = picture(page.locator("#drawn-now"))
    page.keyboard.press("9")
    expect(page.locator("#capsule-class")).to_have_text("9")
    at_rest(page)
    assert picture(page.locator("#drawn-now")) != before
    scores = views(page, [Viewpoint(rotation=40), Viewpoint()])["scores"]
    np.testing.assert_allclose(lengths(page), scores[:, 9], atol=0.006)


def test_a_drawing_keeps_its_viewpoint_and_a_cleared_pad_shows_nothing(page: Page) -> None:
    open_view(page, "&view=rotation*10")
    page.locator("#clear").click()
    expect(page.locator("#capsule-says")).to_have_text("")
    expect(page.locator("#cnn-says")).to_have_text("")
    expect(page.locator("#handle-turn")).to_be_hidden()
    draw(page, plain_digit(1).strokes)
    at_rest(page)
    expect(page.locator("#capsule-says")).to_contain_text("It reads 1,")
    expect(page.locator("#capsule-of")).to_have_text("Turned 10° anticlockwise")


def test_a_drawing_goes_along_from_room_to_room(page: Page) -> None:
    page.goto("/")
    draw(page, plain_digit(3).strokes)
    at_rest(page)
    written(page)
    page.locator(".rooms a[data-room='viewpoint']").click()
    expect(page.locator("#capsule-says")).to_contain_text("It reads 3")
    assert "strokes=" in address(page)
    assert page.evaluate("location.pathname") == "/viewpoint"
    page.locator("#clear").click()
    draw(page, plain_digit(8).strokes)
    expect(page.locator("#capsule-says")).to_contain_text("It reads 8")
    at_rest(page)
    page.locator(".rooms a[data-room='explore']").click()
    expect(page.locator("#answer")).to_have_text("8")
    assert page.evaluate("location.pathname") == "/"


def test_what_the_room_shows_by_itself_is_not_taken_along(page: Page) -> None:
    page.goto("/viewpoint")
    expect(page.locator("#capsule-says")).not_to_have_text("")
    at_rest(page)
    assert page.locator(".rooms a[data-room='explore']").get_attribute("href") == "./"


def test_a_picture_cut_in_pieces_is_told(page: Page) -> None:
    open_view(page, "&view=pieces*top-bottom")
    expect(page.locator("#seen-pieces")).to_have_text("top and bottom exchanged")
    assert_shows(page.locator("#sees-now"), views(page, [Viewpoint(pieces="top-bottom")])["image"][0])


def test_an_answer_on_its_way_is_marked_and_the_old_one_says_of_which_viewpoint_it_is(page: Page) -> None:
    open_view(page)
    held: list[Route] = []
    page.route(
        re.compile(rf"api/viewpoints\?model={MODEL}&label={FOUR}&include=reconstruction$"),
        lambda route: held.append(route),
    )
    page.locator("#amount-rotation").fill("30")
    until_held(page, held)
    expect(page.locator("#cnn-of")).to_have_text("Turned 30° anticlockwise")
    expect(page.locator("#capsule-of")).to_have_text("Upright")
    expect(page.locator(".stage-view-capsule")).to_have_class(re.compile("behind"))
    for amount in (40, 50, 60):  # one question is under way, and the newest waits
        page.locator("#amount-rotation").fill(str(amount))
    expect(page.locator("#cnn-of")).to_have_text("Turned 60° anticlockwise")
    assert len(held) == 1
    held[0].continue_()
    until_held(page, held, 2)
    assert len(held) == 2
    sent: Any = held[1].request.post_data_json
    assert [viewpoint["rotation"] for viewpoint in sent["viewpoints"]] == [60]
    held[1].continue_()
    expect(page.locator("#capsule-of")).to_have_text("Turned 60° anticlockwise")
    expect(page.locator(".stage-view-capsule")).not_to_have_class(re.compile("behind"))


def test_a_network_that_does_not_answer_is_told_in_its_place(page: Page, witness: Witness) -> None:
    refusal = {"error": {"code": "invalid", "message": "Not this one."}}
    page.route(re.compile("viewpoints.*model=cnn"), lambda route: route.fulfill(status=422, json=refusal))
    page.goto(f"/viewpoint#digit={FOUR}")
    expect(page.locator("[data-trouble='view-cnn']")).to_have_text(
        "The answer of the CNN could not be loaded. Not this one."
    )
    expect(page.locator("#capsule-says")).to_contain_text(f"It reads {FOUR}")
    page.wait_for_load_state("networkidle")  # the figure below the first screen asks that network as well
    assert all("422" in complaint for complaint in witness.complaints)
    witness.complaints.clear()


def test_the_page_says_what_its_numbers_are(page: Page) -> None:
    open_view(page)
    expect(page.locator("#seen-told")).to_contain_text("not centred again")
    expect(page.locator(".stage-view-capsule")).to_contain_text("no probability")
    expect(page.locator(".stage-view-cnn")).to_contain_text("Probabilities: they sum to 1")


@pytest.mark.parametrize("size", SIZES)
def test_it_stands_on_every_screen(new_page: NewPage, size: tuple[int, int]) -> None:
    width, height = size
    page = new_page(viewport={"width": width, "height": height}, has_touch=width < 720)
    open_view(page, "&view=thickness*-0.5_scale*1.25_stretch*0.75_shear*-0.25_rotation*-45_right*-10_down*-10")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = [text for letters, text in page.evaluate(TEXT_SIZES) if letters < SMALLEST_TEXT]
    assert not small, small
    for handle in page.locator(".handle").all():
        box = handle.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= LEAST_TARGET
    if size == SIZES[0]:
        bottom = page.locator(".view").evaluate("(view) => view.getBoundingClientRect().bottom")
        assert bottom <= height
    assert not violations(page, ".view")
