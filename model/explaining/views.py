"""One digit from several viewpoints: what a network reads in each picture, and what it holds of it."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from model.network.base import Network
from model.network.capsnet import CapsNet
from model.network.functional import lengths
from model.zoo.architectures import NoCapsulesError, NoPoolingError, architecture_of, with_capsules, with_pooling


class Viewed(NamedTuple):
    """N pictures as a network sees them. None stands for what the network does not have or was not asked for."""

    scores: Tensor  # (N, C) in [0, 1]: lengths of the class capsules, or probabilities
    poses: Tensor | None = None  # (N, C, D), the class capsules after the last iteration
    reconstruction: Tensor | None = None  # (N, H, W) in [0, 1], of one class
    features: Tensor | None = None  # (N, F), what the answer of a network with pooling is made of
    first: Tensor | None = None  # (N, K1, h, w), its first pooled maps
    second: Tensor | None = None  # (N, K2, h, w), its second ones


def viewed(
    network: Network, images: Tensor, label: int | None = None, *, reconstruction: bool = False, pooled: bool = False
) -> Viewed:
    """Pictures (N, H, W) in [0, 1] -> what the network makes of each.

    A reconstruction is of the class `label`, or of each picture's own winner where none is given. Raises
    NoCapsulesError or NoPoolingError where the network has not what it is asked for.
    """
    kind = architecture_of(network.config)
    if reconstruction and not kind.has_capsules:
        raise NoCapsulesError
    if pooled and not kind.has_pooling:
        raise NoPoolingError
    if kind.has_capsules:
        return _by_capsules(with_capsules(network), images, label, reconstruction=reconstruction)
    if kind.has_pooling:
        found = with_pooling(network).trace(images)
        maps = (found.first.pooled, found.second.pooled) if pooled else (None, None)
        return Viewed(found.logits.softmax(dim=-1), features=found.features, first=maps[0], second=maps[1])
    return Viewed(network.scores(images))


def _by_capsules(network: CapsNet, images: Tensor, label: int | None, *, reconstruction: bool) -> Viewed:
    poses = network(images)
    scores = lengths(poses)
    if not reconstruction:
        return Viewed(scores, poses)
    drawn = scores.argmax(dim=-1) if label is None else torch.full((len(images),), label, device=images.device)
    return Viewed(scores, poses, network.decoder(poses, drawn))
