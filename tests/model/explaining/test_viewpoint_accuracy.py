"""Digits read from other viewpoints: counts against a loop over each digit and viewpoint alone, and the command."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest
import torch

from model.data import datasets
from model.data.datasets import Digits, to_unit
from model.data.viewpoints import PIECES, TRANSFORMATIONS, Viewpoint, see
from model.explaining.measurements import SHIPPED_MEASURED, read_measured
from model.explaining.viewpoint_accuracy import AMOUNTS, SURE_LENGTH, SURE_PROBABILITY, study_viewpoints
from model.explaining.viewpoints import viewpoint_at
from model.network.config import CapsNetConfig
from model.zoo.checkpoint import LoadedModel, load_model, model_names
from tests.model.test_cli import run
from tests.small_models import save_capsnet, save_cnn


@pytest.fixture(params=["capsnet", "cnn"])
def model(request: pytest.FixtureRequest, tmp_path: Path, tiny: CapsNetConfig) -> LoadedModel:
    save_capsnet(tmp_path, "capsnet", tiny)
    save_cnn(tmp_path)
    return load_model(request.param, tmp_path)


@pytest.fixture
def digits(few_digits: Digits) -> Digits:
    return Digits(few_digits.images[:6], few_digits.labels[:6])


def counted(model: LoadedModel, digits: Digits, viewpoint: Viewpoint) -> tuple[int, int, int]:
    """Digits that are read rightly, surely, and surely wrongly, one by one."""
    right = sure = sure_wrong = 0
    with torch.inference_mode():
        for image, label in zip(digits.images, digits.labels.tolist(), strict=True):
            scores = model.network.scores(see(to_unit(image), [viewpoint]))[0].tolist()
            answer = max(range(10), key=scores.__getitem__)
            is_sure = scores[answer] > (0.5 if model.card.has_capsules else 0.9)
            right += answer == label
            sure += is_sure
            sure_wrong += is_sure and answer != label
    return right, sure, sure_wrong


def test_the_counts_are_those_of_each_digit_and_viewpoint_alone(model: LoadedModel, digits: Digits) -> None:
    study = study_viewpoints(model, digits)
    assert (study.digits, list(study.transformations), list(study.pieces)) == (6, list(AMOUNTS), list(PIECES))
    assert study.sure_above == (SURE_LENGTH if model.card.has_capsules else SURE_PROBABILITY)
    for name, found in study.transformations.items():
        expected = [counted(model, digits, viewpoint_at(name, amount)) for amount in AMOUNTS[name]]
        assert list(zip(found.right, found.sure_wrong, strict=True)) == [(e[0], e[2]) for e in expected], name
    for pieces in PIECES:
        right, sure, _ = counted(model, digits, Viewpoint(pieces=pieces))
        assert (study.pieces[pieces].same, study.pieces[pieces].sure) == (right, sure)


def test_the_amounts_go_from_end_to_end_with_rest_among_them() -> None:
    assert list(AMOUNTS) == list(TRANSFORMATIONS)
    assert all(each.rest in AMOUNTS[name] for name, each in TRANSFORMATIONS.items())
    assert AMOUNTS["rotation"] == list(range(-90, 91, 15))
    assert AMOUNTS["stretch"] == [0.6, 0.8, 1, 1.2, 1.4, 1.6]
    assert AMOUNTS["thickness"] == [-1, -0.5, 0, 0.5, 1, 1.5]


def test_the_command_writes_the_study(
    model: LoadedModel,
    digits: Digits,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(datasets, "shipped_test_digits", lambda: digits)
    name = model.card.name
    place = ("--weights-dir", str(tmp_path), "--out-dir", str(tmp_path), "--device", "cpu")
    assert run("study-viewpoints", "--model", name, "--count", "4", *place) == 0
    made = read_measured(model.card, "viewpoint-accuracy", tmp_path)
    assert made is not None
    assert made["command"] == f"capsnet study-viewpoints --model {name} --count 4"
    expected = asdict(study_viewpoints(model, Digits(digits.images[:4], digits.labels[:4])))
    assert {key: made[key] for key in expected} == expected
    whole = made["pieces"]["whole"]
    assert f"whole      {100 * whole['same'] / 4:5.1f} ({100 * whole['sure'] / 4:.1f})" in capsys.readouterr().out


@pytest.mark.parametrize("path", sorted(SHIPPED_MEASURED.glob("*.viewpoint-accuracy.json")), ids=lambda path: path.name)
def test_a_shipped_study_agrees_with_the_card_and_with_itself(path: Path) -> None:
    name = path.name.removesuffix(".viewpoint-accuracy.json")
    assert name in model_names()
    card = load_model(name).card
    made = read_measured(card, "viewpoint-accuracy")
    assert made is not None, f"the weights of {name} are newer: capsnet study-viewpoints --model {name}"
    digits = made["digits"]
    assert made["command"] == f"capsnet study-viewpoints --model {name} --count {digits}"
    assert 1_000 <= digits <= 10_000
    at_rest = {made["pieces"]["whole"]["same"]}
    for transformation, found in made["transformations"].items():
        assert found["amounts"] == AMOUNTS[transformation]
        at_rest.add(found["right"][found["amounts"].index(TRANSFORMATIONS[transformation].rest)])
        assert all(r + w <= digits for r, w in zip(found["right"], found["sure_wrong"], strict=True))
    assert len(at_rest) == 1
    misread = sum(index < digits for index in card.misclassified)
    assert digits - at_rest.pop() == pytest.approx(misread, abs=2), "what the card says of the same digits"
