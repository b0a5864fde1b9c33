"""What a finished training leaves: weights and their card, or a card alone, and the words of both."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from model import checkpoint, datasets, training
from model.commands.shared import made_with
from model.config import CapsNetConfig
from model.device import pick_device
from model.evaluation import evaluate
from model.files import replacing, replacing_together
from model.network import CapsNet
from model.tasks import DIGIT, PAIR, TASKS
from model.warm_start import FirstWeights

PREPROCESSING = {
    DIGIT.name: "28 x 28, light ink on 0, values / 255; drawings: ink box scaled to 20 px by area averaging, "
    "centre of mass on pixel (14, 14)",
    PAIR.name: "36 x 36, light ink on 0: two pictures of 28 x 28 in the middle, each shifted by up to 4 px, "
    "added and clipped at 255; values / 255",
}


def ship(
    arguments: argparse.Namespace, network: CapsNet, state: training.TrainingState, config: training.TrainingConfig
) -> int:
    """Write the weights and their card, with the test error of the file as it was written."""
    path = arguments.out_dir / f"{arguments.name}.safetensors"
    with replacing_together(path, path.with_suffix(".json")) as (weights, card):
        digest = checkpoint.save_weights(network, weights)
        shipped = checkpoint.load_network(weights, network.config).to(pick_device(arguments.device))
        result = evaluate(shipped, TASKS[config.task].test_set(datasets.shipped_test_digits()))
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
            **_epoch_errors(state.epoch_errors, config),
            test_error=result.error,
            misclassified=result.misclassified,
            training=asdict(config),
            command=_command(arguments, config, state.first_weights),
            made_with=made_with(arguments),
            dtype="float16",
            sha256=digest,
            task=config.task,
            first_weights=_first_weights(state.first_weights),
        )
        card.write_text(values.to_json())
    print(f"{arguments.name}: test error {result.error:.2f} % ({path})")
    return 0


def report(arguments: argparse.Namespace, state: training.TrainingState, config: training.TrainingConfig) -> int:
    """Write what the baseline reached beside its checkpoint: a card, and no weights."""
    network = state.result.eval()
    result = evaluate(network, TASKS[config.task].test_set(datasets.shipped_test_digits()))
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
        "command": _command(arguments, config, state.first_weights),
        "made_with": made_with(arguments),
    }
    path = arguments.run_dir / f"{arguments.name}.json"
    with replacing(path) as draft:
        draft.write_text(json.dumps(card, indent=1) + "\n")
    print(f"{arguments.name}: test error {result.error:.2f} % ({path})")
    return 0


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
    pen_digits = (
        ", and the pen digits of 24 writers (UCI, Alpaydin and Alimoglu), "
        f"each drawn {config.drawn_copies} times by the pad with pens of several widths"
        if config.drawn_copies
        else ""
    )
    hands = (
        "; every picture turned, sheared and stretched a little in every epoch, as another hand might have written it"
        if config.other_hands
        else ""
    )
    return mnist + pen_digits + hands


def _first_weights(first: FirstWeights | None) -> str:
    """Where the training began, in words."""
    if first is None:
        return "drawn from the seed"
    return f"of {first.name} (SHA-256 {first.sha256[:8]}...): {first.taken_over}"


def _command(arguments: argparse.Namespace, config: training.TrainingConfig, first: FirstWeights | None) -> str:
    """The commands that repeat this run from nothing, without the folders of the machine that it ran on."""
    words = ["capsnet train" if first is None else f"{first.command} && capsnet train"]
    if arguments.network == "cnn":
        words.append("--network cnn")
    if config.task != DIGIT.name:
        words.append(f"--task {config.task}")
    words.append(
        f"--name {arguments.name} --epochs {config.epochs} --batch-size {config.batch_size} "
        f"--learning-rate {config.learning_rate} --max-shift {config.max_shift} --seed {config.seed}"
    )
    if config.other_hands:
        words.append("--other-hands")
    if arguments.network == "capsnet":
        words += _capsnet_options(arguments.routing_iterations, config)
    if config.ema:
        words.append(f"--ema {config.ema}")
    if config.precision != training.TrainingConfig().precision:
        words.append(f"--precision {config.precision}")
    if config.validation:
        words.append(f"--validation {config.validation}")
    if arguments.drawn:
        words.append(f"--drawn {arguments.drawn.name} --drawn-copies {config.drawn_copies}")
    if config.start_from == arguments.name:  # whose finished checkpoint lies in the folder of the stage before
        words.append(f"--run-dir runs/stage-{words[0].count('&&') + 1}")
    return " ".join(words)


def _capsnet_options(routing_iterations: int, config: training.TrainingConfig) -> list[str]:
    options = [f"--routing-iterations {routing_iterations}"]
    if config.reconstruction_weight != training.TrainingConfig().reconstruction_weight:
        options.append(f"--reconstruction-weight {config.reconstruction_weight}")
    if config.weight_scale != training.TrainingConfig().weight_scale:
        options.append(f"--weight-scale {config.weight_scale}")
    if not config.detach_inner:
        options.append("--all-iterations")
    if config.start_from:
        options.append(f"--start-from {config.start_from}")
    return options
