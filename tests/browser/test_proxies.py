"""The page behind a proxy: under a path prefix, and while the proxy finds no server."""

from __future__ import annotations

import time

from playwright.sync_api import Page, WebSocket, expect

from tests.browser.conftest import NewPage, Witness
from tests.browser.eyes import picture
from tests.browser.test_trouble import draw_a_three_offline, forgive_the_lost_requests
from tests.browser.waiting import at_rest
from tests.proxies import Proxy, proxied

PREFIX = "/user/ann/proxy/8000"
AWAY_SECONDS = 3


def opened(proxy: Proxy, new_page: NewPage, witness: Witness, path: str = "") -> Page:
    witness.allow(proxy.url)
    page = new_page(base_url=proxy.url)
    if path:
        page.goto(proxy.url + path)
    return page


def test_the_page_works_below_any_prefix(server_url: str, new_page: NewPage, witness: Witness) -> None:
    """Its files, its questions and its dials; the proxy refuses whatever is asked for outside."""
    with proxied(server_url, PREFIX) as proxy:
        page = opened(proxy, new_page, witness)
        answers: list[str] = []

        def watch(socket: WebSocket) -> None:
            socket.on("framereceived", lambda _: answers.append(socket.url.partition("?")[0]))

        page.on("websocket", watch)
        page.goto(f"{proxy.url}#digit=0&reach=wide")
        expect(page.locator("#answer")).to_have_text("7")
        at_rest(page)
        reconstruction, dial = page.locator("#reconstruction"), page.locator("#dial-3")
        for turn in range(1, 20):  # until the socket is open, dials are answered by POST
            before = picture(reconstruction)
            dial.fill(f"{0.4 * (-1) ** turn}")
            at_rest(page)
            assert picture(reconstruction) != before
            if answers:
                break
        assert set(answers) == {f"ws://127.0.0.1:{proxy.port}{PREFIX}/api/dials"}
        assert not [path for path in proxy.seen if not path.startswith(PREFIX)]


def test_while_a_proxy_finds_no_server_the_drawing_is_kept_and_asked_about_again(
    server_url: str, new_page: NewPage, witness: Witness
) -> None:
    """For three seconds all answers are 502 with a page of the proxy's. Nothing of that is shown."""
    with proxied(server_url, PREFIX) as proxy:
        page = opened(proxy, new_page, witness, "#digit=0")
        expect(page.locator("#answer")).to_have_text("7")
        at_rest(page)
        proxy.away.set()
        begun = time.monotonic()
        draw_a_three_offline(page)
        notice = page.locator("#notice-text").inner_text()
        assert "502" not in notice
        assert "Gateway" not in notice
        page.wait_for_timeout(max(0, 1000 * (AWAY_SECONDS - time.monotonic() + begun)))
        proxy.away.clear()
        expect(page.locator("#answer")).to_have_text("3")
        expect(page.locator("#notice")).to_be_hidden()
    forgive_the_lost_requests(witness)
