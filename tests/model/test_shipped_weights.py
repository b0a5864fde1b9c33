"""The weights that ship are the ones that their cards describe. `capsnet evaluate` tries all 10,000 digits."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from model.data.datasets import Digits, to_unit
from model.data.tasks import DIGIT, PAIR, TASKS
from model.network.config import CapsNetConfig
from model.training.evaluation import evaluate
from model.zoo.checkpoint import LoadedModel, load_model, model_names

SAMPLE = 500  # test pictures tried besides those that the card calls misclassified
MOST_ERRORS = {DIGIT.name: 0.45, PAIR.name: 15.0}  # per cent of the test pictures, with capsules
MOST_ERRORS_OF_CNNS = {"cnn-pooling": 0.8, "cnn-global": 1.0}
PARAMETERS = {DIGIT.name: 8_215_568, PAIR.name: 11_361_808}  # the paper's, with capsules
PARAMETERS_OF_CNNS = {"cnn-pooling": 454_922, "cnn-global": 52_746}


@pytest.fixture(scope="module")
def models(weights_dir: Path) -> list[LoadedModel]:
    """Each loaded through `load_model`, which holds the file's SHA-256 against its card's."""
    return [load_model(name, weights_dir) for name in model_names(weights_dir)]


def test_a_model_ships(models: list[LoadedModel], weights_dir: Path) -> None:
    assert models, f"no weights in {weights_dir}"
    assert any(model.card.config == CapsNetConfig() for model in models)


def test_parameter_counts_are_the_papers(models: list[LoadedModel]) -> None:
    for model in models:
        expected = PARAMETERS_OF_CNNS.get(model.card.config.architecture) or PARAMETERS[model.card.task]
        assert model.network.parameter_count() == model.card.parameter_count == expected


def test_the_test_error_is_the_share_of_the_misclassified(models: list[LoadedModel], test_digits: Digits) -> None:
    for model in models:
        assert model.card.test_error == pytest.approx(100 * len(model.card.misclassified) / len(test_digits))


def test_the_card_names_the_run(models: list[LoadedModel]) -> None:
    for model in models:
        card = model.card
        epoch_errors = card.epoch_test_errors or card.epoch_validation_errors
        assert len(epoch_errors) == card.epochs == card.training["epochs"]
        if not card.training.get("validation"):
            # float16 may flip a digit or two that float32 was undecided on.
            assert card.test_error == pytest.approx(card.epoch_test_errors[-1], abs=0.05)
        assert f"--epochs {card.epochs}" in card.command
        assert f"--seed {card.seed}" in card.command


@pytest.mark.slow
@pytest.mark.timeout(900)  # a minute of one core, and more of a busy one
def test_the_misclassified_pictures_and_a_sample_of_the_others(models: list[LoadedModel], test_digits: Digits) -> None:
    for model in models:
        pictures = TASKS[model.card.task].test_set(test_digits)
        wrong = model.card.misclassified
        others = torch.randperm(len(test_digits), generator=torch.Generator().manual_seed(1))[:SAMPLE].tolist()
        tried = sorted({*wrong, *others})
        picked = Digits(pictures.images[tried], pictures.labels[tried])
        result = evaluate(model.network, picked)
        assert {tried[place]: label for place, label in result.misclassified.items()} == wrong


def test_a_misclassified_digit_is_so_alone_too(models: list[LoadedModel], test_digits: Digits) -> None:
    with torch.inference_mode():
        for model in (model for model in models if model.card.task == DIGIT.name):
            for index, label in list(model.card.misclassified.items())[:5]:
                assert model.network.predict(to_unit(test_digits.images[index : index + 1])).tolist() == [label]


def test_the_weights_reach_the_error_they_ship_for(models: list[LoadedModel]) -> None:
    for model in models:
        most = MOST_ERRORS_OF_CNNS.get(model.card.config.architecture) or MOST_ERRORS[model.card.task]
        assert model.card.test_error <= most, model.card.name
