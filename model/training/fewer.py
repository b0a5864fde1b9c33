"""How many digits a network needs: networks of two kinds trained on few digits, and tested on all that ship.

Capsules are often said to require less training data. Here every network of a seed sees the same digits in the same
batches, shifted alike, for the same number of steps: so only the kind of network and the number of digits differ.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor

from model.data.datasets import Digits
from model.data.tasks import DIGIT, Batch, Plan
from model.errors import UserError
from model.network.base import NetworkConfig
from model.training.config import TrainingConfig
from model.training.evaluation import evaluate
from model.training.loop import learning_rate_at, start, train_step
from model.zoo.architectures import ARCHITECTURES
from model.zoo.fewer_digits import Run

NETWORKS = ("capsnet", "cnn-pooling")
COUNTS = (10, 20, 50, 100, 200, 500, 1000, 5000)
SEEDS = 3
STEPS = 300
BATCH_SIZE = 64

_WARMUP_SHARE = 10  # one step in so many
_SEED_STEP = 1_000_003  # keeps seeds of different steps and draws apart


@dataclass(frozen=True, slots=True)
class FewerDigits:
    """What is the same for every run of the study. Raises UserError for a number that makes no sense."""

    steps: int = STEPS  # of Adam, in every run
    batch_size: int = BATCH_SIZE  # pictures in a step
    max_shift: int = DIGIT.max_shift  # pixels, of each picture in each direction
    learning_rate: float = TrainingConfig().learning_rate

    def __post_init__(self) -> None:
        if self.steps < 1:
            raise UserError(f"training needs at least one step, not {self.steps}")
        self.config(0)

    @property
    def warmup_steps(self) -> int:
        """Steps in which the learning rate rises; it then falls to 0 by a cosine."""
        return self.steps // _WARMUP_SHARE

    def config(self, seed: int) -> TrainingConfig:
        """How the networks of a seed are trained."""
        return TrainingConfig(
            batch_size=self.batch_size,
            learning_rate=self.learning_rate,
            warmup_steps=self.warmup_steps,
            max_shift=self.max_shift,
            seed=seed,
        )

    def parameters(self, digits_tested: int) -> dict[str, Any]:
        """As the study's file holds them."""
        return {**asdict(self), "warmup_steps": self.warmup_steps, "optimizer": "Adam", "digits": digits_tested}


def runs(networks: Sequence[str], counts: Sequence[int], seeds: int) -> Iterator[Run]:
    """All runs of a study: the first seed of everything first, so that a study that was cut is a whole curve."""
    for seed in range(1, seeds + 1):
        for count in sorted(set(counts)):
            yield from (Run(network, count, seed) for network in dict.fromkeys(networks))


def drawn(labels: Tensor, count: int, seed: int) -> Tensor:
    """Numbers of `count` digits, as many of each class, of the labels (N,): (count,).

    A larger draw of a seed begins with the smaller ones. Raises UserError where classes cannot be equal, or a class
    has too few digits.
    """
    classes = torch.unique(labels)
    if count < 1 or count % len(classes):
        raise UserError(f"{count} digits cannot be as many of each of {len(classes)} classes")
    generator = torch.Generator().manual_seed(seed)
    of_each = count // len(classes)
    columns = []
    for label in classes:
        of_class = (labels == label).nonzero().flatten()
        if len(of_class) < of_each:
            raise UserError(f"there are only {len(of_class)} digits of class {int(label)}, and {of_each} are needed")
        columns.append(of_class[torch.randperm(len(of_class), generator=generator)[:of_each]])
    return torch.stack(columns, dim=1).flatten()


def error_of(
    run: Run,
    sizes: NetworkConfig,
    study: FewerDigits,
    digits: tuple[Digits, Digits],
    device: torch.device,
    tell: Callable[[int], object],
) -> int:
    """Train a network of these sizes on the digits that the run draws from the first of `digits`.

    Returns how many of the second it misreads after the last step. `tell` is called with 1 after each step.
    """
    training, tested = digits
    picked = drawn(training.labels, run.count, run.seed)
    few = Digits(training.images[picked], training.labels[picked]).to(device)
    config = study.config(run.seed)
    state = start(sizes, config, device)
    for step, batch in enumerate(batches(few, study, run.seed)):
        torch.manual_seed(run.seed * _SEED_STEP + step)  # of dropout
        train_step(state, batch, learning_rate_at(config, step, study.steps))
        tell(1)
    state.network.eval()
    return len(evaluate(state.network, tested).misclassified)


def batches(few: Digits, study: FewerDigits, seed: int) -> Iterator[Batch]:
    """A batch for each step: the digits again and again, shuffled anew and shifted otherwise in each pass.

    They are the same for every network.
    """
    plan = _plan(few.labels.cpu(), study, seed)
    for step in range(study.steps):
        places = torch.arange(step * study.batch_size, (step + 1) * study.batch_size)
        yield DIGIT.batch(few, plan.at(places))


def _plan(labels: Tensor, study: FewerDigits, seed: int) -> Plan:
    generator = torch.Generator().manual_seed(seed * _SEED_STEP + len(labels))
    pictures = study.steps * study.batch_size
    passes = math.ceil(pictures / len(labels))
    order = torch.cat([torch.randperm(len(labels), generator=generator) for _ in range(passes)])[:pictures]
    return DIGIT.plan(order, labels, study.max_shift, generator)


def check(counts: Sequence[int], seeds: int, labels: Tensor) -> None:
    """Try every draw before anything slow is done. Raises UserError as `drawn` does."""
    for count in counts:
        for seed in range(1, seeds + 1):
            drawn(labels, count, seed)


def sizes_of(network: str) -> NetworkConfig:
    """The network's own sizes, for pictures of one digit."""
    return ARCHITECTURES[network].config(image_size=DIGIT.image_size)
