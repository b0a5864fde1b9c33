"""The planes of the votes, against numpy's singular vectors in float64."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from model.explaining.plane import VotePlanes, vote_planes
from model.network.capsnet import CapsNet
from model.network.trace import Trace
from tests.model import reference

LABELS = (7, 3, 0)
TOLERANCE = 1e-5


def array(tensor: Tensor) -> reference.Array:
    return tensor.numpy().astype(np.float64)


@pytest.fixture(scope="module")
def trace(network: CapsNet, images: Tensor) -> Trace:
    """Of the first test digit, a seven."""
    with torch.inference_mode():
        return network.trace(images[:1])


@pytest.fixture(scope="module")
def planes(trace: Trace) -> VotePlanes:
    return vote_planes(trace.votes[0], trace.coupling_coefficients[0], trace.class_capsules[0], LABELS)


@pytest.mark.parametrize("k", range(len(LABELS)))
def test_the_axes_are_the_first_singular_vectors_of_the_votes(trace: Trace, planes: VotePlanes, k: int) -> None:
    votes = array(trace.votes[0, :, LABELS[k]])
    _, strengths, directions = np.linalg.svd(votes, full_matrices=False)  # of the votes themselves: nothing is centred
    axes = array(planes.axes[k])
    np.testing.assert_allclose(np.abs(np.sum(axes * directions[:2], axis=1)), 1, atol=TOLERANCE)
    np.testing.assert_allclose(axes @ axes.T, np.eye(2), atol=TOLERANCE)
    np.testing.assert_allclose(array(planes.variance[k]), (strengths**2 / np.sum(strengths**2))[:2], atol=TOLERANCE)
    np.testing.assert_allclose(array(planes.points[k]), votes @ axes.T, atol=TOLERANCE)


@pytest.mark.parametrize("k", range(len(LABELS)))
def test_sums_and_capsules_lie_where_the_points_put_them(trace: Trace, planes: VotePlanes, k: int) -> None:
    """The plane is a projection without a shift: the sum of the weighted points is the point of the sum."""
    couplings = array(trace.coupling_coefficients[0, :, :, LABELS[k]])
    np.testing.assert_allclose(array(planes.sums[k]), couplings @ array(planes.points[k]), atol=1e-4)
    votes, axes = array(trace.votes[0, :, LABELS[k]]), array(planes.axes[k])
    capsules = np.array([reference.squash(total) for total in couplings @ votes])
    np.testing.assert_allclose(array(planes.class_capsules[k]), capsules @ axes.T, atol=TOLERANCE)
    assert (array(planes.class_capsules[k, -1]) >= 0).all()  # the last arrow points forward along both


def test_the_plane_of_the_winner_shows_its_capsule_almost_whole(network: CapsNet, images: Tensor) -> None:
    """What an arrow on a plane may claim: of 40 digits' winners at the last iteration it is 95 % of v or more."""
    with torch.inference_mode():
        traces = network.trace(images)
    for index, label in enumerate(traces.labels.tolist()):
        plane = vote_planes(
            traces.votes[index], traces.coupling_coefficients[index], traces.class_capsules[index], [label]
        )
        shown = float(torch.linalg.vector_norm(plane.class_capsules[0, -1]))
        assert shown > 0.95 * float(traces.lengths[index, -1, label])


def test_no_votes_make_a_plane_of_zeros() -> None:
    plane = vote_planes(torch.zeros(6, 3, 4), torch.full((2, 6, 3), 1 / 3), torch.zeros(2, 3, 4), [1])
    for name in ("points", "variance", "sums", "class_capsules"):
        assert (getattr(plane, name) == 0).all(), name
