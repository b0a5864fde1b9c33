"""Make model/data/other_strokes.json, pen strokes that are no digits: `python tests/data/make_other_strokes.py`.

The letters A to Z and a dozen doodles, each several times, every time a little turned, leaning, stretched and unsteady.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from model.data.strokes import Stroke, fit
from model.explaining.gauge import OTHER_STROKES

SEED = 0
LETTER_COPIES = 6
DOODLE_COPIES = 13

Point = tuple[float, float]


def line(*corners: Point) -> Stroke:
    """A polygon's path, five points a side, so that the smoothing of strokes keeps its corners."""
    sides = [np.linspace(begin, end, 5, endpoint=False) for begin, end in pairwise(corners)]
    return np.concatenate([*sides, np.array(corners[-1:])])


def arc(x: float, y: float, width: float, height: float, begin: float, end: float) -> Stroke:
    """Part of an ellipse, angles in degrees: 0 points right and 90 down."""
    angles = np.radians(np.linspace(begin, end, max(6, int(abs(end - begin) / 20))))
    return np.stack([x + width * np.cos(angles), y + height * np.sin(angles)], axis=1)


def path(*pieces: Stroke) -> Stroke:
    """Pieces drawn without lifting the pen."""
    return np.concatenate(pieces)


LETTERS: dict[str, list[Stroke]] = {
    "A": [line((0, 1), (0.4, 0), (0.8, 1)), line((0.16, 0.62), (0.64, 0.62))],
    "B": [
        line((0, 0), (0, 1)),
        path(line((0, 0), (0.3, 0)), arc(0.3, 0.23, 0.3, 0.23, -90, 90), line((0.3, 0.46), (0, 0.46))),
        path(line((0, 0.46), (0.35, 0.46)), arc(0.35, 0.73, 0.33, 0.27, -90, 90), line((0.35, 1), (0, 1))),
    ],
    "C": [arc(0.45, 0.5, 0.42, 0.5, -50, -310)],
    "D": [line((0, 0), (0, 1)), path(line((0, 0), (0.2, 0)), arc(0.2, 0.5, 0.5, 0.5, -90, 90), line((0.2, 1), (0, 1)))],
    "E": [line((0.6, 0), (0, 0), (0, 1), (0.6, 1)), line((0, 0.5), (0.5, 0.5))],
    "F": [line((0.6, 0), (0, 0), (0, 1)), line((0, 0.48), (0.5, 0.48))],
    "G": [path(arc(0.45, 0.5, 0.42, 0.5, -50, -360), line((0.87, 0.5), (0.5, 0.5)))],
    "H": [line((0, 0), (0, 1)), line((0.7, 0), (0.7, 1)), line((0, 0.5), (0.7, 0.5))],
    "I": [line((0.25, 0), (0.25, 1)), line((0, 0), (0.5, 0)), line((0, 1), (0.5, 1))],
    "J": [path(line((0.5, 0), (0.5, 0.75)), arc(0.27, 0.75, 0.23, 0.25, 0, 170))],
    "K": [line((0, 0), (0, 1)), line((0.6, 0), (0, 0.55)), line((0.2, 0.4), (0.65, 1))],
    "L": [line((0, 0), (0, 1), (0.6, 1))],
    "M": [line((0, 1), (0.05, 0), (0.45, 0.7), (0.85, 0), (0.9, 1))],
    "N": [line((0, 1), (0, 0), (0.7, 1), (0.7, 0))],
    "O": [arc(0.42, 0.5, 0.42, 0.5, -90, -450)],
    "P": [
        line((0, 1), (0, 0)),
        path(line((0, 0), (0.3, 0)), arc(0.3, 0.26, 0.32, 0.26, -90, 90), line((0.3, 0.52), (0, 0.52))),
    ],
    "Q": [arc(0.42, 0.5, 0.42, 0.5, -90, -450), line((0.5, 0.7), (0.9, 1.05))],
    "R": [
        line((0, 1), (0, 0)),
        path(line((0, 0), (0.3, 0)), arc(0.3, 0.25, 0.3, 0.25, -90, 90), line((0.3, 0.5), (0, 0.5))),
        line((0.25, 0.5), (0.65, 1)),
    ],
    "S": [path(arc(0.33, 0.25, 0.3, 0.25, -30, -270), arc(0.33, 0.75, 0.33, 0.25, -90, 150))],
    "T": [line((0, 0), (0.8, 0)), line((0.4, 0), (0.4, 1))],
    "U": [path(line((0, 0), (0, 0.65)), arc(0.35, 0.65, 0.35, 0.35, 180, 0), line((0.7, 0.65), (0.7, 0)))],
    "V": [line((0, 0), (0.4, 1), (0.8, 0))],
    "W": [line((0, 0), (0.25, 1), (0.5, 0.3), (0.75, 1), (1, 0))],
    "X": [line((0, 0), (0.7, 1)), line((0.7, 0), (0, 1))],
    "Y": [line((0, 0), (0.35, 0.5)), line((0.7, 0), (0.35, 0.5), (0.35, 1))],
    "Z": [line((0, 0), (0.7, 0), (0, 1), (0.7, 1))],
}


