"""A few words for what a person sees a dimension do, from what was measured of its sweeps.

Each measure's change from one end of the dial to the other counts in spreads: standard deviations of that measure over
real digits of the class. So a change of thickness and one of slant can be compared. The largest change gives the name,
with its direction; a second one joins it where it is nearly as large. Measures that look alike (width, and the width of
the upper part) are one kind, and a name has one of each kind.

Two dimensions of a class that would bear the same name get further words, each the largest difference between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from model.explaining.sights import Measure, can_be_seen, in_words

Array = npt.NDArray[np.float64]
Visibility = Literal["clear", "slight", "none"]

NO_EFFECT = "no clear effect"
EVERYWHERE = "whole digit"

# In spreads, from one end of the dial to the other.
JUST_VISIBLE = 0.7  # below it, a change names nothing
TELLS_APART = 0.35  # below it, it does not even tell two dimensions apart that bear the same name
CLEAR = 1.0  # below it, a change is slight
NEARLY_AS_LARGE = 0.6  # of the first measure's change, from which a second one joins it
PLAINER = 0.9  # of the largest change of its kind, from which the plainer measure stands for the kind
AGREE = 0.8  # of the digits must change the same way
MOST_WORDS = 3

HALF = 0.5  # of the change, which a place must hold to have it
MORE_THAN_ITS_INK = 1.3  # times what its ink lets one expect a place must hold of the change

# What lies in each part of a digit, where it has a name.
_PARTS: dict[int, dict[str, str]] = {
    2: {"upper part": "upper arc", "lower part": "foot"},
    3: {"upper part": "upper arc", "lower part": "lower arc"},
    5: {"upper part": "top bar", "lower part": "belly"},
    6: {"upper part": "upper stroke", "lower part": "loop"},
    7: {"upper part": "top bar", "lower part": "stem"},
    8: {"upper part": "upper loop", "lower part": "lower loop"},
    9: {"upper part": "loop", "lower part": "tail"},
}


class Evidence(NamedTuple):
    """What one measure does along the dial."""

    measure: Measure
    change: float  # from one end of the dial to the other, in the measure's unit: the median over digits
    effect: float  # the same in spreads
    agree: float  # the share of the digits that change this way
    values: Array  # (S,), means along the sweep


class Place(NamedTuple):
    """Where the picture changes."""

    x: float  # the centre of the change, in pixels
    y: float
    name: str  # EVERYWHERE where no part stands out
    share: float  # of the change that sits there


class Name(NamedTuple):
    """What a dimension is called, and why."""

    name: str  # what turning the dial to the right does
    detail: str
    visibility: Visibility
    measures: tuple[str, ...]  # those that the name rests on, the largest effect first


def names_of(dimensions: Sequence[Sequence[Evidence]], label: int) -> list[Name]:
    """Name the dimensions of one class, each from its evidence, no two alike but for those without effect."""
    seen = [_seen(evidence, label) for evidence in dimensions]
    shown = [sights[: _count(sights)] for sights in seen]
    for _ in range(MOST_WORDS - 1):
        words = [_words(sights, label) for sights in shown]
        for d, word in enumerate(words):
            if shown[d] and words.count(word) > 1 and len(shown[d]) < min(len(seen[d]), MOST_WORDS):
                shown[d] = seen[d][: len(shown[d]) + 1]
    words = _ranked([_words(sights, label) for sights in shown], shown)
    return [_name(word, sights, label) for word, sights in zip(words, shown, strict=True)]


def _ranked(words: Sequence[str], shown: Sequence[Sequence[Evidence]]) -> list[str]:
    """The same words, where all that is seen is the same: the weaker says that it is."""
    ranked = list(words)
    for word in set(words) - {NO_EFFECT}:
        alike = [d for d, each in enumerate(words) if each == word]
        alike.sort(key=lambda d: -abs(shown[d][0].effect))
        for rank, d in enumerate(alike):
            ranked[d] = word + ("" if not rank else ", less" if rank == 1 else f", {rank} times less")
    return ranked


def _seen(evidence: Sequence[Evidence], label: int) -> list[Evidence]:
    """What a person may see, the largest first, one of each kind; after it what only tells two dimensions apart."""
    best: dict[str, Evidence] = {}
    for entry in evidence:  # the plainest of a kind comes first
        if not can_be_seen(entry.measure, label) or entry.agree < AGREE or abs(entry.effect) < TELLS_APART:
            continue
        before = best.get(entry.measure.kind)
        if before is None or abs(entry.effect) * PLAINER > abs(before.effect):
            best[entry.measure.kind] = entry
    seen = sorted(best.values(), key=lambda entry: -abs(entry.effect))
    return seen if seen and abs(seen[0].effect) >= JUST_VISIBLE else []


def _count(sights: Sequence[Evidence]) -> int:
    """How many measures a name has of its own accord."""
    if len(sights) < 2:
        return len(sights)
    first, second = (abs(entry.effect) for entry in sights[:2])
    return 2 if second >= max(CLEAR, NEARLY_AS_LARGE * first) else 1


def _words(sights: Sequence[Evidence], label: int) -> str:
    """A word for each measure; a digit that grows both ways is larger."""
    grows = [entry.effect > 0 for entry in sights if entry.measure.name in ("width", "height")]
    as_one = len(grows) == 2 and grows[0] == grows[1]
    words: list[str] = []
    for entry in sights:
        word = _word(entry, label)
        if as_one and entry.measure.name in ("width", "height"):
            word = "larger" if grows[0] else "smaller"
        if word not in words:
            words.append(word)
    slight = sum(abs(entry.effect) >= CLEAR for entry in sights)  # from here on all are
    if slight < len(words):
        words[slight] = f"slightly {words[slight]}"
    return ", ".join(words) or NO_EFFECT


def _name(words: str, shown: Sequence[Evidence], label: int) -> Name:
    visibility: Visibility = "none" if not shown else "slight" if abs(shown[0].effect) < CLEAR else "clear"
    detail = ", ".join(f"{_word(entry, label)} ({amount(entry)})" for entry in shown)
    return Name(
        words,
        detail or f"no measure changes by {JUST_VISIBLE:g} of its spread over real digits",
        visibility,
        tuple(entry.measure.name for entry in shown),
    )


def _word(entry: Evidence, label: int) -> str:
    return in_words(entry.measure.more if entry.effect > 0 else entry.measure.less, label)


def amount(entry: Evidence) -> str:
    """By how much a measure changes over the dial, with a true minus sign."""
    digits = 0 if entry.measure.unit == "°" else 2 if entry.measure.unit == "" else 1
    number = f"{entry.change:+.{digits}f}".replace("-", "\N{MINUS SIGN}")
    return number + ("" if entry.measure.unit in ("", "°") else "\N{NO-BREAK SPACE}") + entry.measure.unit


def place_of(changes: Array, ink: Array, label: int) -> Place:
    """Where changes (28, 28) sit in the digits of one class, whose ink, on average, is (28, 28)."""
    total = max(float(changes.sum()), 1e-12)
    rows, columns = np.indices(changes.shape)
    x, y = float((changes * columns).sum() / total), float((changes * rows).sum() / total)
    expected = ink / max(float(ink.sum()), 1e-12)
    shares = {name: float(changes[part].sum() / total) for name, part in _parts(ink).items()}
    standing_out = {
        name: shares[name] / max(float(expected[part].sum()), 1e-12)
        for name, part in _parts(ink).items()
        if shares[name] >= HALF
    }
    name = max(standing_out, key=lambda part: standing_out[part], default=EVERYWHERE)
    if name == EVERYWHERE or standing_out[name] < MORE_THAN_ITS_INK:
        return Place(x, y, EVERYWHERE, 1.0)
    return Place(x, y, _PARTS.get(label, {}).get(name, name), shares[name])


def _parts(ink: Array) -> dict[str, tuple[slice, slice]]:
    """The thirds of the ink's box from top to bottom, and its halves from left to right."""
    present = ink > ink.max() / 10
    rows, columns = np.flatnonzero(present.any(axis=1)), np.flatnonzero(present.any(axis=0))
    if not len(rows):
        return {}
    third = (rows[-1] + 1 - rows[0]) / 3
    first, second = round(rows[0] + third), round(rows[0] + 2 * third)
    middle = round((columns[0] + columns[-1] + 1) / 2)
    everything = slice(None)
    return {
        "upper part": (slice(None, first), everything),
        "middle": (slice(first, second), everything),
        "lower part": (slice(second, None), everything),
        "left side": (everything, slice(None, middle)),
        "right side": (everything, slice(middle, None)),
    }
