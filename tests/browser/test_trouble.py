"""When the server goes away, and comes back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import NewPage, Witness, serving
from tests.browser.eyes import ink, picture
from tests.browser.pens import draw, plain_digit
from tests.browser.waiting import at_rest, open_digit, until_held


def test_without_a_server_the_drawing_is_kept_and_read_when_one_is_back(
    new_page: NewPage, witness: Witness, tmp_path: Path
) -> None:
    with ExitStack() as server:
        url = server.enter_context(serving(tmp_path))
        witness.allow(url)
        page = new_page(base_url=url)
        open_digit(page)
        server.close()
        draw_a_three_offline(page)
        with serving(tmp_path, urlsplit(url).port or 0):
            expect(page.locator("#answer")).to_have_text("3")
            expect(page.locator("#notice")).to_be_hidden()
            at_rest(page)
            reconstruction = page.locator("#reconstruction")
            assert ink(reconstruction) > 100
    forgive_the_lost_requests(witness)


def test_without_a_server_the_dials_are_kept_and_drawn_when_one_is_back(
    new_page: NewPage, witness: Witness, tmp_path: Path
) -> None:
    with ExitStack() as server:
        url = server.enter_context(serving(tmp_path))
        witness.allow(url)
        page = new_page(base_url=url)
        open_digit(page, rest="&reach=wide")
        at_rest(page)
        reconstruction, dial = page.locator("#reconstruction"), page.locator("#dial-3")
        before = picture(reconstruction)
        server.close()
        dial.fill("0.4")
        expect(page.locator("#notice-text")).to_contain_text("dials are kept")
        with serving(tmp_path, urlsplit(url).port or 0):
            expect(page.locator("#notice")).to_be_hidden()
            at_rest(page)
            expect(dial).to_have_value("0.4")
            assert picture(reconstruction) != before
    forgive_the_lost_requests(witness)


def forgive_the_lost_requests(witness: Witness) -> None:
    """The browser notes each request that found no server, and nothing else may have gone wrong."""
    expected = ("Failed to load resource", "WebSocket connection")
    assert all(complaint.startswith(expected) for complaint in witness.complaints), witness.complaints
    witness.complaints.clear()


def draw_a_three_offline(page: Page) -> None:
    page.locator("#clear").click()
    draw(page, plain_digit(3).strokes)
    notice, pad = page.locator("#notice"), page.locator("#pad")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text("does not answer")
    expect(notice).to_contain_text("drawing is kept")
    drawn = picture(pad)
    assert ink(pad) > 100
    expect(page.locator("#answer")).to_have_text("–")
    assert picture(pad) == drawn


# What may stand in place of an answer: proxies, a portal of a hotel, a line that breaks.
IN_PLACE: list[dict[str, Any]] = [
    {"status": 502, "body": "<html><h1>Bad Gateway</h1></html>", "content_type": "text/html"},
    {"status": 503, "json": {"message": "no upstream"}},
    {"status": 504, "body": ""},
    {"status": 429, "body": "slow down", "content_type": "text/plain"},
    {"status": 200, "body": "<html><form>Log in</form></html>", "content_type": "text/html"},
    {"status": 200, "body": "", "content_type": "application/octet-stream"},
    {},
]


def standing_in(answer: dict[str, Any]) -> Callable[[Route], None]:
    return lambda route: route.fulfill(**answer) if answer else route.abort()


def test_whatever_stands_in_an_answers_place_is_told_in_one_sentence(page: Page, witness: Witness) -> None:
    open_digit(page)
    notice = page.locator("#notice-text")
    for k, instead in enumerate(IN_PLACE):
        page.route("**/api/trace*", standing_in(instead))
        page.locator("#iterations").select_option(str(4 + k % 2))
        expect(notice).to_have_text("The server does not answer. Your drawing is kept; trying again.")
        page.unroute("**/api/trace*")
        expect(page.locator("#notice")).to_be_hidden()
        expect(page.locator("#iteration")).to_contain_text(f"of {4 + k % 2}")
    forgive_the_lost_requests(witness)


def test_an_answer_that_never_was_a_trace_is_an_error_in_words(page: Page, witness: Witness) -> None:
    open_digit(page)
    message = "the network is on fire"
    page.route(
        "**/api/trace*", lambda route: route.fulfill(status=500, json={"error": {"code": "x", "message": message}})
    )
    page.locator("#iterations").select_option("4")
    expect(page.locator("#notice-text")).to_have_text(message)
    page.unroute("**/api/trace*")
    page.locator("#iterations").select_option("5")
    expect(page.locator("#notice")).to_be_hidden()
    expect(page.locator("#iteration")).to_contain_text("of 5")
    witness.complaints.clear()  # the browser notes the 500


def test_while_the_first_answer_is_awaited_the_page_says_so(page: Page) -> None:
    held: list[Route] = []
    page.route("**/api/trace*", lambda route: held.append(route))  # Playwright writes on its handlers
    page.goto("/#digit=0")
    expect(page.locator("#certainty")).to_contain_text("reading")
    expect(page.locator("#inspector")).to_contain_text("Reading")
    expect(page.locator("#play")).to_be_disabled()
    until_held(page, held)
    held[0].continue_()
    expect(page.locator("#answer")).to_have_text("7")
