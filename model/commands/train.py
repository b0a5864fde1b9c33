"""Training from end to end: its options, the network, the digits, and what is left when it is done."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import torch

from model import checkpoint, datasets, training
from model.baseline import BaselineConfig
from model.commands import card
from model.commands.shared import PEN_DIGITS, Commands, add_data_dir, said_in_one_line
from model.config import CapsNetConfig
from model.device import CHOICES, pick_device
from model.drawn import VALIDATION_WRITERS, drawn_copies
from model.errors import UserError
from model.memory import keep_freed_memory
from model.network import CapsNet
from model.parallel import Team, team
from model.pendigits import read_pendigits
from model.tasks import DIGIT, PAIR, TASKS
from model.warm_start import begin_with

# What can be trained to see what, and how it is called unless told.
NAMES = {("capsnet", DIGIT.name): "mnist", ("capsnet", PAIR.name): "multimnist", ("cnn", DIGIT.name): "mnist-cnn"}
NETWORKS = sorted({network for network, _ in NAMES})
VALIDATION_DIGITS = 5000
_DEFAULTS = training.TrainingConfig()


def add_commands(commands: Commands) -> None:
    parser = commands.add_parser("train", help="train a network on MNIST")
    _add_what(parser)
    _add_steps(parser)
    _add_routing_and_loss(parser)
    _add_weights(parser)
    _add_digits(parser)
    _add_places(parser)
    parser.set_defaults(run=said_in_one_line(_train))


def _add_what(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--network", choices=NETWORKS, default="capsnet", help="cnn is the paper's baseline: its weights do not ship"
    )
    parser.add_argument(
        "--task",
        choices=TASKS,
        default=_DEFAULTS.task,
        help="pair is MultiMNIST: two digits over each other on 36 x 36, in an epoch one pair for each training digit",
    )
    parser.add_argument("--name", help=f"name of the model (default: {', '.join(NAMES.values())})")


def _add_steps(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--epochs", type=int, default=_DEFAULTS.epochs)
    parser.add_argument("--batch-size", type=int, default=_DEFAULTS.batch_size)
    parser.add_argument("--learning-rate", type=float, default=_DEFAULTS.learning_rate)
    shifts = " or ".join(f"{task.max_shift} for a {name}" for name, task in TASKS.items())
    parser.add_argument("--max-shift", type=int, help=f"pixels (default: {shifts})")
    parser.add_argument(
        "--other-hands",
        action="store_true",
        help="turn, shear and stretch each picture a little, as another hand might have written it (not the paper's)",
    )
    parser.add_argument("--seed", type=int, default=_DEFAULTS.seed)
    parser.add_argument(
        "--precision",
        choices=training.PRECISIONS,
        default=_DEFAULTS.precision,
        help="of the products; routing, losses and weights are float32 always (default: %(default)s)",
    )


def _add_routing_and_loss(parser: argparse.ArgumentParser) -> None:
    """The rows of the paper's Table 1 differ in these."""
    parser.add_argument("--routing-iterations", type=int, default=CapsNetConfig().routing_iterations)
    parser.add_argument(
        "--reconstruction-weight",
        type=float,
        metavar="WEIGHT",
        default=_DEFAULTS.reconstruction_weight,
        help="of the summed squared differences beside the margin loss (default: %(default)s)",
    )
    parser.add_argument(
        "--no-reconstruction",
        action="store_const",
        const=0.0,
        dest="reconstruction_weight",
        help="the same as --reconstruction-weight 0",
    )
    parser.add_argument(
        "--all-iterations",
        action="store_true",
        help="back-propagate through every routing iteration, not the last alone",
    )


def _add_weights(parser: argparse.ArgumentParser) -> None:
    """Which weights are the first, and which are shipped."""
    parser.add_argument(
        "--start-from", metavar="NAME", default="", help="the model in --out-dir whose weights are the first"
    )
    parser.add_argument(
        "--weight-scale",
        type=float,
        metavar="SCALE",
        default=_DEFAULTS.weight_scale,
        help="standard deviation of the matrices W_ij that the seed draws (default: %(default)s)",
    )
    parser.add_argument(
        "--ema",
        type=float,
        metavar="DECAY",
        default=_DEFAULTS.ema,
        help="ship the exponential moving average of the weights over the steps, 0.999 say (default: off)",
    )


def _add_digits(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--validation",
        type=int,
        nargs="?",
        metavar="N",
        default=0,
        const=VALIDATION_DIGITS,
        help="keep the last N training digits (%(const)s unless told) out of training, and report the error on them "
        "after each epoch in place of the test error",
    )
    parser.add_argument("--drawn", type=Path, metavar="FILE", help=f"train on {PEN_DIGITS} too, but for six writers")
    parser.add_argument("--drawn-copies", type=int, default=4, help="drawings of each pen digit (default: %(default)s)")


