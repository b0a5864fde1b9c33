"""The small networks with max pooling: their sizes, their trace, and what they forget."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch

from model.data.datasets import Digits
from model.network.pooling import GlobalPoolingCnn, GlobalPoolingConfig, PoolingCnn, PoolingConfig, PoolingNetwork
from model.training import loop as training
from model.training.config import TrainingConfig
from tests.model.batches import one_digit_each

NETWORKS = [PoolingCnn, GlobalPoolingCnn]


@pytest.mark.parametrize(("kind", "parameters"), [(PoolingCnn, 454_922), (GlobalPoolingCnn, 52_746)])
def test_they_are_as_large_as_they_say(kind: Callable[[], PoolingNetwork], parameters: int) -> None:
    network = kind()
    assert network.parameter_count() == parameters
    trace = network.eval().trace(torch.rand(2, 28, 28))
    assert [tuple(part.shape) for part in trace.first] == [(2, 32, 28, 28), (2, 32, 14, 14), (2, 32, 14, 14)]
    assert [tuple(part.shape) for part in trace.second] == [(2, 64, 14, 14), (2, 64, 7, 7), (2, 64, 7, 7)]
    assert trace.features.shape == (2, network.config.geometry()["features"])
    assert trace.logits.shape == (2, 10)


@pytest.mark.parametrize("kind", NETWORKS)
def test_a_trace_says_where_each_pooled_number_stood(kind: Callable[[], PoolingNetwork]) -> None:
    torch.manual_seed(1)
    images = torch.rand(3, 28, 28)
    network = kind().eval()
    with torch.inference_mode():
        trace = network.trace(images)
        torch.testing.assert_close(trace.logits.softmax(-1), network.scores(images))
    for maps, pooled, places in (trace.first, trace.second):
        assert torch.equal(maps.flatten(2).gather(2, places.flatten(2)).view_as(pooled), pooled)
        rows, columns = places // maps.shape[-1], places % maps.shape[-1]
        assert torch.equal(rows // 2, torch.arange(pooled.shape[2]).view(-1, 1).expand_as(rows))
        assert torch.equal(columns // 2, torch.arange(pooled.shape[3]).expand_as(columns))


def test_global_pooling_forgets_where_maps_are_large_and_a_hidden_layer_does_not() -> None:
    torch.manual_seed(1)
    pooled = torch.rand(2, 64, 7, 7)
    moved = pooled.roll((2, 3), dims=(2, 3))
    assert torch.equal(GlobalPoolingCnn().features(pooled), GlobalPoolingCnn().features(moved))
    network = PoolingCnn().eval()
    assert not torch.allclose(network.features(pooled), network.features(moved), atol=1e-3)


@pytest.mark.slow
@pytest.mark.parametrize(
    "config", [PoolingConfig(dropout=0.0), GlobalPoolingConfig()], ids=lambda config: config.architecture
)
def test_they_learn(config: PoolingConfig | GlobalPoolingConfig, few_digits: Digits) -> None:
    batch = one_digit_each(few_digits.images, few_digits.labels)
    state = training.start(config, TrainingConfig(), torch.device("cpu"))
    losses = [training.train_step(state, batch, 5e-3).item() for _ in range(40)]
    assert losses[-1] < 0.5 * losses[0]
