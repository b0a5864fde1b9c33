"""Training on a few digits with a tiny network: it learns, and it survives being killed."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from model.data.datasets import Digits, to_unit
from model.network.base import Network, NetworkConfig
from model.network.capsnet import CapsNet
from model.network.cnn import BaselineConfig
from model.network.config import CapsNetConfig
from model.network.functional import lengths
from model.training import loop as training
from model.training.config import PRECISIONS, Precision, TrainingConfig
from model.training.loop import TrainingState
from model.training.losses import margin_loss
from model.training.objectives import CapsNetObjective
from model.zoo.checkpoint import CheckpointError
from tests.model.batches import one_digit_each

CPU = torch.device("cpu")
CONFIG = TrainingConfig(epochs=2, batch_size=16, warmup_steps=3, seed=5)  # 60 digits: 4 steps an epoch


class Killed(Exception):  # noqa: N818  # what it stands for is no error
    """In place of SIGKILL."""


def finished(
    network_config: NetworkConfig, digits: Digits, path: Path, config: TrainingConfig = CONFIG
) -> TrainingState:
    state = training.start(network_config, config, CPU)
    training.train(state, config, digits, digits, path)
    return state


def killed_and_resumed(
    network_config: NetworkConfig, digits: Digits, path: Path, steps: int, config: TrainingConfig = CONFIG
) -> TrainingState:
    """A run that was killed after some of its eight steps, and then went on to its end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training, "train_step", killed_after(steps))
        with pytest.raises(Killed):
            training.train(training.start(network_config, config, CPU), config, digits, digits, path, save_every_s=0)
    torch.manual_seed(99)  # a new process knows nothing of the old one's generator
    resumed = training.resume(path, network_config, config, CPU)
    assert (resumed.epoch, resumed.step) == divmod(steps, 4)
    training.train(resumed, config, digits, digits, path)
    return resumed


def test_the_loss_falls(tiny: CapsNetConfig, few_digits: Digits) -> None:
    state = training.start(tiny, CONFIG, CPU)
    batch = one_digit_each(few_digits.images[:20], few_digits.labels[:20])
    losses = [training.train_step(state, batch, 5e-3).item() for _ in range(60)]
    assert losses[-1] < 0.5 * losses[0]


def test_the_same_seed_makes_the_same_weights(tiny: CapsNetConfig, few_digits: Digits, tmp_path: Path) -> None:
    first, second = (finished(tiny, few_digits, tmp_path / name) for name in ("a.pt", "b.pt"))
    assert same_weights(first.network, second.network)
    other = finished(tiny, few_digits, tmp_path / "c.pt", TrainingConfig(epochs=2, batch_size=16, seed=6))
    assert not same_weights(first.network, other.network)


@pytest.mark.parametrize("precision", PRECISIONS)
@pytest.mark.parametrize("steps", [1, 3, 4, 6])
def test_a_killed_run_goes_on_as_if_nothing_had_happened(
    tiny: CapsNetConfig, few_digits: Digits, tmp_path: Path, steps: int, precision: Precision
) -> None:
    config = replace(CONFIG, precision=precision)
    whole = finished(tiny, few_digits, tmp_path / "whole.pt", config)
    resumed = killed_and_resumed(tiny, few_digits, tmp_path / "killed.pt", steps, config)
    assert same_weights(resumed.network, whole.network)
    assert resumed.epoch_errors == whole.epoch_errors


def test_a_finished_run_has_nothing_left_to_do(tiny: CapsNetConfig, few_digits: Digits, tmp_path: Path) -> None:
    path = tmp_path / "run.pt"
    state = finished(tiny, few_digits, path)
    resumed = training.resume(path, tiny, CONFIG, CPU)
    training.train(resumed, CONFIG, few_digits, few_digits, path)
    assert same_weights(resumed.network, state.network)
    assert len(resumed.epoch_errors) == 2