def _add_places(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--device", choices=CHOICES, default="auto")
    add_data_dir(parser)
    parser.add_argument("--run-dir", type=Path, default=Path("runs"), help="holds the checkpoints")
    parser.add_argument("--out-dir", type=Path, default=checkpoint.SHIPPED_WEIGHTS, help="receives the weights")


def _train(arguments: argparse.Namespace) -> int:
    keep_freed_memory()
    if (arguments.network, arguments.task) not in NAMES:
        raise UserError(f"the {arguments.network} sees one digit at a time: it cannot be trained for a pair")
    arguments.name = arguments.name or NAMES[arguments.network, arguments.task]
    if arguments.max_shift is None:
        arguments.max_shift = TASKS[arguments.task].max_shift
    config = _training_config(arguments)
    with team(pick_device(arguments.device)) as (processes, device):
        return _train_in(processes, device, arguments, config)


def _training_config(arguments: argparse.Namespace) -> training.TrainingConfig:
    """Raises UserError for a number that makes no sense."""
    return training.TrainingConfig(
        task=arguments.task,
        epochs=arguments.epochs,
        batch_size=arguments.batch_size,
        learning_rate=arguments.learning_rate,
        max_shift=arguments.max_shift,
        other_hands=arguments.other_hands,
        detach_inner=not arguments.all_iterations,
        reconstruction_weight=arguments.reconstruction_weight,
        seed=arguments.seed,
        drawn_copies=arguments.drawn_copies if arguments.drawn else 0,
        start_from=arguments.start_from,
        weight_scale=arguments.weight_scale,
        ema=arguments.ema,
        precision=arguments.precision,
        validation=arguments.validation,
    )


def _train_in(
    processes: Team, device: torch.device, arguments: argparse.Namespace, config: training.TrainingConfig
) -> int:
    path = arguments.run_dir / f"{arguments.name}.pt"
    state = _begun(path, processes, device, arguments, config)
    with processes.leader_first():  # it may have to download them
        digits, held_out = datasets.training_digits(arguments.data_dir).split(last=config.validation)
    if arguments.drawn:
        pen_digits = [digit for digit in read_pendigits(arguments.drawn) if digit.writer not in VALIDATION_WRITERS]
        digits += drawn_copies(pen_digits, config.drawn_copies, config.seed)
    training.train(state, config, digits, held_out if config.validation else datasets.shipped_test_digits(), path)
    if not processes.leads:
        return 0
    if isinstance(state.result, CapsNet):
        return card.ship(arguments, state.result, state, config)
    return card.report(arguments, state, config)


def _begun(
    path: Path, processes: Team, device: torch.device, arguments: argparse.Namespace, config: training.TrainingConfig
) -> training.TrainingState:
    """The training that the checkpoint holds; where there is none, one at its beginning."""
    network_config = _network_config(arguments, config)
    if path.exists():
        if processes.leads:
            print(f"going on from {path}", file=sys.stderr)
        return training.resume(path, network_config, config, device, processes)
    state = training.start(network_config, config, device, processes)
    if config.start_from:
        _start_from(arguments, state, config)
    return state


def _network_config(arguments: argparse.Namespace, config: training.TrainingConfig) -> training.NetworkConfig:
    """Raises UserError for an option that means nothing to the network."""
    if arguments.routing_iterations < 1:
        raise UserError(f"routing needs at least one iteration, not {arguments.routing_iterations}")
    if arguments.network == "capsnet":
        image_size = TASKS[arguments.task].image_size
        return CapsNetConfig(image_size=image_size, routing_iterations=arguments.routing_iterations)
    capsnets = {
        "--start-from": config.start_from != _DEFAULTS.start_from,
        "--routing-iterations": arguments.routing_iterations != CapsNetConfig().routing_iterations,
        "--reconstruction-weight": config.reconstruction_weight != _DEFAULTS.reconstruction_weight,
        "--weight-scale": config.weight_scale != _DEFAULTS.weight_scale,
        "--all-iterations": config.detach_inner != _DEFAULTS.detach_inner,
    }
    for option, is_given in capsnets.items():
        if is_given:
            raise UserError(f"{option} is for a CapsNet: the cnn has no capsules, and its seed draws its weights")
    return BaselineConfig()


def _start_from(arguments: argparse.Namespace, state: training.TrainingState, config: training.TrainingConfig) -> None:
    """Raises CheckpointError where there is no such model, or one of other sizes; UserError where it has seen the
    digits that are to be kept out.
    """
    assert isinstance(state.network, CapsNet)
    name = config.start_from
    first = checkpoint.load_model(name, arguments.out_dir)
    if first.card.training.get("validation", 0) < config.validation:
        raise UserError(f"{name!r} was trained on digits that --validation is to keep out")
    try:
        state.first_weights = begin_with(state.network, first)
    except RuntimeError as error:
        raise checkpoint.CheckpointError(f"the weights of {name!r} do not fit this network: {error}") from error
