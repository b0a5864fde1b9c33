"""No size of a network is written down in the server: each comes from a model's card."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
FOLDERS = ("server", "templates")
KINDS = {".py", ".html"}
# Capsules, capsules times classes, pixels and capsules of pairs; pixels, sides, positions; ten classes.
SIZES = re.compile(
    r"\b(1152|1,152|11520|11,520|3200|3,200|784|28|36)\b"
    r"|range\(10\)|\bten (classes|digits|capsules|class capsules)\b|\bsixteen\b|16 numbers",
)


def sizes_in(text: str) -> list[str]:
    """The lines that name a size of a network."""
    return [line for line in text.splitlines() if SIZES.search(line)]


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_size_of_a_network_is_a_constant(folder: str) -> None:
    files = [path for path in (ROOT / folder).rglob("*") if path.suffix in KINDS]
    assert files
    found = {str(path.relative_to(ROOT)): sizes_in(path.read_text(encoding="utf-8")) for path in files}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "line", ["x = 28 * 28", "(P, 1152)", "for label in range(10):", "its 36 capsules", "11,520 links"]
)
def test_a_size_would_be_noticed(line: str) -> None:
    assert sizes_in(f"a\n{line}\nb") == [line]


@pytest.mark.parametrize("line", ["port 8028", "#281c36", "128", "0.36em"])
def test_other_numbers_are_none(line: str) -> None:
    assert sizes_in(line) == []
