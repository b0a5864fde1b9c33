"""The CNN with average pooling: its sizes, and what it forgets."""

from __future__ import annotations

import torch

from model.data.datasets import Digits, to_unit
from model.network.average import AverageCnn, AverageConfig
from model.training import loop as training
from model.training.config import TrainingConfig
from tests.model.batches import one_digit_each


def test_it_is_as_large_as_it_says_whatever_the_size_of_its_pictures() -> None:
    for side in (28, 40):
        network = AverageCnn(AverageConfig(image_size=side)).eval()
        assert network.parameter_count() == 670_218
        assert network(torch.rand(2, side, side)).shape == (2, 10)


def test_its_features_are_the_means_of_plain_convolutions() -> None:
    torch.manual_seed(1)
    network, images = AverageCnn().eval(), torch.rand(12, 28, 28)
    with torch.inference_mode():
        first = torch.nn.functional.conv2d(images.unsqueeze(1), network.conv1.weight, network.conv1.bias).relu()
        second = torch.nn.functional.conv2d(first, network.conv2.weight, network.conv2.bias, stride=2).relu()
        torch.testing.assert_close(network.features(images), second.mean(dim=(2, 3)), atol=1e-5, rtol=1e-4)
        torch.testing.assert_close(network(images).softmax(-1), network.scores(images))


def test_a_digit_moved_by_the_stride_has_the_same_features() -> None:
    torch.manual_seed(1)
    picture = torch.zeros(1, 44, 44)
    picture[:, 18:26, 18:26] = torch.rand(8, 8)
    network = AverageCnn(AverageConfig(image_size=44)).eval()
    with torch.inference_mode():
        moved = network.features(picture.roll((2, -2), dims=(1, 2)))
        torch.testing.assert_close(moved, network.features(picture), atol=1e-6, rtol=1e-4)


def test_it_learns(few_digits: Digits) -> None:
    config = TrainingConfig(batch_size=60)
    state = training.start(AverageConfig(channels=(8, 16)), config, torch.device("cpu"))
    batch = one_digit_each(to_unit(few_digits.images), few_digits.labels)
    losses = [float(training.train_step(state, batch, 3e-3)) for _ in range(40)]
    assert losses[-1] < 0.6 * losses[0]
