"""Training that can be killed at any moment and goes on where it stopped.

Everything random in an epoch follows from the seed and the epoch's number, what is random in a step from the
seed and the number of steps taken, and so does the learning rate. A checkpoint therefore keeps no generator's
state, and a run that was interrupted makes the same steps as one that was not.
"""

from __future__ import annotations

import math
import pickle
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from tqdm import tqdm

from model.data.datasets import Digits
from model.data.tasks import Batch, Plan
from model.errors import UserError
from model.files import replacing
from model.network.base import Network, NetworkConfig
from model.training.config import Precision, TrainingConfig
from model.training.evaluation import evaluate
from model.training.objectives import Objective, objective_for
from model.training.parallel import ALONE, Team
from model.training.warm_start import FirstWeights
from model.zoo.checkpoint import CheckpointError


@dataclass(slots=True)
class TrainingState:
    """All that a run has reached; `epoch` counts finished epochs, `step` the steps of the current one."""

    objective: Objective
    optimizer: torch.optim.Adam
    team: Team
    shared_objective: nn.Module  # the objective, its gradients averaged over the team
    average: AveragedModel | None  # of the network's weights over the steps
    first_weights: FirstWeights | None = None  # of another model; without one the seed drew them
    epoch: int = 0
    step: int = 0
    epoch_errors: list[float] = field(default_factory=list)  # per cent, on the test or the validation digits

    @property
    def network(self) -> Network:
        """What is trained."""
        return self.objective.network

    @property
    def result(self) -> Network:
        """What the training is for: the network, or its average."""
        if self.average is None:
            return self.network
        averaged: Any = self.average.module  # torch's word for what it is: a copy of the network
        return cast("Network", averaged)


def learning_rate_at(config: TrainingConfig, step: int, total_steps: int) -> float:
    """The learning rate of a step, counted from 0 over the whole run."""
    warmup = min(1.0, (step + 1) / max(1, config.warmup_steps))
    return config.learning_rate * warmup * 0.5 * (1 + math.cos(math.pi * step / total_steps))


def start(
    network_config: NetworkConfig, config: TrainingConfig, device: torch.device, team: Team = ALONE
) -> TrainingState:
    """A fresh network, initialised from the seed, with its optimizer.

    Raises UserError where it is for pictures of another size than the task's.
    """
    if network_config.image_size != config.pictures.image_size:
        raise UserError(
            f"a network for pictures of {network_config.image_size} pixels cannot learn {config.task!r} of "
            f"{config.pictures.image_size}"
        )
    torch.manual_seed(config.seed)
    objective = objective_for(network_config, config).to(device)
    fused = device.type != "mps"  # which not every torch can
    optimizer = torch.optim.Adam(objective.parameters(), config.learning_rate, fused=fused)
    average = _average(objective.network, config.ema) if config.ema else None
    return TrainingState(objective, optimizer, team, team.wrapped(objective, device), average)


def save_state(state: TrainingState, config: TrainingConfig, path: Path) -> None:
    """Write a checkpoint; a kill or a full disk (OSError) while writing leaves the one before."""
    values = {
        "network_config": state.network.config.to_dict(),
        "config": asdict(config),
        "network": state.network.state_dict(),
        "optimizer": state.optimizer.state_dict(),
        "average": state.average and state.average.state_dict(),
        "first_weights": state.first_weights and state.first_weights._asdict(),
        "epoch": state.epoch,
        "step": state.step,
        "epoch_errors": state.epoch_errors,
    }
    with replacing(path) as draft:
        try:
            torch.save(values, draft)
        except RuntimeError as error:  # torch's word for a write that failed
            raise OSError(f"cannot write {path}: is the disk full? ({error}); the one before is untouched") from error


def resume(
    path: Path, network_config: NetworkConfig, config: TrainingConfig, device: torch.device, team: Team = ALONE
) -> TrainingState:
    """Read a checkpoint. Raises CheckpointError where it is damaged, or made for another network or in another way.

    What the checkpoint does not know is younger than it: its options were today's defaults.
    """
    saved = _read(path, device)
    _expect(path, {**asdict(TrainingConfig()), **saved["config"]}, asdict(config))
    _expect(path, saved["network_config"], network_config.to_dict())
    state = start(network_config, config, device, team)
    state.network.load_state_dict(saved["network"])
    state.optimizer.load_state_dict(saved["optimizer"])
    if state.average is not None:
        state.average.load_state_dict(saved["average"])
    if config.start_from:
        state.first_weights = _first_weights(path, saved)
    state.epoch, state.step = saved["epoch"], saved["step"]
    state.epoch_errors = saved.get("epoch_errors") or saved.get("epoch_test_errors", [])  # its name before
    return state


