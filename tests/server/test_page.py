"""The rooms' documents: what follows from a row, which files they name, and that these come."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest
from fastapi.testclient import TestClient

from server.app import create_app
from server.rooms import ROOMS, Room
from server.settings import Settings
from server.web.site import Site

ORIGIN = "http://testserver"
TINY = Room("tiny", "/wing/tiny", "Tiny", "One <figure>.", "rooms/tiny.html", "rooms/tiny.js", ("dot",))


class Elements(HTMLParser):
    """The elements of a document, with the text that stands directly in each script and title."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.all: list[tuple[str, dict[str, str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        if self.all and self.all[-1][0] in {"script", "title"}:
            self.all[-1][1].setdefault("text", data)

    def of(self, tag: str, **attributes: str) -> list[dict[str, str]]:
        return [found for name, found in self.all if name == tag and attributes.items() <= found.items()]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """The site that ships, and a tiny room with one figure beside it."""
    ours = Site()
    site = Site((*ROOMS, TINY), tmp_path / "templates", tmp_path / "static")
    shutil.copytree(ours.templates, site.templates)
    shutil.copytree(ours.static, site.static)
    for path, text in {
        site.templates / "rooms/tiny.html": '{% extends "shell.html" %}'
        '{% block main %}{% include "figures/votes.html" %}{% endblock %}',
        site.templates / "figures/dot.html": '<section id="dot"></section>',
        site.static / "css/figures/dot.css": "#dot { color: red }",
        site.static / "css/rooms/tiny.css": "main { color: blue }",
        site.static / "js/rooms/tiny.js": 'import { dot } from "../figures/dot/dot.js";\ndot();\n',
        site.static / "js/figures/dot/dot.js": "export const dot = () => undefined;\n",
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return site


@pytest.fixture
def pages(settings: Settings, site: Site) -> TestClient:
    """The pages alone: without `with` no network is loaded."""
    return TestClient(create_app(settings, site=site))


def linked(client: TestClient, path: str) -> tuple[Elements, list[str]]:
    """A document, and the whole addresses of all files that it names."""
    elements = Elements(client.get(path).text)
    links = [link["href"] for link in elements.of("link")] + [
        script["src"] for script in elements.of("script") if "src" in script
    ]
    return elements, [urljoin(ORIGIN + path, link) for link in links]


@pytest.mark.parametrize("room", [*ROOMS, TINY], ids=lambda room: room.name)
def test_a_room_follows_from_its_row(pages: TestClient, room: Room) -> None:
    assert pages.get(room.path).headers["content-type"] == "text/html; charset=utf-8"
    assert pages.head(room.path).status_code == 200
    elements, links = linked(pages, room.path)
    (title,) = elements.of("title")
    assert title["text"] == ("CapsNet Explorer" if room.path == "/" else f"{room.title} · CapsNet Explorer")
    (description,) = elements.of("meta", name="description")
    assert description["content"] == room.sentence
    ids = [attributes["id"] for _, attributes in elements.all if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert [name for name in ids if name in room.figures] == list(room.figures)
    assert re.search(rf"/static/js/{room.script.removesuffix('.js')}\.\w+\.js$", links[-1])
    for link in links:
        answer = pages.get(link)
        assert (answer.status_code, answer.headers["cache-control"]) == (
            200,
            "public, max-age=31536000, immutable",
        ), link


def test_the_rooms_lead_to_each_other(pages: TestClient) -> None:
    for here in (*ROOMS, TINY):
        elements, _ = linked(pages, here.path)
        links = [found for found in elements.of("a") if "data-room" in found and "href" in found]
        assert [urljoin(ORIGIN + here.path, link["href"]) for link in links] == [
            ORIGIN + room.path for room in (*ROOMS, TINY)
        ]
        assert [index for index, link in enumerate(links) if link.get("aria-current") == "page"] == [
            (*ROOMS, TINY).index(here)
        ]


def test_a_single_room_shows_no_navigation(settings: Settings, site: Site) -> None:
    alone = TestClient(create_app(settings, site=replace(site, rooms=ROOMS[:1])))
    assert not Elements(alone.get("/").text).of("nav", **{"class": "rooms"})
    assert alone.get(TINY.path).status_code == 404


def test_a_room_has_the_sheets_of_its_figures_and_no_others(pages: TestClient) -> None:
    sheets = [re.sub(r"\.\w{12}\.css$", "", link) for link in linked(pages, TINY.path)[1] if link.endswith(".css")]
    names = [sheet.removeprefix(f"{ORIGIN}/static/css/") for sheet in sheets]
    assert names[:2] == ["tokens", "base"]
    assert names[-3:] == ["figures/votes", "figures/dot", "rooms/tiny"]
    assert not [name for name in names[2:-3] if "/" in name]
    explore = [link for link in linked(pages, "/")[1] if link.endswith(".css")]
    assert not [link for link in explore if "/dot." in link or "/tiny." in link]


def test_figures_of_two_digits_bring_their_colours_into_any_room(pages: TestClient) -> None:
    shared = [link for link in linked(pages, TINY.path)[1] if re.search(r"/static/css/[\w-]+\.\w{12}\.css$", link)]
    text = "".join(pages.get(link).text for link in shared)
    for name in ("layer-a", "layer-b", "of-a", "of-b", "of-both", "layer-mark"):
        assert re.search(rf"\.{name}\b", text), name


def test_a_room_preloads_what_its_script_imports_and_no_more(pages: TestClient) -> None:
    def preloaded(path: str) -> list[str]:
        links = [link["href"] for link in linked(pages, path)[0].of("link", rel="modulepreload")]
        return [re.sub(r"\.\w{12}\.js$", ".js", link) for link in links]

    assert preloaded(TINY.path) == ["../static/js/figures/dot/dot.js", "../static/js/rooms/tiny.js"]
    explore = preloaded("/")
    assert {"./static/js/rooms/explore.js", "./static/js/widgets/pad.js", "./static/js/shell/store.js"} <= set(explore)
    assert "./static/js/figures/matrices/matrices.js" not in explore  # its scripts come when it nears the screen


def test_each_import_resolves_to_a_file_that_is_kept_for_good(pages: TestClient) -> None:
    (mapped,) = linked(pages, TINY.path)[0].of("script", type="importmap")
    imports = json.loads(mapped["text"])["imports"]
    assert len(imports) > 100
    for plain, hashed in list(imports.items())[::20]:
        name, kept = pages.get(urljoin(ORIGIN + TINY.path, plain)), pages.get(urljoin(ORIGIN + TINY.path, hashed))
        code = [line.strip() for line in kept.text.splitlines() if line]
        assert set(code) <= {line.strip() for line in name.text.splitlines()}
        assert len(kept.text.splitlines()) == len(name.text.splitlines())
        assert "immutable" in kept.headers["cache-control"]
        assert name.headers["cache-control"] == "no-cache"


def test_the_policy_allows_the_scripts_in_the_document_and_no_others(pages: TestClient) -> None:
    page = pages.get("/")
    policy = page.headers["content-security-policy"]
    inline = [script["text"] for script in Elements(page.text).of("script") if "src" not in script]
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in inline]
    assert len(inline) == 3
    assert "default-src 'self'; script-src 'self' " + " ".join(f"'sha256-{each}'" for each in hashes) + ";" in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("sites", ["'self'", "*", "'none'", "https://hub.example https://*.space.example:8443"])
def test_a_setting_says_who_may_show_the_page_in_a_frame(settings: Settings, sites: str) -> None:
    """Each document says so, and nothing that a browser shows as one leaves it open."""
    page = TestClient(create_app(settings.model_copy(update={"frame_ancestors": sites}))).get("/")
    policy = page.headers["content-security-policy"].split("; ")
    assert f"frame-ancestors {sites}" in policy
    assert sum(part.startswith("frame-ancestors") for part in policy) == 1
    assert "x-frame-options" not in page.headers
    assert Settings().frame_ancestors == "'self'"


@pytest.mark.parametrize("sites", ["", "'self'; script-src *", "a.example, b.example", "a\nb"])
def test_no_other_part_of_the_policy_can_be_set_with_it(sites: str) -> None:
    with pytest.raises(ValueError, match="frame_ancestors"):
        Settings(frame_ancestors=sites)


def test_a_document_is_compressed_and_not_sent_twice(pages: TestClient) -> None:
    page = pages.get("/")
    assert page.headers["content-encoding"] == "gzip"
    assert page.headers["cache-control"] == "no-cache"
    again = pages.get("/", headers={"if-none-match": page.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_old_file_is_not_there_and_nobody_keeps_that_answer(pages: TestClient) -> None:
    answer = pages.get("/static/js/shell/store.000000000000.js")
    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store")


def test_no_address_of_ours_begins_at_the_root(pages: TestClient) -> None:
    """Under a path prefix that a proxy takes away it would lead outside."""
    for room in (*ROOMS, TINY):
        elements = Elements(pages.get(room.path).text)
        addresses = [found.get("href") or found.get("src") or "" for _, found in elements.all]
        assert not [address for address in addresses if address.startswith("/")]
        assert elements.of("html")[0]["data-root"] == room.root


def test_addresses_that_only_its_keeper_knows_are_set(settings: Settings) -> None:
    plain = Elements(TestClient(create_app(settings)).get("/").text)
    assert not plain.of("meta", property="og:url")
    assert not plain.of("a", href="https://code.example/")
    assert plain.of("a", href="https://arxiv.org/abs/1710.09829")
    known = settings.model_copy(update={"public_url": "https://a.example/x/", "source_url": "https://code.example/"})
    page = Elements(TestClient(create_app(known)).get("/").text)
    assert page.of("meta", property="og:url", content="https://a.example/x/")
    assert page.of("meta", property="og:image", content="https://a.example/x/static/preview.png")
    assert page.of("a", href="https://code.example/")


@pytest.mark.parametrize("follows", [True, False])
def test_an_edited_file_shows_at_the_next_visit_only_where_that_is_set(
    settings: Settings, site: Site, follows: bool
) -> None:
    client = TestClient(create_app(settings.model_copy(update={"reload_assets": follows}), site=site))
    before = linked(client, TINY.path)[1]
    for name, text in {
        "css/figures/dot.css": "#dot { color: green }",
        "js/figures/dot/dot.js": "export const dot = 1;\n",
    }.items():
        (site.static / name).write_text(text, encoding="utf-8")
        os.utime(site.static / name, ns=(0, 0))  # whatever the clock of the file system
    after = linked(client, TINY.path)[1]
    assert (client.get("/static/css/figures/dot.css").text == "#dot { color: green }") is follows
    assert (before != after) is follows
    assert {client.get(link).status_code for link in after} == {200}
    gone = set(before) - set(after)
    assert {client.get(link).status_code for link in gone} == ({404} if follows else set())


def test_texts_are_read_as_utf_8_whatever_the_machine_prefers(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise AssertionError("the machine's own encoding was asked for")

    monkeypatch.setattr("locale.getpreferredencoding", refuse)
    monkeypatch.setattr("locale.getencoding", refuse)
    assert "Sabour, Frosst and Hinton" in TestClient(create_app(settings)).get("/").text


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_figure_of_a_room_has_its_script_in_the_room(room: Room) -> None:
    script = (Site().static / "js" / room.script).read_text(encoding="utf-8")
    named = re.findall(r'^    "?([a-z-]+)"?: async', script, re.MULTILINE)
    assert sorted(named) == sorted(room.figures)
