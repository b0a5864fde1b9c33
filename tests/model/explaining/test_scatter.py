"""Activations that change places: which of them may, what pooling notices, and the picture that fits them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import Tensor

from model.explaining.scatter import imagine, scatter, scatter_capsules, scatter_maps
from model.network.capsnet import CapsNet
from model.network.functional import lengths
from model.network.pooling import GlobalPoolingCnn, PoolingCnn, PoolingNetwork

NETWORKS = [PoolingCnn, GlobalPoolingCnn]


def made(kind: Callable[[], PoolingNetwork]) -> PoolingNetwork:
    torch.manual_seed(1)
    return kind().eval()


def windows(maps: Tensor) -> list[list[float]]:
    """The numbers of each 2 x 2 window of maps (K, H, W), each window's in order, one window after another."""
    K, H, W = maps.shape
    return [
        sorted(maps[k, row : row + 2, column : column + 2].flatten().tolist())
        for k in range(K)
        for row in range(0, H - 1, 2)
        for column in range(0, W - 1, 2)
    ]


@pytest.mark.parametrize("shape", [(3, 8, 6), (2, 5, 7)])
def test_numbers_stay_in_their_windows(shape: tuple[int, int, int]) -> None:
    maps = torch.rand(shape)
    moved = scatter(maps, 3)
    assert windows(moved) == windows(maps)
    assert not torch.equal(moved, maps)
    _, H, W = shape
    assert torch.equal(moved[:, H // 2 * 2 :], maps[:, H // 2 * 2 :])  # a last row that no window takes in
    assert torch.equal(moved[:, :, W // 2 * 2 :], maps[:, :, W // 2 * 2 :])


def test_every_window_of_every_map_is_moved_in_its_own_way() -> None:
    numbers = torch.arange(4.0).view(2, 2).repeat(20, 10, 10)  # 0 to 3 in each window
    moved = scatter(numbers, 5)
    orders = {
        tuple(moved[k, row : row + 2, column : column + 2].flatten().tolist())
        for k in range(20)
        for row in range(0, 20, 2)
        for column in range(0, 20, 2)
    }
    assert len(orders) == 24  # all that four numbers have
    assert not torch.equal(moved[0], moved[1])
    for corner in (moved[:, a::2, b::2] for a in (0, 1) for b in (0, 1)):
        counts = torch.bincount(corner.flatten().long(), minlength=4)
        assert (counts.double() / counts.sum()).sub(0.25).abs().max() < 0.05  # 2,000 windows, none preferred


def test_the_seed_alone_says_how() -> None:
    maps, others = torch.rand(2, 4, 6, 6)
    assert torch.equal(scatter(maps, 7), scatter(maps, 7))
    assert not torch.equal(scatter(maps, 7), scatter(maps, 8))
    ways = [scatter(torch.stack([maps, others], dim=-1), 7)[..., k] for k in (0, 1)]
    assert torch.equal(ways[0], scatter(maps, 7))  # what lies in one place goes together
    assert torch.equal(ways[1], scatter(others, 7))


@pytest.mark.parametrize("kind", NETWORKS)
def test_after_pooling_nothing_has_changed(kind: Callable[[], PoolingNetwork], images: Tensor) -> None:
    network = made(kind)
    for seed, image in enumerate(images[:5]):
        found = scatter_maps(network, image, seed)
        before, after = found.maps
        assert (before != after).float().mean() > 0.05  # much of a map is one number, and stays so
        pooled = [
            np.array([[window[-1] for window in windows(each)]]).reshape(32, 14, 14) for each in (before, after)
        ]  # the largest of each window, by hand
        for by_hand, each in zip(pooled, found.pooled, strict=True):
            np.testing.assert_array_equal(each.numpy(), by_hand.astype(np.float32))
        assert torch.equal(found.pooled[0], found.pooled[1])
        assert torch.equal(found.features[0], found.features[1])
        assert torch.equal(found.scores[0], found.scores[1])
        with torch.no_grad():
            trace = network.trace(image[None])
        torch.testing.assert_close(found.scores, network.scores(image[None]).expand(2, -1), rtol=0, atol=1e-6)
        assert torch.equal(before, trace.first.maps[0])
        winners = before.flatten(1).gather(1, found.places.flatten(1))
        assert torch.equal(winners.view_as(found.pooled[0]), found.pooled[0])


def test_a_number_that_leaves_its_window_would_be_noticed(images: Tensor) -> None:
    network = made(PoolingCnn)
    with torch.no_grad():
        maps = network.maps(images[:1])
        moved = maps.roll(1, dims=-1)
        assert not torch.equal(network.trace_from(maps).logits, network.trace_from(moved).logits)


@pytest.mark.parametrize("kind", NETWORKS)
def test_the_imagined_picture_is_the_closest_that_was_found(kind: Callable[[], PoolingNetwork], images: Tensor) -> None:
    network, image = made(kind), images[0]
    found = scatter_maps(network, image, 3)
    scattered = found.maps[1]

    def share(picture: Tensor, maps: Tensor) -> float:
        with torch.no_grad():
            own = network.conv1(picture[None, None]).clamp(min=0)[0].double()
        return float((own - maps.double()).square().sum() / maps.double().square().sum())

    assert 0 <= float(found.imagined.min()) <= float(found.imagined.max()) <= 1
    assert float(found.own_residual) == share(image, found.maps[0]) == 0
    assert float(found.residual) == pytest.approx(share(found.imagined, scattered), rel=1e-4)
    assert 0.01 < float(found.residual) < 0.95 * share(image, scattered)
    nearby = [(found.imagined + 0.02 * torch.randn(28, 28)).clamp(0, 1) for _ in range(20)]
    assert all(share(picture, scattered) > float(found.residual) for picture in nearby)


def test_the_fit_ends_where_a_slow_one_does(images: Tensor) -> None:
    """Plain gradient descent with a small step, five hundred times."""
    network, image = made(GlobalPoolingCnn), images[1]
    with torch.no_grad():
        scattered = scatter(network.maps(image[None])[0], 4)
    slow = image.clone()
    for _ in range(500):
        slow.requires_grad_()
        missed = (network.maps(slow[None])[0] - scattered).square().sum()
        (gradient,) = torch.autograd.grad(missed, slow)
        slow = (slow.detach() - 0.02 * gradient).clamp(0, 1)
    with torch.no_grad():
        least = float((network.maps(slow[None])[0] - scattered).square().sum())
        found = float((network.maps(imagine(network, scattered, image)[None])[0] - scattered).square().sum())
    assert found < 1.03 * least


def test_maps_of_a_picture_are_explained_by_it(images: Tensor) -> None:
    network = made(PoolingCnn)
    with torch.no_grad():
        own = network.maps(images[2:3])[0]
    assert torch.equal(imagine(network, own, images[2]), images[2])
    network.zero_grad()
    imagine(network, own, images[3], steps=3)
    assert all(parameter.grad is None for parameter in network.parameters())  # nothing is left on the network


def test_capsules_move_over_their_grid_and_are_routed_anew(network: CapsNet, images: Tensor) -> None:
    image = images[0]
    with torch.inference_mode():
        found = scatter_capsules(network, image, 6)
        trace = network.trace(image[None])
        grid = trace.primary_capsules.view(32, 6, 6, 8)
        moved = scatter(grid, 6)
        poses = network.class_caps(moved.reshape(1, 1152, 8), 3)[0]
        label = int(trace.lengths[0, -1].argmax())
        redrawn = network.reconstruct(poses[label][None], label)[0]
    before, after = found.lengths_of_primary
    torch.testing.assert_close(before, lengths(grid))
    assert windows(after) == windows(before)
    torch.testing.assert_close(found.poses, torch.stack([trace.class_capsules[0, -1], poses]), rtol=0, atol=1e-5)
    torch.testing.assert_close(found.scores, lengths(found.poses))
    torch.testing.assert_close(found.reconstruction, torch.stack([trace.reconstruction[0], redrawn]), rtol=0, atol=1e-4)
    assert (found.scores[0] - found.scores[1]).abs().max() > 0.01  # routing notices
