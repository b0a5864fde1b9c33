"""How a page starts: what a reload asks for, the theme from the first paint on, and what is said where it fails."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import NewPage, Witness
from tests.browser.eyes import distance
from tests.browser.network import Network
from tests.browser.test_layout import background
from tests.browser.waiting import at_rest, open_digit, open_section, until, until_held

MOST_REQUESTS = 10
ENTRY = "**/static/js/rooms/explore.*js"
DEEP = "**/static/js/shell/store.*js"  # which the entry imports
STARTED = "performance.getEntriesByName('capsnet:interactive').length > 0"


def test_a_reload_asks_for_the_document_and_the_answers_and_no_file(page: Page) -> None:
    network = Network(page)
    open_digit(page)
    assert len([path for path in network.paths if path.startswith("/static/")]) > 80  # so they are counted at all
    network.forget()
    page.reload()
    expect(page.locator("#answer")).to_have_text("7")
    at_rest(page)
    asked = {"/", "/api/models", "/api/trace"}
    until(lambda: bool(page.evaluate("true")) and asked <= set(network.paths), "the browser has told of these")
    assert len(network.paths) <= MOST_REQUESTS
    assert [path for path in network.paths if path.startswith("/static/")] == []
    assert network.bytes_of("/") < 1000  # the document has not changed


@pytest.mark.parametrize(("chosen", "system"), [("dark", "light"), ("light", "dark")])
def test_a_chosen_theme_is_there_before_any_script_of_the_room(new_page: NewPage, chosen: str, system: str) -> None:
    page, other = new_page(color_scheme=system), new_page(color_scheme=chosen)
    page.add_init_script(f"localStorage.setItem('theme', '{chosen}')")
    held: list[Route] = []
    page.route(ENTRY, lambda route: held.append(route))  # the room's script does not come for now
    for each in (page, other):
        each.goto("/", wait_until="commit")
        expect(each.locator("#help")).to_be_attached()
    until(lambda: bool(page.evaluate("document.styleSheets.length > 10")), "the sheets have come")
    until_held(page, held)
    assert not page.evaluate(STARTED)
    assert page.evaluate("document.documentElement.dataset.theme") == chosen
    assert page.locator('meta[name="color-scheme"]').get_attribute("content") == chosen
    assert distance(background(page), background(other)) == 0
    for route in held:
        route.continue_()
    until(lambda: bool(page.evaluate(STARTED)), "the room has started")
    assert distance(background(page), background(other)) == 0


def test_a_browser_that_keeps_nothing_starts_all_the_same(page: Page) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    open_digit(page)
    assert page.evaluate("document.documentElement.dataset.theme") is None
    expect(page.locator("#not-started")).to_be_hidden()


@pytest.mark.parametrize("lost", [ENTRY, DEEP])
@pytest.mark.parametrize("how", ["no connection", "not there", "not a script"])
def test_a_script_that_does_not_come_is_told_and_trying_again_helps(
    page: Page, witness: Witness, lost: str, how: str
) -> None:
    def answer(route: Route) -> None:
        if how == "no connection":
            route.abort()
        elif how == "not there":
            route.fulfill(status=404, body="{}", content_type="application/json")
        else:
            route.fulfill(body="export const = ;", content_type="text/javascript")

    page.route(lost, answer)
    page.goto("/")
    told = page.locator("#not-started")
    expect(told).to_be_visible()
    expect(told).to_contain_text("could not be loaded")
    assert not page.evaluate(STARTED)
    page.unroute(lost)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#answer")).to_have_text("7")
    expect(told).to_be_hidden()
    witness.complaints.clear()  # the browser's own word for the lost script


def test_a_lost_style_sheet_is_told_even_though_the_room_starts(page: Page, witness: Witness) -> None:
    page.route("**/static/css/figures/theatre.*css", lambda route: route.abort())
    open_digit(page)
    expect(page.locator("#not-started")).to_contain_text("could not be loaded")
    witness.complaints.clear()


def test_a_room_that_takes_long_says_so_until_it_starts(page: Page) -> None:
    page.add_init_script(
        "const real = setTimeout; setTimeout = (act, wait, ...rest) => real(act, wait === 20_000 ? 0 : wait, ...rest)"
    )
    held: list[Route] = []
    page.route(ENTRY, lambda route: held.append(route))
    page.goto("/", wait_until="commit")
    told = page.locator("#not-started")
    expect(told).to_contain_text("has not started yet")
    until_held(page, held)
    for route in held:
        route.continue_()
    expect(page.locator("#answer")).to_have_text("7")
    expect(told).to_be_hidden()


def test_a_browser_that_is_too_old_is_told_what_it_takes(page: Page) -> None:
    page.add_init_script("HTMLScriptElement.supports = () => false")
    page.goto("/")
    expect(page.locator("#not-started")).to_contain_text("needs a newer browser")


def test_the_page_works_under_a_prefix_that_a_proxy_takes_away(page: Page) -> None:
    prefix = "/proxy/8000/"
    asked: list[str] = []
    sockets: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.route(f"**{prefix}**", lambda route: route.continue_(url=route.request.url.replace(prefix, "/", 1)))
    page.route_web_socket("**/api/dials*", lambda socket: sockets.append(urlsplit(socket.url).path))
    page.goto(f"{prefix}#digit=0")
    expect(page.locator("#answer")).to_have_text("7")
    open_section(page, "matrices")  # its scripts are imported later
    page.locator("#dial-1").press("ArrowRight")  # asks over the socket
    at_rest(page)
    until(lambda: bool(page.evaluate("true") and sockets), "the socket was opened")
    assert len(asked) > 80
    assert [path for path in asked if not path.startswith(prefix)] == []
    assert sockets == [f"{prefix}api/dials"]


def test_every_figure_has_an_address_that_is_shown_to_who_asks(page: Page) -> None:
    open_digit(page)
    sections = page.locator("section.below")
    assert sections.count() >= 10
    for section in sections.all():
        name = section.get_attribute("id")
        link = section.get_by_role("link", name="Link to this figure")
        assert link.get_attribute("href") == f"#{name}"
        assert section.get_by_role("heading").first.inner_text() == section.locator("h2").inner_text()
    section = page.locator("#votes")
    link = section.get_by_role("link", name="Link to this figure")
    opacity = "(link) => Number(getComputedStyle(link).opacity)"
    section.scroll_into_view_if_needed()
    at_rest(page)
    page.mouse.move(0, 0)
    assert link.evaluate(opacity) == 0
    section.locator("h2").hover()
    assert link.evaluate(opacity) == 1
    box = link.bounding_box()
    assert box is not None
    assert box["x"] >= 0  # in sight, beside the heading
    page.mouse.move(0, 0)
    link.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert link.evaluate(opacity) == 1
