"""Routing that is tampered with, against the paper's procedure tampered with in the same way in plain float64 loops."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from model.interventions import FirstLogit, FixedCoupling, Interventions
from model.network import CapsNet
from model.routing import route, routed_capsules
from tests.model import reference

TOLERANCE = 1e-5
TRACED = ("routing_logits", "coupling_coefficients", "agreement", "class_capsules", "lengths")
TYPE_3 = tuple(range(3 * 36, 4 * 36))
EVERY = tuple(range(1152))

CASES: dict[str, tuple[Interventions, reference.Tampering]] = {
    "nothing": (Interventions(), reference.Tampering()),
    "a capsule and a type silenced": (
        Interventions(silenced=frozenset({700, *TYPE_3})),
        reference.Tampering(silenced=frozenset({700, *TYPE_3})),
    ),
    "all but one silenced": (
        Interventions(silenced=frozenset(EVERY[1:])),
        reference.Tampering(silenced=frozenset(EVERY[1:])),
    ),
    "couplings fixed": (
        Interventions(
            couplings=(
                FixedCoupling(5, 7, 0.9),
                FixedCoupling(5, 1, 0.1),
                FixedCoupling(600, 2, 0),
                FixedCoupling(9, 3, 1),
            )
        ),
        reference.Tampering(fixed={(5, 7): 0.9, (5, 1): 0.1, (600, 2): 0.0, (9, 3): 1.0}),
    ),
    "other first logits": (
        Interventions(logits=(FirstLogit(EVERY, 4, 2.5), FirstLogit(TYPE_3, 4, -1), FirstLogit((0,), 9, 6))),
        reference.Tampering(
            first={(i, 4): 2.5 for i in EVERY} | {(i, 4): -1.0 for i in TYPE_3} | {(0, 9): 6.0},
        ),
    ),
    "uniform": (Interventions(uniform=True), reference.Tampering(uniform=True)),
    "all at once": (
        Interventions(frozenset(TYPE_3), (FixedCoupling(800, 0, 0.5),), (FirstLogit((800, 801), 2, 3),), uniform=True),
        reference.Tampering(frozenset(TYPE_3), {(800, 0): 0.5}, {(800, 2): 3.0, (801, 2): 3.0}, uniform=True),
    ),
    "silenced, fixed and begun elsewhere": (
        Interventions(frozenset(TYPE_3), (FixedCoupling(800, 0, 0.5),), (FirstLogit((800, 801), 2, 3),)),
        reference.Tampering(frozenset(TYPE_3), {(800, 0): 0.5}, {(800, 2): 3.0, (801, 2): 3.0}),
    ),
}


def array(tensor: Tensor) -> reference.Array:
    return tensor.detach().numpy().astype(np.float64)


@pytest.mark.parametrize("case", CASES)
def test_every_traced_tensor_is_the_tampered_procedure_1(network: CapsNet, images: Tensor, case: str) -> None:
    interventions, tampering = CASES[case]
    with torch.inference_mode():
        plain, trace = network.trace(images[:2]), network.trace(images[:2], 3, interventions)
    for index in range(2):
        u = array(plain.primary_capsules[index])
        expected = reference.procedure_1(reference.votes(array(network.class_caps.weight), u), 3, tampering)
        for name in TRACED:
            traced = array(getattr(trace, name)[index])
            np.testing.assert_allclose(traced, getattr(expected, name), rtol=0, atol=TOLERANCE, err_msg=name)
    torch.testing.assert_close(trace.coupling_coefficients.sum(dim=-1), torch.ones(2, 3, 1152))


def test_silenced_capsules_are_zero_and_so_are_their_votes(network: CapsNet, images: Tensor) -> None:
    silenced = Interventions(silenced=frozenset(TYPE_3))
    with torch.inference_mode():
        plain, trace = network.trace(images[:1]), network.trace(images[:1], 3, silenced)
    assert bool((plain.primary_capsules[0, list(TYPE_3)] != 0).any())
    for tensor in (trace.primary_capsules, trace.votes):
        assert bool((tensor[0, list(TYPE_3)] == 0).all())
    kept = [i for i in EVERY if i not in TYPE_3]
    torch.testing.assert_close(trace.votes[0, kept], plain.votes[0, kept], rtol=0, atol=0)


def test_without_interventions_nothing_changes_by_a_bit() -> None:
    votes = torch.randn(2, 6, 3, 4)
    plain, none = route(votes, 4), route(votes, 4, Interventions())
    for ours, theirs in zip(plain, none, strict=True):
        torch.testing.assert_close(ours, theirs, rtol=0, atol=0)
    torch.testing.assert_close(plain.class_capsules[:, -1], routed_capsules(votes, 4), rtol=0, atol=0)


def test_routing_silences_votes_too() -> None:
    votes = torch.randn(2, 6, 3, 4)
    zeroed = votes.clone()
    zeroed[:, 2] = 0
    ours, theirs = route(votes, 3, Interventions(silenced=frozenset({2}))), route(zeroed, 3)
    torch.testing.assert_close(ours.class_capsules, theirs.class_capsules, rtol=0, atol=0)


def test_uniform_coupling_is_the_first_iteration_again_and_again(network: CapsNet, images: Tensor) -> None:
    with torch.inference_mode():
        plain, flat = network.trace(images[:1]), network.trace(images[:1], 3, Interventions(uniform=True))
    for iteration in range(3):
        torch.testing.assert_close(flat.lengths[:, iteration], plain.lengths[:, 0], rtol=0, atol=1e-6)


@pytest.mark.parametrize(
    ("couplings", "complaint"),
    [
        ([(0, 1, 1.01)], "in \\[0, 1\\]"),
        ([(0, 1, -0.01)], "in \\[0, 1\\]"),
        ([(0, 1, float("nan"))], "in \\[0, 1\\]"),
        ([(0, 1, 0.6), (0, 2, 0.5)], "exceed 1"),
        ([(0, 1, 0.1), (0, 1, 0.2)], "fixed twice"),
    ],
)
def test_couplings_that_mean_nothing_are_refused(couplings: list[tuple[int, int, float]], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        Interventions(couplings=tuple(FixedCoupling(*each) for each in couplings))


@pytest.mark.parametrize("logit", [float("nan"), float("inf")])
def test_first_logits_are_finite(logit: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        Interventions(logits=(FirstLogit((0,), 1, logit),))


@pytest.mark.parametrize(
    "interventions",
    [
        Interventions(silenced=frozenset({6})),
        Interventions(silenced=frozenset({-1})),
        Interventions(couplings=(FixedCoupling(6, 0, 0.5),)),
        Interventions(couplings=(FixedCoupling(0, 3, 0.5),)),
        Interventions(logits=(FirstLogit((2, 6), 0, 0.5),)),
        Interventions(logits=(FirstLogit((2,), -1, 0.5),)),
    ],
)
def test_what_the_votes_do_not_have_is_refused(interventions: Interventions) -> None:
    with pytest.raises(IndexError, match="there are"):
        route(torch.randn(1, 6, 3, 4), 3, interventions)


def test_one_class_of_a_capsule_stays_free() -> None:
    every = Interventions(couplings=tuple(FixedCoupling(0, label, 0.2) for label in range(3)))
    with pytest.raises(ValueError, match="follows from the others"):
        route(torch.randn(1, 6, 3, 4), 3, every)
