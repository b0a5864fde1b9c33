"""Whether a network draws a picture back badly: the doubt that the network itself has."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from model.data.photographs import DOUBTS, Doubt
from server.web.schemas_measured import GaugeBody

# A picture fits badly if so many per cent of the test digits fit better, by the error or by its share of the ink.
_BAD = 97


def with_fit(told: list[Doubt], image: npt.NDArray[np.float32], error: float, gauge: GaugeBody | None) -> list[Doubt]:
    """The doubts about a picture (H, W), and `fits_badly` where its squared error says so, in their order."""
    if gauge is None or math.isnan(error):
        return told
    ink = max(float(np.square(image).sum()), 1e-9)
    badly = error > gauge.quantiles[_BAD] or (
        bool(gauge.relative_quantiles) and error / ink > gauge.relative_quantiles[_BAD]
    )
    every = {*told, "fits_badly"} if badly else set(told)
    return [doubt for doubt in DOUBTS if doubt in every]
