"""The spectral convolution against PyTorch's own, and the memory that large batches reuse."""

from __future__ import annotations

import subprocess
import sys

import pytest
import torch
from torch import Tensor
from torch.nn.functional import conv2d

from model.network.fast.convolution import Convolution
from model.network.fast.memory import keep_freed_memory
from model.network.fast.spectral import convolve, transforms


@pytest.mark.parametrize(
    ("channels", "outputs", "size", "side", "stride"),
    [(256, 256, 20, 9, 2), (40, 7, 28, 9, 2), (3, 5, 19, 8, 2), (4, 6, 24, 5, 1), (2, 3, 13, 5, 3), (1, 1, 5, 5, 1)],
)
def test_values_and_gradients_are_those_of_conv2d(
    channels: int, outputs: int, size: int, side: int, stride: int
) -> None:
    """Even where the transforms were first used in inference mode."""
    with torch.inference_mode():
        convolve(torch.zeros(1, channels, size, size), torch.zeros(1, channels, side, side), stride)
    features = torch.randn(9, channels, size, size, requires_grad=True)
    weight = torch.randn(outputs, channels, side, side, requires_grad=True)
    expected = conv2d(features, weight, stride=stride)
    _assert_close(convolve(features, weight, stride), expected)
    towards = torch.randn_like(expected)
    ours = torch.autograd.grad((convolve(features, weight, stride) * towards).sum(), (features, weight))
    theirs = torch.autograd.grad((expected * towards).sum(), (features, weight))
    for our, their in zip(ours, theirs, strict=True):
        _assert_close(our, their)


def test_a_pair_of_channels_costs_148_multiplications_a_part() -> None:
    assert [matrix.shape for matrix in transforms(10, 5)] == [(148, 100), (148, 25), (36, 148)]


def test_training_and_large_batches_take_the_spectral_way(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def counted(features: Tensor, weight: Tensor, stride: int) -> Tensor:
        calls.append(len(features))
        return convolve(features, weight, stride)

    monkeypatch.setattr("model.network.fast.convolution.convolve", counted)
    layer = Convolution(Convolution.MANY_CHANNELS, 4, 9, 2)
    with torch.no_grad():
        layer(torch.zeros(1, Convolution.MANY_CHANNELS, 20, 20))
        assert calls == []
        layer(torch.zeros(9, Convolution.MANY_CHANNELS, 20, 20))
    layer(torch.zeros(1, Convolution.MANY_CHANNELS, 20, 20))
    Convolution(1, 4, 9)(torch.zeros(9, 1, 28, 28))
    assert calls == [9, 1]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only glibc can be told")
def test_freed_memory_is_kept() -> None:
    """A large tensor takes the pages of those before it: hardly a new one is asked for."""
    program = (
        "import resource, torch; from model.network.fast.memory import keep_freed_memory; {}; "
        "faults = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_minflt; "
        "exec('for _ in range(20): torch.ones(2**24)'); before = faults(); torch.ones(2**24); print(faults() - before)"
    )
    kept, given_back = (
        int(subprocess.check_output([sys.executable, "-c", program.format(first)], encoding="utf-8"))
        for first in ("assert keep_freed_memory()", "pass")
    )
    assert kept < 0.1 * given_back


def test_where_the_library_cannot_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert keep_freed_memory() is False


def _assert_close(ours: Tensor, theirs: Tensor) -> None:
    torch.testing.assert_close(ours, theirs, rtol=0, atol=1e-5 * float(theirs.detach().abs().max()))
