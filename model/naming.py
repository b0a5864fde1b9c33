"""A few words for what a dimension does to a picture, from what was measured of its sweeps.

In this order: what changes nothing is called so; one measure of shape names the dimension where it follows the dial
closely and accounts for more of the change than the others do, and for half of it at least; else the place where most
of the change sits; else a shift of the whole digit, or its ink, under the same conditions; else it is mixed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.morphometrics import Measure

Array = npt.NDArray[np.float64]

NO_EFFECT = "no visible effect"
MIXED = "mixed"
EVERYWHERE = "whole digit"

# Below this share of pixels that change from one end of the sweep to the other, nothing is seen: 24 of 784.
LEAST_CHANGED = 0.03
CLOSELY = 0.8  # |r| from which a measure follows the dial closely
HALF = 0.5  # of the change, which a measure must account for, or a place hold
MORE_THAN_ITS_INK = 1.3  # times what its ink lets one expect a place must hold of the change

_FOLLOWS = "area"  # ink follows from the others: it names a dimension only where none of them does
_SHIFTS = ("x", "y")

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
    """How one measure follows the dial."""

    measure: Measure
    r: float  # correlation of offset and measure within digits
    slope: float  # in the measure's unit, for one standard deviation of the dimension
    values: Array  # (S,), means along the sweep
    share: float  # of the picture's change, that this measure's change would make alone


class Place(NamedTuple):
    """Where the picture changes."""

    x: float  # the centre of the change, in pixels
    y: float
    name: str  # EVERYWHERE where no part stands out
    share: float  # of the change that sits there


class Name(NamedTuple):
    """What a dimension is called, and why."""

    name: str
    detail: str
    strength: float | None = None  # |r| of the measure
    measure: str | None = None


def name_of(evidence: Sequence[Evidence], place: Place, changed: float) -> Name:
    """Name a dimension from its evidence, the place of its change, and the share of pixels that change."""
    if changed < LEAST_CHANGED:
        return Name(NO_EFFECT, f"{changed:.1%} of the pixels change from one end of the dial to the other")
    close = [entry for entry in evidence if abs(entry.r) >= CLOSELY and entry.share >= HALF]
    close.sort(key=lambda entry: -entry.share)
    shape = [entry for entry in close if entry.measure.name not in (*_SHIFTS, _FOLLOWS)]
    if shape:
        return _after(shape[0])
    # The centre of mass moves too where one part alone does: that is no shift of the digit.
    if place.name != EVERYWHERE:
        return Name(place.name, f"{place.share:.0%} of the change sits there")
    shifts = [entry for entry in close if entry.measure.name in _SHIFTS]
    if shifts or close:
        return _after((shifts or close)[0])
    return Name(MIXED, _best(evidence))


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


def _after(entry: Evidence) -> Name:
    """The name of a measure, and by how much it changes."""
    measure = entry.measure
    word = measure.more if entry.slope > 0 else measure.less
    amount = f"{abs(entry.slope):.1f}" if abs(entry.slope) >= 0.1 else f"{abs(entry.slope):.2f}"
    unit = measure.unit if measure.unit == "°" else f" {measure.unit}"
    detail = f"{word} by {amount}{unit} per standard deviation"
    return Name(measure.title, detail, abs(entry.r), measure.name)


def _best(evidence: Sequence[Evidence]) -> str:
    """The two measures that account for most, neither of which is enough to name it."""
    first, second = sorted(evidence, key=lambda entry: -entry.share * abs(entry.r))[:2]
    return (
        f"above all {first.measure.title} (r = {first.r:.2f}) and {second.measure.title} (r = {second.r:.2f}), "
        "and neither both follows closely and makes half of the change"
    )
