"""Two digits laid over each other: how much they overlap, and which of them a pixel of ink is given to.

`static/js/capsules/overlap.js` computes the same for one pair whose layers both have ink, and nothing for another pair.
Layers are pictures of one digit each, in [0, 1], as they lie in the picture of the pair.
"""

from __future__ import annotations

import torch
from torch import Tensor

from model.data.preprocess import INK_THRESHOLD
from model.network.config import CapsNetConfig
from model.network.routing import Routing

STRONG_INK = 0.5  # a pixel of at least this much surely belongs to its digit


def shared_ink(layers: Tensor) -> Tensor:
    """The ink that both layers have, as a share of the ink of the one that has less: (..., 2, H, W) -> (...), 0 to 1.

    The sum of the smaller of the two pixels over the smaller of the two sums. It is 0 where a layer is empty.
    """
    both = layers.amin(dim=-3).sum(dim=(-2, -1))
    less = layers.sum(dim=(-2, -1)).amin(dim=-1)
    return torch.where(less > 0, both / less.clamp_min(torch.finfo(layers.dtype).tiny), torch.zeros_like(both))


def box_overlap(layers: Tensor) -> Tensor:
    """The intersection over the union of the boxes around the ink of two layers: (..., 2, H, W) -> (...), 0 to 1.

    Ink is a pixel of at least INK_THRESHOLD. It is 0 where a layer has none.
    """
    present = layers >= INK_THRESHOLD
    rows, columns = _in_box(present.any(dim=-1)), _in_box(present.any(dim=-2))  # (..., 2, H), (..., 2, W)
    areas = rows.sum(dim=-1) * columns.sum(dim=-1)
    intersection = rows.all(dim=-2).sum(dim=-1) * columns.all(dim=-2).sum(dim=-1)
    union = areas.sum(dim=-1) - intersection
    return torch.where(union > 0, intersection / union.clamp_min(1), torch.zeros_like(intersection, dtype=torch.float))


def exclusive_ink(layers: Tensor) -> Tensor:
    """Which pixels are ink of one layer alone: (..., 2, H, W) -> bool (..., 2, H, W).

    These are at least STRONG_INK in their own layer and below INK_THRESHOLD in the other.
    """
    return (layers >= STRONG_INK) & (layers.flip(-3) < INK_THRESHOLD)


def rightly_given(maps: Tensor, exclusive: Tensor) -> Tensor:
    """How many of the exclusive pixels go to their own digit: maps (B, R, 2, H, W), bool (B, 2, H, W) -> (B, R).

    A pixel goes to the digit whose map is larger there. Where both are equal it goes to neither.
    """
    larger = maps > maps.flip(2)
    right: Tensor = (larger & exclusive.unsqueeze(1)).sum(dim=(-3, -2, -1))
    return right


def contributions(routing: Routing, labels: Tensor) -> Tensor:
    """What each primary capsule gives to the length of K classes of each image: labels (B, K) -> (B, R, K, P).

    |s_j| is the sum over i of c_ij (û_j|i . v_j) / |v_j|. Each term is its capsule's part; it is negative where the
    vote pulls back.
    """
    lengths = torch.linalg.vector_norm(routing.class_capsules, dim=-1).unsqueeze(2)  # (B, R, 1, C)
    given = (
        routing.coupling_coefficients * routing.agreement / lengths.clamp_min(1e-9)
    )  # of a capsule that is 0, every product is 0 too
    B, R, P, _ = given.shape
    chosen = labels.view(B, 1, 1, -1).expand(B, R, P, -1)
    by_class: Tensor = given.gather(-1, chosen).transpose(2, 3)
    return by_class


def spread(given: Tensor, config: CapsNetConfig) -> Tensor:
    """What primary capsules give, each spread over its receptive field: (..., P) -> pictures (..., H, W).

    Fields are weighted by a bell around their middle, as on the page (`static/js/capsules/ownership.js`). Capsules that
    pull back count as 0. The last rows and columns lie in no field where the strides leave them over: they stay 0.
    """
    G = config.grid_size
    by_position = given.clamp_min(0).reshape(*given.shape[:-1], config.primary_types, G, G).sum(dim=-3)
    return _over_fields(by_position, config)


def through_fields(layers: Tensor, config: CapsNetConfig) -> Tensor:
    """Layers as receptive fields can tell them apart at best: (..., H, W) -> (..., H, W).

    Each field is given the ink that it sees, weighted by the bell, and spreads that as `spread` does.
    """
    pictures = layers.reshape(-1, 1, *layers.shape[-2:])
    seen = torch.nn.functional.conv2d(pictures, _weights(layers, config), stride=config.primary_stride)
    return _over_fields(seen.view(*layers.shape[:-2], *seen.shape[-2:]), config)


def _over_fields(amounts: Tensor, config: CapsNetConfig) -> Tensor:
    """What each position of the grid has, spread over its field: (..., G, G) -> (..., H, W)."""
    G, size = config.grid_size, config.image_size
    each = amounts.reshape(-1, 1, G, G)
    pictures = torch.nn.functional.conv_transpose2d(each, _weights(amounts, config), stride=config.primary_stride)
    beyond = size - pictures.shape[-1]
    return torch.nn.functional.pad(pictures, (0, beyond, 0, beyond)).view(*amounts.shape[:-2], size, size)


def _weights(like: Tensor, config: CapsNetConfig) -> Tensor:
    return bell(receptive_field(config)).to(like)[None, None]


def receptive_field(config: CapsNetConfig) -> int:
    """Side of the patch of the picture that a primary capsule sees, in pixels: two kernels, one after the other."""
    return 2 * config.kernel_size - 1


def bell(size: int) -> Tensor:
    """How much of its capsule each pixel of a receptive field counts, most in the middle: (size, size), up to 1.

    A normal curve whose standard deviation is a quarter of the field.
    """
    middle = (size - 1) / 2
    places = torch.arange(size, dtype=torch.float64) - middle
    squares = (places.unsqueeze(1).square() + places.square()) / (middle / 2) ** 2
    return torch.exp(-squares / 2).float()


def _in_box(present: Tensor) -> Tensor:
    """From the first to the last that is present: bool (..., n) -> bool (..., n)."""
    from_first = present.cumsum(dim=-1) > 0
    to_last = present.flip(-1).cumsum(dim=-1).flip(-1) > 0
    return from_first & to_last