def train(
    state: TrainingState,
    config: TrainingConfig,
    digits: Digits,
    reported_on: Digits,
    checkpoint: Path,
    save_every_s: float = 120,
) -> None:
    """Train to the last epoch, saving `checkpoint` every `save_every_s` seconds and after each epoch.

    An epoch makes one picture for each of the digits. The error on the digits `reported_on`, or on the task's
    pictures of them, is only reported, once an epoch: nothing is chosen by it. Each process of a team trains on its
    share of every batch; the leader alone evaluates, saves and shows the progress.
    """
    leads = state.team.leads
    device = next(state.network.parameters()).device
    digits = digits.to(device)
    reported_on = config.pictures.test_set(reported_on)
    steps = math.ceil(len(digits) / config.batch_size)
    done = state.epoch * steps + state.step
    saved_at = time.monotonic()
    with tqdm(
        total=config.epochs * steps, initial=done, unit="step", mininterval=1, smoothing=0.05, disable=not leads
    ) as progress:
        while state.epoch < config.epochs:
            progress.set_description(f"epoch {state.epoch + 1}/{config.epochs}")
            for batch, weight in _batches(state, config, digits):
                rate = learning_rate_at(config, state.epoch * steps + state.step, config.epochs * steps)
                torch.manual_seed(_step_seed(config, state.epoch * steps + state.step, state.team.rank))
                loss = train_step(state, batch, rate, weight, config.precision)
                state.step += 1
                progress.set_postfix(_report(loss.item(), state.epoch_errors), refresh=False)
                progress.update()
                if leads and time.monotonic() - saved_at > save_every_s:
                    save_state(state, config, checkpoint)
                    saved_at = time.monotonic()
            if leads:
                state.epoch_errors.append(_error(state.result, reported_on))
            state.epoch, state.step = state.epoch + 1, 0
            if leads:
                save_state(state, config, checkpoint)


def train_step(
    state: TrainingState, batch: Batch, learning_rate: float, weight: float = 1.0, precision: Precision = "float32"
) -> Tensor:
    """One step of Adam on a batch, and of the average; returns the loss before it.

    In a team this is the process's share of the batch, and `weight` is its share's; the loss is the whole batch's.
    """
    for group in state.optimizer.param_groups:
        group["lr"] = learning_rate
    with torch.autocast(batch.images.device.type, torch.bfloat16, enabled=precision == "bfloat16"):
        loss: Tensor = weight * state.shared_objective(*batch)
    state.optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    state.optimizer.step()
    if state.average is not None:
        state.average.update_parameters(state.network)
    return state.team.mean(loss.detach())


def _read(path: Path, device: torch.device) -> dict[str, Any]:
    try:
        saved = torch.load(path, map_location=device, weights_only=True)
    except (EOFError, RuntimeError, pickle.UnpicklingError) as error:  # by where the file ends
        raise CheckpointError(f"{path} is no checkpoint, or a damaged one: remove it to train anew") from error
    if not isinstance(saved, dict) or not saved.keys() >= {"config", "network_config", "network", "optimizer"}:
        raise CheckpointError(f"{path} is no checkpoint of a training: remove it to train anew")
    return saved


def _first_weights(path: Path, saved: dict[str, Any]) -> FirstWeights:
    try:
        return FirstWeights(**saved["first_weights"])
    except (KeyError, TypeError) as error:
        raise CheckpointError(f"{path} does not say whose weights were its first: remove it to train anew") from error


def _expect(path: Path, made_with: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Name the options in which a checkpoint differs from what is wanted. Raises CheckpointError."""
    names = sorted(made_with.keys() | wanted.keys())
    differing = [name for name in names if made_with.get(name) != wanted.get(name)]
    if differing:
        made, asked = ({name: values.get(name) for name in differing} for values in (made_with, wanted))
        raise CheckpointError(f"{path} was made with {made}, not with {asked}: give it another --name, or remove it")


def _average(network: Network, decay: float) -> AveragedModel:
    """Its weights become those of the network after the first step, and follow them from there."""
    return AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(decay))  # type: ignore[no-untyped-call]


def _step_seed(config: TrainingConfig, step: int, rank: int) -> int:
    """What the dropout of a step is drawn from, in each process its own, so that a resumed run draws the same."""
    return _generator_seed((config.seed * 1_000_003 + step) * 1_000_003 + rank)


def _generator_seed(number: int) -> int:
    """As a generator takes it, whose seeds end at 64 bits."""
    return number % 2**63


def _error(network: Network, pictures: Digits) -> float:
    network.eval()
    error = evaluate(network, pictures).error
    network.train()
    return error


def _report(loss: float, epoch_errors: list[float]) -> dict[str, str]:
    report = {"loss": f"{loss:.4f}"}
    if epoch_errors:
        report["error"] = f"{epoch_errors[-1]:.2f} %"
    return report


def _plan(config: TrainingConfig, epoch: int, labels: Tensor) -> Plan:
    """The pictures of an epoch in their order, the same whenever and wherever it is made."""
    generator = torch.Generator().manual_seed(_generator_seed(config.seed * 1_000_003 + epoch))
    order = torch.randperm(len(labels), generator=generator)
    return config.pictures.plan(order, labels, config.max_shift, generator, config.other_hands)


def _batches(state: TrainingState, config: TrainingConfig, digits: Digits) -> Iterator[tuple[Batch, float]]:
    """The process's share of the batches of the epoch that are still to be trained on, and what each weighs."""
    task = config.pictures
    plan = _plan(config, state.epoch, digits.labels.cpu())
    for begin in range(state.step * config.batch_size, len(digits), config.batch_size):
        share = state.team.share(min(config.batch_size, len(digits) - begin))
        places = begin + share.picked
        yield task.batch(digits, plan.at(places)), share.weight
