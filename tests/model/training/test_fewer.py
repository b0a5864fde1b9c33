"""The study of fewer digits: which digits are drawn, what is the same for all networks, how a cut study goes on."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from model.commands import add_commands, fewer
from model.data import datasets
from model.data.datasets import Digits
from model.errors import UserError
from model.explaining.measurements import SHIPPED_MEASURED
from model.network.cnn import BaselineConfig
from model.network.config import CapsNetConfig
from model.training.config import TrainingConfig
from model.training.evaluation import evaluate
from model.training.fewer import COUNTS, NETWORKS, SEEDS, FewerDigits, batches, drawn, error_of, runs
from model.training.loop import learning_rate_at, start, train_step
from model.zoo.architectures import ARCHITECTURES
from model.zoo.fewer_digits import FEWER_DIGITS, Results, Run

CPU = torch.device("cpu")


@pytest.fixture
def few_digits(test_digits: Digits) -> Digits:
    """Of every class at least two."""
    return Digits(test_digits.images[:200], test_digits.labels[:200])


def test_a_draw_has_equal_classes_and_begins_with_the_smaller_draws(test_digits: Digits) -> None:
    labels = test_digits.labels
    largest = drawn(labels, 500, seed=1)
    assert torch.equal(labels[largest].bincount(), torch.full((10,), 50))
    assert len(set(largest.tolist())) == 500
    for count in (10, 20, 100):
        assert torch.equal(drawn(labels, count, seed=1), largest[:count])
        assert torch.equal(labels[largest[:count]].bincount(), torch.full((10,), count // 10))
    assert not torch.equal(drawn(labels, 500, seed=2), largest)


@pytest.mark.parametrize(("count", "complaint"), [(15, "as many of each of 10 classes"), (600, "there are only")])
def test_a_draw_that_cannot_be(few_digits: Digits, count: int, complaint: str) -> None:
    with pytest.raises(UserError, match=complaint):
        drawn(few_digits.labels, count, seed=1)


def test_each_step_has_a_whole_batch_and_each_pass_every_digit_once(few_digits: Digits) -> None:
    study = FewerDigits(steps=20, batch_size=20, max_shift=0)  # two passes over 200 digits
    found = list(batches(few_digits, study, seed=1))
    assert [len(batch.images) for batch in found] == [20] * 20
    pictures = torch.cat([batch.images for batch in found]).flatten(1)
    digits = few_digits.images.flatten(1) / 255
    for one in (pictures[:200], pictures[200:]):
        nearest = torch.cdist(one, digits).argmin(dim=1)
        assert sorted(nearest.tolist()) == list(range(200))
    assert not torch.equal(pictures[:200], pictures[200:])  # in another order


def test_the_batches_are_those_of_the_seed(few_digits: Digits) -> None:
    study = FewerDigits(steps=3, batch_size=7)
    first, again, other = ([b.images for b in batches(few_digits, study, seed)] for seed in (1, 1, 2))
    assert all(torch.equal(a, b) for a, b in zip(first, again, strict=True))
    assert not any(torch.equal(a, b) for a, b in zip(first, other, strict=True))


def test_a_run_trains_on_its_draw_alone_and_is_tested_after_its_last_step(
    few_digits: Digits, test_digits: Digits, tiny_baseline: BaselineConfig
) -> None:
    study, run = FewerDigits(steps=4, batch_size=10), Run("cnn", 10, 3)
    tested = Digits(test_digits.images[100:200], test_digits.labels[100:200])
    told: list[int] = []
    errors = error_of(run, tiny_baseline, study, (few_digits, tested), CPU, told.append)
    assert told == [1] * 4
    assert errors == error_of(run, tiny_baseline, study, (few_digits, tested), CPU, told.append)

    config = TrainingConfig(batch_size=10, learning_rate=1e-3, warmup_steps=0, max_shift=2, seed=3)
    assert study.config(3) == config
    state = start(tiny_baseline, config, CPU)
    picked = drawn(few_digits.labels, 10, 3)
    few = Digits(few_digits.images[picked], few_digits.labels[picked])
    for step, batch in enumerate(batches(few, study, 3)):
        torch.manual_seed(3 * 1_000_003 + step)
        train_step(state, batch, learning_rate_at(config, step, 4))
    state.network.eval()
    assert errors == len(evaluate(state.network, tested).misclassified)


def test_the_first_seed_is_a_whole_curve_before_the_second() -> None:
    order = list(runs(["capsnet", "cnn-pooling"], [20, 10], seeds=2))
    assert order[:4] == [
        Run("capsnet", 10, 1),
        Run("cnn-pooling", 10, 1),
        Run("capsnet", 20, 1),
        Run("cnn-pooling", 20, 1),
    ]
    assert [run.seed for run in order] == [1] * 4 + [2] * 4


@pytest.mark.parametrize("numbers", [{"steps": 0}, {"batch_size": 0}, {"max_shift": -1}, {"learning_rate": -1.0}])
def test_numbers_that_make_no_sense(numbers: dict[str, Any]) -> None:
    with pytest.raises(UserError):
        FewerDigits(**numbers)


def test_what_ships_was_measured_by_this_command(test_digits: Digits) -> None:
    shipped = Results(SHIPPED_MEASURED / FEWER_DIGITS, FewerDigits().parameters(len(test_digits)), {})
    planned = list(runs(NETWORKS, COUNTS, SEEDS))
    found = [Run(each["network"], each["count"], each["seed"]) for each in shipped.runs]
    assert found == planned[: len(found)]  # a study may still lack its last runs


def command(*words: str) -> int:
    parser = argparse.ArgumentParser(prog="capsnet")
    add_commands(parser.add_subparsers(required=True))
    arguments = parser.parse_args(["study-fewer-digits", *words])
    return int(arguments.run(arguments))


@pytest.fixture
def small(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    tiny: CapsNetConfig,
    tiny_baseline: BaselineConfig,
    few_digits: Digits,
) -> tuple[str, ...]:
    """Options of a study of tiny networks, with few digits in place of MNIST."""

    def tiny_config(image_size: int) -> CapsNetConfig:
        return replace(tiny, image_size=image_size)

    def tiny_cnn(image_size: int) -> BaselineConfig:
        return replace(tiny_baseline, image_size=image_size)

    for name, sizes in (("capsnet", tiny_config), ("cnn", tiny_cnn)):
        monkeypatch.setitem(ARCHITECTURES, name, replace(ARCHITECTURES[name], config=sizes))
    monkeypatch.setattr(datasets, "training_digits", lambda _: few_digits)
    monkeypatch.setattr(datasets, "shipped_test_digits", lambda: few_digits)
    words = "--networks capsnet cnn --counts 10 20 --batch-size 5 --device cpu"
    return (*words.split(), "--out-dir", str(tmp_path))


def written(folder: Path) -> dict[str, Any]:
    values: dict[str, Any] = json.loads((folder / FEWER_DIGITS).read_text(encoding="utf-8"))
    return values


def test_a_cut_study_goes_on_where_it_was(
    small: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    options = (*small, "--seeds", "2", "--steps", "2")
    seen: list[Run] = []

    def cut(run: Run, *rest: Any) -> int:
        if len(seen) == 3:
            raise OSError("the power went out")
        seen.append(run)
        return error_of(run, *rest)

    monkeypatch.setattr(fewer, "error_of", cut)
    assert command(*options) == 2
    assert "the power went out" in capsys.readouterr().err
    before = written(tmp_path)["runs"]
    assert len(before) == 3
    rest: list[Run] = []

    def go_on(run: Run, *more: Any) -> int:
        rest.append(run)
        return error_of(run, *more)

    monkeypatch.setattr(fewer, "error_of", go_on)
    assert command(*options) == 0
    made = written(tmp_path)
    assert made["runs"][:3] == before
    assert len(made["runs"]) == 8
    assert [*seen, *rest] == list(runs(["capsnet", "cnn"], [10, 20], seeds=2))
    assert made["digits"] == 200
    assert made["command"] == (
        "capsnet study-fewer-digits --networks capsnet cnn --counts 10 20 --seeds 2 --steps 2 --batch-size 5"
    )
    assert all(0 <= run["errors"] <= 200 for run in made["runs"])
    table = capsys.readouterr().out.splitlines()[-4:]
    assert [line.split()[:3] for line in table] == [[c, n, "2"] for c in ("10", "20") for n in ("capsnet", "cnn")]

    monkeypatch.setattr(fewer, "error_of", None)  # nothing is left to train
    assert command(*options) == 0


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--steps", "3"), "was made with {'steps': 2}, not with {'steps': 3}"),
        (("--batch-size", "4"), "was made with {'batch_size': 5}, not with {'batch_size': 4}"),
        (("--counts", "15"), "as many of each of 10 classes"),
        (("--counts", "5000"), "there are only"),
    ],
)
def test_what_a_user_can_mend_is_said_in_one_line(
    small: tuple[str, ...], capsys: pytest.CaptureFixture[str], words: tuple[str, ...], complaint: str
) -> None:
    assert command(*small, "--counts", "10", "--seeds", "1", "--steps", "2") == 0
    capsys.readouterr()
    assert command(*small, "--counts", "10", "--seeds", "1", "--steps", "2", *words) == 2
    told = capsys.readouterr().err
    assert told.startswith("capsnet: ")
    assert told.count("\n") == 1
    assert complaint in told


@pytest.mark.parametrize("text", ["{", "[]", '{"runs": []}'])
def test_a_damaged_file_is_refused_in_one_line(
    small: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    (tmp_path / FEWER_DIGITS).write_text(text, encoding="utf-8")
    assert command(*small, "--seeds", "1", "--steps", "2") == 2
    assert "is no file of this study, or a damaged one" in capsys.readouterr().err
    assert (tmp_path / FEWER_DIGITS).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("words", [("--networks", "lenet"), ("--steps", "0"), ("--seeds", "none")])
def test_an_option_that_there_is_not(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command(*words)
    assert words[0] in capsys.readouterr().err
