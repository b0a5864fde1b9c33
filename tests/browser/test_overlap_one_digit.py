"""The sum of a pair in a network that has never seen two digits, held against the server's own answer."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from playwright.sync_api import Page, expect

from model.data.pairs import lay
from tests.browser.asking import Array, pixels_of_digit
from tests.browser.conftest import Witness
from tests.browser.eyes import cells, colour, distance, ink, length_of, mix, picture
from tests.browser.waiting import open_section, settled, until

ONE_DIGIT = "mnist-drawn"  # the default
PAIR = [(8, (1, -3)), (0, (-1, 3))]  # a five over a seven


def fragment(pair: list[tuple[int, tuple[int, int]]]) -> str:
    return "&".join(f"{key}={index}@{down}.{right}" for key, (index, (down, right)) in zip("ab", pair, strict=False))


def open_figure(page: Page, pair: list[tuple[int, tuple[int, int]]]) -> None:
    page.goto(f"/overlap#{fragment(pair)}")
    expect(page.locator("#overlap-told")).not_to_be_empty()
    settled(page)
    open_section(page, "one-digit")
    expect(page.locator("#one-digit-answer-sum")).not_to_have_text("–")
    settled(page)


def by_area(image: Array, side: int) -> Array:
    """A square picture with `side` pixels a side, each the mean of the area that it covers."""
    fine = np.kron(image, np.ones((side, side)))
    step = len(image)
    scaled: Array = fine.reshape(side, step, side, step).mean(axis=(1, 3))
    return scaled


def pictures_of(page: Page, pair: list[tuple[int, tuple[int, int]]]) -> list[Array]:
    """The sum and both layers, each 28 x 28."""
    digits = np.array([pixels_of_digit(page, index) for index, _ in pair], dtype=np.float32)
    laid = lay(digits, np.array([offset for _, offset in pair]), 36)
    return [by_area(np.asarray(image, dtype=np.float64), 28) for image in (laid.image, *laid.layers)]


def answer_of(page: Page, image: Array) -> dict[str, Any]:
    """What the server reads, draws and doubts in a picture that it takes as it is."""
    pixels = np.clip(image, 0, 1).tolist()
    told: dict[str, Any] = page.request.post(f"/api/classify?model={ONE_DIGIT}", data={"pixels": pixels}).json()
    trace = page.request.post(
        f"/api/trace?model={ONE_DIGIT}", data={"pixels": pixels}, headers={"Accept": "application/json"}
    ).json()
    drawn = np.array(trace["tensors"]["reconstruction"])
    return {**told, "drawn": drawn, "error": float(((drawn - image) ** 2).sum())}


def shows(page: Page, canvas: str, values: Array) -> bool:
    """Whether a canvas shows a picture, but for what f16 takes away."""
    surface, dark = colour(page, "surface"), colour(page, "ink")
    wanted = [mix(surface, dark, value) for value in values.ravel().tolist()]
    found = cells(page.locator(canvas), *values.shape[::-1])
    return all(distance(*both) <= 4 for both in zip(found, wanted, strict=True))


def numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"\d+\.\d+", text)]


def test_the_sum_and_each_digit_are_read_smaller_where_they_lie(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/overlap#{fragment(PAIR)}")
    expect(page.locator("#overlap-told")).to_contain_text("ink")
    settled(page)
    assert not any(f"trace?model={ONE_DIGIT}" in url for url in asked), "not before it is looked at"
    open_figure(page, PAIR)
    assert sum(f"trace?model={ONE_DIGIT}" in url for url in asked) == 3
    expect(page.locator("#one-digit-name")).to_have_text(ONE_DIGIT)
    expect(page.locator("#one-digit-size")).to_have_text("28 × 28")
    answers = []
    for key, image in zip(("sum", "a", "b"), pictures_of(page, PAIR), strict=True):
        answer = answer_of(page, image)
        answers.append(answer)
        expect(page.locator(f"#one-digit-answer-{key}")).to_have_text(str(answer["label"]))
        length = page.locator(f"#one-digit-length-{key}").inner_text().split("= ")[-1]
        assert abs(length_of(length) - max(answer["lengths"])) < 0.011
        (error,) = numbers(page.locator(f"#one-digit-error-{key}").inner_text())
        assert abs(error - answer["error"]) < 0.2
        is_bad = "fits_badly" in answer["doubts"]
        expect(page.locator(f"#one-digit-fit-{key}")).to_contain_text("fits badly" if is_bad else "fits ")
        assert page.locator(f"#one-digit-fit-{key}.bad").count() == int(is_bad)
        assert shows(page, f"#one-digit-saw-{key}", image)
        assert shows(page, f"#one-digit-drew-{key}", answer["drawn"])
    assert [answers[1]["label"], answers[2]["label"]] == [5, 7]
    assert "fits_badly" in answers[0]["doubts"]
    told = page.locator("#one-digit-so").inner_text()
    assert "Neither of the two" in told if answers[0]["label"] not in (5, 7) else "one of the two" in told
    assert "The reconstruction error is the warning" in told
    assert "A is read as 5 and B as 7" in told


def test_the_lengths_of_both_networks_stand_beside_each_other(page: Page) -> None:
    open_figure(page, PAIR)
    images = pictures_of(page, PAIR)
    one = answer_of(page, images[0])["lengths"]
    digits = [{"pixels": pixels_of_digit(page, index), "offset": list(offset)} for index, offset in PAIR]
    pair = page.request.post("/api/classify?model=multimnist", data={"layers": digits}).json()["lengths"]
    for canvas, lengths in (("#one-digit-bars", one), ("#one-digit-pairs", pair)):
        said = page.locator(canvas).get_attribute("aria-label") or ""
        np.testing.assert_allclose(numbers(said), lengths, atol=0.011)
        assert ink(page.locator(canvas)) > 500
    first, second = colour(page, "first"), colour(page, "second")
    strip = cells(page.locator("#one-digit-pairs"), 10, 24)
    for label, wanted in ((5, first), (7, second)):
        assert any(distance(strip[row * 10 + label], wanted) <= 3 for row in range(24)), f"{label} has its colour"


def test_the_error_stands_on_the_gauge(page: Page) -> None:
    open_figure(page, PAIR)
    error = answer_of(page, pictures_of(page, PAIR)[0])["error"]
    quantiles = page.request.get(f"/api/gauge?model={ONE_DIGIT}").json()["quantiles"]
    said = page.locator("#one-digit-gauge").get_attribute("aria-label") or ""
    np.testing.assert_allclose(numbers(said), [error, quantiles[50], quantiles[99]], atol=0.2)
    assert ink(page.locator("#one-digit-gauge")) > 300


def test_another_pair_is_read_anew_and_one_digit_alone_once(page: Page) -> None:
    open_figure(page, PAIR)
    before = picture(page.locator("#one-digit-saw-sum"))
    page.evaluate(f"location.hash = '#{fragment([(8, (0, 0))])}'")
    expect(page.locator("#one-digit-b")).to_be_hidden()
    settled(page)
    assert picture(page.locator("#one-digit-saw-sum")) != before
    expect(page.locator("#one-digit-a")).to_be_hidden()
    expect(page.locator("#one-digit-so")).to_contain_text("There is one digit in the picture")
    expect(page.locator("#one-digit-answer-sum")).to_have_text("5")


def test_what_does_not_come_is_told(page: Page, witness: Witness) -> None:
    refusal = {"error": {"code": "internal", "message": "the network stumbled"}}
    page.route(f"**/api/trace?model={ONE_DIGIT}*", lambda call: call.fulfill(status=500, json=refusal))
    page.goto(f"/overlap#{fragment(PAIR)}")
    expect(page.locator("#overlap-told")).to_contain_text("ink")
    open_section(page, "one-digit")
    trouble = page.locator("[data-trouble='one-digit']")
    expect(trouble).to_contain_text("the network stumbled")
    settled(page)
    until(lambda: page.evaluate("true") and len(witness.complaints) == 3, "the browser tells of each refusal")
    witness.complaints.clear()
