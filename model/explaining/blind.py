"""Are the names of dimensions true? A blind test, on digits that the names were not measured on.

A trial is two pictures: a digit's reconstruction, and the same with one number of its pose turned to an end of the
dial. `profiles` measures both; it knows neither the names nor how they were found. The name holds if the measure
that it begins with changes the way that the name says, and at most one thing of another kind changes more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from model.data.datasets import Digits, to_unit
from model.errors import UserError
from model.explaining.dimensions import REACH, class_poses, spreads_of
from model.explaining.measurements import Measured
from model.explaining.naming import JUST_VISIBLE, NO_EFFECT
from model.explaining.profiles import measure_grey
from model.explaining.sampling import sample
from model.explaining.sights import BY_NAME, MEASURES, NAMES, can_be_seen
from model.network.capsnet import CapsNet

Array = npt.NDArray[np.float64]
ENDS = (-REACH, REACH)  # standard deviations
_FOR_SPREADS = 500  # real digits of each class


class Claim(NamedTuple):
    """What a name says: the measure changes this way when the dial is turned to the right. None: nothing is seen."""

    measure: str | None
    way: int


class Score(NamedTuple):
    """Over the trials of one class, the share of them."""

    holds: float  # the named measure changes that way, and is the largest or the second largest change
    direction: float  # it changes that way, whatever else does
    largest: float  # it changes that way, and more than all else


def claims_of(dimensions: Sequence[Measured]) -> list[Claim | None]:
    """What the names in a file say; None where a name says nothing that can be checked, as a mere place does.

    Also reads files of before names had a direction: there it is the sign of the measure's slope.
    """
    return [_claim(dimension) for dimension in dimensions]


def _claim(dimension: Measured) -> Claim | None:
    measures = dimension["measures"] if "measures" in dimension else [dimension["measure"]]
    if not measures or measures[0] is None:
        return Claim(None, 0) if dimension["name"] in (NO_EFFECT, "no visible effect") else None
    if measures[0] not in BY_NAME:
        return None
    evidence = next(entry for entry in dimension["evidence"] if entry["measure"] == measures[0])
    return Claim(measures[0], 1 if evidence.get("change", evidence.get("slope")) > 0 else -1)


def changes_seen(
    network: CapsNet,
    digits: Digits,
    deviations: Sequence[Sequence[float]],
    per_class: int,
    seed: int,
    measuring: Callable[[npt.NDArray[np.float32]], Array] = measure_grey,
) -> list[Array]:
    """For each class what changes in each trial, in spreads of real digits: (D, T, M) for T trials of each dimension.

    The second half of the trials turns to the right. `deviations` are those of the dimensions. Raises UserError
    where a class has no digit.
    """
    classes = network.config.classes
    found = []
    for label, indices in enumerate(sample(digits, max(per_class, _FOR_SPREADS), seed, classes)):
        if not len(indices):
            raise UserError(f"there is no held-out digit of class {label} to try the names on")
        images = to_unit(digits.images[indices])
        spreads = spreads_of(measuring(images.numpy()))
        poses = class_poses(network, images[:per_class], label)
        still = measuring(_drawn(network, poses, label))
        found.append(
            np.stack(
                [
                    np.concatenate(
                        [_turned(network, poses, label, d, deviation * end, measuring) - still for end in ENDS]
                    )
                    / spreads
                    for d, deviation in enumerate(deviations[label])
                ]
            )
        )
    return found


def score(claims: Sequence[Claim | None], changes: Array, label: int) -> Score:
    """How often the claims of a class hold, over changes (D, T, M)."""
    seen = np.array([can_be_seen(measure, label) for measure in MEASURES])
    marks = [_marks(claim, each, seen) for claim, each in zip(claims, changes, strict=True)]
    holds, direction, largest = np.concatenate(marks, axis=1).mean(axis=1)
    return Score(float(holds), float(direction), float(largest))


def _marks(claim: Claim | None, changes: Array, seen: npt.NDArray[np.bool_]) -> Array:
    """For trials (T, M) whether the claim holds, its direction does, and it is the largest: (3, T) of 0 and 1."""
    T = len(changes)
    sizes = np.where(seen, np.abs(changes), 0)
    if claim is None:
        return np.zeros((3, T))
    if claim.measure is None:
        return np.tile(sizes.max(axis=1) < JUST_VISIBLE, (3, 1)).astype(float)
    place = NAMES.index(claim.measure)
    ways = np.repeat([-1, 1], T // 2) * claim.way
    right = changes[:, place] * ways > 0
    kinds = {measure.kind for measure in MEASURES} - {BY_NAME[claim.measure].kind}
    of_kind = [np.array([measure.kind == kind for measure in MEASURES]) for kind in sorted(kinds)]
    larger = sum((sizes[:, chosen].max(axis=1) > sizes[:, place]).astype(int) for chosen in of_kind)
    return np.stack([right & (larger <= 1), right, right & (larger == 0)]).astype(float)


def _drawn(network: CapsNet, poses: Tensor, label: int) -> npt.NDArray[np.float32]:
    device = next(network.parameters()).device
    with torch.inference_mode():
        return network.reconstruct(poses.to(device), label).cpu().numpy()


def _turned(
    network: CapsNet,
    poses: Tensor,
    label: int,
    dimension: int,
    offset: float,
    measuring: Callable[[npt.NDArray[np.float32]], Array],
) -> Array:
    moved = poses.clone()
    moved[:, dimension] += offset
    return measuring(_drawn(network, moved, label))
