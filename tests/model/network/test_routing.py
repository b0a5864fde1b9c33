"""Procedure 1 three times: as the paper writes it, with every iteration kept, and as training uses it."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from model.network.capsnet import CapsNet
from model.network.routing import procedure_1, route, routed_capsules
from tests.model import reference


@pytest.fixture
def votes() -> Tensor:
    return torch.randn(2, 6, 3, 4, dtype=torch.float64)


def plain_routing(votes: Tensor, iterations: int, *, constant_coupling: bool = False) -> Tensor:
    """Procedure 1 by broadcasting alone, for autograd to differentiate."""
    logits = torch.zeros(votes.shape[:3], dtype=votes.dtype)
    capsules = votes.new_zeros(())
    for _ in range(iterations):
        coupling = torch.exp(logits) / torch.exp(logits).sum(dim=2, keepdim=True)
        if constant_coupling:
            coupling = coupling.detach()
        total = (coupling.unsqueeze(-1) * votes).sum(dim=1)
        squared = total.square().sum(dim=-1, keepdim=True)
        capsules = squared / (1 + squared) * total / squared.sqrt()
        logits = logits + (votes * capsules.unsqueeze(1)).sum(dim=-1)
    return capsules


def gradient(capsules: Tensor, votes: Tensor) -> Tensor:
    weights = torch.arange(capsules.numel(), dtype=capsules.dtype).view_as(capsules)
    (result,) = torch.autograd.grad((capsules * weights).sum(), votes)
    return result


@pytest.mark.parametrize("iterations", [1, 2, 3, 10])
def test_the_readable_procedure_1_is_the_papers_and_both_fast_ones(votes: Tensor, iterations: int) -> None:
    strong = 3 * votes  # for couplings that differ
    readable = procedure_1(strong, iterations)
    for image, capsules in zip(strong, readable, strict=True):
        expected = reference.procedure_1(image.numpy(), iterations).class_capsules[-1]
        torch.testing.assert_close(capsules, torch.from_numpy(expected))
    torch.testing.assert_close(routed_capsules(strong, iterations), readable)
    torch.testing.assert_close(route(strong, iterations).class_capsules[:, -1], readable)


def test_the_readable_procedure_1_routes_the_shipped_networks_votes(network: CapsNet, images: Tensor) -> None:
    with torch.inference_mode():
        trace = network.trace(images[:4])
        torch.testing.assert_close(procedure_1(trace.votes, 3), trace.class_capsules[:, -1], rtol=0, atol=1e-6)


@pytest.mark.parametrize("iterations", [1, 2, 3, 5])
def test_the_gradient_is_that_of_procedure_1(votes: Tensor, iterations: int) -> None:
    votes.requires_grad_()
    ours, plain = routed_capsules(votes, iterations), plain_routing(votes, iterations)
    torch.testing.assert_close(ours, plain)
    torch.testing.assert_close(gradient(ours, votes), gradient(plain, votes))


def test_detached_inner_iterations_make_the_coupling_constant(votes: Tensor) -> None:
    votes.requires_grad_()
    detached, whole = routed_capsules(votes, 3, detach_inner=True), routed_capsules(votes, 3)
    torch.testing.assert_close(detached, whole, rtol=0, atol=0)
    ours, all_through = gradient(detached, votes), gradient(whole, votes)
    torch.testing.assert_close(ours, gradient(plain_routing(votes, 3, constant_coupling=True), votes))
    assert not torch.allclose(ours, all_through)


def test_one_iteration_is_the_same_detached(votes: Tensor) -> None:
    votes.requires_grad_()
    whole, detached = routed_capsules(votes, 1), routed_capsules(votes, 1, detach_inner=True)
    torch.testing.assert_close(gradient(detached, votes), gradient(whole, votes), rtol=0, atol=0)


def test_coupling_is_shared_out_over_the_classes(votes: Tensor) -> None:
    coupling = route(votes, 4).coupling_coefficients
    torch.testing.assert_close(coupling.sum(dim=-1), torch.ones(2, 4, 6, dtype=torch.float64))
    assert not torch.allclose(coupling[:, -1], coupling[:, 0])


def test_the_iterations_do_not_depend_on_how_many_follow(votes: Tensor) -> None:
    short, long = route(votes, 3), route(votes, 7)
    for name, value in short._asdict().items():
        torch.testing.assert_close(getattr(long, name)[:, :3], value, rtol=0, atol=0)


@pytest.mark.parametrize("iterations", [0, -2])
def test_fewer_than_one_iteration_is_refused(votes: Tensor, iterations: int) -> None:
    with pytest.raises(ValueError, match="at least one iteration"):
        routed_capsules(votes, iterations)
    with pytest.raises(ValueError, match="at least one iteration"):
        route(votes, iterations)
    with pytest.raises(ValueError, match="at least one iteration"):
        procedure_1(votes, iterations)
