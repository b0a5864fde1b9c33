"""What `capsnet evaluate` found, written down: Markdown for people, JSON for programs."""

from __future__ import annotations

import json
import platform
import subprocess
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch

from model.data.datasets import Digits
from model.files import replacing
from model.training.evaluation import Evaluation
from model.zoo.checkpoint import ModelCard

_ROOT = Path(__file__).resolve().parent.parent.parent


class Evaluated(NamedTuple):
    """A model, its card, and what it made of the pictures of its task."""

    card: ModelCard
    pictures: Digits
    result: Evaluation

    @property
    def agrees(self) -> bool:
        """Whether the card says the same error."""
        return self.result.error == self.card.test_error


def write_report(folder: Path, models: list[Evaluated], command: str, device: torch.device) -> list[Path]:
    """Write `report.md` and `report.json` into a folder. Raises OSError where that fails."""
    made = circumstances(command, device)
    entries = [_entry(model) for model in models]
    texts = {
        "report.md": _markdown(made, entries),
        "report.json": json.dumps({"made": made, "models": entries}, indent=1) + "\n",
    }
    for name, text in texts.items():
        with replacing(folder / name) as draft:
            draft.write_text(text, encoding="utf-8")
    return [folder / name for name in texts]


def circumstances(command: str, device: torch.device) -> dict[str, Any]:
    """When, where, by what and with which versions."""
    return {
        "command": command,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit(_ROOT),
        "device": torch.cuda.get_device_name(device) if device.type == "cuda" else device.type,
        "threads": torch.get_num_threads(),
        "versions": {"python": platform.python_version(), "torch": torch.__version__, "numpy": np.__version__},
        "platform": platform.platform(),
    }


def commit(root: Path) -> str | None:
    """The commit of a git checkout, with a + where it was changed since; None where `root` is none."""
    if not (root / ".git").exists():  # a folder that contains an installed package may be somebody else's checkout
        return None
    try:
        head = _git(root, "rev-parse", "HEAD")
        return head + ("+" if _git(root, "status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.SubprocessError):
        return None


def error_by_class(pictures: Digits, result: Evaluation) -> dict[int, float]:
    """Per cent of the pictures that hold a digit of each class and were misclassified."""
    labels = pictures.labels.view(len(pictures), -1)
    wrong = torch.zeros(len(pictures), dtype=torch.bool)
    wrong[list(result.misclassified)] = True
    shares: dict[int, float] = {}
    for label in torch.unique(labels).tolist():
        holding = (labels == label).any(dim=1)
        shares[label] = 100 * int((wrong & holding).sum()) / int(holding.sum())
    return shares


def _entry(model: Evaluated) -> dict[str, Any]:
    card, pictures, result = model
    return {
        "card": asdict(card),
        "pictures": result.total,
        "test_error": result.error,
        "agrees_with_its_card": model.agrees,
        "error_by_class": error_by_class(pictures, result),
        "misclassified": result.misclassified,
    }


def _markdown(made: dict[str, Any], entries: list[dict[str, Any]]) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in made["versions"].items())
    lines = [
        "# Evaluation",
        "",
        f"`{made['command']}`, {made['date']}, on {made['device']} with {made['threads']} threads; {versions}; "
        f"{made['platform']}; commit {made['commit'] or 'unknown'}. "
        "A commit with a + had changes that were not committed.",
        "",
        "| model | sees | test error | wrong | of its card | seed | epochs | parameters |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [_row(entry) for entry in entries]
    for entry in entries:
        lines += ["", *_section(entry)]
    return "\n".join(lines) + "\n"


def _row(entry: dict[str, Any]) -> str:
    card = entry["card"]
    cells = (
        card["name"],
        f"a {card['task']}",
        f"{entry['test_error']:.2f} %",
        f"{len(entry['misclassified'])} of {entry['pictures']}",
        f"{card['test_error']:.2f} %",
        card["seed"],
        card["epochs"],
        f"{card['parameter_count']:,}",
    )
    return f"| {' | '.join(map(str, cells))} |"


def _section(entry: dict[str, Any]) -> list[str]:
    card = entry["card"]
    epoch_errors = ", ".join(f"{error:.2f}" for error in card["epoch_test_errors"] or card["epoch_validation_errors"])
    measured_on = "Test" if card["epoch_test_errors"] else "Validation"
    return [
        f"## {card['name']}",
        "",
        f"{card['title']}. Trained on {card['dataset']}; {card['made_with']}; SHA-256 `{card['sha256']}`.",
        "",
        f"    {card['command']}",
        "",
        *([f"First weights: {card['first_weights']}.", ""] if card["first_weights"] else []),
        f"{measured_on} error after each epoch, in per cent: {epoch_errors}.",
        "",
        "| class | " + " | ".join(str(label) for label in entry["error_by_class"]) + " |",
        "|---" * (1 + len(entry["error_by_class"])) + "|",
        "| error, % | " + " | ".join(f"{share:.2f}" for share in entry["error_by_class"].values()) + " |",
    ]


def _git(root: Path, *words: str) -> str:
    command = ["git", "-C", str(root), *words]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=30).stdout.strip()  # noqa: S603  # a list of our own words
