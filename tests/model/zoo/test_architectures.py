"""Every kind of network is a row: it is built, saved, loaded and trained by its name alone."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from model.data.catalogue import DATA_SETS, MNIST
from model.data.datasets import Digits
from model.network.cnn import Baseline
from model.network.config import CapsNetConfig
from model.predictor import Predictor
from model.training.config import TrainingConfig
from model.training.objectives import OBJECTIVES, objective_for
from model.zoo.architectures import ARCHITECTURES, NoCapsulesError, architecture_of, capsule_sizes
from model.zoo.checkpoint import CheckpointError, ModelCard, load_model
from tests.small_models import save_cnn, save_unlike_the_paper


def test_every_architecture_can_be_trained() -> None:
    assert OBJECTIVES.keys() == ARCHITECTURES.keys()
    for name, architecture in ARCHITECTURES.items():
        sizes = architecture.config(image_size=20)
        assert (sizes.architecture, sizes.image_size, architecture.name) == (name, 20, name)
        assert architecture_of(sizes) is architecture
        assert architecture.read(sizes.to_dict()) == sizes
        assert {"image", "classes"} <= sizes.geometry().keys()
        with torch.device("meta"):
            network = architecture.build(sizes)
            objective = objective_for(sizes, TrainingConfig())
        assert type(objective.network) is type(network)
        assert hasattr(network, "class_caps") is architecture.has_capsules


def test_a_model_of_each_architecture_is_loaded_by_its_card(tmp_path: Path) -> None:
    save_unlike_the_paper(tmp_path)
    save_cnn(tmp_path)
    with_capsules, without = load_model("small", tmp_path), load_model("cnn", tmp_path)
    assert with_capsules.card.capsules.primary_count == 300
    assert with_capsules.capsnet is with_capsules.network
    assert isinstance(without.network, Baseline)
    assert not without.card.has_capsules
    for ask in (lambda: without.capsnet, lambda: without.card.capsules, lambda: capsule_sizes(without.card.config)):
        with pytest.raises(NoCapsulesError, match="no capsules"):
            ask()


def test_a_predictor_without_capsules_classifies_and_says_what_it_cannot(tmp_path: Path) -> None:
    save_cnn(tmp_path)
    predictor = Predictor.load("cnn", tmp_path, "cpu")
    pictures = torch.rand(3, 28, 28).numpy()
    found = predictor.classify(pictures)
    assert found.lengths.sum(axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    with torch.inference_mode():
        logits = load_model("cnn", tmp_path).network(torch.from_numpy(pictures))
    assert found.labels[:, 0].tolist() == logits.argmax(dim=-1).tolist()
    for ask in (
        predictor.trace,
        predictor.votes,
        predictor.planes,
        predictor.wholes,
        predictor.masks,
        predictor.perturb,
    ):
        with pytest.raises(NoCapsulesError):
            ask(pictures)
    with pytest.raises(NoCapsulesError):
        predictor.interventions(types=[1])


def test_an_old_card_is_of_a_capsnet_of_mnist(tmp_path: Path) -> None:
    save_unlike_the_paper(tmp_path)
    text = (tmp_path / "small.json").read_text(encoding="utf-8")
    old = text.replace(',\n "architecture": "capsnet"', "").replace(',\n "data_set": "mnist"', "")
    assert "architecture" not in old
    assert "data_set" not in old
    card = ModelCard.from_json(old)
    assert (card.architecture, card.data_set) == (CapsNetConfig.architecture, MNIST.name)
    assert card == ModelCard.from_json(text)


@pytest.mark.parametrize("field", ["architecture", "data_set"])
def test_a_card_that_names_no_row_is_refused(tmp_path: Path, field: str) -> None:
    save_unlike_the_paper(tmp_path)
    text = (tmp_path / "small.json").read_text(encoding="utf-8")
    value = {"architecture": "capsnet", "data_set": "mnist"}[field]
    with pytest.raises(CheckpointError, match=f"no {field.replace('_', ' ')} 'other'"):
        ModelCard.from_json(text.replace(f'"{field}": "{value}"', f'"{field}": "other"'))


def test_data_sets_are_what_their_rows_say(test_digits: Digits) -> None:
    for name, data_set in DATA_SETS.items():
        assert data_set.name == name
        assert data_set.licence
    test = MNIST.test()
    assert torch.equal(test.images, test_digits.images)
    assert test.images.shape[1:] == (MNIST.recipe.image_size,) * 2
    assert set(test.labels.tolist()) == set(range(len(MNIST.class_names)))


def test_a_recipe_keeps_its_proportions() -> None:
    assert (MNIST.recipe.image_size, MNIST.recipe.box_size, MNIST.recipe.centre) == (28, 20, 14)
    larger = MNIST.recipe.at(42)
    assert (larger.image_size, larger.box_size, larger.centre) == (42, 30, 21)
    assert "28 x 28" in MNIST.recipe.in_words()
    assert "pixel (14, 14)" in MNIST.recipe.in_words()
