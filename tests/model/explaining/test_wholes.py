"""Votes as pictures and their sums, against numpy and the decoder asked one pose at a time."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from model.explaining.wholes import Wholes, counts_up_to, mean_cosine, wholes
from model.network.capsnet import CapsNet
from model.network.trace import Trace
from tests.model import reference

LABELS = (7, 9)


def array(tensor: Tensor) -> reference.Array:
    return tensor.numpy().astype(np.float64)


@pytest.fixture(scope="module")
def trace(network: CapsNet, images: Tensor) -> Trace:
    """Of the first test digit, a seven."""
    with torch.inference_mode():
        return network.trace(images[:1])


@pytest.fixture(scope="module")
def found(network: CapsNet, trace: Trace) -> Wholes:
    with torch.inference_mode():
        return wholes(network, trace.votes[0], trace.coupling_coefficients[0, -1], trace.class_capsules[0, -1], LABELS)


@pytest.mark.parametrize("k", range(len(LABELS)))
def test_the_strongest_votes_come_first_and_are_compared_with_the_capsule(trace: Trace, found: Wholes, k: int) -> None:
    votes = array(trace.votes[0, :, LABELS[k]])
    strengths = array(trace.coupling_coefficients[0, -1, :, LABELS[k]]) * np.linalg.norm(votes, axis=1)
    parts = found.parts[k].tolist()
    assert len(set(parts)) == 10
    assert strengths[parts].tolist() == sorted(strengths, reverse=True)[:10]
    np.testing.assert_allclose(array(found.strengths[k]), strengths[parts], atol=1e-6)
    capsule = array(trace.class_capsules[0, -1, LABELS[k]])
    directions = votes[parts] / np.linalg.norm(votes[parts], axis=1, keepdims=True)
    np.testing.assert_allclose(array(found.cosines[k]), directions @ capsule / np.linalg.norm(capsule), atol=1e-5)
    among = [directions[a] @ directions[b] for a in range(10) for b in range(a)]
    assert float(found.among[k]) == pytest.approx(np.mean(among), abs=1e-5)


@pytest.mark.parametrize("k", range(len(LABELS)))
def test_each_vote_is_drawn_at_one_length(network: CapsNet, trace: Trace, found: Wholes, k: int) -> None:
    for n, part in enumerate(found.parts[k].tolist()):
        vote = trace.votes[0, part, LABELS[k]]
        with torch.inference_mode():
            drawn = network.reconstruct((0.95 * vote / vote.norm()).unsqueeze(0), LABELS[k])[0]
        np.testing.assert_allclose(array(found.pictures[k, n]), array(drawn), atol=1e-5)


@pytest.mark.parametrize("k", range(len(LABELS)))
def test_the_parts_add_up_to_the_capsule(network: CapsNet, trace: Trace, found: Wholes, k: int) -> None:
    weighted = array(trace.coupling_coefficients[0, -1, :, LABELS[k], None] * trace.votes[0, :, LABELS[k]])
    order = np.argsort(-np.linalg.norm(weighted, axis=1), kind="stable")
    for s, count in enumerate(found.counts.tolist()):
        expected = reference.squash(weighted[order[:count]].sum(axis=0))
        np.testing.assert_allclose(array(found.sums[k, s]), expected, atol=1e-5)
    np.testing.assert_allclose(array(found.sums[k, -1]), array(trace.class_capsules[0, -1, LABELS[k]]), atol=1e-5)
    with torch.inference_mode():
        drawn = network.reconstruct(trace.class_capsules[0, -1, LABELS[k]].unsqueeze(0), LABELS[k])[0]
    np.testing.assert_allclose(array(found.sum_pictures[k, -1]), array(drawn), atol=1e-4)


def test_what_the_figure_claims_of_the_seven(found: Wholes) -> None:
    """The winner's votes agree with its capsule, those of the nine do not; many weak ones cancel the nine."""
    assert float(found.cosines[0].mean()) > 0.8 > 0.3 > float(found.cosines[1].mean())
    grown = torch.linalg.vector_norm(found.sums, dim=-1)
    assert float(grown[0, -1]) > 0.9
    assert float(grown[1].max()) > 0.3
    assert float(grown[1, -1]) < 0.1


@pytest.mark.parametrize("parts", [1, 2, 7, 20, 21, 25, 26, 300, 1152, 3200])
def test_parts_are_added_one_by_one_and_then_in_round_numbers(parts: int) -> None:
    counts = counts_up_to(parts)
    assert counts[:20] == list(range(1, min(20, parts) + 1))
    assert counts == sorted(set(counts))
    assert counts[-1] == parts
    assert len(counts) <= 40


def test_votes_without_a_direction_agree_with_nothing(network: CapsNet) -> None:
    with torch.inference_mode():
        found = wholes(network, torch.zeros(6, 10, 16), torch.full((6, 10), 0.1), torch.zeros(10, 16), [1])
    assert found.parts.shape == (1, 6)
    for name in ("strengths", "cosines", "among", "sums"):
        assert (getattr(found, name) == 0).all(), name
    assert float(mean_cosine(torch.ones(1, 4))) == 0
