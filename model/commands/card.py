"""What a finished training leaves: weights and their card, or a card alone, and the words of both."""

from __future__ import annotations

import argparse
import json
import shlex
from dataclasses import asdict

from model.commands import options
from model.commands.shared import made_with
from model.data.catalogue import DATA_SETS
from model.data.tasks import PAIR
from model.device import pick_device
from model.files import replacing, replacing_together
from model.network.base import NetworkConfig
from model.network.config import CapsNetConfig
from model.training import loop as training
from model.training.config import TrainingConfig
from model.training.evaluation import evaluate
from model.training.fields import Group
from model.training.warm_start import FirstWeights
from model.zoo import checkpoint
from model.zoo.architectures import ARCHITECTURES, architecture_of, capsule_sizes


def ship(arguments: argparse.Namespace, state: training.TrainingState, config: TrainingConfig) -> int:
    """Write the weights and their card, with the test error of the file as it was written."""
    network, data_set = state.result, DATA_SETS[config.data_set]
    path = arguments.out_dir / f"{arguments.name}.safetensors"
    with replacing_together(path, path.with_suffix(".json")) as (weights, card):
        digest = checkpoint.save_weights(network, weights)
        shipped = checkpoint.load_network(weights, network.config).to(pick_device(arguments.device))
        result = evaluate(shipped, config.pictures.test_set(DATA_SETS[config.data_set].test()))
        values = checkpoint.ModelCard(
            name=arguments.name,
            title=_title(network.config, config),
            dataset=_dataset(config),
            preprocessing=_preprocessing(config),
            classes=list(data_set.class_names),
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
            architecture=network.config.architecture,
            data_set=config.data_set,
            first_weights=_first_weights(state.first_weights),
        )
        card.write_text(values.to_json(), encoding="utf-8")
    print(f"{arguments.name}: test error {result.error:.2f} % ({path})")
    if arguments.out_dir.resolve() != checkpoint.SHIPPED_WEIGHTS:
        where = f"CAPSNET_WEIGHTS_DIR={shlex.quote(str(arguments.out_dir))}"
        print(f"to see it on the page: {where} CAPSNET_DEFAULT_MODEL={arguments.name} capsnet serve")
    return 0


def report(arguments: argparse.Namespace, state: training.TrainingState, config: TrainingConfig) -> int:
    """Write what the baseline reached beside its checkpoint: a card, and no weights."""
    network = state.result.eval()
    result = evaluate(network, config.pictures.test_set(DATA_SETS[config.data_set].test()))
    card = {
        "name": arguments.name,
        "title": _title(network.config, config),
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
        draft.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(f"{arguments.name}: test error {result.error:.2f} % ({path})")
    return 0


def _epoch_errors(epoch_errors: list[float], config: TrainingConfig) -> dict[str, list[float]]:
    """The errors after each epoch, by the name of what they were measured on."""
    of_validation = bool(config.validation)
    return {
        "epoch_test_errors": [] if of_validation else epoch_errors,
        "epoch_validation_errors": epoch_errors if of_validation else [],
    }


def _preprocessing(config: TrainingConfig) -> str:
    """What is done to the pixels, in words."""
    recipe, task = DATA_SETS[config.data_set].recipe, config.pictures
    if task.digits == 1:
        return recipe.framed(task.image_size).in_words()
    frame, picture = (f"{side} x {side}" for side in (task.image_size, recipe.image_size))
    return (
        f"{frame}, light ink on 0: two pictures of {picture} in the middle, each shifted by up to {task.test_shift} "
        "px, added and clipped at 255; values / 255"
    )


def _title(sizes: NetworkConfig, config: TrainingConfig) -> str:
    architecture = architecture_of(sizes)
    framed = f", for {sizes.image_size} x {sizes.image_size} pixels" if config.frame else ""
    if not architecture.has_capsules:
        return architecture.title + framed
    network_config = capsule_sizes(sizes)
    iterations = network_config.routing_iterations
    purpose = "CapsNet for drawn digits" if config.drawn_copies else "CapsNet of the paper"
    if config.task == PAIR.name:
        purpose += ", two digits laid over each other"
    return f"{purpose}{framed}, {iterations} routing iteration{'s' if iterations > 1 else ''}" + (
        "" if config.reconstruction_weight else ", trained without reconstruction"
    )


def _dataset(config: TrainingConfig) -> str:
    data_set = DATA_SETS[config.data_set]
    held_out = f"but for the last {config.validation:,}, which it was validated on" if config.validation else ""
    mnist = f"{data_set.title}, all {data_set.training_count:,} training digits" + (f" {held_out}" if held_out else "")
    if config.task == PAIR.name:
        mnist = (
            f"Multi{data_set.title}: pairs of digits of different classes, laid over each other as they are needed; "
            f"in an epoch one pair for each training digit of {mnist}"
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
    side = config.pictures.image_size
    framed = (
        f"; every picture laid in the middle of {side} x {side} pixels and shifted there by up to {config.max_shift} "
        "pixels in each direction, anew in every epoch"
        if config.frame
        else ""
    )
    return mnist + pen_digits + hands + framed


def _first_weights(first: FirstWeights | None) -> str:
    """Where the training began, in words."""
    if first is None:
        return "drawn from the seed"
    return f"of {first.name} (SHA-256 {first.sha256[:8]}...): {first.taken_over}"


def _command(arguments: argparse.Namespace, config: TrainingConfig, first: FirstWeights | None) -> str:
    """The commands that repeat this run from nothing, without the folders of the machine that it ran on."""
    words = ["capsnet train" if first is None else f"{first.command} && capsnet train"]
    if arguments.network != CapsNetConfig.architecture:
        words.append(f"--network {arguments.network}")
    words += [*options.words(config, Group.TASK), f"--name {arguments.name}", *options.words(config, Group.STEPS)]
    if ARCHITECTURES[arguments.network].has_capsules:
        words += [f"--routing-iterations {arguments.routing_iterations}", *options.words(config, Group.CAPSULES)]
    words += options.words(config, Group.RESULT)
    if arguments.drawn:
        words += [f"--drawn {arguments.drawn.name}", *options.words(config, Group.PEN_DIGITS)]
    if config.start_from == arguments.name:  # whose finished checkpoint lies in the folder of the stage before
        words.append(f"--run-dir runs/stage-{words[0].count('&&') + 1} --overwrite")
    return " ".join(words)
