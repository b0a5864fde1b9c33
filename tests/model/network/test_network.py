"""Sizes, batches, and what may not depend on them."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from model.network.capsnet import CapsNet
from model.network.config import CapsNetConfig
from model.network.fast.convolution import Convolution

BATCH_TOLERANCE = 1e-5  # float32 rounding: other batches take other matrix products


def test_the_papers_parameter_counts() -> None:
    network = CapsNet()
    assert network.parameter_count() == 8_215_568
    assert network.parameter_count() - sum(p.numel() for p in network.decoder.parameters()) == 6_804_224


def test_the_papers_sizes() -> None:
    config = CapsNetConfig()
    sizes = (config.conv1_size, config.grid_size, config.primary_count)
    assert sizes == (20, 6, 1152)
    assert CapsNetConfig.from_dict(config.to_dict()) == config


def test_an_unknown_size_is_refused() -> None:
    with pytest.raises(TypeError):
        CapsNetConfig.from_dict({"colour": 3})


@pytest.mark.parametrize("others", [1, 4, 16, 17, 40])
def test_a_digit_does_not_depend_on_its_batch(network: CapsNet, images: Tensor, others: int) -> None:
    with torch.inference_mode():
        alone, among = network.trace(images[:1]), network.trace(images[:others])
        for name, value in alone._asdict().items():
            assert float((getattr(among, name)[:1] - value).abs().max()) < BATCH_TOLERANCE, name
        forward = network(images[:others])
        torch.testing.assert_close(forward, among.class_capsules[:, -1], rtol=0, atol=BATCH_TOLERANCE)


def test_the_last_digit_of_a_batch_counts_too(network: CapsNet, images: Tensor) -> None:
    with torch.inference_mode():
        torch.testing.assert_close(network(images[39:]), network(images)[39:], rtol=0, atol=BATCH_TOLERANCE)


def test_an_empty_image_predicts_with_finite_numbers(network: CapsNet) -> None:
    with torch.inference_mode():
        trace = network.trace(torch.zeros(1, 28, 28))
    for name, value in trace._asdict().items():
        assert bool(value.isfinite().all()), name


@pytest.mark.parametrize("batch", [1, 3, 8, 9])
@pytest.mark.parametrize(
    ("inputs", "outputs", "kernel", "stride", "side"), [(1, 6, 9, 1, 28), (16, 10, 9, 2, 20), (3, 5, 4, 3, 12)]
)
def test_the_quick_convolution_is_the_convolution(
    batch: int, inputs: int, outputs: int, kernel: int, stride: int, side: int
) -> None:
    quick = Convolution(inputs, outputs, kernel, stride)
    plain = nn.Conv2d(inputs, outputs, kernel, stride)
    plain.load_state_dict(quick.state_dict())
    features = torch.randn(batch, inputs, side, side)
    with torch.inference_mode():
        torch.testing.assert_close(quick(features), plain(features), rtol=0, atol=1e-5)
        lying = features.contiguous(memory_format=torch.channels_last)
        torch.testing.assert_close(quick(lying), plain(features), rtol=0, atol=1e-5)


def test_the_quick_convolution_copies_no_weights(network: CapsNet) -> None:
    weight = network.primary_caps.conv.weight
    assert weight.permute(0, 2, 3, 1).flatten(1).data_ptr() == weight.data_ptr()


def test_training_never_takes_the_path_for_inference(monkeypatch: pytest.MonkeyPatch, tiny: CapsNetConfig) -> None:
    def forbidden(_: Convolution, __: Tensor) -> Tensor:
        raise AssertionError("training took the path for inference")

    monkeypatch.setattr(Convolution, "_product", forbidden)
    network = CapsNet(tiny)
    network(torch.rand(2, 28, 28)).sum().backward()
    assert network.conv1.weight.grad is not None


def test_reconstruct_draws_the_pose_of_one_class(network: CapsNet) -> None:
    poses = torch.randn(5, 16) / 4
    with torch.inference_mode():
        pictures = network.reconstruct(poses, 3)
        assert pictures.shape == (5, 28, 28)
        capsules = torch.randn(1, 10, 16)  # the decoder masks all but the label
        capsules[0, 3] = poses[2]
        torch.testing.assert_close(network.decoder(capsules, torch.tensor([3]))[0], pictures[2], rtol=0, atol=1e-6)
