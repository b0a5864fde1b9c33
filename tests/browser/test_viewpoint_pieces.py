"""A digit whose parts are put together wrongly: what every network says of each arrangement, and what is drawn."""

from __future__ import annotations

import re
from dataclasses import asdict
from functools import partial

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from model.data.viewpoints import PIECES, Viewpoint
from tests.browser.asking import Array, pixels_of_digit, tensors_of
from tests.browser.conftest import NewPage
from tests.browser.eyes import shows
from tests.browser.test_accessibility import violations
from tests.browser.waiting import address, open_section, settled, until

FOUR = 4  # a test digit, and what it is
MODEL = "mnist-drawn"
SURE = {MODEL: 0.5, "cnn": 0.9}


def show(page: Page, rest: str = "") -> None:
    page.goto(f"/viewpoint#digit={FOUR}{rest}")
    open_section(page, "pieces")
    expect(page.locator("#pieces-told li").nth(1)).not_to_have_text("")
    settled(page)


def views(page: Page, model: str, rotation: float = 0, query: str = "") -> dict[str, Array]:
    """What the server answers a client that is not the page, of each arrangement."""
    viewpoints = [asdict(Viewpoint(rotation=rotation, pieces=pieces)) for pieces in PIECES]
    body = {"pixels": pixels_of_digit(page, FOUR), "viewpoints": viewpoints}
    return tensors_of(page, f"/api/viewpoints?model={model}{query}", body)


def reader(page: Page, model: str) -> Locator:
    """The part of each arrangement that is about one network."""
    return page.locator(f"#pieces-columns [data-reader='{model}']")


def score(text: str) -> float:
    """A length, or a probability."""
    found = re.search(r"(?P<number>[\d.]+)(?P<percent> %)?\s+(not )?sure", text)
    assert found, text
    return float(found["number"]) / (100 if found["percent"] else 1)


@pytest.mark.parametrize("model", [MODEL, "cnn"])
def test_each_network_says_what_it_reads_and_how_surely(page: Page, model: str) -> None:
    show(page)
    scores = views(page, model)["scores"]
    parts = reader(page, model)
    assert parts.count() == len(PIECES)
    for part, expected in zip(parts.all(), scores, strict=True):
        assert part.locator("b").inner_text() == str(expected.argmax())
        assert score(part.locator(".pieces-said").inner_text()) == pytest.approx(expected.max(), abs=0.011)
        assert (part.locator(".sure").count() == 1) == bool(expected.max() > SURE[model])
    labels, most = scores.argmax(axis=-1), scores.max(axis=-1)
    told = page.locator("#pieces-told li").nth([MODEL, "cnn"].index(model))
    expect(told).to_contain_text(f"also reads {int((labels[1:] == labels[0]).sum())} of the {len(PIECES) - 1} wrong")
    expect(told).to_contain_text(f"sure of {int((most[1:] > SURE[model]).sum())} of the")


def test_the_decoder_draws_each_with_its_error_and_beside_the_test_digits(page: Page) -> None:
    show(page)
    told = views(page, MODEL, query="&include=reconstruction")
    pictures = page.locator("#pieces-columns article > canvas")
    for k, part in enumerate(reader(page, MODEL).all()):
        image, drawn = told["image"][k], told["reconstruction"][k]
        part.locator("canvas").scroll_into_view_if_needed()
        until(partial(shows, part.locator("canvas"), drawn), "what is drawn")
        assert shows(pictures.nth(k), image)
        fit = part.locator(".caption").first
        expect(fit).to_contain_text("of 100 test digits are drawn better")
        found = re.search(r"Σ² = ([\d.]+)", fit.inner_text())
        assert found
        assert float(found[1]) == pytest.approx(float(((image - drawn) ** 2).sum()), abs=0.15)


def test_an_arrangement_is_shown_above_and_turns_with_the_digit(page: Page) -> None:
    show(page, "&view=rotation*30")
    scores = views(page, MODEL, rotation=30)["scores"]
    names = reader(page, MODEL).locator("b").all_inner_texts()
    assert names == [str(label) for label in np.argmax(scores, axis=-1)]
    button = page.get_by_role("button", name="Show above: quarters turned round")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#seen-pieces")).to_have_text("quarters turned round")
    until(lambda: "pieces*quarters" in address(page), "the link holds it")
    assert reader(page, MODEL).locator("b").all_inner_texts() == names


def test_a_phone_shows_all_of_it(new_page: NewPage) -> None:
    page = new_page(has_touch=True, viewport={"width": 390, "height": 844})
    show(page)
    page.locator("[data-pieces='strips']").tap()
    expect(page.locator("[data-pieces='strips']")).to_have_attribute("aria-pressed", "true")
    assert page.locator("#pieces").evaluate("(section) => section.scrollWidth <= section.clientWidth")
    assert violations(page, "#pieces") == []
