"""A network of other sizes than the paper's: the page draws on it, routes it and turns its dials.

It has 12 types of primary capsules on a grid of 5 x 5, 7 classes whose names are words, and poses of 8 numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.asking import GEOMETRY, TRACE_OF_PAGE, Array, drawn_by_server
from tests.browser.conftest import NewPage, Witness, serving
from tests.browser.eyes import ink, length_of, picture, shows
from tests.browser.pens import draw, plain_digit
from tests.browser.waiting import at_rest, open_section, until, written
from tests.small_models import CLASS_NAMES, UNLIKE_THE_PAPER, save_unlike_the_paper

TYPES, GRID, CLASSES, POSE_DIM = 12, 5, 7, 8
PRIMARY = TYPES * GRID * GRID

_CAPSULE = f"""async (capsule) => {{
  {GEOMETRY}
  const {{ theatreLayout }} = await import("/static/js/charts/theatre.js");
  const [links, primary] = ["links", "primary"].map((id) => document.getElementById(id));
  const {{ x, y, cell }} = theatreLayout(geometry, links.clientWidth, links.clientHeight, primary.clientWidth);
  const box = primary.getBoundingClientRect();
  return [box.x + x[capsule] + cell / 2, box.y + y[capsule] + cell / 2];
}}"""


@pytest.fixture(scope="module")
def small_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that has the small network alone."""
    folder = tmp_path_factory.mktemp("small")
    save_unlike_the_paper(folder)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CAPSNET_WEIGHTS_DIR", str(folder))
        environment.setenv("CAPSNET_DEFAULT_MODEL", "small")
        with serving(folder) as url:
            yield url


@pytest.fixture
def page(new_page: NewPage, witness: Witness, small_url: str) -> Page:
    """A blank page of that server."""
    witness.allow(small_url)
    return new_page(base_url=small_url, reduced_motion="reduce")


def test_the_sizes_are_not_those_of_the_paper() -> None:
    config = UNLIKE_THE_PAPER
    assert (config.primary_types, config.classes, config.pose_dim) == (TYPES, CLASSES, POSE_DIM)
    assert len(CLASS_NAMES) == CLASSES
    assert not any(name.isdigit() for name in CLASS_NAMES)


def test_a_drawing_is_read_and_routed(page: Page) -> None:
    _draw_a_digit(page)
    trace = _trace_of(page)
    couplings, lengths = trace["coupling_coefficients"], trace["lengths"]
    assert couplings.shape == (3, PRIMARY, CLASSES)
    assert lengths.shape == (3, CLASSES)
    expect(page.locator("#answer")).to_have_text(CLASS_NAMES[int(lengths[-1].argmax())])
    names = page.locator(".class-row b").all_inner_texts()
    assert names == CLASS_NAMES
    assert shows(page.locator("#sees"), trace["image"])
    for iteration in (3, 2, 1):
        said = [length_of(text.replace(">", "> ")) for text in page.locator(".class-row .length").all_inner_texts()]
        assert np.allclose(said, lengths[iteration - 1], atol=0.006), iteration
        threshold = float(page.locator("#threshold-value").inner_text())
        links = int(page.locator("#links").get_attribute("data-links") or 0)
        assert abs(links - (couplings[iteration - 1] >= threshold).sum()) <= 2  # float16 at the threshold
        if iteration > 1:
            page.keyboard.press(",")
            expect(page.locator("#iteration")).to_contain_text(f"{iteration - 1} of 3")
    expect(page.locator("#link-caption")).to_have_text("all c = 1/7")


