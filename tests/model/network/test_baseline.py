"""The paper's convolutional baseline: its size, its convolution in tiles, and that it learns."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch.nn.functional import conv2d, cross_entropy

from model.data.datasets import Digits
from model.network.cnn import Baseline, BaselineConfig, SameConvolution
from model.training import loop as training
from model.training.config import Precision, TrainingConfig
from tests.model.batches import one_digit_each


def test_it_has_the_papers_35_million_parameters() -> None:
    with torch.device("meta"):
        network = Baseline()
    assert network.parameter_count() == 35_445_522
    assert [tuple(layer.weight.shape) for layer in network.children() if isinstance(layer, torch.nn.Linear)] == [
        (328, 128 * 28 * 28),
        (192, 328),
        (10, 192),
    ]


@pytest.mark.parametrize(("inputs", "size"), [(1, 28), (40, 28), (40, 14), (40, 10)])
def test_tiles_give_the_numbers_and_gradients_of_one_convolution(inputs: int, size: int) -> None:
    compare_with_one_convolution(inputs, size, "float32", 1e-5)


def test_tiles_in_bfloat16_are_the_same_to_its_rounding() -> None:
    """It rounds to one part in 256, and a picture passes four products."""
    compare_with_one_convolution(40, 14, "bfloat16", 4 / 256)
    with pytest.raises(AssertionError):
        compare_with_one_convolution(40, 14, "bfloat16", 1e-5)


def compare_with_one_convolution(inputs: int, size: int, precision: Precision, tolerance: float) -> None:
    """The maps to a tolerance, and all gradients to that share of their largest number."""
    layer, features = SameConvolution(inputs, 6, 5), torch.randn(3, inputs, size, size, requires_grad=True)
    variables = (features, layer.weight, layer.bias)
    towards = torch.randn(3, 6, size, size)
    with torch.autocast("cpu", torch.bfloat16, enabled=precision == "bfloat16"):
        ours = layer(features)
    expected = conv2d(features, layer.weight, layer.bias, padding=2)
    torch.testing.assert_close(ours, expected, rtol=0, atol=tolerance)
    our_gradients, their_gradients = (
        torch.autograd.grad((maps * towards).sum(), variables) for maps in (ours, expected)
    )
    for our, their in zip(our_gradients, their_gradients, strict=True):
        torch.testing.assert_close(our, their, rtol=0, atol=tolerance * float(their.abs().max()))


def test_the_loss_is_the_cross_entropy_and_falls(tiny_baseline: BaselineConfig, few_digits: Digits) -> None:
    batch = one_digit_each(few_digits.images, few_digits.labels)
    state = training.start(replace(tiny_baseline, dropout=0.0), TrainingConfig(), torch.device("cpu"))
    expected = cross_entropy(state.network(batch.images), few_digits.labels)
    torch.testing.assert_close(state.objective(*batch), expected)
    losses = [training.train_step(state, batch, 5e-3).item() for _ in range(60)]
    assert losses[-1] < 0.5 * losses[0]


def test_dropout_is_for_training_only(tiny_baseline: BaselineConfig) -> None:
    network, images = Baseline(tiny_baseline), torch.rand(4, 28, 28)
    assert not torch.equal(network(images), network(images))
    network.eval()
    assert torch.equal(network(images), network(images))
