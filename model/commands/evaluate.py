"""What a model is worth: its error over the test digits, with a report; on transformed ones; on digits drawn by pen."""

from __future__ import annotations

import argparse
import statistics
from pathlib import Path

import torch
from tqdm import tqdm

from model.commands.shared import (
    PEN_DIGITS,
    Commands,
    add_model,
    add_place,
    at_least,
    check_new,
    made_with,
    one_digit_model,
    said_in_one_line,
)
from model.data.catalogue import DATA_SETS
from model.data.pendigits import read_pendigits
from model.data.tasks import TASKS
from model.device import pick_device
from model.errors import UserError
from model.explaining.affine_accuracy import affine_path, frame_of, study_affine, write_affine
from model.explaining.intervals import wilson
from model.files import try_place
from model.training.drawn import VALIDATION_WRITERS, evaluate_drawn
from model.training.evaluation import evaluate
from model.training.report import Evaluated, write_report
from model.zoo import checkpoint

_REPORT_BYTES = 1_000_000


def add_commands(commands: Commands) -> None:
    _add_evaluate(commands.add_parser("evaluate", help="print a model's test error over the 10,000 test digits"))
    _add_evaluate_drawn(commands.add_parser("evaluate-drawn", help="print a model's accuracy on digits drawn by pen"))


def _add_evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--report", type=Path, metavar="DIR", help="write report.md and report.json there as well")
    parser.add_argument(
        "--model", nargs="+", metavar="NAME", default=["mnist"], help="one model or several (default: mnist)"
    )
    add_place(parser)
    affine = parser.add_argument_group("digits turned, sheared, stretched and moved")
    affine.add_argument(
        "--affine",
        action="store_true",
        help="print the accuracy on a test set made as affNIST is, and on the same digits unturned, in place of the "
        "error; for networks that capsnet train --frame makes",
    )
    affine.add_argument("--seed", type=at_least(0), default=0, help="of that set (default: %(default)s)")
    affine.add_argument("--out-dir", type=Path, metavar="DIR", help="with --affine: write NAME.affine.json there")
    affine.add_argument("--overwrite", action="store_true", help="write over files that are there already")
    parser.set_defaults(run=said_in_one_line(_evaluate))


def _evaluate(arguments: argparse.Namespace) -> int:
    device = pick_device(arguments.device)
    if arguments.affine:
        return _evaluate_affine(arguments, device)
    if arguments.out_dir:
        raise UserError("--out-dir goes with --affine; what evaluate finds without it goes to --report")
    if arguments.report:
        try_place((arguments.report, _REPORT_BYTES))
    models = [_evaluated(name, arguments.weights_dir, device) for name in arguments.model]
    if arguments.report:
        command = f"capsnet evaluate --model {' '.join(arguments.model)}"
        print("\n".join(map(str, write_report(arguments.report, models, command, device))))
    return 0 if all(model.agrees for model in models) else 1


def _evaluated(name: str, folder: Path, device: torch.device) -> Evaluated:
    """Evaluate a model and print its error beside its card's."""
    model = checkpoint.load_model(name, folder, device)
    card = model.card
    pictures = TASKS[card.task].at(card.config.image_size).test_set(DATA_SETS[card.data_set].test())
    result = evaluate(model.network, pictures)
    print(
        f"{name}: test error {result.error:.2f} % "
        f"({len(result.misclassified)} of {result.total} {card.task}s) on {device.type}; "
        f"its card says {card.test_error:.2f} %"
    )
    return Evaluated(card, pictures, result)


def _evaluate_affine(arguments: argparse.Namespace, device: torch.device) -> int:
    if arguments.report:
        raise UserError("--report goes without --affine: --out-dir is where to write what it finds")
    models = [checkpoint.load_model(name, arguments.weights_dir, device) for name in arguments.model]
    for model in models:
        frame_of(model.card)  # raises for a network without one, before anything slow is done
    if arguments.out_dir:
        check_new(arguments, *(affine_path(model.card.name).name for model in models))
        try_place((arguments.out_dir, _REPORT_BYTES))
    for model in models:
        _measure_affine(arguments, model)
    return 0


def _measure_affine(arguments: argparse.Namespace, model: checkpoint.LoadedModel) -> None:
    """Print how many digits are read rightly, with 95 % intervals, and write it down where the options say so."""
    digits, name = DATA_SETS[model.card.data_set].test(), model.card.name
    with tqdm(total=2 * len(digits), unit="picture", mininterval=1) as bar:
        study = study_affine(model, digits, seed=arguments.seed, tell=bar.update)
    for right, what in (
        (study.unturned, "unturned digits"),
        (study.affine, f"digits made as affNIST is (seed {arguments.seed})"),
    ):
        low, high = (100 * end for end in wilson(right, study.digits))
        share = 100 * right / study.digits
        print(f"{name}: {share:.2f} % of {study.digits:,} {what} read rightly (95 %: {low:.2f} to {high:.2f} %)")
    if arguments.out_dir:
        made = {
            "command": f"capsnet evaluate --affine --model {name} --seed {arguments.seed}",
            "made_with": made_with(arguments),
            "seed": arguments.seed,
        }
        print(f"{name}: {write_affine(model.card, study, made, arguments.out_dir)}")


def _add_evaluate_drawn(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=PEN_DIGITS)
    parser.add_argument("--validation", action="store_true", help="only the writers that training leaves out")
    add_model(parser)
    parser.set_defaults(run=said_in_one_line(_evaluate_drawn))


def _evaluate_drawn(arguments: argparse.Namespace) -> int:
    model = one_digit_model(arguments)
    digits = list(read_pendigits(arguments.file))
    if arguments.validation:
        digits = [digit for digit in digits if digit.writer in VALIDATION_WRITERS]
    result = evaluate_drawn(model.network, tqdm(digits, unit="digit", mininterval=1))
    by_writer = sorted(result.by_writer().values())
    print(f"{arguments.model}: {result.accuracy:.2f} % of {len(digits)} drawn digits recognised")
    print("by digit:  " + "  ".join(f"{label}: {share:.1f} %" for label, share in result.by_label().items()))
    print(
        f"by writer: {by_writer[0]:.1f} % to {by_writer[-1]:.1f} %, "
        f"median {statistics.median(by_writer):.1f} % of {len(by_writer)} writers"
    )
    return 0
