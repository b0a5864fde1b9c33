"""The command that trains two networks on few digits, and tells how each then reads the test digits."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from model.commands.shared import Commands, add_data_dir, at_least, made_with, said_in_one_line
from model.data.catalogue import DATA_SETS, MNIST
from model.device import CHOICES, pick_device
from model.files import try_place
from model.network.fast.memory import keep_freed_memory
from model.training.fewer import (
    BATCH_SIZE,
    COUNTS,
    NETWORKS,
    SEEDS,
    STEPS,
    FewerDigits,
    check,
    error_of,
    runs,
    sizes_of,
)
from model.zoo.architectures import ARCHITECTURES
from model.zoo.fewer_digits import COMMAND, FEWER_DIGITS, Results

_BYTES = 100_000  # more than the file takes


def add_commands(commands: Commands) -> None:
    parser = commands.add_parser(
        "study-fewer-digits", help="train two kinds of networks on 10 to 5,000 digits, and test both (takes hours)"
    )
    add = parser.add_argument
    add("--networks", nargs="+", choices=ARCHITECTURES, default=list(NETWORKS), help="(default: %(default)s)")
    add("--counts", nargs="+", type=at_least(1), default=list(COUNTS), help="training digits (default: %(default)s)")
    add("--seeds", type=at_least(1), default=SEEDS, help="draws of digits and first weights (default: %(default)s)")
    add("--steps", type=at_least(1), default=STEPS, help="of Adam in every run (default: %(default)s)")
    add("--batch-size", type=at_least(1), default=BATCH_SIZE, help="pictures in a step (default: %(default)s)")
    add("--device", choices=CHOICES, default="auto")
    add_data_dir(parser)
    add(
        "--out-dir",
        type=Path,
        default=Path("measured"),
        help=f"receives {FEWER_DIGITS} after each run; a study that was cut goes on from it (default: %(default)s)",
    )
    parser.set_defaults(run=said_in_one_line(_study))


def _study(arguments: argparse.Namespace) -> int:
    keep_freed_memory()
    study = FewerDigits(steps=arguments.steps, batch_size=arguments.batch_size)
    data_set = DATA_SETS[MNIST.name]
    tested = data_set.test()
    made = {"command": _command(arguments), "made_with": made_with(arguments)}
    results = Results(arguments.out_dir / FEWER_DIGITS, study.parameters(len(tested)), made)
    try_place((arguments.out_dir, _BYTES))
    training = data_set.training(arguments.data_dir)
    check(arguments.counts, arguments.seeds, training.labels)
    device = pick_device(arguments.device)
    for run in runs(arguments.networks, arguments.counts, arguments.seeds):
        if results.has(run):
            continue
        name = f"seed {run.seed}, {run.count} digits, {run.network}"
        with tqdm(total=study.steps, unit="step", mininterval=1, desc=name) as bar:
            errors = error_of(run, sizes_of(run.network), study, (training, tested), device, bar.update)
        results.add(run, errors)
        print(f"{name}: {100 * errors / len(tested):.2f} %", flush=True)
    _tell(results.runs, len(tested))
    print(arguments.out_dir / FEWER_DIGITS, file=sys.stderr)
    return 0


def _command(arguments: argparse.Namespace) -> str:
    """As it can be given again; where the data lies and the file goes is others' own affair."""
    words = [
        COMMAND,
        f"--networks {' '.join(arguments.networks)}",
        f"--counts {_all(arguments.counts)}",
        f"--seeds {arguments.seeds} --steps {arguments.steps} --batch-size {arguments.batch_size}",
    ]
    return " ".join(words)


def _all(numbers: Sequence[int]) -> str:
    return " ".join(map(str, numbers))


def _tell(found: list[dict[str, Any]], tested: int) -> None:
    """A row for each number of digits and network: the mean test error, the lowest and the highest."""
    print("digits  network      seeds   mean    from      to")
    for count, network in sorted({(each["count"], each["network"]) for each in found}):
        errors = [100 * e["errors"] / tested for e in found if (e["count"], e["network"]) == (count, network)]
        mean = sum(errors) / len(errors)
        print(f"{count:6}  {network:11}  {len(errors):5}  {mean:5.2f} %  {min(errors):5.2f} %  {max(errors):5.2f} %")
