"""What was measured of a model and ships beside its weights: what its dimensions mean, and its gauge.

Each file, `NAME.json`, names the SHA-256 of the weights it was measured on, and counts for no others.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from model.checkpoint import CheckpointError, ModelCard
from model.files import replacing

SHIPPED_DIMENSIONS = Path(__file__).parent / "dimensions"
SHIPPED_GAUGES = Path(__file__).parent / "gauges"

Measured = dict[str, Any]  # as JSON holds it; `model` and `sha256` say what it is of


def read_measured(card: ModelCard, directory: Path) -> Measured | None:
    """What was measured of the weights that the card describes.

    None where there is no file, or one of other weights. Raises CheckpointError where it cannot be read.
    """
    path = directory / f"{card.name}.json"
    if not path.is_file():
        return None
    try:
        values: Measured = json.loads(path.read_text())
        return values if values["sha256"] == card.sha256 else None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise CheckpointError(f"{path} holds no measurements: {error!r}") from error


def write_measured(card: ModelCard, values: Measured, directory: Path) -> Path:
    """Write what was measured of the card's weights. Raises OSError where that fails."""
    path = directory / f"{card.name}.json"
    with replacing(path) as draft:
        draft.write_text(_to_json({"model": card.name, "sha256": card.sha256, **values}) + "\n")
    return path


def _to_json(values: Measured) -> str:
    """JSON with a line for each entry, and for each entry of a list of them, but no more: the files are shipped."""
    return "{\n" + ",\n".join(f"{json.dumps(key)}: {_line(value)}" for key, value in values.items()) + "\n}"


def _line(value: Any) -> str:
    if isinstance(value, list) and any(isinstance(entry, dict) for entry in value):
        return "[\n" + ",\n".join(map(_line, value)) + "\n]"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
