"""The benchmark's table in RESULTS.md, between two marks."""

from __future__ import annotations

from pathlib import Path

RESULTS = Path(__file__).parent.parent.parent / "RESULTS.md"
BEGIN = "<!-- benchmark: written by `make benchmark ARGS=--publish` -->"
END = "<!-- end of the benchmark -->"


def publish(text: str, path: Path = RESULTS) -> None:
    """Put the text in place of what stands between the marks. Raises ValueError if the file lacks one of them."""
    before, begin, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{path.name} has no place for the table, between {BEGIN} and {END}")
    path.write_text(f"{before}{BEGIN}\n\n{text.strip()}\n\n{END}{after}", encoding="utf-8")
