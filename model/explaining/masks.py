"""One picture under each of the ten masks: what it would be as another digit (section 4.1 of the paper).

The decoder draws from one class capsule alone. How badly its picture misses what the network saw says how well that
class explains it; for the winning class this is the score of DARCCC (Frosst, Sabour and Hinton, arXiv 1811.06969).
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from model.network.capsnet import CapsNet
from model.network.functional import lengths


class Masks(NamedTuple):
    """The pictures of C class capsules, each drawn alone, and how much each misses the image.

    `stretched` are those of the same directions, all brought to the length of the longest capsule: a short capsule
    says "hardly", and the decoder draws from it little else than what it draws from nothing.
    """

    reconstructions: Tensor  # (C, 28, 28) in [0, 1]
    errors: Tensor  # (C,), the sum of squared differences
    stretched: Tensor  # (C, 28, 28) in [0, 1]
    stretched_errors: Tensor  # (C,)
    lengths: Tensor  # |v_j|, (C,) in [0, 1)


def masks(network: CapsNet, class_capsules: Tensor, image: Tensor) -> Masks:
    """Class capsules (C, D) of an image (28, 28) in [0, 1] -> its reconstruction under each mask."""
    found = lengths(class_capsules)
    directions = torch.nn.functional.normalize(class_capsules, dim=-1)  # the zero vector stays as it is
    pictures = draw_each(network, class_capsules)
    stretched = draw_each(network, directions * found.max())
    return Masks(pictures, squared_error(pictures, image), stretched, squared_error(stretched, image), found)


def squared_error(pictures: Tensor, image: Tensor) -> Tensor:
    """The sum of squared differences of each picture (..., 28, 28) to an image (..., 28, 28): (...)."""
    return (pictures - image).square().sum(dim=(-2, -1))


def draw_each(network: CapsNet, class_capsules: Tensor) -> Tensor:
    """Each of the C capsules (..., C, D) under its own mask: (..., C, 28, 28)."""
    *several, C, D = class_capsules.shape
    labels = torch.arange(C, device=class_capsules.device).expand(*several, C).flatten()
    each = class_capsules.unsqueeze(-3).expand(*several, C, C, D).reshape(-1, C, D)
    pictures: Tensor = network.decoder(each, labels)
    return pictures.view(*several, C, *pictures.shape[1:])
