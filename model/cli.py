"""The commands that need no server: train, evaluate, evaluate-drawn, and what measures a model."""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import torch
from tqdm import tqdm

from model import checkpoint, training
from model.baseline import BaselineConfig
from model.config import CapsNetConfig
from model.datasets import DataError, shipped_test_digits, training_digits
from model.device import CHOICES, pick_device
from model.drawn import VALIDATION_WRITERS, drawn_copies, evaluate_drawn
from model.evaluation import evaluate
from model.files import replacing
from model.gauge import NOISE, measure_gauge, noise, read_drawings
from model.measured import SHIPPED_DIMENSIONS, SHIPPED_GAUGES, Measured, write_measured
from model.memory import keep_freed_memory
from model.network import CapsNet
from model.parallel import Team, team
from model.pendigits import read_pendigits

NETWORKS = {"capsnet": "mnist", "cnn": "mnist-cnn"}  # what can be trained, and how it is called unless told
PEN_DIGITS = "UCI's pen digits as UNIPEN text, pendigits-orig.tra"
# What a user can mend: one line says it.
_USERS_ERRORS = (checkpoint.CheckpointError, DataError, OSError, ValueError)
PREPROCESSING = (
    "28 x 28, light ink on 0, values / 255; drawings: ink box scaled to 20 px by area averaging, "
    "centre of mass on pixel (14, 14)"
)


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add these commands to the `capsnet` command."""
    _add_train(commands.add_parser("train", help="train a network on MNIST"))
    _add_evaluate(commands.add_parser("evaluate", help="print a model's test error over the 10,000 test digits"))
    _add_evaluate_drawn(commands.add_parser("evaluate-drawn", help="print a model's accuracy on digits drawn by pen"))
    _add_measure_dimensions(
        commands.add_parser("measure-dimensions", help="measure what each number of a model's class capsules means")
    )
    _add_measure_gauge(
        commands.add_parser("measure-gauge", help="measure how well a model explains test digits, and what is none")
    )


def _add_train(parser: argparse.ArgumentParser) -> None:
    defaults = training.TrainingConfig()
    parser.add_argument(
        "--network", choices=NETWORKS, default="capsnet", help="cnn is the paper's baseline: its weights do not ship"
    )
    parser.add_argument("--name", help=f"name of the model (default: {' or '.join(NETWORKS.values())})")
    parser.add_argument("--epochs", type=int, default=defaults.epochs)
    parser.add_argument("--batch-size", type=int, default=defaults.batch_size)
    parser.add_argument("--learning-rate", type=float, default=defaults.learning_rate)
    parser.add_argument("--max-shift", type=int, default=defaults.max_shift, help="pixels (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=defaults.seed)
    parser.add_argument("--routing-iterations", type=int, default=CapsNetConfig().routing_iterations)
    parser.add_argument(
        "--reconstruction-weight",
        type=float,
        metavar="WEIGHT",
        default=defaults.reconstruction_weight,
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
    parser.add_argument(
        "--start-from", metavar="NAME", default="", help="the model in --out-dir whose weights are the first"
    )
    parser.add_argument("--drawn", type=Path, metavar="FILE", help=f"train on {PEN_DIGITS} too, but for six writers")
    parser.add_argument("--drawn-copies", type=int, default=4, help="drawings of each pen digit (default: %(default)s)")
    parser.add_argument("--device", choices=CHOICES, default="auto")
    parser.add_argument("--data-dir", type=Path, default=Path("data"), help="holds MNIST, or receives it")
    parser.add_argument("--run-dir", type=Path, default=Path("runs"), help="holds the checkpoints")
    parser.add_argument("--out-dir", type=Path, default=checkpoint.SHIPPED_WEIGHTS, help="receives the weights")
    parser.set_defaults(run=_said_in_one_line(_train))


def _add_evaluate(parser: argparse.ArgumentParser) -> None:
    _add_model(parser)
    parser.set_defaults(run=_said_in_one_line(_evaluate))


def _add_evaluate_drawn(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=PEN_DIGITS)
    parser.add_argument("--validation", action="store_true", help="only the writers that training leaves out")
    _add_model(parser)
    parser.set_defaults(run=_said_in_one_line(_evaluate_drawn))


def _add_measure_dimensions(parser: argparse.ArgumentParser) -> None:
    _add_model(parser)
    parser.add_argument("--data-dir", type=Path, default=Path("data"), help="holds MNIST, or receives it")
    parser.add_argument("--digits", type=int, default=1000, help="training digits of each class (default: %(default)s)")
    parser.add_argument(
        "--sweeps", type=int, default=100, help="of these, whose dimensions are swept (default: %(default)s)"
    )
    parser.add_argument("--seed", type=int, default=0, help="of the choice of digits (default: %(default)s)")
    parser.add_argument("--out-dir", type=Path, default=SHIPPED_DIMENSIONS, help="receives NAME.json")
    parser.set_defaults(run=_said_in_one_line(_measure_dimensions))


def _add_measure_gauge(parser: argparse.ArgumentParser) -> None:
    _add_model(parser)
    parser.add_argument(
        "--others",
        type=Path,
        metavar="FILE",
        default=Path("tests/data/other_strokes.json"),
        help="drawings that are no digits (default: %(default)s)",
    )
    parser.add_argument("--seed", type=int, default=0, help="of the pictures of noise (default: %(default)s)")
    parser.add_argument("--out-dir", type=Path, default=SHIPPED_GAUGES, help="receives NAME.json")
    parser.set_defaults(run=_said_in_one_line(_measure_gauge))


def _add_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", default="mnist", help="name of the model (default: %(default)s)")
    parser.add_argument("--weights-dir", type=Path, default=checkpoint.SHIPPED_WEIGHTS)
    parser.add_argument("--device", choices=CHOICES, default="auto")


def _said_in_one_line(command: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """The command with one line on stderr and the exit status 2 in place of what a user can mend."""

    def run(arguments: argparse.Namespace) -> int:
        try:
            return command(arguments)
        except _USERS_ERRORS as error:
            print(f"capsnet: {' '.join(str(error).split())}", file=sys.stderr)
            return 2

    return run


def _train(arguments: argparse.Namespace) -> int:
    keep_freed_memory()
    arguments.name = arguments.name or NETWORKS[arguments.network]
    config = training.TrainingConfig(
        epochs=arguments.epochs,
        batch_size=arguments.batch_size,
        learning_rate=arguments.learning_rate,
        max_shift=arguments.max_shift,
        detach_inner=not arguments.all_iterations,
        reconstruction_weight=arguments.reconstruction_weight,
        seed=arguments.seed,
        drawn_copies=arguments.drawn_copies if arguments.drawn else 0,
        start_from=arguments.start_from,
    )
    with team(pick_device(arguments.device)) as (processes, device):
        return _train_in(processes, device, arguments, config)


def _train_in(
    processes: Team, device: torch.device, arguments: argparse.Namespace, config: training.TrainingConfig
) -> int:
    network_config = _network_config(arguments)
    path = arguments.run_dir / f"{arguments.name}.pt"
    if path.exists():
        if processes.leads:
            print(f"going on from {path}", file=sys.stderr)
        state = training.resume(path, network_config, config, device, processes)
    else:
        state = training.start(network_config, config, device, processes)
        if config.start_from:
            _start_from(arguments, state)
    with processes.leader_first():  # it may have to download them
        digits = training_digits(arguments.data_dir)
    if arguments.drawn:
        pen_digits = [digit for digit in read_pendigits(arguments.drawn) if digit.writer not in VALIDATION_WRITERS]
        digits += drawn_copies(pen_digits, config.drawn_copies, config.seed)
    training.train(state, config, digits, shipped_test_digits(), path)
    if not processes.leads:
        return 0
    if isinstance(state.network, CapsNet):
        return _ship(arguments, state.network, state.epoch_test_errors, config)
    return _report(arguments, state, config)


def _start_from(arguments: argparse.Namespace, state: training.TrainingState) -> None:
    """Raises CheckpointError where there is no such model, or one of other sizes."""
    name = arguments.start_from
    first = checkpoint.load_model(name, arguments.out_dir)
    try:
        state.network.load_state_dict(first.network.state_dict())
    except RuntimeError as error:
        raise checkpoint.CheckpointError(f"the weights of {name!r} do not fit this network: {error}") from error


def _network_config(arguments: argparse.Namespace) -> training.NetworkConfig:
    """Raises ValueError for an option that means nothing to the network."""
    if arguments.network == "capsnet":
        return CapsNetConfig(routing_iterations=arguments.routing_iterations)
    if arguments.start_from:
        raise ValueError("--start-from names the weights of a CapsNet: the cnn starts from its seed")
    return BaselineConfig()


def _report(arguments: argparse.Namespace, state: training.TrainingState, config: training.TrainingConfig) -> int:
    """Write what the baseline reached beside its checkpoint: a card, and no weights."""
    network = state.network.eval()
    result = evaluate(network, shipped_test_digits())
    card = {
        "name": arguments.name,
        "title": "the paper's convolutional baseline",
        "dataset": _dataset(config),
        "config": network.config.to_dict(),
        "parameter_count": network.parameter_count(),
        "epoch_test_errors": state.epoch_test_errors,
        "test_error": result.error,
        "misclassified": result.misclassified,
        "training": asdict(config),
        "command": _command(arguments, config),
        "made_with": _made_with(arguments),
    }
    path = arguments.run_dir / f"{arguments.name}.json"
    with replacing(path) as draft:
        draft.write_text(json.dumps(card, indent=1) + "\n")
    print(f"{arguments.name}: test error {result.error:.2f} % ({path})")
    return 0


def _ship(
    arguments: argparse.Namespace, network: CapsNet, epoch_test_errors: list[float], config: training.TrainingConfig
) -> int:
    """Write the weights and their card, with the test error of the file as it was written."""
    path = arguments.out_dir / f"{arguments.name}.safetensors"
    # The files before stay whole beside each other until both new ones are written.
    with replacing(path) as weights, replacing(path.with_suffix(".json")) as card:
        digest = checkpoint.save_weights(network, weights)
        shipped = checkpoint.load_network(weights, network.config).to(pick_device(arguments.device))
        result = evaluate(shipped, shipped_test_digits())
        values = checkpoint.ModelCard(
            name=arguments.name,
            title=_title(network.config, config),
            dataset=_dataset(config),
            preprocessing=PREPROCESSING,
            classes=[str(label) for label in range(network.config.classes)],
            config=network.config,
            parameter_count=shipped.parameter_count(),
            seed=config.seed,
            epochs=config.epochs,
            epoch_test_errors=epoch_test_errors,
            test_error=result.error,
            misclassified=result.misclassified,
            training=asdict(config),
            command=_command(arguments, config),
            made_with=_made_with(arguments),
            dtype="float16",
            sha256=digest,
        )
        card.write_text(values.to_json())
    print(f"{arguments.name}: test error {result.error:.2f} % ({path})")
    return 0


def _made_with(arguments: argparse.Namespace) -> str:
    return f"torch {torch.__version__.split('+')[0]} on {pick_device(arguments.device).type}"


def _title(network_config: CapsNetConfig, config: training.TrainingConfig) -> str:
    iterations = network_config.routing_iterations
    purpose = "CapsNet for drawn digits" if config.drawn_copies else "CapsNet of the paper"
    return f"{purpose}, {iterations} routing iteration{'s' if iterations > 1 else ''}" + (
        "" if config.reconstruction_weight else ", trained without reconstruction"
    )


def _dataset(config: training.TrainingConfig) -> str:
    mnist = "MNIST, all 60,000 training digits"
    if not config.drawn_copies:
        return mnist
    return (
        f"{mnist}, and the pen digits of 24 writers (UCI, Alpaydin and Alimoglu), "
        f"each drawn {config.drawn_copies} times by the pad with pens of several widths"
    )


def _command(arguments: argparse.Namespace, config: training.TrainingConfig) -> str:
    """The commands that repeat this run from nothing, without the folders of the machine that it ran on."""
    words = [f"{_command_of_first(arguments)} && capsnet train" if config.start_from else "capsnet train"]
    if arguments.network == "cnn":
        words.append("--network cnn")
    words.append(
        f"--name {arguments.name} --epochs {config.epochs} --batch-size {config.batch_size} "
        f"--learning-rate {config.learning_rate} --max-shift {config.max_shift} --seed {config.seed}"
    )
    if arguments.network == "capsnet":
        words += _capsnet_options(arguments.routing_iterations, config)
    if arguments.drawn:
        words.append(f"--drawn {arguments.drawn.name} --drawn-copies {config.drawn_copies}")
    return " ".join(words)


def _command_of_first(arguments: argparse.Namespace) -> str:
    """What made the model whose weights were the first."""
    card = arguments.out_dir / f"{arguments.start_from}.json"
    return checkpoint.ModelCard.from_json(card.read_text()).command


def _capsnet_options(routing_iterations: int, config: training.TrainingConfig) -> list[str]:
    options = [f"--routing-iterations {routing_iterations}"]
    if config.reconstruction_weight != training.TrainingConfig().reconstruction_weight:
        options.append(f"--reconstruction-weight {config.reconstruction_weight}")
    if not config.detach_inner:
        options.append("--all-iterations")
    if config.start_from:
        options.append(f"--start-from {config.start_from}")
    return options


def _evaluate(arguments: argparse.Namespace) -> int:
    device = pick_device(arguments.device)
    model = checkpoint.load_model(arguments.model, arguments.weights_dir, device)
    result = evaluate(model.network, shipped_test_digits())
    print(
        f"{arguments.model}: test error {result.error:.2f} % "
        f"({len(result.misclassified)} of {result.total} digits) on {device.type}; "
        f"its card says {model.card.test_error:.2f} %"
    )
    return 0 if result.error == model.card.test_error else 1


def _evaluate_drawn(arguments: argparse.Namespace) -> int:
    model = checkpoint.load_model(arguments.model, arguments.weights_dir, pick_device(arguments.device))
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


def _measure_dimensions(arguments: argparse.Namespace) -> int:
    try:
        from model.dimensions import measure_dimensions  # nothing else needs scikit-image
    except ModuleNotFoundError as error:
        raise ValueError(f"{error}: pip install 'capsnet-explorer[measure]'") from error
    model = checkpoint.load_model(arguments.model, arguments.weights_dir, pick_device(arguments.device))
    digits = training_digits(arguments.data_dir)
    classes = measure_dimensions(model.network, digits, arguments.digits, arguments.sweeps, arguments.seed)
    command = (
        f"capsnet measure-dimensions --model {arguments.model} "
        f"--digits {arguments.digits} --sweeps {arguments.sweeps} --seed {arguments.seed}"
    )
    path = write_measured(
        model.card, {"command": command, "seed": arguments.seed, "classes": classes}, arguments.out_dir
    )
    for entry in classes:
        print(f"{entry['label']}: " + ", ".join(_in_words(dimension) for dimension in entry["dimensions"]))
    print(f"written to {path}")
    return 0


def _in_words(dimension: Measured) -> str:
    strength = dimension["strength"]
    return str(dimension["name"]) + ("" if strength is None else f" ({strength:.2f})")


def _measure_gauge(arguments: argparse.Namespace) -> int:
    model = checkpoint.load_model(arguments.model, arguments.weights_dir, pick_device(arguments.device))
    others = {**read_drawings(arguments.others), "noise": noise(NOISE, arguments.seed)}
    measured = measure_gauge(model.network, shipped_test_digits(), others)
    command = (
        f"capsnet measure-gauge --model {arguments.model} --others {arguments.others.name} --seed {arguments.seed}"
    )
    path = write_measured(model.card, {"command": command, "seed": arguments.seed, **measured}, arguments.out_dir)
    print(f"{arguments.model}: area under the ROC curve, {measured['counts']['digits']} test digits against others")
    for variant, areas in measured["variants"].items():
        print(f"{variant}: " + ", ".join(f"{kind} {area:.3f}" for kind, area in areas.items()))
    print(f"written to {path}")
    return 0
