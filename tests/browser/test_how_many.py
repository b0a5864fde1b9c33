"""How many iterations: ten routings of one drawing side by side, held against ten questions to the server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, Request, Route, expect

from model.explaining.study import IterationStudy
from tests.browser.asking import trace_of_digit
from tests.browser.eyes import cells, colour, ink, length_of, mix
from tests.browser.pens import draw, plain_digit
from tests.browser.pretending import measured_is
from tests.browser.waiting import at_rest, open_digit, open_section, until

DIGIT = 18
TEN = range(1, 11)
STUDY = IterationStudy(
    trained_with=3,
    digits=10_000,
    errors=[0.9, 0.7, *[0.5] * 8],
    winning_lengths=[0.3, *[0.9] * 9],
    entropies=[3.32, *[3.1] * 9],
)


@pytest.fixture
def studied(page: Page) -> Iterator[Page]:
    """A page that is told these figures, whatever ships."""

    def told(route: Route) -> None:
        (model,) = parse_qs(urlsplit(route.request.url).query)["model"]
        command = f"capsnet study-iterations --model {model}"
        route.fulfill(json={**asdict(STUDY), "command": command, "made_with": "a test", "model": model})

    measured_is(page, "iterations", "dimensions", "gauge")
    page.route("**/api/iterations?model=*", told)
    yield page
    page.unroute_all(behavior="wait")


def show(page: Page, rest: str = "") -> None:
    open_digit(page, DIGIT, rest)
    open_section(page, "how-many")
    expect(page.locator(".iterations-cell").first).to_contain_text("reads")
    at_rest(page)


def figures(page: Page) -> list[list[float]]:
    """Of each cell: the answer, the length, the lead, the entropy."""
    numbers = page.locator(".iterations-cell").evaluate_all("""(cells) => cells.map((cell) =>
      [...cell.querySelectorAll(".read b, .figure-line span")].map((number) => number.textContent))""")
    return [[length_of(number.replace("−", "-")) for number in found] for found in numbers]


def test_each_number_of_iterations_shows_its_own_routing(studied: Page) -> None:
    page = studied
    show(page)
    shown = figures(page)
    assert len(shown) == 10
    for r in TEN:
        trace = trace_of_digit(page, DIGIT, r)
        last = np.sort(trace.lengths[-1])
        c = trace.coupling_coefficients[-1]
        expected = [trace.label, last[-1], last[-1] - last[-2], -(c * np.log2(c)).sum(axis=1).mean()]
        np.testing.assert_allclose(shown[r - 1], expected, atol=0.006, err_msg=f"r = {r}")
    for canvas in page.locator(".iterations-cell canvas").all():
        assert ink(canvas) > 50


def test_each_picture_is_what_the_server_draws_from_the_answers_capsule(studied: Page) -> None:
    page = studied
    show(page)
    surface, dark = colour(page, "surface"), colour(page, "ink")
    pixels = page.request.get(f"/api/digits/{DIGIT}").json()["pixels"]
    for r in (1, 4, 10):
        answer = page.request.post(
            f"/api/trace?iterations={r}", data={"pixels": pixels}, headers={"Accept": "application/json"}
        ).json()
        values = np.array(answer["tensors"]["reconstruction"]).ravel()
        shown = cells(page.locator(".iterations-cell .picture").nth(r - 1), 28, 28)
        expected = [mix(surface, dark, float(value)) for value in values]
        assert np.abs(np.array(shown) - np.array(expected)).max() <= 4, f"r = {r}"  # float16, and 256 colours


def test_one_question_suffices_and_none_is_asked_unseen(studied: Page) -> None:
    page = studied
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))

    def of_ten() -> int:
        return sum("iterations=10" in request.url for request in asked)

    open_digit(page, DIGIT)
    assert of_ten() == 0
    open_section(page, "how-many")
    expect(page.locator(".iterations-cell").first).to_contain_text("reads")
    page.locator(".iterations-cell").nth(4).click()
    expect(page.locator(".iterations-cell").nth(4)).to_have_attribute("aria-pressed", "true")
    at_rest(page)
    assert of_ten() == 1  # the number of iterations in the theatre changes none of it


def test_a_chosen_number_is_what_the_theatre_shows(studied: Page) -> None:
    page = studied
    show(page)
    chosen = page.locator(".iterations-cell[aria-pressed=true]")
    expect(chosen).to_have_count(1)
    expect(chosen).to_contain_text("R = 3")
    page.locator(".iterations-cell").nth(5).focus()
    page.keyboard.press("Enter")
    expect(chosen).to_contain_text("R = 6")
    expect(page.locator("#iteration")).to_have_text("iteration 6 of 6")
    expect(page.locator("#iterations")).to_have_value("6")


def test_a_new_drawing_is_routed_anew(studied: Page) -> None:
    page = studied
    show(page)
    before = figures(page)
    draw(page, plain_digit(3).strokes)
    expect(page.locator("#answer")).to_have_text("3")
    open_section(page, "how-many")
    until(lambda: figures(page) != before, "the new drawing's figures stand there")
    expect(page.locator(".iterations-compared")).not_to_have_class(re.compile("behind"))
    assert figures(page)[2][0] == 3


def test_the_study_is_drawn_with_this_drawing_over_it(studied: Page) -> None:
    page = studied
    show(page)
    for name, values in (
        ("errors", STUDY.errors),
        ("lengths", STUDY.winning_lengths),
        ("entropies", STUDY.entropies),
    ):
        canvas = page.locator(f"#study-{name}")
        expect(canvas).to_have_attribute("aria-label", re.compile(", ".join(f"{value:.2f}" for value in values)))
        assert ink(canvas) > 200
    own = ", ".join(f"{row[1]:.2f}" for row in figures(page))
    expect(page.locator("#study-lengths")).to_have_attribute("aria-label", re.compile(f"of your drawing: {own}"))
    expect(page.locator("#study-digits")).to_have_text("10,000")
    expect(page.locator("#study-trained")).to_have_text("3")
    expect(page.locator("#study-best")).to_contain_text("with 3, as in training, 0.50 %. The lowest error is at 3")


def test_without_a_study_the_page_says_what_makes_one_and_does_not_ask(page: Page) -> None:
    measured_is(page, "dimensions", "gauge")
    page.route("**/api/iterations?model=*", lambda route: route.abort())  # the console would tell
    show(page, "&model=mnist")
    expect(page.locator("#study-missing")).to_contain_text("capsnet study-iterations --model mnist")
    expect(page.locator("#iterations-study")).to_be_hidden()


def test_what_is_asked_for_is_the_model_on_the_page(page: Page) -> None:
    with page.expect_request("**/api/iterations?model=mnist") as asked:
        show(page, "&model=mnist")
    response = asked.value.response()
    assert response is not None
    assert response.ok
    expect(page.locator("#study-errors")).to_have_attribute("aria-label", re.compile(r"\d\.\d\d"))
