"""What was measured of a model and ships beside its weights: routings, the meaning of its dimensions, viewpoints.

Each file, `NAME.KIND.json`, names the SHA-256 of the weights it was measured on, and counts for no others.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

from model.files import replacing
from model.zoo.checkpoint import CheckpointError, ModelCard

SHIPPED_MEASURED = Path(__file__).parent.parent / "zoo" / "measured"

# How long the lists in the files are, for those who write them and those who serve them.
STUDIED_ITERATIONS = 10
SWEEP_STEPS = 11
HISTOGRAM_BINS = 32
GAUGE_QUANTILES = 101
# Routing is studied after as many iterations as the paper has, or as training had where these are more.
LEAST_ITERATIONS = 3
# Pairs are routed at least so often, and told in so many bins of their overlap.
OVERLAP_ITERATIONS = 5
OVERLAP_BINS = 8
# A transformation is measured at so many amounts, an odd number; the paths of so many digits are kept.
VIEWPOINT_AMOUNTS = 9
VIEWPOINT_PATHS = 12

MeasuredKind = Literal[
    "iterations", "dimensions", "gauge", "routings", "agreement", "overlap", "viewpoints", "viewpoint-accuracy"
]
# What can be measured, and the command that does.
COMMANDS: dict[MeasuredKind, str] = {
    "iterations": "study-iterations",
    "dimensions": "measure-dimensions",
    "gauge": "measure-gauge",
    "routings": "study-routing",
    "agreement": "study-votes",
    "overlap": "study-overlap",
    "viewpoints": "measure-viewpoints",
    "viewpoint-accuracy": "study-viewpoints",
}

Measured = dict[str, Any]  # as JSON holds it; `model` and `sha256` say what it is of
Numbers = TypeVar("Numbers", bound="float | list[Any]")


def measured_path(name: str, kind: MeasuredKind, directory: Path = SHIPPED_MEASURED) -> Path:
    return directory / f"{name}.{kind}.json"


def read_measured(card: ModelCard, kind: MeasuredKind, directory: Path = SHIPPED_MEASURED) -> Measured | None:
    """What was measured of the weights that the card describes.

    None where there is no file, or one of other weights. Raises CheckpointError where it cannot be read.
    """
    return read_measured_file(card, measured_path(card.name, kind, directory))


def read_measured_file(card: ModelCard, path: Path) -> Measured | None:
    """The same from a file of any name."""
    if not path.is_file():
        return None
    try:
        values: Measured = json.loads(path.read_text(encoding="utf-8"))
        return values if values["sha256"] == card.sha256 else None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise CheckpointError(f"{path} holds no measurements: {type(error).__name__}: {error}") from error


def write_measured(card: ModelCard, kind: MeasuredKind, values: Measured, directory: Path = SHIPPED_MEASURED) -> Path:
    """Write what was measured of the card's weights. Raises OSError where that fails, ValueError for NaN in it."""
    path = measured_path(card.name, kind, directory)
    with replacing(path) as draft:
        draft.write_text(_to_json({"model": card.name, "sha256": card.sha256, **values}) + "\n", encoding="utf-8")
    return path


def significant(values: Numbers, digits: int = 4) -> Numbers:
    """A number, or lists of them however deep, with so many significant digits: the files are shipped."""
    if isinstance(values, list):
        return cast("Numbers", [significant(value, digits) for value in values])
    return cast("Numbers", float(f"{values:.{digits}g}"))


def _to_json(values: Measured) -> str:
    """JSON with a line for each entry, and for each entry of a list of them, but no more: the files are shipped."""
    return "{\n" + ",\n".join(f"{json.dumps(key)}: {_line(value)}" for key, value in values.items()) + "\n}"


def _line(value: Any) -> str:
    if isinstance(value, list) and any(isinstance(entry, dict) for entry in value):
        return "[\n" + ",\n".join(map(_line, value)) + "\n]"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
