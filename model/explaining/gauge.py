"""How well the winning class explains a drawing: the error of its reconstruction, held against that of test digits.

What is no digit is drawn back badly, since the decoder has only digits to offer (DARCCC, Frosst et al. 2018,
arXiv 1811.06969). So the error tells drawings that are digits from others, and what it is worth is the area under
its ROC curve for noise, letters and doodles.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from model.data.datasets import DataError, Digits, to_unit
from model.data.preprocess import preprocess
from model.data.strokes import render
from model.explaining.masks import squared_error
from model.explaining.measurements import GAUGE_QUANTILES, Measured
from model.network.capsnet import CapsNet
from model.network.functional import lengths

Array = npt.NDArray[np.float64]

OTHER_STROKES = Path(__file__).parent.parent / "data" / "other_strokes.json"
KINDS = {"letters", "doodles"}
NOISE = 156
_BATCH = 100


class Explained(NamedTuple):
    """How well the winning class explains each of N pictures."""

    error: Array  # (N,), sum of squared differences of picture and reconstruction
    ink: Array  # (N,), sum of the squares of the picture's pixels
    length: Array  # (N,), of the winning capsule

    def variants(self) -> dict[str, Array]:
        """The error as it is; as a share of the ink; and weighed by how short the capsule is."""
        return {
            "error": self.error,
            "error / ink": self.error / np.maximum(self.ink, 1e-9),
            "error x (1 - length)": self.error * (1 - self.length),
        }


@torch.inference_mode()
def explain(network: CapsNet, images: Tensor) -> Explained:
    """Pictures (N, 28, 28) in [0, 1] -> how well each is explained by its longest class capsule."""
    device = next(network.parameters()).device
    rows: list[Tensor] = []
    for batch in torch.split(images, _BATCH):
        pictures = batch.to(device)
        capsules = network(pictures)
        longest, labels = lengths(capsules).max(dim=-1)
        error = squared_error(network.decoder(capsules, labels), pictures)
        rows.append(torch.stack([error, pictures.square().sum(dim=(1, 2)), longest]).cpu().double())
    return Explained(*torch.cat(rows, dim=1).numpy())


def area_under_curve(inside: Array, outside: Array) -> float:
    """The area under the ROC curve of a score that should be larger outside: the rank statistic of Mann and Whitney.

    It is the share of pairs, one from each side, that the score puts in order; a pair of equals counts half.
    """
    both = np.concatenate([inside, outside])
    _, place, counts = np.unique(both, return_inverse=True, return_counts=True)
    last = counts.cumsum()
    ranks = (last - (counts - 1) / 2)[place]  # equals share the mean of their ranks
    above = ranks[len(inside) :].sum() - len(outside) * (len(outside) + 1) / 2
    return float(above / (len(inside) * len(outside)))


def noise(count: int, seed: int) -> Tensor:
    """Pictures (N, 28, 28) of noise in [0, 1]: half of it grain for grain, half in patches of several pixels."""
    random = np.random.default_rng(seed)
    grains = random.random((count, 28, 28))
    coarse = torch.from_numpy(random.random((count, 1, 7, 7)))
    patches = torch.nn.functional.interpolate(coarse, size=28, mode="bicubic")[:, 0].clamp(0, 1).numpy()
    mixed = np.where(np.arange(count)[:, None, None] % 2, patches > 0.5, grains)
    return torch.from_numpy(mixed.astype(np.float32))


def read_drawings(path: Path) -> dict[str, Tensor]:
    """Drawings that are no digits, as the network sees them: for each kind (N, 28, 28).

    The file is a list of `{"kind", "name", "strokes"}` with both kinds. Raises DataError where it is no such file.
    """
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        kinds: dict[str, list[npt.NDArray[np.float32]]] = {}
        for entry in entries:
            strokes = [np.array(stroke, dtype=np.float64) for stroke in entry["strokes"]]
            kinds.setdefault(entry["kind"], []).append(preprocess(render(strokes)))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DataError(f"{path} is no file of drawings: {error}") from error
    if kinds.keys() != KINDS:
        raise DataError(f"{path} holds {', '.join(sorted(kinds)) or 'nothing'}, and not {' and '.join(sorted(KINDS))}")
    return {kind: torch.from_numpy(np.stack(pictures)) for kind, pictures in kinds.items()}


def _quantiles(values: Array) -> list[float]:
    return [round(value, 4) for value in np.quantile(values, np.linspace(0, 1, GAUGE_QUANTILES)).tolist()]


def measure_gauge(network: CapsNet, digits: Digits, others: Mapping[str, Tensor]) -> Measured:
    """The quantiles of the error over digits, and the area under the curve against each kind of other drawings."""
    inside = explain(network, to_unit(digits.images))
    outside = {kind: explain(network, pictures) for kind, pictures in others.items()}
    outside["all"] = Explained(*(np.concatenate(parts) for parts in zip(*outside.values(), strict=True)))
    areas = {
        variant: {
            kind: round(area_under_curve(scores, explained.variants()[variant]), 4)
            for kind, explained in outside.items()
        }
        for variant, scores in inside.variants().items()
    }
    variants = inside.variants()
    return {
        "quantiles": _quantiles(variants["error"]),
        "relative_quantiles": _quantiles(variants["error / ink"]),
        "auc": areas["error"],
        "variants": areas,
        "counts": {"digits": len(digits), **{kind: len(explained.error) for kind, explained in outside.items()}},
    }
