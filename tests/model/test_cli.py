"""The commands from end to end, on tiny data."""

from __future__ import annotations

import argparse
import json
import re
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
import torch

from model.commands import add_commands, options
from model.commands.shared import said_in_one_line
from model.data import datasets
from model.data.datasets import Digits
from model.explaining import dimensions
from model.explaining.intervals import wilson
from model.explaining.measurements import measured_path, read_measured
from model.network.cnn import BaselineConfig
from model.network.config import CapsNetConfig
from model.training import loop as training
from model.training.config import TrainingConfig
from model.training.fields import Group
from model.zoo import checkpoint
from model.zoo.architectures import ARCHITECTURES
from tests.model.data.test_strokes import UNIPEN


def run(*words: str) -> int:
    parser = argparse.ArgumentParser(prog="capsnet")
    add_commands(parser.add_subparsers(required=True))
    arguments = parser.parse_args(words)
    return int(arguments.run(arguments))


@pytest.fixture
def folders(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    tiny: CapsNetConfig,
    tiny_baseline: BaselineConfig,
    few_digits: Digits,
) -> tuple[str, ...]:
    """Options of `train` that keep it in `tmp_path`, with a tiny network and few digits in place of MNIST."""

    def tiny_config(image_size: int = 28, routing_iterations: int = 3) -> CapsNetConfig:
        return replace(tiny, image_size=image_size, routing_iterations=routing_iterations)

    def tiny_cnn(image_size: int) -> BaselineConfig:
        return replace(tiny_baseline, image_size=image_size)

    for name, sizes in (("capsnet", tiny_config), ("cnn", tiny_cnn)):
        monkeypatch.setitem(ARCHITECTURES, name, replace(ARCHITECTURES[name], config=sizes))
    monkeypatch.setattr(datasets, "training_digits", lambda _: few_digits)
    monkeypatch.setattr(datasets, "shipped_test_digits", lambda: few_digits)
    return ("--device", "cpu", "--run-dir", str(tmp_path / "runs"), "--out-dir", str(tmp_path))


def test_train_then_evaluate(folders: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ("--name", "small", "--epochs", "2", "--batch-size", "16", "--routing-iterations", "2", *folders)
    assert run("train", *options) == 0
    card = checkpoint.load_model("small", tmp_path).card
    assert len(card.epoch_test_errors) == card.epochs == 2
    assert card.capsules.routing_iterations == 2
    assert card.training["batch_size"] == 16
    assert card.command.startswith("capsnet train --name small --epochs 2 --batch-size 16")
    capsys.readouterr()
    assert run("evaluate", "--model", "small", "--weights-dir", str(tmp_path), "--device", "cpu") == 0
    assert f"small: test error {card.test_error:.2f} %" in capsys.readouterr().out


def test_train_goes_on_from_its_checkpoint(
    folders: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run("train", "--epochs", "1", *folders)
    monkeypatch.setattr(training, "train_step", None)  # nothing is left to train
    assert run("train", "--epochs", "1", "--overwrite", *folders) == 0
    assert "going on from" in capsys.readouterr().err
    assert run("train", "--epochs", "1", "--overwrite", "--routing-iterations", "1", *folders) == 2
    assert "was made with {'routing_iterations': 3}, not with {'routing_iterations': 1}" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "runs").iterdir()] == ["mnist.pt"]


def test_a_run_begins_with_another_models_weights_and_its_card_says_so(
    folders: tuple[str, ...], tmp_path: Path
) -> None:
    pens = tmp_path / "pens.tra"
    pens.write_text(UNIPEN, encoding="utf-8")
    run("train", "--name", "first", "--epochs", "1", *folders)
    options = ("--start-from", "first", "--drawn", str(pens), "--drawn-copies", "2", "--learning-rate", "0")
    assert run("train", "--name", "second", "--epochs", "1", *options, *folders) == 0
    first, second = (checkpoint.load_model(name, tmp_path) for name in ("first", "second"))
    assert second.card.title == "CapsNet for drawn digits, 3 routing iterations"
    assert "pen digits of 24 writers" in second.card.dataset
    assert second.card.command.startswith(f"{first.card.command} && capsnet train --name second")
    assert second.card.command.endswith("--start-from first --drawn pens.tra --drawn-copies 2")
    for one, other in zip(first.network.parameters(), second.network.parameters(), strict=True):
        assert torch.equal(one, other)  # at a learning rate of 0


