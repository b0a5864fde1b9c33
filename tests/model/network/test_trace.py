"""The trace against the paper's own procedure, written a second time in float64."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from model.network.capsnet import CapsNet
from model.network.trace import Trace
from tests.model import reference

TOLERANCE = 1e-5
TRACED = ("routing_logits", "coupling_coefficients", "agreement", "class_capsules", "lengths")


def array(tensor: Tensor) -> reference.Array:
    return tensor.detach().numpy().astype(np.float64)


@pytest.fixture(scope="module")
def trace(network: CapsNet, images: Tensor) -> Trace:
    with torch.inference_mode():
        return network.trace(images[:3])


@pytest.mark.parametrize("iterations", [1, 3, 10])
@pytest.mark.parametrize("index", [0, 2])
def test_every_traced_tensor_is_procedure_1(network: CapsNet, images: Tensor, iterations: int, index: int) -> None:
    with torch.inference_mode():
        trace = network.trace(images[:3], iterations)
    u = array(trace.primary_capsules[index])
    u_hat = reference.votes(array(network.class_caps.weight), u)
    expected = reference.procedure_1(u_hat, iterations)
    np.testing.assert_allclose(array(trace.votes[index]), u_hat, rtol=0, atol=TOLERANCE)
    for name in TRACED:
        traced = array(getattr(trace, name)[index])
        np.testing.assert_allclose(traced, getattr(expected, name), rtol=0, atol=TOLERANCE, err_msg=name)


def test_conv1_is_the_convolution(network: CapsNet, trace: Trace) -> None:
    kernels, bias = array(network.conv1.weight), array(network.conv1.bias)
    for row, column in [(0, 0), (7, 12), (19, 19)]:
        values = reference.convolve(array(trace.image[:1]), kernels, bias, 1, row, column)
        np.testing.assert_allclose(array(trace.conv1[0, :, row, column]), values.clip(min=0), rtol=0, atol=TOLERANCE)


@pytest.mark.parametrize(("capsule_type", "row", "column"), [(0, 0, 0), (0, 0, 1), (5, 3, 2), (31, 5, 4)])
def test_primary_capsules_are_type_major(
    network: CapsNet, trace: Trace, capsule_type: int, row: int, column: int
) -> None:
    kernels, bias = array(network.primary_caps.conv.weight), array(network.primary_caps.conv.bias)
    capsule = reference.primary_capsule(array(trace.conv1[0]), kernels, bias, capsule_type, 8, row, column)
    traced = array(trace.primary_capsules[0, capsule_type * 36 + row * 6 + column])
    np.testing.assert_allclose(traced, capsule, rtol=0, atol=TOLERANCE)


def test_the_reconstruction_is_of_the_predicted_class(network: CapsNet, trace: Trace) -> None:
    with torch.inference_mode():
        for index, label in enumerate(trace.labels.tolist()):
            alone = network.reconstruct(trace.class_capsules[index, -1, label].unsqueeze(0), label)
            torch.testing.assert_close(trace.reconstruction[index], alone[0], rtol=0, atol=1e-6)


def test_forward_is_the_last_iteration_of_the_trace(network: CapsNet, trace: Trace) -> None:
    with torch.inference_mode():
        capsules = network(trace.image)
        torch.testing.assert_close(capsules, trace.class_capsules[:, -1], rtol=0, atol=1e-6)
        assert network.predict(trace.image).tolist() == trace.labels.tolist()


def test_shapes_and_ranges(trace: Trace) -> None:
    shapes = {name: tuple(value.shape) for name, value in trace._asdict().items()}
    assert shapes == {
        "image": (3, 28, 28),
        "conv1": (3, 256, 20, 20),
        "primary_capsules": (3, 1152, 8),
        "votes": (3, 1152, 10, 16),
        "routing_logits": (3, 3, 1152, 10),
        "coupling_coefficients": (3, 3, 1152, 10),
        "agreement": (3, 3, 1152, 10),
        "class_capsules": (3, 3, 10, 16),
        "lengths": (3, 3, 10),
        "reconstruction": (3, 28, 28),
    }
    assert bool((trace.lengths >= 0).all())
    assert bool((trace.lengths < 1).all())
    assert bool(((trace.reconstruction >= 0) & (trace.reconstruction <= 1)).all())


def test_the_first_iteration_couples_evenly(trace: Trace) -> None:
    assert bool((trace.routing_logits[:, 0] == 0).all())
    torch.testing.assert_close(trace.coupling_coefficients[:, 0], torch.full((3, 1152, 10), 0.1), rtol=0, atol=1e-7)


@pytest.mark.parametrize("iterations", [0, -1])
def test_fewer_than_one_iteration_is_refused(network: CapsNet, images: Tensor, iterations: int) -> None:
    with pytest.raises(ValueError, match="at least one iteration"):
        network.trace(images[:1], iterations)
