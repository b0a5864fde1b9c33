"""What several commands need: how a model is named, errors in one line, what a file says of its making."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import torch

from model.data.catalogue import DATA_SETS
from model.device import CHOICES, pick_device
from model.errors import UserError
from model.zoo.checkpoint import SHIPPED_WEIGHTS, LoadedModel, load_model

# As `ArgumentParser.add_subparsers` returns it.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
ArgumentGroup: TypeAlias = "argparse._ArgumentGroup"
Command = Callable[[argparse.Namespace], int]

PEN_DIGITS = "UCI's pen digits as UNIPEN text, pendigits-orig.tra"
# What one line tells of, in place of a traceback.
USERS_ERRORS = (UserError, OSError)
_LONGEST = 600  # characters of such a line


def add_model(parser: argparse.ArgumentParser, default: str = "mnist") -> None:
    parser.add_argument("--model", default=default, help="name of the model (default: %(default)s)")
    add_place(parser)


def add_place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--weights-dir", type=Path, default=SHIPPED_WEIGHTS)
    parser.add_argument("--device", choices=CHOICES, default="auto")


def add_data_dir(parser: argparse.ArgumentParser | ArgumentGroup) -> None:
    parser.add_argument(
        "--data-dir", type=Path, default=Path("data"), help="holds MNIST, or receives it (default: %(default)s)"
    )


def at_least(least: int) -> Callable[[str], int]:
    """For argparse: a whole number that is no smaller."""

    def number(text: str) -> int:
        try:
            given = int(text)
        except ValueError:
            given = least - 1
        if given < least:
            raise argparse.ArgumentTypeError(f"it must be a whole number of {least} or more, not {text}")
        return given

    return number


def add_out_dir(parser: argparse.ArgumentParser | ArgumentGroup, folder: str, receives: str) -> None:
    """Where the command writes: outside this package unless told, and never over a file unless told."""
    parser.add_argument(
        "--out-dir", type=Path, default=Path(folder), help=f"receives {receives} (default: %(default)s)"
    )
    parser.add_argument("--overwrite", action="store_true", help="write over files that are there already")


def check_new(arguments: argparse.Namespace, *names: str) -> None:
    """Raises UserError where the command would write over one of these files in --out-dir without being told to."""
    there = [path for name in names if (path := arguments.out_dir / name).exists()]
    if there and not arguments.overwrite:
        raise UserError(f"{there[0]} is there already: choose another --out-dir, or --overwrite it")


def one_digit_model(arguments: argparse.Namespace) -> LoadedModel:
    """The model that the options name.

    Raises CheckpointError, and UserError for a model that sees two digits or takes pictures of another size than those
    of its data set.
    """
    model = _model(arguments)
    if not model.card.sees_one_digit:
        raise UserError(f"{arguments.model} sees two digits at once; this command is for models that see one")
    data_set, side = DATA_SETS[model.card.data_set], model.card.config.image_size
    if side != data_set.recipe.image_size:
        of_data = data_set.recipe.image_size
        raise UserError(
            f"{arguments.model} takes {side} x {side} pixels, and the pictures of {data_set.title} have "
            f"{of_data} x {of_data}"
        )
    return model


def pair_model(arguments: argparse.Namespace) -> LoadedModel:
    """The model that the options name. Raises CheckpointError, and UserError for a model that sees one digit."""
    model = _model(arguments)
    if model.card.sees_one_digit:
        raise UserError(f"{arguments.model} sees one digit; this command is for models that see two digits at once")
    return model


def _model(arguments: argparse.Namespace) -> LoadedModel:
    return load_model(arguments.model, arguments.weights_dir, pick_device(arguments.device))


def said_in_one_line(command: Command) -> Command:
    """The command with one line on stderr and the exit status 2 in place of what a user can mend."""

    def run(arguments: argparse.Namespace) -> int:
        try:
            return command(arguments)
        except USERS_ERRORS as error:
            print(f"capsnet: {one_line(error)}", file=sys.stderr)
            return 2

    return run


def one_line(error: Exception) -> str:
    """PyTorch, for one, lists what does not fit a network line by line; others quote a whole file."""
    text = " ".join(str(error).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def made_with(arguments: argparse.Namespace) -> str:
    return f"torch {torch.__version__.split('+')[0]} on {pick_device(arguments.device).type}"