def star() -> list[Stroke]:
    corners = [(math.sin(turn * 0.8 * math.pi), -math.cos(turn * 0.8 * math.pi)) for turn in range(6)]
    return [line(*corners)]


def house() -> list[Stroke]:
    walls = line((0, 0.45), (0, 1), (0.9, 1), (0.9, 0.45), (0, 0.45))
    return [walls, line((0, 0.45), (0.45, 0), (0.9, 0.45)), line((0.35, 1), (0.35, 0.7), (0.55, 0.7), (0.55, 1))]


def spiral() -> list[Stroke]:
    angles = np.linspace(0, 6 * math.pi, 54)
    return [np.stack([angles * np.cos(angles), angles * np.sin(angles)], axis=1)]


def zigzag() -> list[Stroke]:
    return [line(*[(0.2 * step, 0.6 * (step % 2)) for step in range(7)])]


def smiley() -> list[Stroke]:
    eyes = [line((x, -0.35), (x, -0.2)) for x in (-0.35, 0.35)]
    return [arc(0, 0, 1, 1, 0, 360), *eyes, arc(0, 0.1, 0.5, 0.45, 20, 160)]


def heart() -> list[Stroke]:
    halves = [path(arc(0.25 * side, 0, 0.25, 0.25, -90 + 90 * side, -90 - 90 * side)) for side in (-1, 1)]
    return [path(line((0, 0.8), (-0.5, 0.05)), halves[0]), path(line((0, 0.8), (0.5, 0.05)), halves[1])]


def arrow() -> list[Stroke]:
    return [line((0, 0.3), (1, 0.3)), line((0.7, 0), (1, 0.3), (0.7, 0.6))]


def tree() -> list[Stroke]:
    storeys = [
        line((0.5 - w, y), (0.5, y - 0.35), (0.5 + w, y), (0.5 - w, y))
        for y, w in ((0.35, 0.25), (0.62, 0.35), (0.9, 0.45))
    ]
    return [*storeys, line((0.5, 0.9), (0.5, 1.15))]


def flower() -> list[Stroke]:
    petals = [
        arc(0.5 * math.cos(turn), 0.5 * math.sin(turn), 0.27, 0.27, 0, 360)
        for turn in (math.radians(72 * petal) for petal in range(5))
    ]
    return [arc(0, 0, 0.22, 0.22, 0, 360), *petals]


def fish() -> list[Stroke]:
    return [path(arc(0, 0, 0.6, 0.32, 25, 335), line((0.54, -0.13), (0.95, 0.3), (0.95, -0.3), (0.54, 0.13)))]


def sun() -> list[Stroke]:
    turns = [math.radians(45 * ray) for ray in range(8)]
    rays = [line(*[(r * math.cos(turn), r * math.sin(turn)) for r in (0.65, 1)]) for turn in turns]
    return [arc(0, 0, 0.45, 0.45, 0, 360), *rays]


def grid() -> list[Stroke]:
    places = (0.3, 0.7)
    return [*(line((x, 0), (x, 1)) for x in places), *(line((0, y), (1, y)) for y in places)]


DOODLES: tuple[Callable[[], list[Stroke]], ...] = (
    *(star, house, spiral, zigzag, smiley, heart),
    *(arrow, tree, flower, fish, sun, grid),
)


def varied(strokes: Sequence[Stroke], random: np.random.Generator) -> list[Stroke]:
    """Turned by up to 9 degrees, leaning, stretched, each point a little beside its place."""
    angle, lean, stretch = random.uniform(-0.15, 0.15), random.uniform(-0.2, 0.2), random.uniform(-0.15, 0.15)
    turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    change = np.array([[math.exp(stretch), 0.0], [lean, 1.0]]) @ turn
    return fit([(stroke + random.normal(0, 0.008, stroke.shape)) @ change for stroke in strokes])


def main() -> None:
    random = np.random.default_rng(SEED)
    drawings = [("letters", name, strokes, LETTER_COPIES) for name, strokes in LETTERS.items()]
    drawings += [("doodles", doodle.__name__, fit(doodle()), DOODLE_COPIES) for doodle in DOODLES]
    entries = [
        {"kind": kind, "name": name, "strokes": [stroke.round(3).tolist() for stroke in varied(strokes, random)]}
        for kind, name, strokes, copies in drawings
        for _ in range(copies)
    ]
    lines = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in entries)
    OTHER_STROKES.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    print(f"{len(entries)} drawings in {OTHER_STROKES.name}")


if __name__ == "__main__":
    main()
