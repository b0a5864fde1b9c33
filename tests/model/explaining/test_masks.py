"""The ten masks, against the decoder written out by hand and against the network's own pictures."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
import torch
from torch import Tensor

from model.explaining.masks import Masks, masks, squared_error
from model.network.capsnet import CapsNet
from model.network.trace import Trace

TOLERANCE = 1e-5  # float32 rounding
SUM_TOLERANCE = 1e-3  # of 784 squares

Array = npt.NDArray[np.float64]


@pytest.fixture(scope="module")
def trace(network: CapsNet, images: Tensor) -> Trace:
    with torch.inference_mode():
        return network.trace(images[:8])


def masks_of(network: CapsNet, trace: Trace, index: int) -> Masks:
    with torch.inference_mode():
        return masks(network, trace.class_capsules[index, -1], trace.image[index])


def by_hand(network: CapsNet, pose: Array, label: int) -> Array:
    """160-512-1024-784 in float64, from a vector that is zero but for one capsule."""
    hidden = np.zeros(160)
    hidden[16 * label : 16 * label + 16] = pose
    for layer in (network.decoder.layer1, network.decoder.layer2, network.decoder.layer3):
        weight, bias = layer.weight.detach().double().numpy(), layer.bias.detach().double().numpy()
        last = weight @ hidden + bias
        hidden = np.maximum(last, 0)
    picture: Array = (1 / (1 + np.exp(-last))).reshape(28, 28)
    return picture


def test_each_mask_draws_its_capsule_alone(network: CapsNet, trace: Trace) -> None:
    found = masks_of(network, trace, 2)
    poses = trace.class_capsules[2, -1].double().numpy()
    for label in range(10):
        expected = by_hand(network, poses[label], label)
        np.testing.assert_allclose(found.reconstructions[label], expected, atol=TOLERANCE)
        error = ((expected - trace.image[2].double().numpy()) ** 2).sum()
        np.testing.assert_allclose(found.errors[label], error, atol=SUM_TOLERANCE)


def test_stretched_capsules_keep_their_direction_and_take_the_winners_length(network: CapsNet, trace: Trace) -> None:
    found = masks_of(network, trace, 5)
    poses = trace.class_capsules[5, -1].double().numpy()
    norms = np.sqrt((poses**2).sum(axis=1))
    np.testing.assert_allclose(found.lengths, norms, atol=TOLERANCE)
    for label in range(10):
        expected = by_hand(network, poses[label] * norms.max() / norms[label], label)
        np.testing.assert_allclose(found.stretched[label], expected, atol=TOLERANCE)
        error = ((expected - trace.image[5].double().numpy()) ** 2).sum()
        np.testing.assert_allclose(found.stretched_errors[label], error, atol=SUM_TOLERANCE)


def test_the_winners_picture_is_the_traces_and_needs_no_stretching(network: CapsNet, trace: Trace) -> None:
    for index, label in enumerate(trace.labels.tolist()):
        found = masks_of(network, trace, index)
        torch.testing.assert_close(found.reconstructions[label], trace.reconstruction[index], rtol=0, atol=TOLERANCE)
        torch.testing.assert_close(found.stretched[label], found.reconstructions[label], rtol=0, atol=TOLERANCE)


def test_the_true_class_explains_most_digits_best(network: CapsNet, trace: Trace) -> None:
    best = [int(masks_of(network, trace, index).errors.argmin()) for index in range(8)]
    assert sum(label == winner for label, winner in zip(best, trace.labels.tolist(), strict=True)) >= 6


def test_a_capsule_of_no_length_is_drawn_with_finite_numbers(network: CapsNet) -> None:
    with torch.inference_mode():
        found = masks(network, torch.zeros(10, 16), torch.zeros(28, 28))
    for name, value in found._asdict().items():
        assert bool(value.isfinite().all()), name


def test_squared_error_adds_up_the_pixels() -> None:
    pictures = torch.zeros(3, 28, 28)
    pictures[1, 4, 5], pictures[2] = 0.5, 1
    torch.testing.assert_close(squared_error(pictures, torch.zeros(28, 28)), torch.tensor([0, 0.25, 784]))
