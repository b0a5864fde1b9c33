"""A page that stays open while its site is updated."""

from __future__ import annotations

from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import expect

from tests.browser.conftest import NewPage, Witness, serving
from tests.browser.copied_site import copy_site
from tests.browser.waiting import open_digit


def test_a_page_whose_site_was_updated_says_so_once_and_keeps_the_drawing(
    new_page: NewPage, witness: Witness, tmp_path: Path
) -> None:
    copy_site(tmp_path)
    with serving(tmp_path, command=("tests.browser.copied_site", str(tmp_path))) as url:
        witness.allow(url)
        page = new_page(base_url=url)
        open_digit(page, 3)
        for name in ("charts/matrix.js", "charts/tamper.js"):
            path = tmp_path / "static/js" / name
            path.write_text(path.read_text(encoding="utf-8") + "\nexport const updated = true;\n", encoding="utf-8")
        with urlopen(url) as answer:  # the next visitor gets the new site
            assert answer.status == 200
        for gone in ("matrices", "tamper"):
            page.locator(f"#{gone}").scroll_into_view_if_needed()
            expect(page.locator(f"#{gone}")).to_have_attribute("data-missing", "gone")
            notice = page.locator("#notice-text")
            if gone == "matrices":
                expect(notice).to_contain_text("This site has been updated")
                page.locator("#dismiss").click()
            expect(notice).to_be_hidden()  # it is said once
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.wait_for_timeout(2500)  # longer than the first try again would take
        assert not [address for address in asked if "charts/matrix." in address or "charts/tamper." in address]
        page.close()  # before its server goes
        witness.complaints.clear()  # the browser's own word for the lost scripts


def test_reloading_an_updated_page_brings_the_drawing_and_the_lost_figure(
    new_page: NewPage, witness: Witness, tmp_path: Path
) -> None:
    copy_site(tmp_path)
    with serving(tmp_path, command=("tests.browser.copied_site", str(tmp_path))) as url:
        witness.allow(url)
        page = new_page(base_url=url)
        open_digit(page, 3)
        answer = page.locator("#answer").inner_text()
        path = tmp_path / "static/js/charts/matrix.js"
        path.write_text(path.read_text(encoding="utf-8") + "\nexport const updated = true;\n", encoding="utf-8")
        with urlopen(url):
            pass
        page.locator("#matrices").scroll_into_view_if_needed()
        with page.expect_navigation():
            page.get_by_role("button", name="Reload").click()
        expect(page.locator("#answer")).to_have_text(answer)
        assert "digit=3" in page.url
        page.locator("#matrices").scroll_into_view_if_needed()
        expect(page.locator("#matrices")).to_have_attribute("data-ready", "")
        expect(page.locator("#notice")).to_be_hidden()
        assert all("Failed to load resource" in complaint for complaint in witness.complaints), witness.complaints
        page.close()  # before its server goes
        witness.complaints.clear()  # the browser's own word for the lost script
