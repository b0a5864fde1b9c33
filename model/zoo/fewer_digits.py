"""The file of the study of fewer digits: networks of several kinds, trained on few digits each and then tested.

It is about no weights: those of its runs are not kept.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from model.errors import UserError
from model.files import replacing

FEWER_DIGITS = "fewer-digits.json"
COMMAND = "capsnet study-fewer-digits"


@dataclass(frozen=True, slots=True)
class Run:
    """One network, trained on `count` digits that `seed` chose."""

    network: str
    count: int
    seed: int


class Results:
    """The study's file: what every run has in common, and each finished run."""

    def __init__(self, path: Path, parameters: dict[str, Any], made: dict[str, str]) -> None:
        """Read the file where it is there. Raises UserError where it is damaged, or made with other parameters.

        `made` says how the file was made; it may differ from what the file says.
        """
        self._path = path
        self._head = {**made, **parameters}
        self.runs: list[dict[str, Any]] = _read(path, parameters) if path.exists() else []  # a Run and its `errors`

    def has(self, run: Run) -> bool:
        """Whether this run is finished."""
        return any({**asdict(run), "errors": each["errors"]} == each for each in self.runs)

    def add(self, run: Run, errors: int) -> None:
        """Keep a finished run, in the file too. Raises OSError where it cannot be written."""
        self.runs.append({**asdict(run), "errors": errors})
        with replacing(self._path) as draft:
            draft.write_text(_to_json(self._head, self.runs), encoding="utf-8")


def _to_json(head: dict[str, Any], found: Sequence[dict[str, Any]]) -> str:
    """JSON with a line for each entry and each run."""
    entries = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in head.items()]
    lines = ",\n".join(json.dumps(each) for each in found)
    return "{\n" + ",\n".join([*entries, f'"runs": [\n{lines}\n]']) + "\n}\n"


def _read(path: Path, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    """The finished runs. Raises UserError."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        made = {name: values[name] for name in parameters}
        found = [
            {**asdict(Run(each["network"], each["count"], each["seed"])), "errors": int(each["errors"])}
            for each in values["runs"]
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise UserError(f"{path} is no file of this study, or a damaged one: remove it to begin anew") from error
    differing = [name for name in parameters if made[name] != parameters[name]]
    if differing:
        was, asked = ({name: values[name] for name in differing} for values in (made, parameters))
        raise UserError(f"{path} was made with {was}, not with {asked}: choose another --out-dir, or remove it")
    return found
