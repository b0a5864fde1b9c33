"""How far a digit may be turned, shifted, stretched until it is misread: over test digits, by a command.

And how digits are read whose parts have changed places.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from model.data.datasets import Digits, to_unit
from model.data.viewpoints import PIECES, Viewpoint, see
from model.explaining.viewpoints import viewpoint_at
from model.zoo.checkpoint import LoadedModel

# An answer is sure if the longest class capsule is longer, or the largest probability of a CNN larger.
SURE_LENGTH = 0.5
SURE_PROBABILITY = 0.9

# So many digits are read together, from every viewpoint: what a batch costs beside its pictures is then shared.
_AT_ONCE = 4

# Of each transformation the lowest and the highest amount and the step between them.
_STUDIED: dict[str, tuple[float, float, float]] = {
    "thickness": (-1, 1.5, 0.5),
    "scale": (0.5, 1.5, 0.125),
    "stretch": (0.6, 1.6, 0.2),
    "shear": (-1, 1, 0.25),
    "rotation": (-90, 90, 15),
    "right": (-8, 8, 2),
    "down": (-8, 8, 2),
}
AMOUNTS: dict[str, list[float]] = {
    name: [round(low + k * step, 6) for k in range(round((high - low) / step) + 1)]
    for name, (low, high, step) in _STUDIED.items()
}


@dataclass(frozen=True, slots=True)
class Answers:
    """How the digits are read at each amount of one transformation, all others at rest."""

    amounts: list[float]
    right: list[int]  # digits that are read rightly
    sure_wrong: list[int]  # digits that are misread, and surely


@dataclass(frozen=True, slots=True)
class PiecesAnswers:
    """How the digits are read when their parts have changed places."""

    same: int  # digits that are read as the class that they are of
    sure: int  # digits that are read surely, as whatever


@dataclass(frozen=True, slots=True)
class AccuracyStudy:
    """Test digits, each read from every viewpoint."""

    digits: int
    sure_above: float  # the length or probability of the winner above which an answer is sure
    transformations: dict[str, Answers]
    pieces: dict[str, PiecesAnswers]


@torch.inference_mode()
def study_viewpoints(
    model: LoadedModel, digits: Digits, *, count: int = 10_000, tell: Callable[[int], object] | None = None
) -> AccuracyStudy:
    """Read the first `count` digits from every viewpoint. `tell` hears how many more digits are done."""
    viewpoints = _viewpoints()
    sure_above = SURE_LENGTH if model.card.has_capsules else SURE_PROBABILITY
    right, sure, sure_wrong = (torch.zeros(len(viewpoints), dtype=torch.int64) for _ in range(3))
    images, labels = digits.images[:count], digits.labels[:count]
    for first in range(0, len(images), _AT_ONCE):
        some, their_labels = images[first : first + _AT_ONCE], labels[first : first + _AT_ONCE]
        seen = torch.cat([see(to_unit(image), viewpoints) for image in some])
        answers, is_sure = (each.view(len(some), -1) for each in _read(model, seen, sure_above))
        is_right = answers == their_labels[:, None]
        right += is_right.sum(dim=0)
        sure += is_sure.sum(dim=0)
        sure_wrong += (is_sure & ~is_right).sum(dim=0)
        if tell:
            tell(len(some))
    at = {viewpoint: k for k, viewpoint in enumerate(viewpoints)}

    def of(counts: Tensor, name: str) -> list[int]:
        return [int(counts[at[viewpoint_at(name, amount)]]) for amount in AMOUNTS[name]]

    cut = {pieces: at[Viewpoint(pieces=pieces)] for pieces in PIECES}
    return AccuracyStudy(
        digits=len(images),
        sure_above=sure_above,
        transformations={name: Answers(AMOUNTS[name], of(right, name), of(sure_wrong, name)) for name in AMOUNTS},
        pieces={pieces: PiecesAnswers(int(right[k]), int(sure[k])) for pieces, k in cut.items()},
    )


def _viewpoints() -> list[Viewpoint]:
    """Every viewpoint once: rest is one of each transformation's, and of the pieces."""
    turned = [viewpoint_at(name, amount) for name, amounts in AMOUNTS.items() for amount in amounts]
    return list(dict.fromkeys([*turned, *(Viewpoint(pieces=pieces) for pieces in PIECES)]))


def _read(model: LoadedModel, images: Tensor, sure_above: float) -> tuple[Tensor, Tensor]:
    """What pictures (N, H, W) are read as, and whether surely: (N,) each."""
    device = next(model.network.parameters()).device
    most, answers = model.network.scores(images.to(device)).max(dim=-1)
    return answers.cpu(), (most > sure_above).cpu()