def test_a_capsule_is_asked_and_its_type_is_silenced(page: Page) -> None:
    asked = _draw_a_digit(page)
    capsule = PRIMARY - 2  # the last type, row 5, column 4
    page.mouse.move(*page.evaluate(_CAPSULE, capsule))
    inspector = page.locator("#inspector")
    expect(inspector).to_contain_text(f"Primary capsule {capsule + 1} of {PRIMARY}")
    expect(inspector).to_contain_text(f"Type {TYPES}, row {GRID}, column {GRID - 1}")
    votes = inspector.locator("figure.votes canvas p")
    expect(votes).to_have_count(CLASSES)
    expect(votes.nth(6)).to_contain_text(CLASS_NAMES[6])
    open_section(page, "tamper")
    expect(page.locator("#kinds button")).to_have_count(TYPES)
    expect(page.locator("#positions button")).to_have_count(GRID * GRID)
    page.locator("#kinds button").nth(TYPES - 1).click()
    until(lambda: "form-data" in asked[-1].headers.get("content-type", ""), "the tampered routing is asked for")
    expect(page.locator("#tampered-text")).to_contain_text(f"{GRID * GRID} capsules silenced")
    at_rest(page)


def test_each_dial_turns_a_number_of_the_pose(page: Page) -> None:
    _draw_a_digit(page)
    trace = _trace_of(page)
    label = int(trace["lengths"][-1].argmax())
    pose = trace["class_capsules"][-1, label]
    reconstruction = page.locator("#reconstruction")
    expect(page.locator("li.dial[data-dimension]")).to_have_count(POSE_DIM)
    assert shows(reconstruction, trace["reconstruction"])
    for number in (1, POSE_DIM):
        before = picture(reconstruction)
        page.locator(f"#dial-{number}").focus()
        for _ in range(4):
            page.keyboard.press("PageUp")
        until(lambda before=before: picture(reconstruction) != before, "the picture follows")  # type: ignore[misc]
        turned = float(page.locator(f"#dial-{number}").input_value())
        assert turned == pytest.approx(0.2, abs=1e-6)
        pose = pose + turned * np.eye(POSE_DIM)[number - 1]
        wanted = drawn_by_server(page, pose, label)
        until(lambda wanted=wanted: shows(reconstruction, wanted), "the picture is the pose's")  # type: ignore[misc]
    page.locator("#reset-dials").click()
    until(lambda: shows(reconstruction, trace["reconstruction"]), "the picture is the first again")


def test_a_key_chooses_a_class_that_is_there_and_no_other(page: Page) -> None:
    _draw_a_digit(page)
    best = int(_trace_of(page)["lengths"][-1].argmax())
    other = (best + 1) % CLASSES
    pressed = page.locator(".class-row[aria-pressed=true] b")
    page.keyboard.press(str(other))
    expect(pressed).to_have_text(CLASS_NAMES[other])
    page.keyboard.press("7")  # there are seven: 0 to 6
    at_rest(page)
    expect(pressed).to_have_text(CLASS_NAMES[other])


def test_every_figure_below_shows_something(page: Page) -> None:
    _draw_a_digit(page)
    for section, canvas in (
        ("votes", "#plane-canvas-1"),
        ("curves", "#curve-lengths"),
        ("how-many", ".iterations-cell .bars"),
        ("matrices", "#matrix"),
        ("masks", ".mask canvas"),
        ("perturbations", ".sweep canvas"),
    ):
        open_section(page, section)
        shown = page.locator(canvas)
        until(lambda shown=shown: ink(shown.first) > 50, f"{section} is drawn")  # type: ignore[misc]
    expect(page.locator(".mask")).to_have_count(CLASSES)
    expect(page.locator(".sweep")).to_have_count(POSE_DIM)
    at_rest(page)


def _draw_a_digit(page: Page) -> list[Request]:
    """Draw on the empty pad; gives the requests for traces, also those that are still to come."""
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if urlsplit(request.url).path == "/api/trace" else None)
    page.goto("/#empty=1")
    draw(page, plain_digit(3).strokes)
    expect(page.locator("#answer")).not_to_have_text("–")
    at_rest(page)
    assert parse_qs(urlsplit(asked[-1].url).query)["model"] == ["small"]
    return asked


def _trace_of(page: Page) -> dict[str, Array]:
    """The drawing on the pad, asked again for numbers that are not shortened."""
    assert "strokes=" in written(page)
    body: dict[str, Any] = page.evaluate(TRACE_OF_PAGE, "/api/trace?iterations=3")
    return {name: np.array(values) for name, values in body["tensors"].items()}
