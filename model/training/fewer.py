"""How many digits a network needs: networks of two kinds trained on few digits, and tested on all that ship.

Capsules are said to require less training data: the authors' slides say so, without a measurement. Here every network
sees the same digits for the same number of steps, shifted alike, so that the number of digits is all that differs.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from model.data.datasets import Digits
from model.data.tasks import DIGIT, Batch, Plan
from model.errors import UserError
from model.files import replacing
from model.network.base import NetworkConfig
from model.training.config import TrainingConfig
from model.training.evaluation import evaluate
from model.training.loop import learning_rate_at, start, train_step
from model.zoo.architectures import ARCHITECTURES

NETWORKS = ("capsnet", "cnn-pooling")
COUNTS = (10, 20, 50, 100, 200, 500, 1000, 5000)
SEEDS = 3
STEPS = 300
BATCH_SIZE = 64
FILE = "fewer-digits.json"

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


@dataclass(frozen=True, slots=True)
class Run:
    """One network, trained on `count` digits that `seed` chose."""

    network: str
    count: int
    seed: int


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


class Results:
    """The study's file: what every run has in common, and each finished run."""

    def __init__(self, path: Path, parameters: dict[str, Any], made: dict[str, str]) -> None:
        """Read the file where it is there. Raises UserError where it is damaged, or made with other parameters."""
        self._path = path
        self._head = {**made, **parameters}
        self.runs: list[dict[str, Any]] = []
        if path.exists():
            self.runs = _read(path, parameters)

    def has(self, run: Run) -> bool:
        """Whether this run is finished."""
        return any(asdict(run) == {name: each[name] for name in asdict(run)} for each in self.runs)

    def add(self, run: Run, errors: int) -> None:
        """Keep a finished run, in the file too. Raises OSError where it cannot be written."""
        self.runs.append({**asdict(run), "errors": errors})
        head = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in self._head.items()]
        lines = ",\n".join(json.dumps(each) for each in self.runs)
        text = "{\n" + ",\n".join([*head, f'"runs": [\n{lines}\n]']) + "\n}\n"
        with replacing(self._path) as draft:
            draft.write_text(text, encoding="utf-8")


def _read(path: Path, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    """The finished runs. Raises UserError."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        made = {name: values[name] for name in parameters}
        found = [
            {**asdict(Run(e["network"], e["count"], e["seed"])), "errors": int(e["errors"])} for e in values["runs"]
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise UserError(f"{path} is no file of this study, or a damaged one: remove it to begin anew") from error
    differing = [name for name in parameters if made[name] != parameters[name]]
    if differing:
        was, asked = ({name: values[name] for name in differing} for values in (made, parameters))
        raise UserError(f"{path} was made with {was}, not with {asked}: choose another --out-dir, or remove it")
    return found


def check(counts: Sequence[int], seeds: int, labels: Tensor) -> None:
    """Try every draw before anything slow is done. Raises UserError as `drawn` does."""
    for count in counts:
        for seed in range(1, seeds + 1):
            drawn(labels, count, seed)


def sizes_of(network: str) -> NetworkConfig:
    """The network's own sizes, for pictures of one digit."""
    return ARCHITECTURES[network].config(image_size=DIGIT.image_size)
