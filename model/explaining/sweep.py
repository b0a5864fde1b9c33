"""One digit of a pair moved across the other: what the network reads, and what it draws, at each place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from model.explaining.masks import squared_error
from model.network.capsnet import CapsNet
from model.network.interventions import Interventions

DEFAULT_REACH, MOST_REACH = 8, 12  # pixels to either side of the middle


class Swept(NamedTuple):
    """What N pictures of a pair are read as. Class k of two is held against layer k."""

    labels: Tensor  # (2,), the two classes that are drawn
    lengths: Tensor  # (N, C) in [0, 1)
    errors: Tensor  # (N, 2), the sum of squared differences of each drawing and its true layer


def sweep(
    network: CapsNet,
    images: Tensor,
    layers: Tensor,
    at: int,
    labels: Sequence[int] = (),
    iterations: int | None = None,
    interventions: Interventions | None = None,
) -> Swept:
    """Pictures (N, S, S) and their layers (N, 2, S, S), all in [0, 1] -> what the network reads and draws.

    Without two labels, those of picture number `at`: its two longest capsules, the one first that draws layer 0, so
    that the errors of both together are smallest.
    """
    traced = network.trace(images, iterations, interventions)
    capsules, lengths = traced.class_capsules[:, -1], traced.lengths[:, -1]
    chosen = list(labels) or _two_of(network, capsules[at : at + 1], lengths[at], layers[at])
    errors = torch.stack([_errors(network, capsules, label, layers[:, k]) for k, label in enumerate(chosen)], dim=1)
    return Swept(torch.tensor(chosen), lengths, errors)


def _two_of(network: CapsNet, capsules: Tensor, lengths: Tensor, layers: Tensor) -> list[int]:
    """The two longest of the capsules (1, C, D), in the order of the layers (2, S, S) that they draw."""
    first, second = lengths.argsort(descending=True, stable=True).tolist()[:2]
    as_read = _errors(network, capsules, first, layers[0]) + _errors(network, capsules, second, layers[1])
    swapped = _errors(network, capsules, second, layers[0]) + _errors(network, capsules, first, layers[1])
    return [first, second] if float(as_read) <= float(swapped) else [second, first]


def _errors(network: CapsNet, capsules: Tensor, label: int, layers: Tensor) -> Tensor:
    """How far one class, drawn from capsules (N, C, D), is from layers (N, S, S) or (S, S): (N,)."""
    drawn: Tensor = network.reconstruct(capsules[:, label], label)
    return squared_error(drawn, layers)
