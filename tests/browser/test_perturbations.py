"""The paper's Figure 4, below the main figure."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.eyes import ink, picture
from tests.browser.waiting import open_digit, until

COLUMNS = 11


def test_it_is_drawn_once_it_is_looked_at_and_sets_the_dials(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_digit(page)
    sweeps = page.locator("#sweeps canvas")
    assert not any("/api/perturb" in url for url in asked)
    page.locator("#perturbations").scroll_into_view_if_needed()
    expect(sweeps).to_have_count(16)
    until(lambda: all(ink(sweep) > 100 for sweep in sweeps.all()), "all sixteen rows are drawn")
    assert len({picture(sweep) for sweep in sweeps.all()}) == 16
    reconstruction = page.locator("#reconstruction")
    found, mark = picture(reconstruction), page.locator("#sweeps .mark").nth(3)
    expect(mark).not_to_have_class("mark turned")
    choose(page, row=3, column=9)
    expect(page.locator("#dial-4")).to_have_value("0.2")
    expect(mark).to_have_class("mark turned")
    until(lambda: picture(reconstruction) != found, "the reconstruction follows")
    choose(page, row=3, column=5)
    expect(page.locator("#dial-4")).to_have_value("0")
    until(lambda: picture(reconstruction) == found, "the reconstruction is the first again")
    sweeps.nth(3).focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#dial-4")).to_have_value("-0.05")
    until(lambda: picture(reconstruction) != found, "the reconstruction follows the keyboard too")


def choose(page: Page, row: int, column: int) -> None:
    sweep = page.locator("#sweeps canvas").nth(row)
    box = sweep.bounding_box()
    assert box is not None
    sweep.click(position={"x": (column + 0.5) * box["width"] / COLUMNS, "y": box["height"] / 2})


def test_it_follows_the_class_that_is_chosen(page: Page) -> None:
    open_digit(page)
    sweep = page.locator("#sweeps canvas").first
    page.locator("#perturbations").scroll_into_view_if_needed()
    until(lambda: ink(sweep) > 100, "the first row is drawn")
    seven = picture(sweep)
    with page.expect_request("**/api/perturb?*label=0*"):
        page.keyboard.press("0")
    until(lambda: ink(sweep) > 100 and picture(sweep) != seven, "the row of a 0 is drawn")
