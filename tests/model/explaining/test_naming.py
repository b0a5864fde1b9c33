"""Names of dimensions: what a person sees most, which way it goes, and no two alike."""

from __future__ import annotations

import numpy as np
import pytest

from model.explaining.naming import NO_EFFECT, Evidence, names_of
from model.explaining.sights import MEASURES, NAMES, can_be_seen, in_words


def evidence(agree: float = 1.0, **effects: float) -> list[Evidence]:
    """Measures by name: effects in spreads of 2 units. The others do nothing."""
    assert set(effects) <= set(NAMES)
    return [
        Evidence(entry, change=2 * effect, effect=effect, agree=agree, values=np.zeros(11))
        for entry, effect in ((entry, effects.get(entry.name, 0.0)) for entry in MEASURES)
    ]


def named(found: list[Evidence], label: int = 0) -> str:
    return names_of([found], label)[0].name


@pytest.mark.parametrize(
    ("effects", "label", "name"),
    [
        ({"thickness": 2.0}, 0, "thicker"),
        ({"thickness": -2.0}, 0, "thinner"),
        ({"thickness": -2.0, "slant": -1.1}, 0, "thinner"),  # the second is far behind
        ({"thickness": -2.0, "slant": -1.4}, 0, "thinner, leaning left"),
        ({"slant": 2.4, "thickness": -2.0}, 0, "leaning right, thinner"),
        ({"slant": 0.8, "thickness": -0.7}, 0, "slightly leaning right"),
        ({"slant": 0.6}, 0, NO_EFFECT),
        ({}, 0, NO_EFFECT),
        ({"width": 2.0, "top": 2.1}, 5, "wider"),  # the plainer of two that look alike
        ({"width": 1.5, "top": 2.1}, 5, "wider top bar"),
        ({"bottom": -2.1, "width": -1.0}, 2, "narrower foot"),
        ({"thickness": -2.0, "darkness": -2.1, "x": 1.5}, 0, "thinner, moving right"),  # thin ink is pale ink, too
        ({"thickness": -1.0, "darkness": -2.1}, 0, "paler"),
        ({"width": 2.0, "height": 1.6}, 0, "larger"),
        ({"width": -2.0, "height": -1.6}, 0, "smaller"),
        ({"width": 2.0, "height": -1.6}, 0, "wider, shorter"),
        ({"tilt": 2.0}, 2, "rising foot"),
        ({"tilt": 2.0}, 0, NO_EFFECT),  # a 0 has no level strokes
        ({"bend": -2.0}, 7, "bowed left"),
        ({"bend": -2.0}, 3, NO_EFFECT),
        ({"loop": -3.0}, 8, "smaller loops"),
        ({"loop": -3.0}, 0, "smaller loop"),
    ],
)
def test_the_largest_changes_give_the_name(effects: dict[str, float], label: int, name: str) -> None:
    assert named(evidence(**effects), label) == name


def test_what_happens_in_some_digits_only_names_nothing() -> None:
    assert named(evidence(agree=0.7, thickness=3)) == NO_EFFECT
    found = evidence(slant=1.5)
    found[0] = found[0]._replace(effect=3.0, change=2.0, agree=0.7)
    assert named(found) == "leaning right"


def test_a_name_says_by_how_much_and_how_well_it_is_seen() -> None:
    names = names_of([evidence(thickness=-2.0, slant=-1.4), evidence(x=0.8), evidence(x=0.1)], 0)
    minus, gap = "\N{MINUS SIGN}", "\N{NO-BREAK SPACE}"
    assert names[0].detail == f"thinner ({minus}4.0{gap}px), leaning left ({minus}3°)"
    assert names[1].detail == f"moving right (+1.6{gap}px)"
    assert [name.visibility for name in names] == ["clear", "slight", "none"]
    assert [name.measures for name in names] == [("thickness", "slant"), ("x",), ()]


def test_the_same_word_comes_twice_only_with_what_tells_them_apart() -> None:
    names = names_of(
        [
            evidence(slant=2.0, width=1.1),
            evidence(slant=2.0, height=-0.5),  # too little to be named for itself
            evidence(slant=-2.0),
            evidence(),
            evidence(width=0.5),
        ],
        0,
    )
    assert [name.name for name in names] == [
        "leaning right, wider",
        "leaning right, slightly shorter",
        "leaning left",
        NO_EFFECT,
        NO_EFFECT,
    ]


def test_where_all_that_is_seen_is_the_same_the_weaker_says_so() -> None:
    names = names_of([evidence(slant=1.2), evidence(slant=2.0), evidence(slant=0.8)], 0)
    assert [name.name for name in names] == ["leaning right, less", "leaning right", "slightly leaning right"]


def test_a_third_word_comes_where_two_do_not_tell_apart() -> None:
    both = {"slant": 2.0, "width": 1.5}
    names = names_of([evidence(**both, height=1.0, y=0.8), evidence(**both, thickness=1.0)], 5)
    assert [name.name for name in names] == ["leaning right, larger", "leaning right, wider, thicker"]


@pytest.mark.parametrize("label", range(10))
def test_every_measure_has_words_for_every_class(label: int) -> None:
    for measure in MEASURES:
        for text in (measure.title, measure.more, measure.less):
            words = in_words(text, label)
            assert words
            assert "{" not in words
    assert can_be_seen(MEASURES[0], label)


def test_the_plainest_measure_of_a_kind_stands_first() -> None:
    first: dict[str, str] = {}
    for measure in MEASURES:
        first.setdefault(measure.kind, measure.name)
    assert first["ink"] == "thickness"
    assert first["width"] == "width"
    assert first["slant"] == "slant"
    assert first["height"] == "height"