def test_a_stage_under_the_same_name_has_a_folder_of_its_own(folders: tuple[str, ...], tmp_path: Path) -> None:
    """The finished checkpoint of the stage before would end it at once."""
    run("train", "--epochs", "1", *folders)
    for stage in (2, 3):
        again = ("--start-from", "mnist", "--seed", str(stage), "--overwrite")
        assert run("train", "--epochs", "1", *again, *folders, "--run-dir", str(tmp_path / f"stage-{stage}")) == 0
        card = checkpoint.load_model("mnist", tmp_path).card
        assert card.command.count("&& capsnet train") == stage - 1
        assert card.command.endswith(
            f"--seed {stage} --routing-iterations 3 --start-from mnist --run-dir runs/stage-{stage} --overwrite"
        )


def test_a_card_tells_of_the_weights_that_its_run_began_with(folders: tuple[str, ...], tmp_path: Path) -> None:
    """Also where its own took their place since: by the same name, and after the command was given once more."""
    run("train", "--epochs", "1", *folders)
    first = checkpoint.load_model("mnist", tmp_path).card
    place = ("--overwrite", *folders, "--run-dir", str(tmp_path / "stage-2"))
    again = ("train", "--epochs", "1", "--start-from", "mnist", *place)
    run(*again)
    card = checkpoint.load_model("mnist", tmp_path).card
    assert card.first_weights == f"of mnist (SHA-256 {first.sha256[:8]}...): all of them"
    assert card.sha256 != first.sha256
    assert run(*again) == 0
    assert checkpoint.load_model("mnist", tmp_path).card == card


