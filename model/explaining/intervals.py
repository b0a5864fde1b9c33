"""How sure a counted share is."""

from __future__ import annotations

import math

Z_95 = 1.959964  # standard deviations to either side that hold 95 % of a normal distribution


def wilson(hits: int, of: int, z: float = Z_95) -> tuple[float, float]:
    """The interval of Wilson (1927) for the share of which `hits` of `of` were seen, within [0, 1].

    It covers the true share with a probability of 95 % unless `z` says otherwise. Of nothing it is (0, 1).
    """
    if of == 0:
        return 0.0, 1.0
    share, extra = hits / of, z * z / of
    middle = share + extra / 2
    half = z * math.sqrt(share * (1 - share) / of + extra / (4 * of))
    low, high = (middle - half) / (1 + extra), (middle + half) / (1 + extra)
    return max(0.0, low) if hits else 0.0, min(1.0, high) if hits < of else 1.0