def test_a_kill_while_saving_leaves_the_checkpoint_before(
    tiny: CapsNetConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "run.pt"
    state = training.start(tiny, CONFIG, CPU)
    training.save_state(state, CONFIG, path)
    before = path.read_bytes()

    def half_written(_: object, draft: Path) -> None:
        draft.write_bytes(before[:100])
        raise Killed

    monkeypatch.setattr(torch, "save", half_written)
    state.epoch = 1
    with pytest.raises(Killed):
        training.save_state(state, CONFIG, path)
    assert path.read_bytes() == before
    assert training.resume(path, tiny, CONFIG, CPU).epoch == 0


def test_a_checkpoint_of_another_run_is_refused(tiny: CapsNetConfig, tmp_path: Path) -> None:
    path = tmp_path / "run.pt"
    training.save_state(training.start(tiny, CONFIG, CPU), CONFIG, path)
    with pytest.raises(CheckpointError, match="'epochs': 2"):
        training.resume(path, tiny, TrainingConfig(epochs=3, batch_size=16, warmup_steps=3, seed=5), CPU)
    with pytest.raises(CheckpointError, match="'routing_iterations': 3"):
        training.resume(path, CapsNetConfig(**{**tiny.to_dict(), "routing_iterations": 1}), CONFIG, CPU)


def test_every_epoch_sees_each_digit_once(tiny: CapsNetConfig, few_digits: Digits) -> None:
    numbered = Digits(few_digits.images, torch.arange(60))
    state = training.start(tiny, CONFIG, CPU)
    orders = []
    for state.epoch in (0, 1):
        orders.append([int(label) for batch, _ in training._batches(state, CONFIG, numbered) for label in batch.labels])
    assert sorted(orders[0]) == sorted(orders[1]) == list(range(60))
    assert orders[0] != orders[1]


def test_digits_are_shifted_by_at_most_two_pixels(few_digits: Digits) -> None:
    offsets = training._plan(CONFIG, 0, torch.zeros(1000)).offsets
    assert sorted(set(offsets[..., 0].flatten().tolist())) == [-2, -1, 0, 1, 2]
    assert sorted(set(offsets[..., 1].flatten().tolist())) == [-2, -1, 0, 1, 2]
    still = TrainingConfig(max_shift=0)
    assert int(training._plan(still, 0, few_digits.labels).offsets.abs().max()) == 0


def test_the_learning_rate_warms_up_and_decays_to_nothing() -> None:
    config = TrainingConfig(learning_rate=1e-3, warmup_steps=10)
    rates = [training.learning_rate_at(config, step, 1000) for step in range(1000)]
    assert rates[0] == pytest.approx(1e-4)
    assert max(rates) == pytest.approx(1e-3, rel=1e-3)
    assert rates[500] == pytest.approx(0.5e-3)
    assert rates[10:] == sorted(rates[10:], reverse=True)
    assert 0 < rates[-1] < 1e-7


def test_an_empty_image_trains_with_finite_gradients(tiny: CapsNetConfig) -> None:
    state = training.start(tiny, replace(CONFIG, detach_inner=False), CPU)
    loss = training.train_step(state, one_digit_each(torch.zeros(2, 28, 28), torch.tensor([1, 2])), 1e-3)
    assert math.isfinite(loss.item())
    for name, parameter in state.network.named_parameters():
        assert bool(gradient_of(parameter).isfinite().all()), name
        assert bool(parameter.isfinite().all()), name


def test_without_reconstruction_the_decoder_stays_as_it_was_drawn(tiny: CapsNetConfig, few_digits: Digits) -> None:
    state = training.start(tiny, replace(CONFIG, reconstruction_weight=0.0), CPU)
    first = {name: value.clone() for name, value in state.network.state_dict().items()}
    loss = training.train_step(state, one_digit_each(few_digits.images, few_digits.labels), 1e-2)
    for name, value in state.network.state_dict().items():
        assert torch.equal(value, first[name]) == name.startswith("decoder"), name
    margin = CapsNetObjective(CapsNet(tiny), 0.0, True)
    margin.network.load_state_dict(first)
    capsules = margin.network(to_unit(few_digits.images))
    torch.testing.assert_close(loss, margin_loss(lengths(capsules), few_digits.labels), rtol=0, atol=1e-6)


def test_the_reconstruction_counts_as_much_as_its_weight(tiny: CapsNetConfig, few_digits: Digits) -> None:
    network, batch = CapsNet(tiny), one_digit_each(few_digits.images, few_digits.labels)
    none, one, two = (CapsNetObjective(network, weight, True)(*batch).item() for weight in (0.0, 0.01, 0.02))
    assert two - none == pytest.approx(2 * (one - none))
    assert one - none > 0.1


def test_all_iterations_have_another_gradient(tiny: CapsNetConfig, few_digits: Digits) -> None:
    """The value is the same: only what flows back differs."""
    network = CapsNet(tiny)
    torch.nn.init.normal_(network.class_caps.weight, std=1)
    batch = one_digit_each(few_digits.images, few_digits.labels)
    gradients = []
    for detach_inner in (True, False):
        network.zero_grad()
        CapsNetObjective(network, 0.0005, detach_inner)(*batch).backward()
        gradients.append(gradient_of(network.class_caps.weight))
    last_only, all_iterations = gradients
    assert float((last_only - all_iterations).abs().max()) > 0.02 * float(last_only.abs().max())


def test_any_number_is_a_seed(tiny: CapsNetConfig, few_digits: Digits, tmp_path: Path) -> None:
    """Also a date, from which more than 64 bits are made."""
    state = finished(tiny, few_digits, tmp_path / "run.pt", replace(CONFIG, seed=20_261_126))
    assert state.epoch == CONFIG.epochs
    assert all(bool(parameter.isfinite().all()) for parameter in state.network.parameters())


def test_the_first_matrices_are_as_large_as_asked(tiny: CapsNetConfig) -> None:
    usual, small = (
        training.start(tiny, replace(CONFIG, weight_scale=scale), CPU).network.state_dict() for scale in (0.1, 0.01)
    )
    assert usual["class_caps.weight"].std().item() == pytest.approx(0.1, rel=0.02)
    torch.testing.assert_close(small.pop("class_caps.weight"), 0.1 * usual.pop("class_caps.weight"))
    assert all(torch.equal(small[name], usual[name]) for name in usual)


@pytest.mark.parametrize("scale", [0, -0.1, math.inf, math.nan])
def test_matrices_of_no_size_are_refused(scale: float) -> None:
    with pytest.raises(ValueError, match="scale of W"):
        TrainingConfig(weight_scale=scale)


def test_the_scale_of_matrices_that_are_taken_over_cannot_be_set() -> None:
    with pytest.raises(ValueError, match="W is that of 'mnist'"):
        TrainingConfig(weight_scale=0.01, start_from="mnist")


def test_a_run_does_not_go_on_in_another_precision(tiny: CapsNetConfig, few_digits: Digits, tmp_path: Path) -> None:
    path = tmp_path / "run.pt"
    finished(tiny, few_digits, path, replace(CONFIG, precision="bfloat16"))
    with pytest.raises(CheckpointError, match="'precision'"):
        training.resume(path, tiny, CONFIG, CPU)


@pytest.mark.slow
def test_bfloat16_learns_as_float32_does(tiny: CapsNetConfig, few_digits: Digits) -> None:
    batch, losses = one_digit_each(few_digits.images, few_digits.labels), {}
    for precision in PRECISIONS:
        state = training.start(tiny, CONFIG, CPU)
        losses[precision] = torch.stack(
            [training.train_step(state, batch, 2e-3, precision=precision) for _ in range(40)]
        )
        assert all(value.dtype == torch.float32 for value in state.network.state_dict().values())
    assert losses["bfloat16"][-1] < 0.6 * losses["bfloat16"][0]
    assert not torch.equal(losses["bfloat16"], losses["float32"])
    torch.testing.assert_close(losses["bfloat16"], losses["float32"], rtol=0.03, atol=0)


def test_routing_stays_in_float32(tiny: CapsNetConfig) -> None:
    """From equal primary capsules come equal class capsules, bit for bit, whatever the products before them are in."""
    layer = CapsNet(tiny).class_caps
    capsules = torch.randn(5, tiny.primary_count, tiny.primary_dim)
    expected = layer(capsules, 3)
    with torch.autocast("cpu", torch.bfloat16):
        assert torch.equal(layer(capsules, 3), expected)


@pytest.mark.parametrize("steps", [1, 4, 6])
def test_a_run_on_pairs_with_an_average_goes_on_too(
    tiny: CapsNetConfig, few_digits: Digits, tmp_path: Path, steps: int
) -> None:
    for_pairs = replace(tiny, image_size=36)
    config = replace(CONFIG, task="pair", max_shift=4, other_hands=True, ema=0.9)
    whole = finished(for_pairs, few_digits, tmp_path / "whole.pt", config)
    path = tmp_path / "killed.pt"
    resumed = killed_and_resumed(for_pairs, few_digits, path, steps, config)
    assert same_weights(resumed.network, whole.network)
    assert same_weights(resumed.result, whole.result)
    assert not same_weights(whole.result, whole.network)
    assert resumed.epoch_errors == whole.epoch_errors
    with pytest.raises(CheckpointError, match="'ema'"):
        training.resume(path, for_pairs, replace(config, ema=0.0), CPU)


def test_a_checkpoint_from_before_there_were_pairs_goes_on(
    tiny: CapsNetConfig, few_digits: Digits, tmp_path: Path
) -> None:
    path = tmp_path / "run.pt"
    whole = finished(tiny, few_digits, path)
    saved = torch.load(path, weights_only=True)
    for option in ("task", "other_hands", "weight_scale", "ema", "precision", "validation"):
        del saved["config"][option]
    del saved["average"]
    saved["epoch_test_errors"] = saved.pop("epoch_errors")
    torch.save(saved, path)
    resumed = training.resume(path, tiny, CONFIG, CPU)
    assert resumed.epoch_errors == whole.epoch_errors
    assert same_weights(resumed.network, whole.network)


@pytest.mark.parametrize("steps", [1, 4, 6])
def test_the_baseline_goes_on_too_with_the_same_dropout(
    tiny_baseline: BaselineConfig, few_digits: Digits, tmp_path: Path, steps: int
) -> None:
    whole = finished(tiny_baseline, few_digits, tmp_path / "whole.pt")
    resumed = killed_and_resumed(tiny_baseline, few_digits, tmp_path / "killed.pt", steps)
    assert same_weights(resumed.network, whole.network)
    assert resumed.epoch_errors == whole.epoch_errors


@pytest.mark.parametrize("weight", [-1.0, math.nan, math.inf])
def test_a_weight_that_is_none_is_refused(weight: float) -> None:
    with pytest.raises(ValueError, match="weight of the reconstruction"):
        TrainingConfig(reconstruction_weight=weight)


def test_a_checkpoint_older_than_an_option_was_made_with_its_default(tiny: CapsNetConfig, tmp_path: Path) -> None:
    path = tmp_path / "run.pt"
    training.save_state(training.start(tiny, CONFIG, CPU), CONFIG, path)
    saved = torch.load(path, weights_only=True)
    del saved["config"]["reconstruction_weight"]
    torch.save(saved, path)
    assert training.resume(path, tiny, CONFIG, CPU).epoch == 0
    with pytest.raises(CheckpointError, match="reconstruction_weight"):
        training.resume(path, tiny, replace(CONFIG, reconstruction_weight=0.0), CPU)


def gradient_of(parameter: torch.nn.Parameter) -> Tensor:
    assert parameter.grad is not None
    return parameter.grad


def killed_after(steps: int) -> Callable[..., Tensor]:
    taken = iter(range(steps))
    step = training.train_step

    def counted(*arguments: Any) -> Tensor:
        if next(taken, None) is None:
            raise Killed
        return step(*arguments)

    return counted


def same_weights(one: Network, other: Network) -> bool:
    return all(torch.equal(value, other.state_dict()[name]) for name, value in one.state_dict().items())
