"""The blind test of names: what counts as right, and that names that are wrong fail it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from model.data.catalogue import DATA_SETS
from model.data.datasets import Digits
from model.errors import UserError
from model.explaining.blind import Claim, changes_seen, claims_of, score
from model.explaining.measurements import read_measured
from model.explaining.profiles import measure_grey
from model.explaining.sights import NAMES
from model.zoo.checkpoint import load_model


def changes(**effects: float) -> Any:
    """One dimension, four trials, two to the left and two to the right: (1, 4, M)."""
    table = np.zeros((1, 4, len(NAMES)))
    for name, effect in effects.items():
        table[0, :, NAMES.index(name)] = effect * np.array([-1, -1, 1, 1])
    return table


@pytest.mark.parametrize(
    ("claim", "seen", "expected"),
    [
        (Claim("thickness", -1), {"thickness": -2.0}, (1, 1, 1)),
        (Claim("thickness", 1), {"thickness": -2.0}, (0, 0, 0)),
        (Claim("thickness", -1), {"thickness": -2.0, "slant": 3.0}, (1, 1, 0)),
        (Claim("thickness", -1), {"thickness": -2.0, "slant": 3.0, "x": 2.5}, (0, 1, 0)),
        (Claim("thickness", -1), {"thickness": -2.0, "darkness": 3.0, "slant": 2.5}, (1, 1, 0)),  # of its own kind
        (Claim("width", 1), {"width": 1.0, "top": 3.0, "bottom": 3.0}, (1, 1, 1)),
        (Claim(None, 0), {"thickness": 0.3}, (1, 1, 1)),
        (Claim(None, 0), {"thickness": 1.3}, (0, 0, 0)),
        (None, {"thickness": 1.3}, (0, 0, 0)),
    ],
)
def test_what_counts_as_right(claim: Claim | None, seen: dict[str, float], expected: tuple[float, ...]) -> None:
    assert score([claim], changes(**seen), 0) == expected


def test_what_the_digits_of_a_class_do_not_have_is_no_rival() -> None:
    rivals = changes(thickness=1.0, bend=3.0, tilt=3.0)
    assert score([Claim("thickness", 1)], rivals, 0).largest == 1
    assert score([Claim("thickness", 1)], rivals, 7).holds == 0


def test_claims_are_read_from_names_old_and_new() -> None:
    new = {"name": "thinner", "measures": ["thickness"], "evidence": [{"measure": "thickness", "change": -2.0}]}
    old = {"name": "slant", "measure": "slant", "evidence": [{"measure": "slant", "slope": 1.0}]}
    place: Any = {"name": "upper arc", "measure": None, "evidence": []}
    nothing: list[Any] = [
        {"name": "no clear effect", "measures": [], "evidence": []},
        {"name": "no visible effect", "measure": None},
    ]
    assert claims_of([new, old, place]) == [Claim("thickness", -1), Claim("slant", 1), None]
    assert claims_of(nothing) == [Claim(None, 0)] * 2


@pytest.mark.slow
def test_the_names_that_ship_hold_and_names_of_other_dimensions_do_not(test_digits: Digits) -> None:
    """On the test digits, which chose nothing; RESULTS.md has the rates on held-out training digits."""
    model = load_model("mnist-drawn")
    measured = read_measured(model.card, "dimensions")
    assert measured is not None
    assert DATA_SETS[model.card.data_set].name == "mnist"
    deviations = [[entry["deviation"] for entry in each["dimensions"]] for each in measured["classes"]]
    seen = changes_seen(model.capsnet, test_digits, deviations, per_class=8, seed=3)
    rates, others, opposite = [], [], []
    for each, trials in zip(measured["classes"], seen, strict=True):
        claims = claims_of(each["dimensions"])
        rates.append(score(claims, trials, each["label"]).holds)
        others.append(score(claims[1:] + claims[:1], trials, each["label"]).holds)
        turned = [claim and claim._replace(way=-claim.way) for claim in claims]
        opposite.append(score(turned, trials, each["label"]).direction)
    assert np.mean(rates) > 0.7
    assert min(rates) > 0.55
    assert np.mean(others) < np.mean(rates) - 0.25
    assert np.mean(opposite) < 0.4  # what has no clear effect has no direction, and stays right


def test_a_class_without_digits_is_told(test_digits: Digits) -> None:
    network = load_model("mnist-drawn").capsnet
    others = test_digits.labels != 0
    digits = Digits(test_digits.images[others], test_digits.labels[others])
    with pytest.raises(UserError, match="no held-out digit of class 0"):
        changes_seen(network, digits, [[0.1] * 16] * 10, 1, 0)


def test_a_blank_picture_measures_nothing() -> None:
    assert np.array_equal(measure_grey(np.zeros((1, 28, 28), dtype=np.float32)), np.zeros((1, len(NAMES))))
