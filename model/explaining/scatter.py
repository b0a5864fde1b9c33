"""Activations that change places with their neighbours: what a network notices of it, and what it does not.

Max pooling keeps the largest of each 2 x 2 window and forgets where in it that stood. So the four may change places in
every window, of each map in another way, and nothing that follows changes. Hardly any picture has such maps. The
capsules of a grid, which are not pooled, are moved within windows of the same size: their matrices W_ij differ from
place to place.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from model.network.capsnet import CapsNet
from model.network.functional import lengths
from model.network.pooling import PoolingNetwork

LAST_SEED = 2**31 - 1

_STEPS = 40
_RATE = 0.05  # of Adam: about how far a pixel moves in a step


class ScatteredMaps(NamedTuple):
    """A network with pooling, before and after the numbers of its first maps have changed places: 2 in front."""

    maps: Tensor  # (2, K, H, W), of the first convolution, after the ReLU
    pooled: Tensor  # (2, K, H // 2, W // 2), each pooled from its own maps; equal
    places: Tensor  # (K, H // 2, W // 2), int64: where in the H * W numbers of its map each largest one stood before
    scores: Tensor  # (2, C), probabilities; equal
    features: Tensor  # (2, F); equal
    imagined: Tensor  # (H, W) in [0, 1]: the picture whose maps come closest to the scattered ones
    residual: Tensor  # (), the share of the scattered maps' squares that the imagined picture does not explain
    own_residual: Tensor  # (), the share of the maps' squares before that the image itself does not explain


class ScatteredCapsules(NamedTuple):
    """A capsule network, before and after its primary capsules have changed places: 2 in front."""

    lengths_of_primary: Tensor  # (2, T, h, w) in [0, 1), of T types on their grid
    scores: Tensor  # (2, C) in [0, 1), the lengths of the class capsules
    poses: Tensor  # (2, C, D), the class capsules
    reconstruction: Tensor  # (2, H, W) in [0, 1], of the class that is read before


def scatter(maps: Tensor, seed: int) -> Tensor:
    """Maps (K, H, W, ...) whose places change within windows of 2 x 2, in each window of each map in another way.

    A last row or column that no window takes in stays. The same seed moves the same places on every device.
    """
    K, H, W = maps.shape[:3]
    h, w = H // 2, W // 2
    chance = torch.rand(K, h, w, 4, generator=torch.Generator().manual_seed(seed))
    order = chance.argsort(dim=-1).to(maps.device)
    inside = maps[:, : 2 * h, : 2 * w].reshape(K, h, 2, w, 2, -1).permute(0, 1, 3, 2, 4, 5).reshape(K, h, w, 4, -1)
    moved = inside.gather(3, order.unsqueeze(-1).expand_as(inside)).view(K, h, w, 2, 2, -1).permute(0, 1, 3, 2, 4, 5)
    scattered = maps.clone()
    scattered[:, : 2 * h, : 2 * w] = moved.reshape(K, 2 * h, 2 * w, *maps.shape[3:])
    return scattered


def scatter_maps(network: PoolingNetwork, image: Tensor, seed: int) -> ScatteredMaps:
    """An image (H, W) in [0, 1] whose first maps are scattered.

    Everything after the maps is computed from each of the two, in the same way. It takes a gradient, and so cannot be
    called in inference mode.
    """
    with torch.no_grad():
        maps = network.maps(image[None])
        scattered = scatter(maps[0], seed)[None]
        before, after = network.trace_from(maps), network.trace_from(scattered)
    imagined = imagine(network, scattered[0], image)
    with torch.no_grad():
        return ScatteredMaps(
            maps=torch.cat([maps, scattered]),
            pooled=torch.cat([before.first.pooled, after.first.pooled]),
            places=before.first.places[0],
            scores=torch.cat([before.logits, after.logits]).softmax(dim=-1),
            features=torch.cat([before.features, after.features]),
            imagined=imagined,
            residual=_unexplained(network, imagined, scattered[0]),
            own_residual=_unexplained(network, image, maps[0]),
        )


def scatter_capsules(network: CapsNet, image: Tensor, seed: int) -> ScatteredCapsules:
    """An image (H, W) in [0, 1] whose primary capsules are scattered over their grid."""
    config = network.config
    capsules = network.primary_capsules(image[None])
    grid = capsules.view(config.primary_types, config.grid_size, config.grid_size, config.primary_dim)
    both = torch.stack([grid, scatter(grid, seed)])
    poses = network.class_caps(both.view(2, -1, config.primary_dim), config.routing_iterations)
    scores = lengths(poses)
    drawn: Tensor = network.decoder(poses, scores[0].argmax().expand(2))
    return ScatteredCapsules(lengths(both), scores, poses, drawn)


def imagine(network: PoolingNetwork, maps: Tensor, start: Tensor, steps: int = _STEPS) -> Tensor:
    """The picture (H, W) in [0, 1] whose first maps come closest to these (K, H, W), by gradient descent from `start`.

    Closest is the least sum of squared differences. Adam, with the pixels clipped after each step. Of all steps the
    best is kept, `start` among them.
    """
    with torch.enable_grad():
        picture = start.detach().clone().requires_grad_()
        adam = torch.optim.Adam([picture], lr=_RATE)
        best, least = start, float("inf")
        for step in range(steps + 1):
            missed = (network.maps(picture[None])[0] - maps).square().sum()
            if float(missed.detach()) < least:
                best, least = picture.detach().clone(), float(missed.detach())
            if step < steps:
                (picture.grad,) = torch.autograd.grad(missed, picture)
                adam.step()
                with torch.no_grad():
                    picture.clamp_(0, 1)
    return best


def _unexplained(network: PoolingNetwork, image: Tensor, maps: Tensor) -> Tensor:
    """The share of the squares of maps (K, H, W) that the image's own maps miss; 0 where the maps are all 0."""
    missed = (network.maps(image[None])[0] - maps).square().sum()
    return missed / maps.square().sum().clamp(min=torch.finfo(maps.dtype).tiny)
