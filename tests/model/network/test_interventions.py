"""Routing that is tampered with, against the paper's procedure tampered with in the same way in plain float64 loops."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from model.network.capsnet import CapsNet
from model.network.functional import squash
from model.network.interventions import (
    LAST_SEED,
    ContradictionError,
    FirstLogit,
    FixedCoupling,
    Interventions,
    RandomCouplings,
    random_logits,
)
from model.network.routing import procedure_1, route, routed_capsules
from tests.model import reference

TOLERANCE = 1e-5
TRACED = ("routing_logits", "coupling_coefficients", "agreement", "class_capsules", "lengths")
TYPE_3 = tuple(range(3 * 36, 4 * 36))
EVERY = tuple(range(1152))

RANDOM = RandomCouplings(12, 0.7)
DRAWN = random_logits(RANDOM, 1152, 10).numpy().astype(np.float64)

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
    "random": (Interventions(random=RANDOM), reference.Tampering(held=DRAWN)),
    "random, silenced, fixed and begun elsewhere": (
        Interventions(frozenset(TYPE_3), (FixedCoupling(800, 0, 0.5),), (FirstLogit(EVERY, 2, 3),), random=RANDOM),
        reference.Tampering(frozenset(TYPE_3), {(800, 0): 0.5}, {(i, 2): 3.0 for i in EVERY}, held=DRAWN),
    ),
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


def test_random_couplings_are_a_softmax_of_normal_numbers() -> None:
    """The distribution that the docstring tells of: 46,080 numbers of it."""
    votes = torch.zeros(1, 4608, 10, 2)
    couplings = route(votes, 1, Interventions(random=RandomCouplings(3, 0.5))).coupling_coefficients[0, 0].double()
    torch.testing.assert_close(couplings.sum(dim=-1), torch.ones(4608, dtype=torch.float64))
    logs = couplings.log()
    centred = logs - logs.mean(dim=-1, keepdim=True)  # the softmax forgets the mean of the ten
    assert float(centred.square().sum() / (4608 * 9)) ** 0.5 == pytest.approx(0.5, rel=0.02)
    kurtosis = float(centred.pow(4).mean() / centred.square().mean() ** 2)
    assert kurtosis == pytest.approx(3, abs=0.1)
    assert float(couplings.mean(dim=0).sub(0.1).abs().max()) < 0.005  # no class is favoured
    neighbours = torch.corrcoef(torch.stack([centred[:-1, 0], centred[1:, 0]]))[0, 1]
    assert abs(float(neighbours)) < 0.05


def test_random_couplings_follow_from_seed_and_spread_alone() -> None:
    one, other = torch.randn(1, 6, 3, 4), torch.randn(2, 6, 3, 4)
    torch.manual_seed(0)
    before = torch.get_rng_state()
    found = route(one, 3, Interventions(random=RANDOM)).coupling_coefficients
    again = route(other, 2, Interventions(random=RANDOM)).coupling_coefficients
    assert torch.equal(torch.get_rng_state(), before)  # nobody else's random numbers are used up
    for image in range(2):
        for iteration in range(2):
            assert torch.equal(again[image, iteration], found[0, 0])
    assert torch.equal(found[0, 2], found[0, 0])
    for changed in (RandomCouplings(13, 0.7), RandomCouplings(12, 0.8)):
        assert not torch.equal(route(one, 1, Interventions(random=changed)).coupling_coefficients[0, 0], found[0, 0])
    drawn = random_logits(RandomCouplings(12, 1.0), 2, 3)
    expected = torch.tensor([[-0.2138, -1.3780, -0.0546], [0.4515, 0.7858, -1.0884]])
    torch.testing.assert_close(drawn, expected, rtol=0, atol=1e-4)  # what a link of today means next year


def test_random_couplings_are_lines_5_and_6_of_procedure_1() -> None:
    votes = torch.randn(2, 6, 3, 4)
    routed = route(votes, 4, Interventions(random=RANDOM))
    c = torch.softmax(random_logits(RANDOM, 6, 3), dim=1)
    v = squash(torch.einsum("ij,nijd->njd", c, votes))
    for iteration in range(4):
        torch.testing.assert_close(routed.class_capsules[:, iteration], v)
    even = route(votes, 4, Interventions(random=RandomCouplings(12, 0.0)))
    for iteration in range(4):
        torch.testing.assert_close(even.class_capsules[:, iteration], procedure_1(votes, 1))
    torch.testing.assert_close(even.class_capsules[:, -1], routed_capsules(votes, 1))


@pytest.mark.parametrize(
    "random",
    [RandomCouplings(-1), RandomCouplings(LAST_SEED + 1), RandomCouplings(1, -0.1), RandomCouplings(1, float("nan"))],
)
def test_random_couplings_have_a_seed_and_a_spread(random: RandomCouplings) -> None:
    with pytest.raises(ValueError, match=r"(seed|spread of random couplings) lies between"):
        Interventions(random=random)


def test_couplings_are_not_uniform_and_random_at_once() -> None:
    with pytest.raises(ContradictionError, match="uniform and random"):
        Interventions(uniform=True, random=RANDOM)


@pytest.mark.parametrize(
    ("couplings", "complaint"),
    [
        ([(0, 1, 1.01)], "in \\[0, 1\\]"),
        ([(0, 1, -0.01)], "in \\[0, 1\\]"),
        ([(0, 1, float("nan"))], "in \\[0, 1\\]"),
        ([(0, 1, 0.6), (0, 2, 0.5)], "add up to more than 1"),
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
    with pytest.raises(IndexError, match="this model has the"):
        route(torch.randn(1, 6, 3, 4), 3, interventions)


def test_one_class_of_a_capsule_stays_free() -> None:
    every = Interventions(couplings=tuple(FixedCoupling(0, label, 0.2) for label in range(3)))
    with pytest.raises(ValueError, match="leave at least one open"):
        route(torch.randn(1, 6, 3, 4), 3, every)
