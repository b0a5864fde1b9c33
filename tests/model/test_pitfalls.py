"""What other reproductions got wrong. Each check passes on our code and fails with the fault planted in it."""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
import torch
from torch import Tensor

from model.commands import card
from model.data import datasets
from model.data.datasets import Digits
from model.network import functional, interventions, routing
from model.network.capsnet import CapsNet
from model.network.config import CapsNetConfig
from model.network.layers import PrimaryCaps
from model.training import evaluation, losses
from model.training import loop as training
from model.training.config import TrainingConfig
from model.zoo.checkpoint import load_network
from tests.model import reference
from tests.model.batches import one_digit_each
from tests.model.faults import planted

TINY = CapsNetConfig(conv1_channels=6, primary_types=3, primary_dim=4, pose_dim=5, decoder_hidden=(7, 9))
CPU = torch.device("cpu")


def lively() -> CapsNet:
    """A tiny network whose votes are strong enough for routing to change its mind."""
    torch.manual_seed(1)
    network = CapsNet(TINY).eval()
    torch.nn.init.normal_(network.class_caps.weight, std=3)
    return network


def digits(count: int) -> Digits:
    images = torch.randint(0, 256, (count, 28, 28), generator=torch.Generator().manual_seed(2), dtype=torch.uint8)
    return Digits(images, torch.arange(count) % 10)


def coupling_is_a_softmax_over_the_classes(_: Path) -> None:
    votes = torch.randn(2, 7, 3, 4)
    coupling = routing.route(votes, 3).coupling_coefficients
    torch.testing.assert_close(coupling.sum(dim=-1), torch.ones(2, 3, 7))


def a_digit_keeps_its_own_logits(_: Path) -> None:
    votes = torch.randn(5, 7, 3, 4)
    for name, value in routing.route(votes[:1], 3)._asdict().items():
        torch.testing.assert_close(getattr(routing.route(votes, 3), name)[:1], value, rtol=0, atol=1e-5)


def a_capsule_is_eight_channels_of_one_place(_: Path) -> None:
    layer = PrimaryCaps(TINY)
    maps = torch.randn(2, 6, 20, 20)
    with torch.no_grad():
        capsules = layer(maps)
    kernels, bias = layer.conv.weight.detach().double().numpy(), layer.conv.bias.detach().double().numpy()
    expected = reference.primary_capsule(maps[1].double().numpy(), kernels, bias, 2, 4, 3, 5)
    np.testing.assert_allclose(capsules[1, 2 * 36 + 3 * 6 + 5].numpy(), expected, rtol=0, atol=1e-5)


def squash_shrinks_whole_vectors(_: Path) -> None:
    torch.testing.assert_close(functional.squash(torch.tensor([3.0, 4.0])), torch.tensor([15 / 26, 20 / 26]))


def an_empty_image_trains(_: Path) -> None:
    """The biases at 0 make every capsule of an empty image exactly the zero vector."""
    for detach_inner in (True, False):
        state = training.start(TINY, TrainingConfig(detach_inner=detach_inner), CPU)
        assert isinstance(state.network, CapsNet)
        for convolution in (state.network.conv1, state.network.primary_caps.conv):
            torch.nn.init.zeros_(convolution.bias)
        loss = training.train_step(state, one_digit_each(torch.zeros(2, 28, 28), torch.tensor([0, 1])), 0.0)
        assert math.isfinite(loss.item())
        for parameter in state.network.parameters():
            assert parameter.grad is not None
            assert bool(parameter.grad.isfinite().all())


def one_image_keeps_its_batch_axis(_: Path) -> None:
    network, image = lively(), torch.rand(1, 28, 28)
    assert network(image).shape == (1, 10, 5)
    assert network.predict(image).shape == (1,)
    assert network.trace(image).lengths.shape == (1, 3, 10)
    state = training.start(TINY, TrainingConfig(), CPU)
    assert training.train_step(state, one_digit_each(image, torch.tensor([3])), 1e-3).shape == ()


def the_reconstruction_loss_is_a_sum(_: Path) -> None:
    loss = losses.reconstruction_loss(torch.ones(2, 28, 28), torch.zeros(2, 28, 28))
    assert loss.item() == pytest.approx(784)
    assert losses.RECONSTRUCTION_WEIGHT * loss.item() == pytest.approx(0.392)


def trained(folder: Path, test_digits: Digits) -> training.TrainingState:
    config = TrainingConfig(epochs=3, batch_size=8, warmup_steps=2)
    state = training.start(TINY, config, CPU)
    training.train(state, config, digits(20), test_digits, folder / "run.pt")
    return state


def nothing_is_chosen_by_the_test_digits(folder: Path) -> None:
    same = digits(1).images.expand(10, -1, -1)
    ours, theirs = trained(folder, Digits(same, torch.arange(10))), trained(folder, Digits(same, torch.full((10,), -1)))
    assert (ours.epoch_errors, theirs.epoch_errors) == ([90] * 3, [100] * 3)
    for name, value in ours.network.state_dict().items():
        assert torch.equal(value, theirs.network.state_dict()[name]), name