def test_pairs_are_learnt_from_the_weights_of_single_digits(
    folders: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("train", "--epochs", "1", *folders)
    way = ("--ema", "0.9", "--precision", "bfloat16")
    options = ("--task", "pair", "--epochs", "2", "--start-from", "mnist", *way, *folders)
    assert run("train", *options) == 0
    card = checkpoint.load_model("multimnist", tmp_path).card
    assert (card.task, card.config.image_size, card.training["max_shift"]) == ("pair", 36, 4)
    assert card.title == "CapsNet of the paper, two digits laid over each other, 3 routing iterations"
    assert re.match(r"of mnist \(SHA-256 [0-9a-f]{8}\.\.\.\): Conv1, PrimaryCaps", card.first_weights)
    assert "10 x 10 grid from the nearest one of the 6 x 6 grid" in card.first_weights
    assert "&& capsnet train --task pair --name multimnist --epochs 2" in card.command
    assert card.command.endswith(f"--max-shift 4 --seed 0 --routing-iterations 3 --start-from mnist {' '.join(way)}")
    assert all(isinstance(classes, list) and len(classes) == 2 for classes in card.misclassified.values())
    capsys.readouterr()
    place = ("--model", "multimnist", "--weights-dir", str(tmp_path), "--device", "cpu")
    for command in ("study-iterations", "study-routing", "study-votes", "measure-gauge", "measure-dimensions"):
        assert run(command, *place) == 2
        assert "multimnist sees two digits at once" in capsys.readouterr().err
    assert run("evaluate", *place) == 0
    out = capsys.readouterr().out
    assert f"multimnist: test error {card.test_error:.2f} % ({len(card.misclassified)} of 60 pairs)" in out


def test_held_out_digits_are_reported_on_and_not_trained_on(
    folders: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, int]] = []
    whole = training.train

    def noted(*arguments: Any) -> None:
        seen.append((len(arguments[2]), len(arguments[3])))
        whole(*arguments)

    monkeypatch.setattr(training, "train", noted)
    assert run("train", "--epochs", "2", "--validation", "20", *folders) == 0
    card = checkpoint.load_model("mnist", tmp_path).card
    assert seen == [(40, 20)]
    assert card.epoch_test_errors == []
    assert len(card.epoch_validation_errors) == 2
    assert "but for the last 20, which it was validated on" in card.dataset
    assert card.command.endswith("--validation 20")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--network", "cnn", "--task", "pair"), "sees one digit at a time"),
        (("--network", "cnn", "--routing-iterations", "1"), "--routing-iterations is for a CapsNet"),
        (("--network", "cnn", "--no-reconstruction"), "--reconstruction-weight is for a CapsNet"),
        (("--network", "cnn", "--weight-scale", "0.01"), "--weight-scale is for a CapsNet"),
        (("--network", "cnn", "--all-iterations"), "--all-iterations is for a CapsNet"),
        (("--network", "cnn", "--start-from", "mnist"), "--start-from is for a CapsNet"),
        (("--routing-iterations", "0"), "routing needs at least one iteration, not 0"),
        (("--epochs", "0"), "epochs must be 1 or more, not 0"),
        (("--batch-size", "0"), "batch size must be 1 or more, not 0"),
        (("--batch-size", "-1"), "batch size must be 1 or more, not -1"),
        (("--max-shift", "-1"), "max shift must be 0 or more, not -1"),
        (("--learning-rate", "nan"), "the learning rate must be 0 or more, not nan"),
        (("--learning-rate", "-0.1"), "the learning rate must be 0 or more, not -0.1"),
        (("--ema", "1"), "must lie in [0, 1)"),
        (("--validation", "60"), "60 of 60 digits cannot be held out"),
        (("--validation", "-1"), "-1 of 60 digits cannot be held out"),
    ],
)
def test_options_that_make_no_sense(
    folders: tuple[str, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    options: tuple[str, ...],
    message: str,
) -> None:
    assert run("train", *options, *folders) == 2
    assert message in capsys.readouterr().err
    assert not list(tmp_path.glob("*.safetensors"))


# Each option of training at another value than its default.
OTHER = TrainingConfig(
    task="pair",
    epochs=7,
    batch_size=16,
    learning_rate=2e-4,
    max_shift=1,
    seed=9,
    other_hands=True,
    reconstruction_weight=0.25,
    detach_inner=False,
    start_from="mnist",
    ema=0.99,
    precision="bfloat16",
    validation=100,
    drawn_copies=3,
)


@pytest.mark.parametrize(
    "config",
    [TrainingConfig(), OTHER, TrainingConfig(weight_scale=0.5), TrainingConfig(frame=6)],
    ids=["default", "other", "W", "frame"],
)
def test_the_words_of_a_configuration_are_options_that_give_it_back(config: TrainingConfig) -> None:
    parser = argparse.ArgumentParser()
    options.add_options(parser)
    said = [word for group in Group for words in options.words(config, group) for word in words.split()]
    arguments = parser.parse_args([*said, "--drawn-copies", str(config.drawn_copies)])
    assert options.config_of(arguments) == config


def test_every_option_of_training_was_tried_at_another_value() -> None:
    told = {setting.name for setting in options.settings()}
    assert told == {each.name for each in fields(TrainingConfig)} - {"warmup_steps"}
    tried = {name for name in told if getattr(OTHER, name) != getattr(TrainingConfig(), name)}
    without_choice = {each.name for each in options.settings() if each.option.choices and len(each.option.choices) == 1}
    # `start_from` forbids the scale, and a pair the frame: both are tried alone, above.
    assert tried == told - {"weight_scale", "frame"} - without_choice


def test_help_tells_the_default_of_every_number() -> None:
    parser = argparse.ArgumentParser()
    options.add_options(parser)
    text = " ".join(parser.format_help().split())
    for setting in options.settings():
        assert setting.flag in text
        if not isinstance(setting.default, bool):
            assert "(default: " in text.partition(setting.option.text[:25])[2][:250], setting.name


def test_a_mistake_of_ours_keeps_its_traceback() -> None:
    def broken(_: argparse.Namespace) -> int:
        raise ValueError("shapes do not match")

    with pytest.raises(ValueError, match="shapes do not match"):
        said_in_one_line(broken)(argparse.Namespace())


def test_a_model_that_has_seen_the_kept_out_digits_is_no_beginning(
    folders: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    short = ("--epochs", "1", *folders)
    for name, validation in (("all", "0"), ("fifty", "10")):
        assert run("train", "--name", name, "--validation", validation, *short) == 0
    capsys.readouterr()
    for first, validation, status in (("all", "10", 2), ("fifty", "20", 2), ("fifty", "10", 0), ("fifty", "5", 0)):
        name = f"{first}-{validation}"
        assert run("train", "--name", name, "--start-from", first, "--validation", validation, *short) == status, name
        assert ("was trained on digits that --validation" in capsys.readouterr().err) == bool(status)


def test_what_is_done_to_every_picture_the_card_says_of_every_picture(folders: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "pen.tra").write_text(UNIPEN, encoding="utf-8")
    run("train", "--name", "both", "--epochs", "1", "--other-hands", "--drawn", str(tmp_path / "pen.tra"), *folders)
    dataset = checkpoint.load_model("both", tmp_path).card.dataset
    assert re.fullmatch(r"MNIST, .*, and the pen digits of .*; every picture turned, .*", dataset)


def test_the_rows_of_table_1_are_options_that_the_card_repeats(folders: tuple[str, ...], tmp_path: Path) -> None:
    options = ("--routing-iterations", "1", "--no-reconstruction", "--weight-scale", "0.02", "--all-iterations")
    run("train", "--name", "r1", "--epochs", "1", "--other-hands", *options, *folders)
    card = checkpoint.load_model("r1", tmp_path).card
    assert "as another hand might have written it" in card.dataset
    assert card.title == "CapsNet of the paper, 1 routing iteration, trained without reconstruction"
    assert (card.training["reconstruction_weight"], card.training["detach_inner"]) == (0, False)
    assert card.command.endswith(
        "--routing-iterations 1 --reconstruction-weight 0.0 --weight-scale 0.02 --all-iterations"
    )
    (tmp_path / "runs" / "r1.pt").unlink()
    assert run(*card.command.split()[1:], "--overwrite", *folders) == 0
    assert checkpoint.load_model("r1", tmp_path).card == card


def test_the_baseline_leaves_a_card_and_no_weights(
    folders: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ("--network", "cnn", "--epochs", "2", "--batch-size", "16", *folders)
    assert run("train", *options) == 0
    card = json.loads((tmp_path / "runs" / "mnist-cnn.json").read_text(encoding="utf-8"))
    assert len(card["epoch_test_errors"]) == 2
    assert card["test_error"] == card["epoch_test_errors"][-1] == pytest.approx(100 * len(card["misclassified"]) / 60)
    assert card["command"] == (
        "capsnet train --network cnn --name mnist-cnn --epochs 2 --batch-size 16 --learning-rate 0.001 "
        "--max-shift 2 --seed 0"
    )
    assert f"mnist-cnn: test error {card['test_error']:.2f} %" in capsys.readouterr().out
    assert not list(tmp_path.glob("*.safetensors"))
    monkeypatch.setattr(training, "train_step", None)  # nothing is left to train
    assert run("train", *options) == 0


@pytest.mark.parametrize("command", ["measure-dimensions", "test-names"])
def test_what_needs_scikit_image_says_so(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith(("skimage", "model.explaining."))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "skimage", None)
    monkeypatch.chdir(tmp_path)
    assert run(command, "--device", "cpu") == 2
    assert "pip install '.[measure]'" in capsys.readouterr().err


def test_evaluate_says_where_the_card_is_wrong(folders: tuple[str, ...], tmp_path: Path) -> None:
    run("train", "--epochs", "1", *folders)
    path = tmp_path / "mnist.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"test_error": ', '"test_error": 1'), encoding="utf-8")
    assert run("evaluate", "--weights-dir", str(tmp_path), "--device", "cpu") == 1


def test_digits_are_learnt_in_a_frame_from_the_weights_of_those_without(
    folders: tuple[str, ...], tmp_path: Path
) -> None:
    run("train", "--epochs", "1", *folders)
    options = ("--frame", "6", "--name", "framed", "--epochs", "1", "--max-shift", "6", "--start-from", "mnist")
    assert run("train", *options, *folders) == 0
    card = checkpoint.load_model("framed", tmp_path).card
    assert (card.config.image_size, card.training["frame"], card.task) == (40, 6, "digit")
    assert card.title == "CapsNet of the paper, for 40 x 40 pixels, 3 routing iterations"
    assert card.dataset.endswith(
        "every picture laid in the middle of 40 x 40 pixels and shifted there by up to 6 pixels in each direction, "
        "anew in every epoch"
    )
    assert "ink box scaled to 20 px by area averaging, centre of mass on pixel (20, 20)" in card.preprocessing
    assert card.recipe is not None
    assert (card.recipe.image_size, card.recipe.box_size, card.recipe.centre) == (40, 20, 20)
    assert "12 x 12 grid from the nearest one of the 6 x 6 grid" in card.first_weights
    assert "&& capsnet train --frame 6 --name framed --epochs 1" in card.command
    assert "--max-shift 6" in card.command


def test_evaluate_reads_digits_that_are_turned_sheared_stretched_and_moved(
    folders: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("train", "--network", "cnn-average", "--frame", "6", "--epochs", "1", "--max-shift", "6", *folders)
    card = checkpoint.load_model("cnn-average", tmp_path).card
    assert card.title == "a CNN with 9 x 9 kernels and average pooling, for 40 x 40 pixels"
    capsys.readouterr()
    place = ("--model", "cnn-average", "--weights-dir", str(tmp_path), "--device", "cpu")
    written = ("--seed", "3", "--out-dir", str(tmp_path / "measured"))
    assert run("evaluate", "--affine", *place, *written) == 0
    out = capsys.readouterr().out
    measured = json.loads((tmp_path / "measured" / "cnn-average.affine.json").read_text(encoding="utf-8"))
    assert measured["command"] == "capsnet evaluate --affine --model cnn-average --seed 3"
    assert (measured["trained_by"], measured["digits"], measured["seed"]) == (card.command, 60, 3)
    assert measured["unturned"] == 60 - len(card.misclassified)
    for right, what in ((measured["unturned"], "unturned digits"), (measured["affine"], "digits made as affNIST is")):
        low, high = (100 * end for end in wilson(right, 60))
        assert f"cnn-average: {100 * right / 60:.2f} % of 60 {what}" in out
        assert f"read rightly (95 %: {low:.2f} to {high:.2f} %)" in out
    assert run("evaluate", "--affine", *place, *written) == 2
    assert "is there already" in capsys.readouterr().err
    assert run("evaluate", "--affine", *place, *written, "--overwrite") == 0


def test_evaluate_transforms_digits_only_for_networks_with_a_frame(
    folders: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("train", "--epochs", "1", *folders)
    place = ("--weights-dir", str(tmp_path), "--device", "cpu")
    for words, complaint in (
        (("--affine",), "mnist takes 28 x 28 pixels: this is for networks for one digit in a frame"),
        (("--affine", "--report", str(tmp_path)), "--report goes without --affine"),
        (("--out-dir", str(tmp_path)), "--out-dir goes with --affine"),
    ):
        assert run("evaluate", *words, *place) == 2
        assert complaint in capsys.readouterr().err
    assert run("train", "--task", "pair", "--frame", "6", *folders) == 2
    assert "a frame is for pictures of one digit" in capsys.readouterr().err


def test_evaluate_drawn_prints_accuracies(
    folders: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("train", "--epochs", "1", *folders)
    drawn = tmp_path / "pen.tra"
    drawn.write_text(UNIPEN, encoding="utf-8")
    assert run("evaluate-drawn", str(drawn), "--weights-dir", str(tmp_path), "--device", "cpu") == 0
    out = capsys.readouterr().out
    assert "% of 2 drawn digits recognised" in out
    assert "of 2 writers" in out


@pytest.mark.parametrize(
    ("command", "option", "wrong", "least"),
    [
        ("measure-dimensions", "--digits", "0", 1),
        ("measure-dimensions", "--sweeps", "0", 1),
        ("test-names", "--digits", "0", 1),
        ("test-names", "--digits", "-5", 1),
        ("test-names", "--digits", "few", 1),
        ("study-routing", "--seeds", "0", 1),
        ("measure-gauge", "--seed", "-1", 0),
    ],
)
def test_counts_that_are_none_are_refused(
    capsys: pytest.CaptureFixture[str], command: str, option: str, wrong: str, least: int
) -> None:
    with pytest.raises(SystemExit) as refused:
        run(command, option, wrong)
    assert refused.value.code == 2
    (line,) = (line for line in capsys.readouterr().err.splitlines() if "error:" in line)
    assert line.endswith(f"argument {option}: it must be a whole number of {least} or more, not {wrong}")


@pytest.mark.slow
def test_measure_dimensions_and_the_gauge_write_what_the_server_reads(
    folders: tuple[str, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    few_digits: Digits,
    test_digits: Digits,
) -> None:
    monkeypatch.setattr(dimensions, "_processes", lambda: 1)
    run("train", "--name", "small", "--epochs", "1", *folders)
    card = checkpoint.load_model("small", tmp_path).card
    capsys.readouterr()
    model = ("--model", "small", "--weights-dir", str(tmp_path), "--device", "cpu")
    options = ("--digits", "3", "--sweeps", "1", "--seed", "4", "--out-dir", str(tmp_path / "measured"))
    assert run("measure-dimensions", *model, *options) == 2  # there is no 8 among the first digits
    assert "no digit of class 8" in capsys.readouterr().err
    monkeypatch.setattr(
        datasets, "training_digits", lambda _: Digits(test_digits.images[:600], test_digits.labels[:600])
    )
    assert run("measure-dimensions", *model, *options) == 0
    measured = read_measured(card, "dimensions", tmp_path / "measured")
    assert measured is not None
    assert measured["command"] == "capsnet measure-dimensions --model small --digits 3 --sweeps 1 --seed 4"
    assert measured["made_with"] == f"torch {torch.__version__.split('+')[0]} on cpu"
    assert [len(entry["dimensions"]) for entry in measured["classes"]] == [card.capsules.pose_dim] * 10
    capsys.readouterr()
    names = ("--digits", "2", "--names", str(measured_path("small", "dimensions", tmp_path / "measured")))
    assert run("test-names", *model, *names) == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[0].split() == ["class", "holds", "direction", "largest"]
    assert [row.split()[0] for row in rows[1:]] == [*"0123456789", "all"]
    assert all(0 <= float(rate) <= 1 for row in rows[1:] for rate in row.split()[1:])
    others = ("--names", str(measured_path("mnist", "dimensions")))
    assert run("test-names", *model, *others) == 2
    assert "holds no names for these weights" in capsys.readouterr().err
    assert run("measure-gauge", *model, "--out-dir", str(tmp_path / "measured")) == 0
    gauge = read_measured(card, "gauge", tmp_path / "measured")
    assert gauge is not None
    assert gauge["counts"]["digits"] == len(few_digits)
    assert "area under the ROC curve" in capsys.readouterr().out
