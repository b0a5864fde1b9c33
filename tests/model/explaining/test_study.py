"""The study of the iterations: its figures against the network asked one number of iterations at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from model.data import datasets
from model.data.datasets import Digits, to_unit
from model.explaining.measurements import SHIPPED_MEASURED, STUDIED_ITERATIONS, read_measured
from model.explaining.study import IterationStudy, study_iterations
from model.network.functional import lengths
from model.zoo.checkpoint import LoadedModel, load_model, model_names
from tests.model.test_cli import run


@pytest.fixture(scope="module")
def digits(test_digits: Digits) -> Digits:
    """Those that the shipped networks often misread stand among them."""
    return Digits(test_digits.images[230:265], test_digits.labels[230:265])


@pytest.fixture(scope="module")
def study(loaded_model: LoadedModel, digits: Digits) -> IterationStudy:
    return study_iterations(loaded_model, digits, batch_size=15)  # the last batch and chunk are short


@pytest.mark.slow
def test_each_number_of_iterations_is_what_the_network_says_when_asked_for_it(
    study: IterationStudy, loaded_model: LoadedModel, digits: Digits
) -> None:
    images = to_unit(digits.images)
    for iterations in range(1, STUDIED_ITERATIONS + 1):
        with torch.inference_mode():
            primary = loaded_model.capsnet.primary_capsules(images)
            capsules = loaded_model.capsnet.class_caps(primary, iterations)
            couplings = loaded_model.capsnet.trace(images, iterations).coupling_coefficients[:, -1].double()
        found = lengths(capsules)
        error = 100 * float((found.argmax(-1) != digits.labels).double().mean())
        bits = -(couplings * couplings.log2()).sum(-1).mean()
        assert study.errors[iterations - 1] == pytest.approx(error, abs=1e-5)
        assert study.winning_lengths[iterations - 1] == pytest.approx(float(found.amax(-1).mean()), abs=2e-5)
        assert study.entropies[iterations - 1] == pytest.approx(float(bits), abs=2e-5)
    assert study.entropies[0] == pytest.approx(3.321928, abs=1e-5)  # all couplings are 1/10


def test_the_command_writes_the_study(
    loaded_model: LoadedModel,
    digits: Digits,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    weights_dir: Path,
) -> None:
    monkeypatch.setattr(datasets, "shipped_test_digits", lambda: digits)
    name = loaded_model.card.name
    options = ("--model", name, "--weights-dir", str(weights_dir), "--out-dir", str(tmp_path), "--device", "cpu")
    assert run("study-iterations", *options) == 0
    made = read_measured(loaded_model.card, "iterations", tmp_path)
    assert made is not None
    assert made["digits"] == len(digits)
    assert made["command"] == f"capsnet study-iterations --model {name}"
    assert f"{made['errors'][2]:.2f} %" in capsys.readouterr().out


@pytest.mark.parametrize("path", sorted(SHIPPED_MEASURED.glob("*.iterations.json")), ids=lambda path: path.name)
def test_a_shipped_study_agrees_with_the_card_and_with_itself(path: Path) -> None:
    name = path.name.removesuffix(".iterations.json")
    assert name in model_names()
    card = load_model(name).card
    measured = read_measured(card, "iterations")
    assert measured is not None, f"the weights of {name} are newer: capsnet study-iterations --model {name}"
    assert (measured.pop("model"), measured.pop("sha256")) == (name, card.sha256)
    assert measured.pop("command") == f"capsnet study-iterations --model {name}"
    assert measured.pop("made_with")
    study = IterationStudy(**measured)
    assert study.digits == 10_000
    assert study.errors[card.capsules.routing_iterations - 1] == pytest.approx(card.test_error, abs=0.011)
    assert study.entropies[0] == pytest.approx(3.321928, abs=1e-4)
    assert study.entropies == sorted(study.entropies, reverse=True)
