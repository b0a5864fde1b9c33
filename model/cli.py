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
from model.report import Evaluated, write_report
from model.study import SHIPPED_STUDIES, save_study, study_iterations
from model.tasks import DIGIT, PAIR, TASKS
from model.warm_start import take_over, what_is_taken_over

# What can be trained to see what, and how it is called unless told.
NAMES = {("capsnet", DIGIT.name): "mnist", ("capsnet", PAIR.name): "multimnist", ("cnn", DIGIT.name): "mnist-cnn"}
NETWORKS = sorted({network for network, _ in NAMES})
VALIDATION_DIGITS = 5000
PEN_DIGITS = "UCI's pen digits as UNIPEN text, pendigits-orig.tra"
# What a user can mend: one line says it.
_USERS_ERRORS = (checkpoint.CheckpointError, DataError, OSError, ValueError)
PREPROCESSING = {
    DIGIT.name: "28 x 28, light ink on 0, values / 255; drawings: ink box scaled to 20 px by area averaging, "
    "centre of mass on pixel (14, 14)",
    PAIR.name: "36 x 36, light ink on 0: two pictures of 28 x 28 in the middle, each shifted by up to 4 px, "
    "added and clipped at 255; values / 255",
}


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add these commands to the `capsnet` command."""
    _add_train(commands.add_parser("train", help="train a network on MNIST"))
    _add_evaluate(commands.add_parser("evaluate", help="print a model's test error over the 10,000 test digits"))
    _add_evaluate_drawn(commands.add_parser("evaluate-drawn", help="print a model's accuracy on digits drawn by pen"))
    _add_study_iterations(
        commands.add_parser("study-iterations", help="what 1 to 10 routing iterations make of the 10,000 test digits")
    )
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
    parser.add_argument(
        "--task",
        choices=TASKS,
        default=defaults.task,
        help="pair is MultiMNIST: two digits over each other on 36 x 36, in an epoch one pair for each training digit",
    )
    parser.add_argument("--name", help=f"name of the model (default: {', '.join(NAMES.values())})")
    parser.add_argument("--epochs", type=int, default=defaults.epochs)
    parser.add_argument("--batch-size", type=int, default=defaults.batch_size)
    parser.add_argument("--learning-rate", type=float, default=defaults.learning_rate)
    shifts = " or ".join(f"{task.max_shift} for a {name}" for name, task in TASKS.items())
    parser.add_argument("--max-shift", type=int, help=f"pixels (default: {shifts})")
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
    parser.add_argument(
        "--ema",
        type=float,
        metavar="DECAY",
        default=defaults.ema,
        help="ship the exponential moving average of the weights over the steps, 0.999 say (default: off)",
    )
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
    parser.add_argument("--device", choices=CHOICES, default="auto")
    parser.add_argument("--data-dir", type=Path, default=Path("data"), help="holds MNIST, or receives it")
    parser.add_argument("--run-dir", type=Path, default=Path("runs"), help="holds the checkpoints")
    parser.add_argument("--out-dir", type=Path, default=checkpoint.SHIPPED_WEIGHTS, help="receives the weights")
    parser.set_defaults(run=_said_in_one_line(_train))


def _add_evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--report", type=Path, metavar="DIR", help="write report.md and report.json there as well")
    parser.add_argument(
        "--model", nargs="+", metavar="NAME", default=["mnist"], help="one model or several (default: mnist)"
    )
    _add_place(parser)
    parser.set_defaults(run=_said_in_one_line(_evaluate))


def _add_evaluate_drawn(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=PEN_DIGITS)
    parser.add_argument("--validation", action="store_true", help="only the writers that training leaves out")
    _add_model(parser)
    parser.set_defaults(run=_said_in_one_line(_evaluate_drawn))


def _add_study_iterations(parser: argparse.ArgumentParser) -> None:
    _add_model(parser)
    parser.add_argument("--out-dir", type=Path, default=SHIPPED_STUDIES, help="receives NAME.iterations.json")
    parser.set_defaults(run=_said_in_one_line(_study_iterations))


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
    _add_place(parser)


def _add_place(parser: argparse.ArgumentParser) -> None:
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
    if (arguments.network, arguments.task) not in NAMES:
        raise ValueError(f"the {arguments.network} sees one digit at a time: it cannot be trained for a pair")
    arguments.name = arguments.name or NAMES[arguments.network, arguments.task]
    if arguments.max_shift is None:
        arguments.max_shift = TASKS[arguments.task].max_shift
    config = training.TrainingConfig(
        task=arguments.task,
        epochs=arguments.epochs,
        batch_size=arguments.batch_size,
        learning_rate=arguments.learning_rate,
        max_shift=arguments.max_shift,
        detach_inner=not arguments.all_iterations,
        reconstruction_weight=arguments.reconstruction_weight,
        seed=arguments.seed,
        drawn_copies=arguments.drawn_copies if arguments.drawn else 0,
        start_from=arguments.start_from,
        ema=arguments.ema,
        validation=arguments.validation,
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
        digits, held_out = training_digits(arguments.data_dir).split(last=config.validation)
    if arguments.drawn:
        pen_digits = [digit for digit in read_pendigits(arguments.drawn) if digit.writer not in VALIDATION_WRITERS]
        digits += drawn_copies(pen_digits, config.drawn_copies, config.seed)
    training.train(state, config, digits, held_out if config.validation else shipped_test_digits(), path)
    if not processes.leads:
        return 0
    if isinstance(state.result, CapsNet):
        return _ship(arguments, state.result, state.epoch_errors, config)
    return _report(arguments, state, config)


def _start_from(arguments: argparse.Namespace, state: training.TrainingState) -> None:
    """Raises CheckpointError where there is no such model, or one of other sizes."""
    assert isinstance(state.network, CapsNet)
    name = arguments.start_from
    first = checkpoint.load_model(name, arguments.out_dir)
    try:
        take_over(state.network, first.network)
    except RuntimeError as error:
        raise checkpoint.CheckpointError(f"the weights of {name!r} do not fit this network: {error}") from error


def _network_config(arguments: argparse.Namespace) -> training.NetworkConfig:
    """Raises ValueError for an option that means nothing to the network."""
    if arguments.network == "capsnet":
        image_size = TASKS[arguments.task].image_size
        return CapsNetConfig(image_size=image_size, routing_iterations=arguments.routing_iterations)
    if arguments.start_from:
        raise ValueError("--start-from names the weights of a CapsNet: the cnn starts from its seed")
    return BaselineConfig()


def _report(arguments: argparse.Namespace, state: training.TrainingState, config: training.TrainingConfig) -> int:
    """Write what the baseline reached beside its checkpoint: a card, and no weights."""
    network = state.result.eval()
    result = evaluate(network, TASKS[config.task].test_set(shipped_test_digits()))
    card = {
        "name": arguments.name,
        "title": "the paper's convolutional baseline",
        "dataset": _dataset(config),
        "config": network.config.to_dict(),
        "parameter_count": network.parameter_count(),
        **_epoch_errors(state.epoch_errors, config),
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
    arguments: argparse.Namespace, network: CapsNet, epoch_errors: list[float], config: training.TrainingConfig
) -> int:
    """Write the weights and their card, with the test error of the file as it was written."""
    path = arguments.out_dir / f"{arguments.name}.safetensors"
    # The files before stay whole beside each other until both new ones are written.
    with replacing(path) as weights, replacing(path.with_suffix(".json")) as card:
        digest = checkpoint.save_weights(network, weights)
        shipped = checkpoint.load_network(weights, network.config).to(pick_device(arguments.device))
        result = evaluate(shipped, TASKS[config.task].test_set(shipped_test_digits()))
        values = checkpoint.ModelCard(
            name=arguments.name,
            title=_title(network.config, config),
            dataset=_dataset(config),
            preprocessing=PREPROCESSING[config.task],
            classes=[str(label) for label in range(network.config.classes)],
            config=network.config,
            parameter_count=shipped.parameter_count(),
            seed=config.seed,
            epochs=config.epochs,
            **_epoch_errors(epoch_errors, config),
            test_error=result.error,
            misclassified=result.misclassified,
            training=asdict(config),
            command=_command(arguments, config),
            made_with=_made_with(arguments),
            dtype="float16",
            sha256=digest,
            task=config.task,
            first_weights=_first_weights(arguments, network.config, config),
        )
        card.write_text(values.to_json())
    print(f"{arguments.name}: test error {result.error:.2f} % ({path})")
    return 0


def _made_with(arguments: argparse.Namespace) -> str:
    return f"torch {torch.__version__.split('+')[0]} on {pick_device(arguments.device).type}"


def _epoch_errors(epoch_errors: list[float], config: training.TrainingConfig) -> dict[str, list[float]]:
    """The errors after each epoch, by the name of what they were measured on."""
    of_validation = bool(config.validation)
    return {
        "epoch_test_errors": [] if of_validation else epoch_errors,
        "epoch_validation_errors": epoch_errors if of_validation else [],
    }


def _title(network_config: CapsNetConfig, config: training.TrainingConfig) -> str:
    iterations = network_config.routing_iterations
    purpose = "CapsNet for drawn digits" if config.drawn_copies else "CapsNet of the paper"
    if config.task == PAIR.name:
        purpose += ", two digits laid over each other"
    return f"{purpose}, {iterations} routing iteration{'s' if iterations > 1 else ''}" + (
        "" if config.reconstruction_weight else ", trained without reconstruction"
    )


def _dataset(config: training.TrainingConfig) -> str:
    held_out = f"but for the last {config.validation:,}, which it was validated on" if config.validation else ""
    mnist = "MNIST, all 60,000 training digits" + (f" {held_out}" if held_out else "")
    if config.task == PAIR.name:
        mnist = (
            "MultiMNIST: pairs of digits of different classes, laid over each other as they are needed; in an epoch "
            f"one pair for each training digit of {mnist}"
        )
    if not config.drawn_copies:
        return mnist
    return (
        f"{mnist}, and the pen digits of 24 writers (UCI, Alpaydin and Alimoglu), "
        f"each drawn {config.drawn_copies} times by the pad with pens of several widths"
    )


def _first_weights(
    arguments: argparse.Namespace, network_config: CapsNetConfig, config: training.TrainingConfig
) -> str:
    """Where the training began, in words."""
    if not config.start_from:
        return "drawn from the seed"
    return f"of {config.start_from}: {what_is_taken_over(_first_card(arguments).config, network_config)}"


def _command(arguments: argparse.Namespace, config: training.TrainingConfig) -> str:
    """The commands that repeat this run from nothing, without the folders of the machine that it ran on."""
    words = [f"{_first_card(arguments).command} && capsnet train" if config.start_from else "capsnet train"]
    if arguments.network == "cnn":
        words.append("--network cnn")
    if config.task != DIGIT.name:
        words.append(f"--task {config.task}")
    words.append(
        f"--name {arguments.name} --epochs {config.epochs} --batch-size {config.batch_size} "
        f"--learning-rate {config.learning_rate} --max-shift {config.max_shift} --seed {config.seed}"
    )
    if arguments.network == "capsnet":
        words += _capsnet_options(arguments.routing_iterations, config)
    if config.ema:
        words.append(f"--ema {config.ema}")
    if config.validation:
        words.append(f"--validation {config.validation}")
    if arguments.drawn:
        words.append(f"--drawn {arguments.drawn.name} --drawn-copies {config.drawn_copies}")
    return " ".join(words)


def _first_card(arguments: argparse.Namespace) -> checkpoint.ModelCard:
    """The card of the model whose weights were the first."""
    return checkpoint.ModelCard.from_json((arguments.out_dir / f"{arguments.start_from}.json").read_text())


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
    models = [_evaluated(name, arguments.weights_dir, device) for name in arguments.model]
    if arguments.report:
        command = f"capsnet evaluate --model {' '.join(arguments.model)}"
        print("\n".join(map(str, write_report(arguments.report, models, command, device))))
    return 0 if all(model.agrees for model in models) else 1


def _evaluated(name: str, folder: Path, device: torch.device) -> Evaluated:
    """Evaluate a model and print its error beside its card's."""
    model = checkpoint.load_model(name, folder, device)
    card = model.card
    pictures = TASKS[card.task].test_set(shipped_test_digits())
    result = evaluate(model.network, pictures)
    print(
        f"{name}: test error {result.error:.2f} % "
        f"({len(result.misclassified)} of {result.total} {card.task}s) on {device.type}; "
        f"its card says {card.test_error:.2f} %"
    )
    return Evaluated(card, pictures, result)


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


def _study_iterations(arguments: argparse.Namespace) -> int:
    keep_freed_memory()
    model = checkpoint.load_model(arguments.model, arguments.weights_dir, pick_device(arguments.device))
    digits = shipped_test_digits()
    with tqdm(total=len(digits), unit="digit", mininterval=1) as bar:
        study = study_iterations(model, digits, _made_with(arguments), tell=bar.update)
    print("iterations  error   mean winning length  mean entropy of c")
    rows = zip(study.errors, study.winning_lengths, study.entropies, strict=True)
    for iterations, (error, length, entropy) in enumerate(rows, start=1):
        print(f"{iterations:10}  {error:.2f} %  {length:19.4f}  {entropy:12.4f} bits")
    print(f"{arguments.model}: {save_study(study, arguments.out_dir)}")
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
