"""What the documents name is there, and what is there is named in them."""

from __future__ import annotations

import argparse
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from model.commands import add_commands
from server import serve
from server.settings import Settings

ROOT = Path(__file__).parent.parent
# The wings whose every file the map in ARCHITECTURE.md names.
MAPPED = {"model": "*.py", "server": "*.py", "static/js/state": "*.js"}
GUIDES = ("README.md", "CONTRIBUTING.md")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


# --- The map ---


def rows_of(document: str) -> list[list[str]]:
    """The words in backticks of each row of the tables in a document."""
    return [re.findall(r"`([^`]+)`", line) for line in document.splitlines() if line.startswith("|")]


def spread(name: str) -> list[str]:
    """A name with braces as the names that it stands for: `a/{b,c}` -> `a/b`, `a/c`."""
    found = re.fullmatch(r"([^{}]*)\{([^{}]*)\}([^{}]*)", name)
    if not found:
        return [name]
    before, within, after = found.groups()
    return [f"{before}{part.strip()}{after}" for part in within.split(",")]


def named_in(document: str) -> set[str]:
    """The files that the map names, without their extensions.

    A row begins with a place, `model/network/config` or `model/network/{config,layers}`. The names after it lie in the
    same folder unless they have a folder of their own. A row for a folder (`model/network/`) says what the folder is
    for, and names no file.
    """
    named: set[str] = set()
    for row in rows_of(document):
        folder = ""
        for place in (part for word in row for part in spread(word)):
            if re.fullmatch(r"[\w./-]+", place) is None:
                continue
            if "/" in place:
                folder = place.rpartition("/")[0]
            else:
                place = f"{folder}/{place}"
            named.add(re.sub(r"\.(py|js)$", "", place))
    return named


def files() -> set[str]:
    """Every file of the mapped wings, without its extension. A package's empty `__init__` needs no words."""
    paths = (path for wing, pattern in MAPPED.items() for path in (ROOT / wing).rglob(pattern))
    return {str(path.relative_to(ROOT).with_suffix("")) for path in paths if path.name != "__init__.py"}


def test_every_file_stands_in_the_map() -> None:
    assert sorted(files() - named_in(read("ARCHITECTURE.md"))) == []


def test_the_map_names_no_file_that_is_not_there() -> None:
    wings = tuple(f"{wing}/" for wing in MAPPED)
    named = {name for name in named_in(read("ARCHITECTURE.md")) if name.startswith(wings)}
    assert sorted(name for name in named - files() if not (ROOT / name).exists()) == []


@pytest.mark.parametrize(
    ("document", "named"),
    [
        ("| `model/a`, `b`, `model/c/d.py` | what |", {"model/a", "model/b", "model/c/d"}),
        ("| `model/c/{d,e}`, `f` | what |", {"model/c/d", "model/c/e", "model/c/f"}),
        ("| `model/c/` | a folder |", {"model/c/"}),
        ("`model/a` outside of a table", set()),
        ("| `server/app` | `create_app(settings)` |", {"server/app"}),
    ],
)
def test_how_a_map_is_read(document: str, named: set[str]) -> None:
    assert named_in(document) == named


# --- Commands, chores, settings ---


def commands() -> set[str]:
    subparsers = argparse.ArgumentParser().add_subparsers()
    serve.add_command(subparsers)
    add_commands(subparsers)
    return set(subparsers.choices)


def chores() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))


def in_code(document: str) -> str:
    """What a document has as code: between backticks, and indented by four."""
    found = re.findall(r"`([^`]+)`|^ {4}(.*)$", document, re.MULTILINE)
    return "\n".join(inline or block for inline, block in found)


def said(pattern: str) -> set[str]:
    """What the guides name by a pattern, in code."""
    return {word for guide in GUIDES for word in re.findall(pattern, in_code(read(guide)))}


def settings() -> set[str]:
    return {f"CAPSNET_{name.upper()}" for name in Settings.model_fields}


def test_every_command_that_the_guides_name_is_one() -> None:
    named = said(r"capsnet ([a-z][a-z-]+)")
    assert "serve" in named
    assert named - commands() == set()


def test_every_command_is_named_in_a_guide() -> None:
    assert commands() - said(r"(?:capsnet )?([a-z][a-z-]+)") == set()


def test_every_chore_that_the_guides_name_is_one() -> None:
    named = said(r"make ([a-z][a-z-]+)")
    assert "test" in named
    assert named - chores() == set()


def test_every_setting_that_the_guides_name_is_one_and_every_one_is_named() -> None:
    assert said(r"CAPSNET_[A-Z_]+") == settings()


def test_the_table_of_settings_tells_their_defaults() -> None:
    table = dict(re.findall(r"^\| `CAPSNET_([A-Z_]+)` \| `?([^|`]+?)`? \|", read("CONTRIBUTING.md"), re.MULTILINE))
    defaults = {name.upper(): str(field.default) or "none" for name, field in Settings.model_fields.items()}
    assert table == {name: value.removeprefix(f"{ROOT}/") for name, value in defaults.items()}


# --- Versions and licences ---


def versions() -> list[str]:
    """The headings of the changelog, newest first."""
    return re.findall(r"^## (\S+)", read("CHANGELOG.md"), re.MULTILINE)


def package() -> dict[str, object]:
    project: dict[str, object] = tomllib.loads(read("pyproject.toml"))["project"]
    return project


def tags() -> list[str]:
    """The versions that are tagged; a copy of the project without its history has none."""
    found = subprocess.run(["git", "tag", "--list", "v*"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    return found.stdout.split() if found.returncode == 0 else []


def test_the_packages_version_is_the_newest_of_the_changelog() -> None:
    newest = [version for version in versions() if version != "Unreleased"]
    assert package()["version"] == newest[0]
    assert "Unreleased" not in versions()[1:]


def test_every_tag_is_a_version_of_the_changelog_and_of_the_package_then() -> None:
    for tag in tags():
        assert tag.removeprefix("v") in versions()
        then = subprocess.check_output(["git", "show", f"{tag}:pyproject.toml"], cwd=ROOT, encoding="utf-8")
        assert tomllib.loads(then)["project"]["version"] == tag.removeprefix("v")


def test_the_licences_of_the_data_are_in_the_package_and_the_notice() -> None:
    project = package()
    assert project["license-files"] == ["LICENSE", "NOTICE"]
    for identifier, name in (("CC-BY-SA-3.0", "CC BY-SA 3.0"), ("CC-BY-4.0", "CC BY 4.0")):
        assert identifier in str(project["license"])
        assert name in read("NOTICE")
    for path in re.findall(r"[\w/.-]+\.(?:gz|json)\b|model/zoo/weights", read("NOTICE")):
        assert (ROOT / path).exists(), path
