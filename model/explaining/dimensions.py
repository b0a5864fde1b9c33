"""What each of a class capsule's numbers means: each is swept alone, and the pictures that come of it are measured.

Needs scikit-image, as `morphometrics` does.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Protocol

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from tqdm import tqdm

from model.data.datasets import Digits, to_unit
from model.errors import UserError
from model.explaining.measurements import HISTOGRAM_BINS, SWEEP_STEPS, Measured
from model.explaining.morphometrics import measure
from model.explaining.naming import Evidence, Name, Place, names_of, place_of
from model.explaining.sampling import sample
from model.explaining.sights import MEASURES, NAMES, can_be_seen, in_words
from model.network.capsnet import CapsNet
from model.network.functional import lengths

Array = npt.NDArray[np.float64]

REACH = 2.0  # standard deviations to either side
BINS_REACH = 4.0  # standard deviations to either side
_BATCH = 100


class Measuring(Protocol):
    """Pictures (N, 28, 28) -> their measures (N, M)."""

    def __call__(self, pictures: npt.NDArray[np.float32], /) -> Array: ...


def sweep_offsets() -> Array:
    """The eleven places of each sweep, in standard deviations: -2 to 2."""
    return np.linspace(-REACH, REACH, SWEEP_STEPS)


def measure_dimensions(
    network: CapsNet, digits: Digits, per_class: int, swept: int, seed: int, processes: int | None = None
) -> list[Measured]:
    """For each class what its capsule's numbers are over `per_class` digits, and do over the first `swept` of them.

    Raises UserError where a class has no digit, or none is to be measured or swept.
    """
    if per_class < 1 or swept < 1:
        raise UserError(f"at least one digit of each class must be measured and swept, not {per_class} and {swept}")
    chosen = sample(digits, per_class, seed, network.config.classes)
    for label, indices in enumerate(chosen):
        if not len(indices):
            raise UserError(f"there is no digit of class {label} to measure")
    with _measuring(processes or _processes()) as measuring:
        return [
            _class(network, to_unit(digits.images[indices]), label, swept, measuring)
            for label, indices in enumerate(tqdm(chosen, desc="measuring", unit="class", mininterval=1))
        ]


def class_poses(network: CapsNet, images: Tensor, label: int) -> Tensor:
    """The capsule of one class for each picture: (N, 28, 28) -> (N, 16)."""
    device = next(network.parameters()).device
    with torch.inference_mode():
        return torch.cat([network(batch.to(device))[:, label].cpu() for batch in torch.split(images, _BATCH)])


def sweep(network: CapsNet, poses: Tensor, label: int, dimension: int, deviation: float) -> npt.NDArray[np.float32]:
    """Pictures (N, 11, 28, 28) of poses (N, 16) with one dimension moved along the offsets, the others kept."""
    N, D = poses.shape
    device = next(network.parameters()).device
    moved = poses[:, None].repeat(1, SWEEP_STEPS, 1)
    moved[:, :, dimension] += torch.from_numpy(sweep_offsets() * deviation).float()
    with torch.inference_mode():
        pictures = network.reconstruct(moved.view(N * SWEEP_STEPS, D).to(device), label)
    return pictures.view(N, SWEEP_STEPS, *pictures.shape[1:]).cpu().numpy()


def spreads_of(measures: Array) -> Array:
    """The standard deviation of each measure over digits of a class (N, M), and no less than is just visible: (M,)."""
    least = [measure.just_visible for measure in MEASURES]
    spreads: Array = np.maximum(measures.std(axis=0), least)
    return spreads


def evidence_of(measures: Array, spreads: Array) -> list[Evidence]:
    """How each measure follows the dial: (N, S, M) for N digits at S offsets, against its spread (M,) over digits.

    A digit's change is that of the straight line through its S values, from the first offset to the last.
    """
    steps = sweep_offsets()
    changes = np.einsum("nsm,s->nm", measures, steps) / (steps**2).sum() * (steps[-1] - steps[0])
    middle = np.median(changes, axis=0)
    agree = (np.sign(changes) == np.sign(middle)).mean(axis=0)
    values = measures.mean(axis=0)  # (S, M)
    return [
        Evidence(
            measure=entry,
            change=float(middle[place]),
            effect=float(middle[place] / spreads[place]),
            agree=float(agree[place]) if middle[place] else 0.0,
            values=values[:, place],
        )
        for place, entry in enumerate(MEASURES)
    ]


def histogram(values: Array) -> Measured:
    """Counts of values (N,) in 32 bins from 4 standard deviations below the mean to 4 above."""
    mean, reach = values.mean(), max(BINS_REACH * values.std(), 1e-6)
    low, high = mean - reach, mean + reach
    counts, _ = np.histogram(np.clip(values, low, high), bins=HISTOGRAM_BINS, range=(low, high))
    return {"low": _round(low), "high": _round(high), "counts": counts.tolist()}


def picture_change(pictures: npt.NDArray[np.float32]) -> Array:
    """How much each pixel changes for one standard deviation, (28, 28), on the way along sweeps (N, S, 28, 28)."""
    way = np.abs(np.diff(pictures.astype(np.float64), axis=1)).sum(axis=1).mean(axis=0)
    along: Array = way / (2 * REACH)
    return along


def _class(network: CapsNet, images: Tensor, label: int, swept: int, measuring: Measuring) -> Measured:
    poses = class_poses(network, images, label)
    found = lengths(poses)
    first = poses[:swept]
    means, deviations = poses.double().mean(dim=0).tolist(), poses.double().std(dim=0, correction=0).tolist()
    spreads = spreads_of(measuring(images.numpy()))
    evidence: list[list[Evidence]] = []
    places: list[Place] = []
    for dimension, deviation in enumerate(deviations):
        pictures = sweep(network, first, label, dimension, deviation)
        N, S, H, W = pictures.shape
        measures = measuring(pictures.reshape(N * S, H, W)).reshape(N, S, len(MEASURES))
        evidence.append(evidence_of(measures, spreads))
        ink = pictures[:, S // 2].mean(axis=0).astype(np.float64)
        places.append(place_of(picture_change(pictures), ink, label))
    named = names_of(evidence, label)
    dimensions = [
        {
            "mean": _round(means[d]),
            "deviation": _round(deviations[d]),
            "histogram": histogram(poses[:, d].double().numpy()),
            **_meaning(named[d], evidence[d], places[d], label),
        }
        for d in range(len(means))
    ]
    return {
        "label": label,
        "digits": len(poses),
        "swept": len(first),
        "length": {"mean": _round(float(found.mean())), "deviation": _round(float(found.std(correction=0)))},
        "reach": REACH,
        "offsets": [_round(step) for step in sweep_offsets().tolist()],
        "spreads": {name: _round(spread) for name, spread in zip(NAMES, spreads.tolist(), strict=True)},
        "dimensions": dimensions,
    }


def _meaning(name: Name, evidence: list[Evidence], place: Place, label: int) -> Measured:
    """What one dimension does, as it is written down; of the measures, those that the digits of the class have."""
    return {
        "name": name.name,
        "detail": name.detail,
        "visibility": name.visibility,
        "measures": list(name.measures),
        "evidence": [
            {
                "measure": entry.measure.name,
                "title": in_words(entry.measure.title, label),
                "unit": entry.measure.unit,
                "change": _round(entry.change),
                "effect": _round(entry.effect),
                "agree": _round(entry.agree),
                "values": [_round(value) for value in entry.values.tolist()],
            }
            for entry in evidence
            if can_be_seen(entry.measure, label)
        ],
        "place": {"x": _round(place.x), "y": _round(place.y), "name": place.name},
    }


@contextmanager
def _measuring(processes: int) -> Iterator[Measuring]:
    """`measure`, shared out among processes; what it finds does not depend on how many there are."""
    if processes == 1:
        yield measure
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, initializer=torch.set_num_threads, initargs=(1,)) as pool:

        def shared(pictures: npt.NDArray[np.float32]) -> Array:
            return np.concatenate(list(pool.map(measure, np.array_split(pictures, 2 * processes))))

        yield shared


def _processes() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _round(value: float) -> float:
    """Four significant digits: the rest is chance, and the file is shipped."""
    return float(f"{value:.4g}")
