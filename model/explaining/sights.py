"""What a person can see change in a digit, and the words for it.

Each is a measure of a picture. `morphometrics` and `profiles` measure them in two ways that share no code.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: its name in files, its title, its unit, and the words for more and less of it.

    `kind`: measures of one kind look alike, so that a name has one of them. The first of a kind is the plainest.
    `just_visible`: in the unit, what is barely seen in a picture of 28 x 28 pixels. No spread counts as less.
    `{part}` stands for the part of the digit that lies there.
    """

    name: str
    title: str
    unit: str
    more: str
    less: str
    kind: str
    just_visible: float


# A pixel and a half is a thirteenth of a digit's height. A shift takes more: it is seen against the frame alone, and
# most changes of shape move the centre of the ink a little.
MEASURES = (
    Measure("thickness", "stroke thickness", "px", "thicker", "thinner", "ink", 0.4),
    Measure("darkness", "darkness of the ink", "", "darker", "paler", "ink", 0.15),
    Measure("slant", "slant", "°", "leaning right", "leaning left", "slant", 5),
    Measure("tilt", "rise of the level strokes", "°", "rising {level}", "falling {level}", "slant", 5),
    Measure("width", "width", "px", "wider", "narrower", "width", 1.5),
    Measure("top", "width of the {top}", "px", "wider {top}", "narrower {top}", "width", 1.5),
    Measure("bottom", "width of the {bottom}", "px", "wider {bottom}", "narrower {bottom}", "width", 1.5),
    Measure("height", "height", "px", "taller", "shorter", "height", 2),
    Measure("balance", "place of the ink within the height", "px", "heavier bottom", "heavier top", "height", 1.5),
    Measure("bend", "bend", "px", "bowed right", "bowed left", "bend", 1.5),
    Measure("loop", "size of the {loop}", "px", "larger {loop}", "smaller {loop}", "loop", 1.5),
    Measure("x", "shift to the side", "px", "moving right", "moving left", "x", 2.5),
    Measure("y", "shift up or down", "px", "moving down", "moving up", "y", 2.5),
)
NAMES = tuple(measure.name for measure in MEASURES)
BY_NAME = {measure.name: measure for measure in MEASURES}

# What lies in each part of a digit, where it has a name.
_PARTS: dict[int, dict[str, str]] = {
    2: {"top": "arc", "bottom": "foot", "level": "foot"},
    3: {"top": "upper arc", "bottom": "lower arc"},
    4: {"level": "bar"},
    5: {"top": "top bar", "bottom": "belly", "level": "bar"},
    7: {"top": "top bar", "bottom": "stem", "level": "bar"},
    8: {"top": "upper loop", "bottom": "lower loop", "loop": "loops"},
    9: {"bottom": "tail"},
}
_LEVEL = (2, 4, 5, 7)  # digits with level strokes; in the others these are the turning points of curves
_BENDING = (1, 7, 9)  # digits whose stem can bend; in the others it is the place of their arcs


def can_be_seen(measure: Measure, label: int) -> bool:
    """Whether the digits of this class have what is measured."""
    return {
        "tilt": label in _LEVEL,
        "bend": label in _BENDING,
    }.get(measure.name, True)


def in_words(text: str, label: int) -> str:
    """A title or word of a measure for the digits of this class."""
    parts = {"top": "top", "bottom": "bottom", "level": "bar", "loop": "loop", **_PARTS.get(label, {})}
    return text.format(**parts)
