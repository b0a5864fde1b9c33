"""A second room is its own files and one row: here one about another subject, which the site does not ship."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from server.rooms import ROOMS
from tests.browser.conftest import ROOT, NewPage, Witness, serving
from tests.browser.copied_site import copy_site
from tests.browser.eyes import ink
from tests.browser.waiting import address, at_rest, open_saving, until

FIGURES = ("votes", "procedure", "squash", "curves", "matrices", "tamper", "masks", "reading")
TEMPLATE = """{% extends "shell.html" %}
{% block mark %}{% include "figures/tampered.html" %}{% endblock %}
{% block main %}
{% include "figures/conv1.html" %}
{% include "figures/theatre.html" %}
{% include "figures/transport.html" %}
{% include "figures/inspector.html" %}
{% endblock %}
"""


def test_a_room_about_another_subject_works_without_a_change_of_shared_files(
    new_page: NewPage, witness: Witness, tmp_path: Path
) -> None:
    copy_site(tmp_path)
    script = (ROOT / "tests/js/rooms/second.js").read_text(encoding="utf-8").replace("../../../static/js/", "../")
    (tmp_path / "static/js/rooms/second.js").write_text(script, encoding="utf-8")
    (tmp_path / "templates/rooms/second.html").write_text(TEMPLATE, encoding="utf-8")
    command = ("tests.browser.copied_site", str(tmp_path), f"second:{','.join(FIGURES)}")
    with serving(tmp_path, command=command) as url:
        witness.allow(url)
        page = new_page(base_url=url)
        page.goto("/second#number=1")
        expect(page.locator(".class-row[aria-pressed=true] b")).to_have_text("2")  # the test digit of that number
        assert page.locator("nav.rooms a").all_inner_texts() == [*(room.title for room in ROOMS), "Second"]
        for name in FIGURES:
            figure = page.locator(f"#{name}")
            figure.scroll_into_view_if_needed()
            expect(figure).to_have_attribute("data-ready", "")
        page.locator("#votes").scroll_into_view_if_needed()
        at_rest(page)
        until(lambda: ink(page.locator("#plane-canvas-1")) > 0, "the votes are drawn")
        use_the_shell(page)
        page.close()  # before its server goes


def use_the_shell(page: Page) -> None:
    """Keys, the list of what can be saved, the glossary, and the link."""
    page.evaluate("scrollTo(0, 0)")
    page.keyboard.press(",")
    expect(page.locator("#iteration")).to_have_text("iteration 2 of 3")
    for key in "zcrug":  # nothing of this room
        page.keyboard.press(key)
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    open_saving(page)
    expect(page.locator("#saving li").nth(3)).to_contain_text("Routing, from primary to class capsules")
    page.keyboard.press("Escape")
    until(lambda: "number=1" in address(page) and "at=2" in address(page), "the address holds the state")
    page.reload()
    expect(page.locator("#iteration")).to_have_text("iteration 2 of 3")
