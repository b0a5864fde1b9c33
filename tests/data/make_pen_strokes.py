"""Make pen_strokes.json from the UCI pen digits: `python tests/data/make_pen_strokes.py pendigits-orig.tra`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from model.data.pendigits import PenDigit, read_pendigits
from model.data.strokes import fit

FIXTURE = Path(__file__).with_name("pen_strokes.json")

# Positions in the file, counted from 0. Two plain digits of each class, each pair by two writers.
PLAIN = [
    *(3919, 503),
    *(213, 2788),
    *(534, 2690),
    *(2199, 7281),
    *(5546, 1485),
    *(1416, 369),
    *(871, 2738),
    *(126, 6853),
    *(7430, 333),
    *(3978, 5757),
]
# A person reads them at once, but they are written as few writers of MNIST write.
HARD = {
    4371: "a 1 with a foot",
    5225: "a 1 with a long upstroke",
    6466: "a slanted, open 4 whose bar is short",
    3602: "a 7 with a bar",
    753: "a slanted 8 left open",
    2629: "a 9 with a hook",
}


def main(source: Path) -> None:
    digits = list(read_pendigits(source))
    chosen = [_entry(digits[index], index) for index in PLAIN]
    chosen += [_entry(digits[index], index) | {"hard": True, "note": note} for index, note in HARD.items()]
    lines = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in chosen)
    FIXTURE.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    print(f"{len(chosen)} digits in {FIXTURE.name}")


def _entry(digit: PenDigit, index: int) -> dict[str, object]:
    """A digit with its strokes scaled into the pad's unit square."""
    strokes = [stroke.round(4).tolist() for stroke in fit(digit.strokes)]
    return {"index": index, "label": digit.label, "writer": digit.writer, "hard": False, "strokes": strokes}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
