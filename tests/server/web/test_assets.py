"""Files under their plain and their hashed names: kept for good, compressed once, typed by us."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from pathlib import Path

import pytest
from starlette.datastructures import Headers
from starlette.responses import Response

from server.web.assets import MEDIA_TYPES, Assets
from server.web.site import Site

SCRIPT = "// ü\n" + "export const answer = 42;\n" * 40


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, body in {
        "js/one.js": SCRIPT,
        "css/deep/sheet.css": 'a { background: url("../../dot.svg"); mask: url(../../dot.svg#a) }',
        "css/else.css": "a { background: url(data:image/png;base64,AA==), url(#a), url(/dot.svg), url(../none.svg) }",
        "dot.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        ".hidden.js": "",
        "notes.odd": "?",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")
    return tmp_path


def got(assets: Assets, name: str, **headers: str) -> Response:
    answer = assets.answer(name, Headers({key.replace("_", "-"): value for key, value in headers.items()}))
    assert answer is not None
    return answer


def test_a_name_has_the_hash_of_the_content(folder: Path) -> None:
    digest = hashlib.sha256(SCRIPT.encode()).hexdigest()
    assert Assets(folder).hashed("js/one.js") == f"js/one.{digest[:12]}.js"
    old = Assets(folder)
    (folder / "js/one.js").write_text(SCRIPT + "\n", encoding="utf-8")
    new = Assets(folder)
    assert new.hashed("js/one.js") != old.hashed("js/one.js")
    assert new.hashed("dot.svg") == old.hashed("dot.svg")
    assert new.answer(old.hashed("js/one.js"), Headers()) is None


def test_a_hashed_name_is_kept_for_good_and_a_plain_one_is_asked_for_again(folder: Path) -> None:
    assets = Assets(folder)
    kept, plain = got(assets, assets.hashed("js/one.js")), got(assets, "js/one.js")
    assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert plain.headers["cache-control"] == "no-cache"
    assert "etag" in plain.headers
    assert "etag" not in kept.headers
    assert kept.body == plain.body == SCRIPT.encode()


def test_a_hashed_script_comes_without_its_jsdoc_and_with_all_its_code(tmp_path: Path) -> None:
    script = """/** What it does. @param {number} a */
export const one = (a) => /** @type {string} */ (a) + "/** no comment */";
  /**
   * Two lines, ** and a star: *
   */
const two = /** @type {number} */ (1) /* kept */;
// kept, too
/** @type {number} */ const three = 3; /** so is this one, beside code */
/* not JSDoc */
"""
    (tmp_path / "a.js").write_text(script, encoding="utf-8")
    assets = Assets(tmp_path)
    lines = bytes(got(assets, assets.hashed("a.js")).body).decode().split("\n")
    expected = script.split("\n")
    for number in (0, 2, 3, 4):
        expected[number] = ""
    assert lines == expected
    assert bytes(got(assets, "a.js").body).decode() == script
    (tmp_path / "a.js").write_text(script.replace("What it does", "What else"), encoding="utf-8")
    assert Assets(tmp_path).hashed("a.js") == assets.hashed("a.js")  # a reworded comment is fetched by nobody


def test_no_script_of_ours_has_jsdoc_inside_a_template() -> None:
    """There it would be text and not a comment, and would be missing."""
    static = Site().static
    assets = Assets(static)
    for name in assets.names(".js"):
        whole = (static / name).read_text(encoding="utf-8").split("\n")
        ticks = 0
        for line, kept in zip(whole, assets.text(name).split("\n"), strict=True):
            assert kept == line or ticks % 2 == 0, f"{name}: {line}"
            ticks += kept.count("`")


def test_a_client_that_has_a_file_is_not_sent_it_again(folder: Path) -> None:
    assets = Assets(folder)
    etag = got(assets, "js/one.js").headers["etag"]
    for known in (etag, f'"other", {etag}'):
        again = got(assets, "js/one.js", if_none_match=known)
        assert (again.status_code, again.body) == (304, b"")
        assert (again.headers["etag"], again.headers["cache-control"]) == (etag, "no-cache")
    assert got(assets, "js/one.js", if_none_match='W/"other"').status_code == 200


def test_a_file_is_compressed_once_and_only_for_who_reads_that(folder: Path) -> None:
    assets = Assets(folder)
    one, two = (got(assets, "js/one.js", accept_encoding="br, gzip") for _ in range(2))
    assert one.headers["content-encoding"] == "gzip"
    assert gzip.decompress(bytes(one.body)) == SCRIPT.encode()
    assert one.body is two.body  # the same bytes in memory, not the same work done twice
    plain = got(assets, "js/one.js")
    assert "content-encoding" not in plain.headers
    assert one.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    small = got(assets, "dot.svg", accept_encoding="gzip")  # which would grow
    assert "content-encoding" not in small.headers


def test_types_are_ours_whatever_the_machine_believes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mimetypes, "guess_type", lambda *_, **__: ("text/plain", None))
    assets = Assets(folder)
    assert got(assets, "js/one.js").headers["content-type"] == "text/javascript; charset=utf-8"
    assert got(assets, "css/else.css").headers["content-type"] == "text/css; charset=utf-8"
    assert got(assets, "dot.svg").headers["content-type"] == "image/svg+xml; charset=utf-8"
    assert got(assets, "notes.odd").headers["content-type"] == "application/octet-stream"


def test_every_file_that_ships_has_a_type() -> None:
    suffixes = {path.suffix for path in Site().static.rglob("*") if path.is_file()}
    assert suffixes <= set(MEDIA_TYPES)
    assert {".js", ".css", ".svg", ".png"} <= suffixes


def test_a_sheet_names_other_files_by_their_hashes(folder: Path) -> None:
    assets = Assets(folder)
    dot = assets.hashed("dot.svg")
    assert assets.text("css/deep/sheet.css") == f'a {{ background: url("../../{dot}"); mask: url(../../{dot}#a) }}'
    assert assets.text("css/else.css") == (folder / "css/else.css").read_text(encoding="utf-8")
    before = assets.hashed("css/deep/sheet.css")
    (folder / "dot.svg").write_text("<svg/>", encoding="utf-8")
    assert Assets(folder).hashed("css/deep/sheet.css") != before  # a sheet with a new address is a new sheet


def test_hidden_and_unknown_files_are_not_there(folder: Path) -> None:
    assets = Assets(folder)
    assert ".hidden.js" not in assets
    for name in (".hidden.js", "js", "js/", "", "../secret", "js/one.000000000000.js", "/js/one.js"):
        assert assets.answer(name, Headers()) is None, name
