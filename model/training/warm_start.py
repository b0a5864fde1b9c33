"""The first weights of a network from those of a trained one, also where their pictures differ in size."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from model.network.capsnet import CapsNet
from model.network.config import CapsNetConfig
from model.zoo.checkpoint import LoadedModel


class FirstWeights(NamedTuple):
    """The model whose weights a training began with, as it was then: another may bear its name since."""

    name: str
    sha256: str  # of its file
    command: str  # that trained it, from nothing
    taken_over: str  # what of it, in words


def begin_with(network: CapsNet, first: LoadedModel) -> FirstWeights:
    """Give `network` the weights of a model, and say which that was. Raises RuntimeError where they do not fit."""
    take_over(network, first.capsnet)
    taken_over = what_is_taken_over(first.card.capsules, network.config)
    return FirstWeights(first.card.name, first.card.sha256, first.card.command, taken_over)


def take_over(network: CapsNet, first: CapsNet) -> None:
    """Give `network` the weights of `first`. Raises RuntimeError where they do not fit.

    A picture laid in the middle of a larger frame has the primary capsules that it had alone, moved with it, where
    the frame is wider by a multiple of the stride: from 28 to 36 pixels by two positions on each side. Each position
    there takes its own matrices W_ij, and those around take the nearest ones. All are scaled by the share of the
    capsules that there were: s_j is a sum over the capsules, and of 3,200 in place of 1,152 it would be so large that
    every class capsule had a length near 1.
    """
    weights = first.state_dict()
    if first.config.grid_size != network.config.grid_size:
        matrices = regridded(weights["class_caps.weight"], first.config.grid_size, network.config.grid_size)
        weights["class_caps.weight"] = matrices * (first.config.primary_count / network.config.primary_count)
        # No pixel that the decoder draws has a counterpart.
        weights |= network.decoder.layer3.state_dict(prefix="decoder.layer3.")
    network.load_state_dict(weights)


def what_is_taken_over(first: CapsNetConfig, config: CapsNetConfig) -> str:
    """What `take_over` does, in words for a card."""
    old, new = first.grid_size, config.grid_size
    if old == new:
        return "all of them"
    return (
        "Conv1, PrimaryCaps and the decoder's first two layers as they are; W_ij of each position of the "
        f"{new} x {new} grid from the nearest one of the {old} x {old} grid laid in its middle, times "
        f"{first.primary_count} / {config.primary_count}; the decoder's last layer drawn from the seed"
    )


def regridded(weight: Tensor, old: int, new: int) -> Tensor:
    """W_ij of types on a grid of `old` x `old` (types * old * old, C, D, d), for one of `new` x `new`."""
    nearest = (torch.arange(new) - (new - old) // 2).clamp(0, old - 1)
    by_position = weight.view(-1, old, old, *weight.shape[1:])  # types, down, right, C, D, d
    return by_position[:, nearest][:, :, nearest].flatten(0, 2)
