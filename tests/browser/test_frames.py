"""The page inside a page of another site: a notebook, a hub."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage, Witness, serving
from tests.browser.waiting import until


@contextmanager
def other_site(folder: Path) -> Iterator[tuple[str, Path]]:
    """A site of another origin, and its one document. It is served for real: browsers keep others off this machine."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", folder / "hub.html"
        finally:
            server.shutdown()
            thread.join()


def _was_refused(page: Page, witness: Witness) -> bool:
    page.evaluate("true")  # what the console says is heard while the page is asked
    return any("frame-ancestors" in complaint for complaint in witness.complaints)


def test_the_sites_that_are_allowed_show_the_page_in_a_frame_and_no_others(
    new_page: NewPage, witness: Witness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with other_site(tmp_path) as (hub, document), other_site(tmp_path) as (stranger, _):
        monkeypatch.setenv("CAPSNET_FRAME_ANCESTORS", hub)
        with serving(tmp_path) as url:
            document.write_text(f'<iframe src="{url}/#digit=0" width="1280" height="700"></iframe>', encoding="utf-8")
            for site in (url, hub, stranger):
                witness.allow(site)
            page = new_page()
            page.goto(f"{hub}/hub.html")
            expect(page.frame_locator("iframe").locator("#answer")).to_have_text("7")
            witness.complaints.clear()  # an icon that the hub does not have
            page.goto(f"{stranger}/hub.html")
            until(lambda: _was_refused(page, witness), "the browser says why it shows nothing")
            expect(page.frame_locator("iframe").locator("#answer")).to_have_count(0)
            witness.complaints.clear()
            page.close()
