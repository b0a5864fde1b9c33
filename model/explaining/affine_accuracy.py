"""How many test digits are read rightly as they are, and turned, sheared, stretched and moved as affNIST is made.

The networks take pictures with a frame around the digits. They have learnt from digits that were moved and nothing
else. Their weights do not ship: what was measured stands alone, with what their cards say.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

from model.data.affine import made_as_affnist_is
from model.data.catalogue import DATA_SETS
from model.data.datasets import Digits, to_unit
from model.data.tasks import TASKS
from model.errors import UserError
from model.explaining.measurements import SHIPPED_MEASURED, Measured
from model.files import replacing
from model.network.base import Network
from model.zoo.checkpoint import CheckpointError, LoadedModel, ModelCard

_SUFFIX = ".affine.json"
_CHUNK = 100  # pictures at once


@dataclass(frozen=True, slots=True)
class AffineAccuracy:
    """Test digits, each read twice."""

    digits: int
    unturned: int  # that are read rightly in the middle of the frame
    affine: int  # that are read rightly after they were turned, sheared, stretched and moved


def frame_of(card: ModelCard) -> int:
    """How wide the frame is around the digits that a network sees, in pixels. Raises UserError where it has none."""
    around = card.config.image_size - DATA_SETS[card.data_set].recipe.image_size
    if not card.sees_one_digit or around <= 0 or around % 2:
        side = card.config.image_size
        raise UserError(
            f"{card.name} takes {side} x {side} pixels: this is for networks for one digit in a frame, which "
            "capsnet train --frame 6 --max-shift 6 makes"
        )
    return around // 2


@torch.inference_mode()
def study_affine(
    model: LoadedModel, digits: Digits, *, seed: int = 0, tell: Callable[[int], object] | None = None
) -> AffineAccuracy:
    """Read digits as they are, and as the seed transforms them. `tell` hears of pictures done, two for each digit.

    Raises UserError for a network whose pictures have no frame.
    """
    frame = frame_of(model.card)
    unturned = TASKS[model.card.task].at(model.card.config.image_size).test_set(digits)
    affine = made_as_affnist_is(digits, seed, frame)
    right = [_right(model.network, pictures, tell) for pictures in (unturned, affine)]
    return AffineAccuracy(len(digits), *right)


def affine_path(name: str, directory: Path = SHIPPED_MEASURED) -> Path:
    return directory / f"{name}{_SUFFIX}"


def write_affine(card: ModelCard, study: AffineAccuracy, made: Measured, directory: Path) -> Path:
    """Write what was measured, beside what the card says of the network. Raises OSError where that fails."""
    path = affine_path(card.name, directory)
    values = {
        "model": card.name,
        "sha256": card.sha256,
        "title": card.title,
        "architecture": card.architecture,
        "parameter_count": card.parameter_count,
        "frame": frame_of(card),
        "epochs": card.epochs,
        "trained_by": card.command,
        "first_weights": card.first_weights,
        **made,
        **asdict(study),
    }
    with replacing(path) as draft:
        draft.write_text(json.dumps(values, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def read_all_affine(directory: Path = SHIPPED_MEASURED) -> dict[Path, Any]:
    """What was measured of every network, by the files that hold it, in the order of their names.

    Raises CheckpointError for one that is no JSON.
    """
    found: dict[Path, Any] = {}
    for path in sorted(directory.glob(f"*{_SUFFIX}")):
        if path.name.startswith("."):  # as a Mac leaves them
            continue
        try:
            found[path] = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CheckpointError(f"{path} holds no measurements: {type(error).__name__}: {error}") from error
    return found


def _right(network: Network, pictures: Digits, tell: Callable[[int], object] | None) -> int:
    """How many pictures are read as what they are of."""
    device = next(network.parameters()).device
    right = 0
    for images, labels in zip(torch.split(pictures.images, _CHUNK), torch.split(pictures.labels, _CHUNK), strict=True):
        read = network.predict(to_unit(images.to(device))).cpu()
        right += int((read == labels.flatten()).sum())
        if tell:
            tell(len(images))
    return right
