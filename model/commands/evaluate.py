"""What a model is worth: its error over the test digits, with a report, and its accuracy on digits drawn by pen."""

from __future__ import annotations

import argparse
import statistics
from pathlib import Path

import torch
from tqdm import tqdm

from model.commands.shared import PEN_DIGITS, Commands, add_model, add_place, one_digit_model, said_in_one_line
from model.data.catalogue import DATA_SETS
from model.data.pendigits import read_pendigits
from model.data.tasks import TASKS
from model.device import pick_device
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
    parser.set_defaults(run=said_in_one_line(_evaluate))


def _evaluate(arguments: argparse.Namespace) -> int:
    device = pick_device(arguments.device)
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