def the_card_reports_the_last_epoch(folder: Path) -> None:
    arguments = argparse.Namespace(
        name="tiny", network="capsnet", out_dir=folder, device="cpu", routing_iterations=3, drawn=None
    )  # fmt: skip
    test_digits = digits(30)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(datasets, "shipped_test_digits", lambda: test_digits)
        config = TrainingConfig()
        state = training.start(TINY, config, torch.device("cpu"))
        state.epoch_errors = [0.0, 50.0]
        assert card.ship(arguments, state, config) == 0
    written = json.loads((folder / "tiny.json").read_text(encoding="utf-8"))
    network = load_network(folder / "tiny.safetensors", TINY)
    wrong = network.predict(datasets.to_unit(test_digits.images)) != test_digits.labels
    assert written["test_error"] == 100 * int(wrong.sum()) / 30 > 0
    assert sorted(map(int, written["misclassified"])) == wrong.nonzero().flatten().tolist()


class Spy(CapsNet):
    """Notes the pixels that it is asked about."""

    def scores(self, images: Tensor) -> Tensor:
        self.brightest = float(images.max())
        return super().scores(images)


def inference_sees_pixels_in_0_to_1(_: Path) -> None:
    spy = Spy(TINY)
    evaluation.evaluate(spy, digits(10))
    assert 0.9 < spy.brightest <= 1


def training_skips_the_last_update(_: Path) -> None:
    asked: list[int] = []

    class Counted(routing.VotesByClass):
        def agreement(self, capsules: Tensor) -> Tensor:
            asked.append(len(capsules))
            return super().agreement(capsules)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(routing, "VotesByClass", Counted)
        routing.routed_capsules(torch.randn(1, 7, 3, 4), 3)
    assert len(asked) == 2


class Pitfall(NamedTuple):
    check: Callable[[Path], None]
    function: Callable[..., Any]
    right: str
    wrong: str


PITFALLS = {
    "softmax over the 1152 inputs": Pitfall(
        coupling_is_a_softmax_over_the_classes,
        interventions.SoftmaxCoupling.__call__,
        "softmax(logits, dim=1)",
        "softmax(logits, dim=2)",
    ),
    "logits averaged over the batch": Pitfall(
        a_digit_keeps_its_own_logits,
        routing.route,
        "logits = logits + agreement",
        "logits = logits + agreement.mean(dim=0, keepdim=True)",
    ),
    "a reshape that mixes capsules": Pitfall(
        a_capsule_is_eight_channels_of_one_place,
        PrimaryCaps.forward,
        "maps.permute(0, 1, 3, 4, 2).reshape(",
        "maps.reshape(",
    ),
    "capsules position-major": Pitfall(
        a_capsule_is_eight_channels_of_one_place,
        PrimaryCaps.forward,
        "permute(0, 1, 3, 4, 2)",
        "permute(0, 3, 4, 1, 2)",
    ),
    "squash with eps outside the root": Pitfall(
        an_empty_image_trains,
        functional.squash,
        "torch.linalg.vector_norm(inputs, dim=-1, keepdim=True)",
        "inputs.square().sum(dim=-1, keepdim=True).sqrt() + 1e-8",
    ),
    "lengths by a bare root": Pitfall(
        an_empty_image_trains,
        functional.lengths,
        "torch.linalg.vector_norm(capsules, dim=-1)",
        "capsules.square().sum(dim=-1).sqrt()",
    ),
    "squash per number": Pitfall(
        squash_shrinks_whole_vectors,
        functional.squash,
        "torch.linalg.vector_norm(inputs, dim=-1, keepdim=True)",
        "inputs.abs()",
    ),
    "squeeze in the routing": Pitfall(
        one_image_keeps_its_batch_axis,
        routing.VotesByClass.weighted_sums,
        ".view(B, C, D)",
        ".view(B, C, D).squeeze()",
    ),
    "squeeze in the prediction": Pitfall(
        one_image_keeps_its_batch_axis, CapsNet.scores, "lengths(self(images))", "lengths(self(images)).squeeze()"
    ),
    "reconstruction loss 784 times too weak": Pitfall(
        the_reconstruction_loss_is_a_sum, losses.reconstruction_loss, ".flatten(1).sum(dim=1).mean()", ".mean()"
    ),
    "a learning rate that looks at the test error": Pitfall(
        nothing_is_chosen_by_the_test_digits,
        training.train,
        "rate = learning_rate_at(",
        "rate = (1 + sum(state.epoch_errors)) * learning_rate_at(",
    ),
    "the best epoch reported": Pitfall(
        the_card_reports_the_last_epoch, card.ship, "test_error=result.error", "test_error=min(state.epoch_errors)"
    ),
    "pixels in 0..255": Pitfall(
        inference_sees_pixels_in_0_to_1, evaluation.evaluate, "to_unit(", "torch.Tensor.float("
    ),
    "pixels never divided": Pitfall(inference_sees_pixels_in_0_to_1, datasets.to_unit, " / 255", ""),
    "a last update that is never skipped": Pitfall(
        training_skips_the_last_update, routing.routed_capsules, "range(iterations - 1)", "range(iterations)"
    ),
}  # fmt: skip


@pytest.mark.parametrize("pitfall", PITFALLS.values(), ids=PITFALLS.keys())
def test_we_avoid(pitfall: Pitfall, tmp_path: Path) -> None:
    pitfall.check(tmp_path)


@pytest.mark.parametrize("pitfall", PITFALLS.values(), ids=PITFALLS.keys())
def test_we_would_notice(pitfall: Pitfall, tmp_path: Path) -> None:
    with planted(pitfall.function, pitfall.right, pitfall.wrong), pytest.raises((AssertionError, RuntimeError)):
        pitfall.check(tmp_path)
    pitfall.check(tmp_path)  # and the fault is gone again
