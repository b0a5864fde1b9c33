"""What several commands need: how a model is named, errors in one line, what a file says of its making."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import torch

from model.checkpoint import SHIPPED_WEIGHTS, LoadedModel, load_model
from model.device import CHOICES, pick_device
from model.errors import UserError

# As `ArgumentParser.add_subparsers` returns it.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Command = Callable[[argparse.Namespace], int]

PEN_DIGITS = "UCI's pen digits as UNIPEN text, pendigits-orig.tra"
# What one line tells of, in place of a traceback.
USERS_ERRORS = (UserError, OSError)


def add_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", default="mnist", help="name of the model (default: %(default)s)")
    add_place(parser)


def add_place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--weights-dir", type=Path, default=SHIPPED_WEIGHTS)
    parser.add_argument("--device", choices=CHOICES, default="auto")


def add_data_dir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data-dir", type=Path, default=Path("data"), help="holds MNIST, or receives it")


def one_digit_model(arguments: argparse.Namespace) -> LoadedModel:
    """The model that the options name. Raises CheckpointError, and UserError for one that sees two digits."""
    model = load_model(arguments.model, arguments.weights_dir, pick_device(arguments.device))
    if not model.card.sees_one_digit:
        raise UserError(f"{arguments.model} sees two digits at once; this command is for models that see one")
    return model


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
    """PyTorch, for one, lists what does not fit a network line by line."""
    return " ".join(str(error).split())


def made_with(arguments: argparse.Namespace) -> str:
    return f"torch {torch.__version__.split('+')[0]} on {pick_device(arguments.device).type}"
