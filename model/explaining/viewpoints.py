"""What a digit's capsule, or a CNN's features, do while the digit is turned, shifted, stretched: computed by a command.

Directions, planes and regressions are fitted on training digits, and tried on test digits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from model.data.datasets import Digits, to_unit
from model.data.viewpoints import TRANSFORMATIONS, Viewpoint, see
from model.errors import UserError
from model.explaining.masks import squared_error
from model.explaining.measurements import VIEWPOINT_AMOUNTS, VIEWPOINT_PATHS, significant
from model.explaining.paths import (
    displacements,
    explained_by,
    main_plane,
    mean_direction,
    r_squared,
    same_direction,
    straightness,
)
from model.explaining.sampling import sample
from model.explaining.views import viewed
from model.network.base import Network
from model.network.capsnet import CapsNet

# The ends of what is measured of each transformation, at most what a viewpoint can be.
RANGES: dict[str, tuple[float, float]] = {
    "thickness": (-0.8, 0.8),
    "scale": (0.7, 1.3),
    "stretch": (0.7, 1.4),
    "shear": (-0.5, 0.5),
    "rotation": (-30, 30),
    "right": (-4, 4),
    "down": (-4, 4),
}
REST = VIEWPOINT_AMOUNTS // 2  # the index of the amount that changes nothing
FITTED = 100  # training digits of each class
REGRESSED = 70  # of these, those that the regression is fitted on; the others choose its penalty
TRIED = 30  # test digits of each class


@dataclass(frozen=True, slots=True)
class ViewpointPaths:
    """One class under one transformation. F: numbers of the class's pose, or features of a CNN. n: amounts."""

    label: int
    transformation: str
    amounts: list[float]  # n, from the lowest to the highest, evenly spaced on each side of rest in the middle
    direction: list[float]  # F: the mean displacement for one unit, of training digits
    plane: list[list[float]]  # two orthonormal main directions (F) of the displacements of training digits
    digits: list[int]  # the test digits of `paths`
    paths: list[list[list[float]]]  # of each of these digits, at each amount, its displacement in the plane
    explained: float  # the share of the test digits' squared displacements that lies in the plane
    straightness: float  # of the test digits' paths: the distance of their ends over the way, the mean
    same_direction: float  # mean cosine of the displacements of two test digits, at the ends of the range
    r2: float  # of a ridge regression from the displacement to the amount, on test digits; one for this class alone
    r2_features: float  # the same from the features as they are: a digit's own slant or size is then in them, too
    # How far what is decoded from the pushed pose, and from the pose at rest, is from the moved reconstruction: the sum
    # of squared differences, the mean over test digits. At each amount, and over all amounts but rest. None of a CNN.
    pushed: list[float] | None
    unpushed: list[float] | None
    pushed_error: float | None
    unpushed_error: float | None


class _Seen(NamedTuple):
    """The features of N digits from every viewpoint."""

    indices: list[int]  # of the digits in their data set
    features: Tensor  # (N, V, F), float64, on the CPU

    def along(self, name: str) -> Tensor:
        """From the viewpoints of one transformation: (N, n, F)."""
        return self.features[:, _PLACES[name]]


@torch.inference_mode()
def measure_viewpoints(
    network: Network,
    training: Digits,
    test: Digits,
    *,
    seed: int = 0,
    fitted: int = FITTED,
    tried: int = TRIED,
    tell: Callable[[int], object] | None = None,
) -> Iterator[ViewpointPaths]:
    """Every class under every transformation, class by class. The seed chooses the digits of each class.

    `tell` hears of each digit that is done. Raises UserError for a network that has neither capsules nor features, and
    for a class with fewer than two digits.
    """
    classes = network.config.classes
    chosen = list(zip(sample(training, fitted, seed, classes), sample(test, tried, seed, classes), strict=True))
    for label, digits_of_class in enumerate(chosen):
        if min(map(len, digits_of_class)) < 2:
            raise UserError(f"there are fewer than two digits of class {label} to measure")
    for label, (to_fit, to_try) in enumerate(chosen):
        fit, held_out = (
            _seen(network, digits, indices, label, tell) for digits, indices in ((training, to_fit), (test, to_try))
        )
        for name in RANGES:
            yield _measured(network, label, name, fit, held_out)


def amounts_of(name: str) -> list[float]:
    """The amounts of a transformation that are measured: evenly spaced from each end of its range to rest."""
    (low, high), rest = RANGES[name], TRANSFORMATIONS[name].rest
    amounts = np.concatenate([np.linspace(low, rest, REST + 1), np.linspace(rest, high, REST + 1)[1:]])
    return [round(float(amount), 6) for amount in amounts]


