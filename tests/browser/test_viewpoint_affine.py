"""Digits made as affNIST is: the pictures, the table and what follows, of what the server tells was measured."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Locator, Page, Route, expect

from model.data.affine import FRAME, ROTATION, SHEAR, STRETCH
from model.explaining.intervals import wilson
from tests.browser.conftest import NewPage
from tests.browser.eyes import ink, picture
from tests.browser.test_accessibility import violations
from tests.browser.waiting import open_saving, open_section, settled, until


def row(architecture: str, unturned: int, affine: int) -> dict[str, Any]:
    return {
        "model": f"{architecture}-40",
        "sha256": "0" * 64,
        "title": "a network",
        "architecture": architecture,
        "parameter_count": 874_762,
        "frame": 6,
        "epochs": 5,
        "trained_by": f"capsnet train --network {architecture}",
        "first_weights": "drawn from the seed",
        "seed": 0,
        "digits": 10_000,
        "unturned": unturned,
        "affine": affine,
        "command": f"capsnet evaluate --affine --model {architecture}-40 --seed 0",
    }


ROWS = [row("cnn-pooling", 9_890, 7_003), row("capsnet", 9_931, 8_123), row("cnn-average", 9_905, 8_090)]


def level(k: int) -> list[list[int]]:
    """A picture of a square, at another place for each class."""
    levels = np.zeros((40, 40), dtype=int)
    levels[10 : 20 + k, 5 : 15 + k] = 255
    found: list[list[int]] = levels.tolist()
    return found


EXAMPLES = [{"index": k, "label": k, "unturned": level(k), "affine": level(9 - k)} for k in range(10)]


def measured(page: Page, rows: list[dict[str, Any]]) -> None:
    """The page hears that these networks were measured."""

    def told(route: Route) -> None:
        route.fulfill(json={"rows": rows, "examples": EXAMPLES if rows else []})

    page.route("**/api/affine-accuracy", told)


def show(page: Page) -> None:
    page.goto("/viewpoint#digit=4")
    open_section(page, "affine")


def cells(page: Page) -> list[list[str]]:
    rows: list[list[str]] = page.locator("#affine-rows tr").evaluate_all(
        "(rows) => rows.map(({ cells }) => [...cells].slice(0, 3).map((cell) => cell.innerText.replace(/\\s+/g, ' ')))"
    )
    return rows


def test_the_table_is_what_was_measured_with_the_papers_numbers_below(page: Page) -> None:
    measured(page, ROWS)
    show(page)
    expect(page.locator("#affine-rows tr")).to_have_count(5)
    found = cells(page)
    assert [cell[0].split(" 874")[0] for cell in found[:3]] == [
        "CapsNet",
        "CNN with 9 × 9 kernels and average pooling",
        "Small CNN with max pooling",
    ]
    for cell, of in zip(found[:3], (ROWS[1], ROWS[2], ROWS[0]), strict=True):
        for text, which, digits in ((cell[1], "unturned", 2), (cell[2], "affine", 1)):
            low, high = wilson(of[which], 10_000)
            assert text == f"{of[which] / 100:.{digits}f} % ({100 * low:.{digits}f} to {100 * high:.{digits}f})"
    assert [(cell[0], cell[1].strip(), cell[2].strip()) for cell in found[3:]] == [
        ("CapsNet, in the paper stopped early", "99.23 %", "79 %"),
        ("CNN with max pooling, in the paper about as many parameters as its CapsNet", "99.22 %", "66 %"),
    ]
    told = page.locator("#affine-findings li")
    expect(told.nth(0)).to_contain_text("This CapsNet reads 81.2 % of the digits made so: 2.2 points more.")
    expect(told.nth(2)).to_contain_text("is not settled: their intervals overlap")
    page.locator("#affine summary").click()
    expect(page.locator("#affine-trained code").nth(0)).to_have_text("capsnet train --network capsnet")


def is_inked(canvas: Locator) -> bool:
    return ink(canvas) > 0


def test_its_pictures_and_dots_are_drawn_also_by_night(page: Page) -> None:
    measured(page, ROWS)
    show(page)
    expect(page.locator("#affine-rows tr")).to_have_count(5)
    for strip in (page.locator("#affine-unturned"), page.locator("#affine-affine")):
        strip.scroll_into_view_if_needed()
        until(partial(is_inked, strip), "a picture of every class")
    dots = page.locator("#affine-rows canvas")
    for k in range(5):
        dots.nth(k).scroll_into_view_if_needed()
        until(partial(is_inked, dots.nth(k)), "a row of dots")
    by_day = picture(dots.nth(0))
    page.emulate_media(color_scheme="dark")
    until(lambda: picture(dots.nth(0)) != by_day, "the dots have the colours of the night")


def test_the_text_tells_the_ranges_of_the_set(page: Page) -> None:
    measured(page, ROWS)
    show(page)
    prose = " ".join(page.locator("#affine .prose").first.inner_text().split())
    side = 28 + 2 * FRAME
    assert f"{side} × {side} pixels" in prose
    assert f"turned by up to {ROTATION:g}°, sheared by up to {SHEAR:g} and stretched by {STRETCH[0]} to" in prose
    assert "They are not affNIST." in prose


def test_networks_that_were_not_measured_are_not_there(page: Page) -> None:
    measured(page, ROWS[:1])
    show(page)
    expect(page.locator("#affine-rows tr")).to_have_count(3)
    assert not re.search("This CapsNet|average", page.locator("#affine-findings").inner_text())


def test_a_server_without_measurements_says_so(page: Page) -> None:
    measured(page, [])
    show(page)
    expect(page.locator("#affine-missing")).to_contain_text("capsnet evaluate --affine")
    expect(page.locator("#affine-place")).to_be_hidden()


def test_a_phone_shows_all_of_it(new_page: NewPage) -> None:
    page = new_page(has_touch=True, viewport={"width": 390, "height": 844})
    measured(page, ROWS)
    show(page)
    expect(page.locator("#affine-rows tr")).to_have_count(5)
    settled(page)
    assert page.locator("#affine").evaluate("(section) => section.scrollWidth <= section.clientWidth")
    assert violations(page, "#affine") == []


def test_it_is_saved_with_its_numbers_and_axis(page: Page, tmp_path: Path) -> None:
    measured(page, ROWS)
    show(page)
    expect(page.locator("#affine-rows tr")).to_have_count(5)
    open_saving(page)
    title = "Turned, sheared and stretched: made as affNIST is"
    with page.expect_download() as download:
        page.locator(f'#saving button[aria-label="{title}, SVG"]').click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    text = path.read_text(encoding="utf-8")
    for part in ("81.2 %", "(80.5 to 82.0)", "CNN with max pooling, in the paper", ">60<", ">100<"):
        assert part in text, part
    assert "capsnet train" not in text, "commands are left out"
