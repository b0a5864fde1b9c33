"""A link holds the whole state."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage, Witness
from tests.browser.eyes import picture
from tests.browser.pens import draw, plain_digit
from tests.browser.test_asking import place_of
from tests.browser.waiting import address, at_rest, open_digit, until

CANVASES = ["#pad", "#sees", "#conv1", "#primary", "#links", "#reconstruction", "#original", "#difference"]
KEPT = ["strokes", "iterations", "at", "above", "class", "capsule", "dials", "length", "reach"]


def set_everything(page: Page) -> None:
    draw(page, plain_digit(2).strokes)
    at_rest(page)
    page.locator("#iterations").select_option("4")
    expect(page.locator("#scrub")).to_have_attribute("max", "4")
    at_rest(page)
    page.locator(".class-row[data-label='3']").click()
    page.locator("#dial-reach").click()
    expect(page.locator("#dial-1")).to_have_attribute("max", "0.5")
    page.locator("#dial-1").fill("0.25")
    page.locator("#dial-16").fill("-0.375")
    page.locator("#dial-length").fill("0.9")
    page.locator("#step-back").click()
    page.locator("#threshold").fill("0.3")
    page.mouse.click(*place_of(page, 321))
    page.mouse.move(1, 1)
    at_rest(page)


def test_a_link_restores_everything(new_page: NewPage) -> None:
    page, other = new_page(), new_page()
    open_digit(page)
    set_everything(page)
    until(lambda: all(f"{key}=" in address(page) for key in KEPT), f"the link holds {KEPT}")
    other.goto(address(page))
    expect(other.locator("#answer")).to_have_text("2")
    at_rest(other)
    expect(other.locator("#iteration")).to_contain_text("iteration 3 of 4")
    expect(other.locator("#dials-class")).to_have_text("3")
    expect(other.locator("#threshold-value")).to_have_text("0.090")
    expect(other.locator("#inspector")).to_contain_text("Primary capsule 322 of 1,152")
    assert dials(other) == dials(page)
    assert dials(page)[0] == "0.25"
    for canvas in CANVASES:
        until_same(page, other, canvas)
    links = other.locator("#links")
    assert links.get_attribute("data-links") == page.locator("#links").get_attribute("data-links") == "10"
    until(lambda: address(other) == address(page), "the link stays as it is")


def until_same(page: Page, other: Page, canvas: str) -> None:
    until(lambda: picture(other.locator(canvas)) == picture(page.locator(canvas)), f"{canvas} is the same")


def dials(page: Page) -> list[str]:
    return [dial.input_value() for dial in page.locator("#dials input").all()]


def test_links_are_as_many_in_the_restored_page(new_page: NewPage) -> None:
    """Without a capsule that is looked at, as with one only ten links are shown."""
    page, other = new_page(), new_page()
    open_digit(page, 18, "&at=2&above=0.102&class=8&dials=10.0.0.0.0.0.0.0.0.0.0.0.0.0.0.-20")
    other.goto(address(page))
    expect(other.locator("#answer")).to_have_text(page.locator("#answer").inner_text())
    at_rest(other)
    for canvas in CANVASES:
        until_same(page, other, canvas)
    assert int(page.locator("#links").get_attribute("data-links") or 0) > 10


def test_a_link_opened_in_the_same_page_replaces_what_was_there(page: Page) -> None:
    open_digit(page, 0, "&class=3&dials=10.0.0.0.0.0.0.0.0.0.0.0.0.0.0.-20")
    page.evaluate("location.hash = '#digit=1'")
    expect(page.locator("#answer")).to_have_text("2")
    expect(page.locator("#dials-class")).to_have_text("2")
    expect(page.locator("#reset-dials")).to_be_disabled()


def test_a_link_to_a_network_that_is_not_here_is_answered_by_another_and_says_so(page: Page, witness: Witness) -> None:
    open_digit(page, 0)
    for name in ("elsewhere", "multimnist"):  # which is here, and sees two digits
        page.evaluate(f"location.hash = '#digit=1&model={name}'")
        expect(page.locator("#notice")).to_contain_text(
            f"This page has no network “{name}”; mnist-drawn answers instead."
        )
        expect(page.locator("#answer")).to_have_text("2")
        expect(page.locator("#model")).to_have_value("mnist-drawn")
    page.locator("#model").select_option("mnist")
    expect(page.locator("#notice")).to_be_hidden()
    until(lambda: page.evaluate("location.hash").endswith("model=mnist"), "the link names the network that was chosen")
    at_rest(page)
    witness.complaints.clear()


def test_a_missing_network_is_not_asked_for_once_the_networks_are_known(page: Page, witness: Witness) -> None:
    open_digit(page, 1)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("location.hash = '#digit=2&model=no'")
    expect(page.locator("#notice")).to_contain_text("This page has no network “no”")
    at_rest(page)
    assert any("model=mnist-drawn" in url for url in asked)
    assert not any("model=no" in url for url in asked)
    assert not witness.complaints


def test_a_broken_link_still_opens_the_page(page: Page, witness: Witness) -> None:
    page.goto(
        "/#strokes=!!&digit=x&pixels=abc&pen=thick&iterations=many&at=&above=x&class=-&capsule=z&dials=1.2&model=no"
    )
    expect(page.locator("#answer")).to_have_text("7")
    expect(page.locator("#scrub")).to_have_attribute("max", "3")
    expect(page.locator("#notice")).to_contain_text("This page has no network “no”; mnist-drawn answers instead.")
    at_rest(page)
    page.locator("#dismiss").click()
    expect(page.locator("#notice")).to_be_hidden()
    assert all("404" in complaint for complaint in witness.complaints)  # for the model that is not there
    witness.complaints.clear()