def viewpoint_at(name: str, amount: float) -> Viewpoint:
    """The viewpoint with one transformation at this amount and all else at rest."""
    numbers: dict[str, Any] = {name: amount}
    return Viewpoint(**numbers)


def features_of(network: Network, images: Tensor, label: int) -> Tensor:
    """What is followed of pictures (N, H, W) in [0, 1]: (N, F), the pose of the class's capsule or a CNN's features.

    Raises UserError for a network that has neither.
    """
    found = viewed(network, images)
    if found.poses is not None:
        return found.poses[:, label]
    if found.features is not None:
        return found.features
    raise UserError("this command is for networks that have capsules, or features behind pooling")


def _all_viewpoints() -> tuple[list[Viewpoint], dict[str, list[int]]]:
    """Every viewpoint once, the first at rest; and where those of each transformation stand among them."""
    viewpoints, places = [Viewpoint()], {}
    for name in RANGES:
        amounts = amounts_of(name)
        before = len(viewpoints)
        viewpoints += [viewpoint_at(name, amount) for k, amount in enumerate(amounts) if k != REST]
        places[name] = [0 if k == REST else before + k - (k > REST) for k in range(len(amounts))]
    return viewpoints, places


_VIEWPOINTS, _PLACES = _all_viewpoints()


def _seen(network: Network, digits: Digits, indices: Tensor, label: int, tell: Callable[[int], object] | None) -> _Seen:
    device = next(network.parameters()).device
    rows = []
    for image in to_unit(digits.images[indices]):
        rows.append(features_of(network, see(image, _VIEWPOINTS).to(device), label).cpu().double())
        if tell:
            tell(1)
    return _Seen(indices.tolist(), torch.stack(rows))


def _measured(network: Network, label: int, name: str, fit: _Seen, held_out: _Seen) -> ViewpointPaths:
    amounts = torch.tensor(amounts_of(name), dtype=torch.float64)
    steps = amounts - amounts[REST]
    known, tried = fit.along(name), held_out.along(name)
    known_moved, tried_moved = displacements(known, REST), displacements(tried, REST)
    direction = mean_direction(known_moved, steps)
    plane = main_plane(known_moved, direction)
    pushed = unpushed = None
    if isinstance(network, CapsNet):
        pushed, unpushed = push_errors(network, tried[:, REST], direction, name, label)
    return ViewpointPaths(
        label=label,
        transformation=name,
        amounts=amounts.tolist(),
        direction=significant(direction.tolist()),
        plane=significant(plane.tolist()),
        digits=held_out.indices[:VIEWPOINT_PATHS],
        paths=significant((tried_moved[:VIEWPOINT_PATHS] @ plane.T).tolist()),
        explained=significant(explained_by(plane, tried_moved)),
        straightness=significant(straightness(tried)),
        same_direction=significant(same_direction(tried_moved)),
        r2=significant(_told(known_moved, tried_moved, amounts)),
        r2_features=significant(_told(known, tried, amounts)),
        pushed=None if pushed is None else significant(pushed.tolist()),
        unpushed=None if unpushed is None else significant(unpushed.tolist()),
        pushed_error=_mean_but_rest(pushed),
        unpushed_error=_mean_but_rest(unpushed),
    )


def push_errors(network: CapsNet, poses: Tensor, direction: Tensor, name: str, label: int) -> tuple[Tensor, Tensor]:
    """Push poses (N, D) along a direction (D) by each amount of a transformation, and decode them.

    What they are compared with is what the decoder draws of the pose at rest, really transformed. The sum of squared
    differences, the mean over poses, at each amount (n,): with the push, and without.
    """
    device = next(network.parameters()).device
    amounts = torch.tensor(amounts_of(name), dtype=direction.dtype)
    viewpoints = [viewpoint_at(name, amount) for amount in amounts.tolist()]
    still = network.reconstruct(poses.float().to(device), label).cpu()  # (N, H, W)
    pushed, unpushed = [], []
    for pose, picture in zip(poses, still, strict=True):
        moved = see(picture, viewpoints)  # (n, H, W)
        along = pose + (amounts - amounts[REST]).unsqueeze(1) * direction
        pushed.append(squared_error(network.reconstruct(along.float().to(device), label).cpu(), moved))
        unpushed.append(squared_error(moved, picture))
    return torch.stack(pushed).double().mean(dim=0), torch.stack(unpushed).double().mean(dim=0)


def _told(known: Tensor, tried: Tensor, amounts: Tensor) -> float:
    """R² of the regression. A few of the training digits choose its penalty."""
    some = min(REGRESSED, len(known) - 1)
    return r_squared(known[:some], known[some:], tried, amounts)


def _mean_but_rest(errors: Tensor | None) -> float | None:
    if errors is None:
        return None
    return significant((errors.sum() - errors[REST]).item() / (len(errors) - 1))
