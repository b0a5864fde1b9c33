"""Training from end to end: its options, the network, the digits, and what is left when it is done."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import torch

from model.commands import card
from model.commands.options import add_options, config_of, given
from model.commands.shared import (
    PEN_DIGITS,
    ArgumentGroup,
    Commands,
    add_data_dir,
    add_out_dir,
    check_new,
    said_in_one_line,
)
from model.data.catalogue import DATA_SETS
from model.data.pendigits import read_pendigits
from model.data.tasks import DIGIT, PAIR, TASKS
from model.device import CHOICES, pick_device
from model.errors import UserError
from model.files import try_place
from model.network.base import NetworkConfig
from model.network.config import CapsNetConfig
from model.network.fast.memory import keep_freed_memory
from model.training import loop as training
from model.training.config import TrainingConfig
from model.training.drawn import VALIDATION_WRITERS, drawn_copies
from model.training.fields import Group
from model.training.parallel import Team, team
from model.training.warm_start import begin_with
from model.zoo import checkpoint
from model.zoo.architectures import ARCHITECTURES, with_capsules

_CARD_BYTES = 1_000_000  # several times what a card takes

# What can be trained to see what, and how it is called unless told.
NAMES = {
    ("capsnet", DIGIT.name): "mnist",
    ("capsnet", PAIR.name): "multimnist",
    ("cnn", DIGIT.name): "mnist-cnn",
    ("cnn-pooling", DIGIT.name): "cnn",
    ("cnn-global", DIGIT.name): "cnn-global",
    ("cnn-average", DIGIT.name): "cnn-average",
}


def add_commands(commands: Commands) -> None:
    parser = commands.add_parser("train", help="train a network on MNIST")
    groups = add_options(parser)
    _add_what(groups[Group.TASK])
    groups[Group.CAPSULES].add_argument(
        "--routing-iterations",
        type=int,
        metavar="N",
        default=CapsNetConfig().routing_iterations,
        help="of Procedure 1 (default: %(default)s)",
    )
    groups[Group.PEN_DIGITS].add_argument(
        "--drawn", type=Path, metavar="FILE", help=f"train on {PEN_DIGITS} too, but for six writers"
    )
    _add_places(parser.add_argument_group("places"))
    parser.set_defaults(run=said_in_one_line(_train))


def _add_what(group: ArgumentGroup) -> None:
    group.add_argument(
        "--network",
        choices=ARCHITECTURES,
        default=CapsNetConfig.architecture,
        help="cnn is the paper's baseline (its weights do not ship); cnn-pooling, cnn-global and cnn-average are "
        "small CNNs",
    )
    group.add_argument("--name", help=f"name of the model (default: {', '.join(NAMES.values())})")


def _add_places(group: ArgumentGroup) -> None:
    group.add_argument("--device", choices=CHOICES, default="auto")
    add_data_dir(group)
    group.add_argument(
        "--run-dir", type=Path, default=Path("runs"), help="holds the checkpoints (default: %(default)s)"
    )
    add_out_dir(group, "trained", "the weights and their card")


def _train(arguments: argparse.Namespace) -> int:
    keep_freed_memory()
    if (arguments.network, arguments.task) not in NAMES:
        raise UserError(f"the {arguments.network} sees one digit at a time: it cannot be trained for a pair")
    arguments.name = arguments.name or NAMES[arguments.network, arguments.task]
    if arguments.max_shift is None:
        arguments.max_shift = TASKS[arguments.task].max_shift
    if not arguments.drawn:
        arguments.drawn_copies = 0
    config = config_of(arguments)
    with team(pick_device(arguments.device)) as (processes, device):
        return _train_in(processes, device, arguments, config)


def _train_in(processes: Team, device: torch.device, arguments: argparse.Namespace, config: TrainingConfig) -> int:
    path = arguments.run_dir / f"{arguments.name}.pt"
    ships = ARCHITECTURES[arguments.network].ships
    if ships:
        check_new(arguments, f"{arguments.name}.safetensors", f"{arguments.name}.json")
    state = _begun(path, processes, device, arguments, config)
    _try_places(arguments, state.network.parameter_count(), ships=ships)
    data_set = DATA_SETS[config.data_set]
    with processes.leader_first():  # it may have to download them
        digits, held_out = data_set.training(arguments.data_dir).split(last=config.validation)
    if arguments.drawn:
        pen_digits = [digit for digit in read_pendigits(arguments.drawn) if digit.writer not in VALIDATION_WRITERS]
        digits += drawn_copies(pen_digits, config.drawn_copies, config.seed)
    training.train(state, config, digits, held_out if config.validation else data_set.test(), path)
    if not processes.leads:
        return 0
    return (card.ship if ships else card.report)(arguments, state, config)


def _try_places(arguments: argparse.Namespace, parameters: int, *, ships: bool) -> None:
    """Whether all that is written at the end can be. Raises OSError where it cannot.

    A checkpoint holds every parameter, Adam's two means of it and its average as float32. A new one is written beside
    the one before.
    """
    places = [(arguments.run_dir, 2 * 4 * 4 * parameters)]
    if ships:
        places.append((arguments.out_dir, 2 * parameters + _CARD_BYTES))
    try_place(*places)


def _begun(
    path: Path, processes: Team, device: torch.device, arguments: argparse.Namespace, config: TrainingConfig
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


def _network_config(arguments: argparse.Namespace, config: TrainingConfig) -> NetworkConfig:
    """Raises UserError for an option that means nothing to the network."""
    if arguments.routing_iterations < 1:
        raise UserError(f"routing needs at least one iteration, not {arguments.routing_iterations}")
    architecture, sizes = ARCHITECTURES[arguments.network], {"image_size": config.pictures.image_size}
    if architecture.has_capsules:
        return architecture.config(**sizes, routing_iterations=arguments.routing_iterations)
    options = given(config, Group.CAPSULES)
    if arguments.routing_iterations != CapsNetConfig().routing_iterations:
        options.append("--routing-iterations")
    if options:
        network = arguments.network
        raise UserError(f"{options[0]} is for a CapsNet: the {network} has no capsules, and its seed draws its weights")
    return architecture.config(**sizes)


def _start_from(arguments: argparse.Namespace, state: training.TrainingState, config: TrainingConfig) -> None:
    """Raises CheckpointError where there is no such model, or one of other sizes; UserError where it has seen the
    digits that are to be kept out.
    """
    name = config.start_from
    folder = arguments.out_dir if name in checkpoint.model_names(arguments.out_dir) else checkpoint.SHIPPED_WEIGHTS
    first = checkpoint.load_model(name, folder)
    if first.card.training.get("validation", 0) < config.validation:
        raise UserError(f"{name!r} was trained on digits that --validation is to keep out")
    try:
        state.first_weights = begin_with(with_capsules(state.network), first)
    except RuntimeError as error:
        raise checkpoint.CheckpointError(f"the weights of {name!r} do not fit this network: {error}") from error
