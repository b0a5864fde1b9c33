"""Wilson's interval: tabulated values, its ends, and that it covers."""

from __future__ import annotations

import numpy as np
import pytest

from model.explaining.intervals import wilson


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(5, 10, 0.2366, 0.7634), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)],
)
def test_known_intervals(hits: int, of: int, low: float, high: float) -> None:
    """The last is the first example of Newcombe (1998), Statistics in Medicine 17."""
    assert wilson(hits, of) == pytest.approx((low, high), abs=5e-5)


def test_of_nothing_everything_is_possible() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


def test_it_covers_the_true_share_about_95_times_of_100() -> None:
    generator = np.random.default_rng(0)
    for share in (0.05, 0.15, 0.5):
        covered = [
            low <= share <= high for low, high in (wilson(int(n), 80) for n in generator.binomial(80, share, 4000))
        ]
        assert 0.92 < np.mean(covered) < 0.98
