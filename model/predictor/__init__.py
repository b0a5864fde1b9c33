"""What a notebook, the server and a cluster all call: pictures in, everything that a network computes of them out.

`predictor = Predictor.load("mnist-drawn")` loads a model, and `trace = predictor.trace(image)` asks it.
"""

from __future__ import annotations

from model.predictor.answers import (
    Classification,
    Masks,
    Perturbations,
    Planes,
    ScatteredCapsules,
    ScatteredMaps,
    Sweep,
    Trace,
    Views,
    Wholes,
)
from model.predictor.interventions import NamedLogit, NothingLeftError, interventions_for
from model.predictor.predictor import Predictor

__all__ = [
    "Classification",
    "Masks",
    "NamedLogit",
    "NothingLeftError",
    "Perturbations",
    "Planes",
    "Predictor",
    "ScatteredCapsules",
    "ScatteredMaps",
    "Sweep",
    "Trace",
    "Views",
    "Wholes",
    "interventions_for",
]
