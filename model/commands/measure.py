"""What is measured of a model and ships beside its weights."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from tqdm import tqdm

from model import datasets
from model.commands.shared import Commands, add_data_dir, add_model, made_with, one_digit_model, said_in_one_line
from model.errors import UserError
from model.gauge import NOISE, OTHER_STROKES, measure_gauge, noise, read_drawings
from model.measurements import SHIPPED_MEASURED, Measured, MeasuredKind, write_measured
from model.memory import keep_freed_memory
from model.study import study_iterations


def add_commands(commands: Commands) -> None:
    _add_study_iterations(
        commands.add_parser("study-iterations", help="what 1 to 10 routing iterations make of the 10,000 test digits")
    )
    _add_measure_dimensions(
        commands.add_parser("measure-dimensions", help="measure what each number of a model's class capsules means")
    )
    _add_measure_gauge(
        commands.add_parser("measure-gauge", help="measure how well a model explains test digits, and what is none")
    )


def _add_study_iterations(parser: argparse.ArgumentParser) -> None:
    add_model(parser)
    _add_out_dir(parser, "iterations")
    parser.set_defaults(run=said_in_one_line(_study_iterations))


def _study_iterations(arguments: argparse.Namespace) -> int:
    keep_freed_memory()
    model = one_digit_model(arguments)
    digits = datasets.shipped_test_digits()
    with tqdm(total=len(digits), unit="digit", mininterval=1) as bar:
        study = study_iterations(model, digits, tell=bar.update)
    print("iterations  error   mean winning length  mean entropy of c")
    rows = zip(study.errors, study.winning_lengths, study.entropies, strict=True)
    for iterations, (error, length, entropy) in enumerate(rows, start=1):
        print(f"{iterations:10}  {error:.2f} %  {length:19.4f}  {entropy:12.4f} bits")
    command = f"capsnet study-iterations --model {arguments.model}"
    values = {**asdict(study), "command": command, "made_with": made_with(arguments)}
    print(f"{arguments.model}: {write_measured(model.card, 'iterations', values, arguments.out_dir)}")
    return 0


def _add_measure_dimensions(parser: argparse.ArgumentParser) -> None:
    add_model(parser)
    add_data_dir(parser)
    parser.add_argument("--digits", type=int, default=1000, help="training digits of each class (default: %(default)s)")
    parser.add_argument(
        "--sweeps", type=int, default=100, help="of these, whose dimensions are swept (default: %(default)s)"
    )
    parser.add_argument("--seed", type=int, default=0, help="of the choice of digits (default: %(default)s)")
    _add_out_dir(parser, "dimensions")
    parser.set_defaults(run=said_in_one_line(_measure_dimensions))


def _measure_dimensions(arguments: argparse.Namespace) -> int:
    try:
        from model.dimensions import measure_dimensions  # nothing else needs scikit-image
    except ModuleNotFoundError as error:
        raise UserError(f"{error}: pip install 'capsnet-explorer[measure]'") from error
    model = one_digit_model(arguments)
    digits = datasets.training_digits(arguments.data_dir)
    classes = measure_dimensions(model.network, digits, arguments.digits, arguments.sweeps, arguments.seed)
    command = (
        f"capsnet measure-dimensions --model {arguments.model} "
        f"--digits {arguments.digits} --sweeps {arguments.sweeps} --seed {arguments.seed}"
    )
    values = {"command": command, "seed": arguments.seed, "classes": classes}
    path = write_measured(model.card, "dimensions", values, arguments.out_dir)
    for entry in classes:
        print(f"{entry['label']}: " + ", ".join(_in_words(dimension) for dimension in entry["dimensions"]))
    print(f"written to {path}")
    return 0


def _in_words(dimension: Measured) -> str:
    strength = dimension["strength"]
    return str(dimension["name"]) + ("" if strength is None else f" ({strength:.2f})")


def _add_measure_gauge(parser: argparse.ArgumentParser) -> None:
    add_model(parser)
    parser.add_argument(
        "--others",
        type=Path,
        metavar="FILE",
        default=OTHER_STROKES,
        help="letters and doodles as strokes (default: the %(metavar)s that ships)",
    )
    parser.add_argument("--seed", type=int, default=0, help="of the pictures of noise (default: %(default)s)")
    _add_out_dir(parser, "gauge")
    parser.set_defaults(run=said_in_one_line(_measure_gauge))


def _measure_gauge(arguments: argparse.Namespace) -> int:
    model = one_digit_model(arguments)
    if arguments.seed < 0:
        raise UserError(f"the seed must be 0 or more, not {arguments.seed}")
    others = {**read_drawings(arguments.others), "noise": noise(NOISE, arguments.seed)}
    measured = measure_gauge(model.network, datasets.shipped_test_digits(), others)
    command = (
        f"capsnet measure-gauge --model {arguments.model} --others {arguments.others.name} --seed {arguments.seed}"
    )
    values = {"command": command, "seed": arguments.seed, **measured}
    path = write_measured(model.card, "gauge", values, arguments.out_dir)
    print(f"{arguments.model}: area under the ROC curve, {measured['counts']['digits']} test digits against others")
    for variant, areas in measured["variants"].items():
        print(f"{variant}: " + ", ".join(f"{kind} {area:.3f}" for kind, area in areas.items()))
    print(f"written to {path}")
    return 0


def _add_out_dir(parser: argparse.ArgumentParser, kind: MeasuredKind) -> None:
    parser.add_argument("--out-dir", type=Path, default=SHIPPED_MEASURED, help=f"receives NAME.{kind}.json")
