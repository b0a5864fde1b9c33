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

from model.datasets import Digits, to_unit
from model.errors import UserError
from model.functional import lengths
from model.measurements import HISTOGRAM_BINS, SWEEP_STEPS, Measured
from model.morphometrics import MEASURES, NAMES, measure
from model.naming import Evidence, name_of, place_of
from model.network import CapsNet

Array = npt.NDArray[np.float64]

REACH = 2.0  # standard deviations to either side
BINS_REACH = 4.0  # standard deviations to either side
VISIBLE = 0.1  # a pixel that changes by more has changed
_BATCH = 100


class Measuring(Protocol):
    """Pictures (N, 28, 28) -> their measures (N, M)."""

    def __call__(self, pictures: npt.NDArray[np.float32], /) -> Array: ...


def sweep_offsets() -> Array:
    """The eleven places of each sweep, in standard deviations: -2 to 2."""
    return np.linspace(-REACH, REACH, SWEEP_STEPS)


def sample(digits: Digits, per_class: int, seed: int) -> list[Tensor]:
    """For each class, up to `per_class` of its digits' indices in an order that follows from the seed."""
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(digits), generator=generator)
    labels = digits.labels[order]
    return [order[labels == label][:per_class] for label in range(10)]


def measure_dimensions(
    network: CapsNet, digits: Digits, per_class: int, swept: int, seed: int, processes: int | None = None
) -> list[Measured]:
    """For each class what its capsule's numbers are over `per_class` digits, and do over the first `swept` of them.

    Raises UserError where a class has no digit, or none is to be measured or swept.
    """
    if per_class < 1 or swept < 1:
        raise UserError(f"at least one digit of each class must be measured and swept, not {per_class} and {swept}")
    chosen = sample(digits, per_class, seed)
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


def evidence_of(measures: Array, moved: Array, change: float) -> list[Evidence]:
    """How each measure follows the dial: (N, S, M) for N digits at S offsets, each digit against its own mean.

    `moved` (M,) is by how much a picture changes for one unit of each measure, and `change` by how much it does for
    one standard deviation, both in whole pixels.
    """
    N = len(measures)
    steps = sweep_offsets()
    own = measures - measures.mean(axis=1, keepdims=True)  # (N, S, M)
    shared = np.einsum("nsm,s->m", own, steps)
    spent = np.sqrt((own**2).sum(axis=(0, 1)) * N * (steps**2).sum())
    r = np.divide(shared, spent, out=np.zeros_like(shared), where=spent > 1e-9)
    slopes = shared / (N * (steps**2).sum())
    values = measures.mean(axis=0)  # (S, M)
    shares = np.abs(slopes) * moved / max(change, 1e-9)
    return [
        Evidence(
            measure=entry,
            r=float(r[place]),
            slope=float(slopes[place]),
            values=values[:, place],
            share=float(shares[place]),
        )
        for place, entry in enumerate(MEASURES)
    ]


def pixels_moved(pictures: npt.NDArray[np.float32], measures: Array) -> Array:
    """By how much pictures (N, 28, 28) change for one unit of each of their measures (N, M): whole pixels (M,).

    All else stays, the thickness of what widens too. It is a first order: each edge, times how far it moves.
    """
    _, H, W = pictures.shape
    own = {name: measures[:, place, None, None] for place, name in enumerate(NAMES)}
    lean = np.radians(own["slant"])
    down = np.arange(H)[:, None] + 0.5 - H / 2 - own["y"]  # (N, H, 1), from the centre of the ink
    right = np.arange(W) + 0.5 - W / 2 - own["x"]  # (N, 1, W)
    edges_y, edges_x = np.gradient(pictures.astype(np.float64), axis=(1, 2))
    beside, above = np.abs(edges_x), np.abs(edges_y)
    upright = np.abs(right + np.tan(lean) * down)  # the lean taken away
    by_name = {
        "thickness": np.hypot(beside, above) / 2,  # either side of a stroke moves by half of it
        "slant": beside * np.abs(down) * np.radians(1) / np.cos(lean) ** 2,
        "width": beside * upright / np.maximum(own["width"] - own["thickness"], 1),
        "height": above * np.abs(down) / np.maximum(own["height"] - own["thickness"], 1),
        "length": own["thickness"],
        "loop": np.ones((1, 1, 1)),
        "area": np.ones((1, 1, 1)),
        "x": beside,
        "y": above,
    }
    return np.array([by_name[name].sum(axis=(1, 2)).mean() for name in NAMES])


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
    dimensions: list[Measured] = []
    for dimension, (mean, deviation) in enumerate(zip(means, deviations, strict=True)):
        pictures = sweep(network, first, label, dimension, deviation)
        dimensions.append(
            {
                "mean": _round(mean),
                "deviation": _round(deviation),
                "histogram": histogram(poses[:, dimension].double().numpy()),
                **_meaning(pictures, label, measuring),
            }
        )
    return {
        "label": label,
        "digits": len(poses),
        "swept": len(first),
        "length": {"mean": _round(float(found.mean())), "deviation": _round(float(found.std(correction=0)))},
        "dimensions": dimensions,
    }


def _meaning(pictures: npt.NDArray[np.float32], label: int, measuring: Measuring) -> Measured:
    """What sweeps (N, 11, 28, 28) of one dimension show."""
    N, S, H, W = pictures.shape
    changes = picture_change(pictures)
    changed = float((np.abs(pictures[:, -1] - pictures[:, 0]) > VISIBLE).mean())
    measures = measuring(pictures.reshape(N * S, H, W)).reshape(N, S, len(MEASURES))
    still = pictures[:, S // 2]
    moved = pixels_moved(still, measures[:, S // 2])
    evidence = evidence_of(measures, moved, float(changes.sum()))
    place = place_of(changes, still.mean(axis=0).astype(np.float64), label)
    name = name_of(evidence, place, changed)
    return {
        "name": name.name,
        "detail": name.detail,
        "strength": None if name.strength is None else _round(name.strength),
        "measure": name.measure,
        "effect": _round(float(changes.mean())),
        "changed": _round(changed),
        "evidence": [
            {
                "measure": entry.measure.name,
                "unit": entry.measure.unit,
                "r": _round(entry.r),
                "slope": _round(entry.slope),
                "share": _round(entry.share),
                "values": [_round(value) for value in entry.values.tolist()],
            }
            for entry in evidence
        ],
        "offsets": [_round(step) for step in sweep_offsets().tolist()],
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
