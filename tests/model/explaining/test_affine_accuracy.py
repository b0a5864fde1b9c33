"""Accuracy on digits made as affNIST is: what is counted, written down and read again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from model.data.affine import made_as_affnist_is
from model.data.datasets import Digits, to_unit
from model.errors import UserError
from model.explaining.affine_accuracy import frame_of, read_all_affine, study_affine, write_affine
from model.network.average import AverageConfig
from model.network.base import Network
from model.zoo.checkpoint import CheckpointError, LoadedModel, load_model
from tests.small_models import save_average, save_cnn


class Knows(Network):
    """A network that knows some pictures by heart, and says 0 to all others."""

    def __init__(self, known: Digits) -> None:
        super().__init__()
        self.config = AverageConfig(image_size=40)
        self.unused = nn.Parameter(torch.zeros(1))
        self.known, self.labels = to_unit(known.images).flatten(1), known.labels

    def scores(self, images: Tensor) -> Tensor:
        same = (images.flatten(1)[:, None] == self.known).all(dim=-1)
        answers = torch.where(same.any(dim=1), self.labels[same.int().argmax(dim=1)], 0)
        return torch.nn.functional.one_hot(answers, 10).float()


@pytest.fixture
def digits(test_digits: Digits) -> Digits:
    return Digits(test_digits.images[:150], test_digits.labels[:150])


def test_it_counts_digits_as_they_are_and_as_the_seed_makes_them(tmp_path: Path, digits: Digits) -> None:
    card = save_average(tmp_path, "average", image_size=40)
    noughts = int((digits.labels == 0).sum())
    told: list[int] = []
    for seed, right in ((3, 150), (4, noughts)):
        model = LoadedModel(card, Knows(made_as_affnist_is(digits, seed=3)))
        study = study_affine(model, digits, seed=seed, tell=told.append)
        assert (study.digits, study.unturned, study.affine) == (150, noughts, right)
    assert sum(told) == 2 * 2 * 150
    centred = Digits(torch.nn.functional.pad(digits.images, (6,) * 4), digits.labels)
    assert study_affine(LoadedModel(card, Knows(centred)), digits).unturned == 150


def test_only_networks_for_one_digit_in_a_frame_are_measured(tmp_path: Path) -> None:
    assert frame_of(save_average(tmp_path, "average", image_size=40)) == 6
    for card in (
        save_average(tmp_path, "small", image_size=28),
        save_average(tmp_path, "odd", image_size=41),
        replace(save_cnn(tmp_path, "pair", image_size=36), task="pair"),
    ):
        with pytest.raises(UserError, match="capsnet train --frame 6"):
            frame_of(card)


def test_what_is_written_is_read_with_what_the_card_says(tmp_path: Path, digits: Digits) -> None:
    card = save_average(tmp_path, "average", image_size=40)
    study = study_affine(load_model("average", tmp_path), digits, seed=2)
    measured = tmp_path / "measured"
    path = write_affine(card, study, {"command": "a command", "seed": 2}, measured)
    (measured / "other.viewpoints.json").write_text("{}", encoding="utf-8")
    (measured / "._average.affine.json").write_bytes(b"\x00\x05")
    assert read_all_affine(measured) == {path: json.loads(path.read_text(encoding="utf-8"))}
    written = read_all_affine(measured)[path]
    assert (written["model"], written["sha256"], written["frame"], written["seed"]) == ("average", card.sha256, 6, 2)
    assert (written["digits"], written["unturned"], written["affine"]) == (150, study.unturned, study.affine)
    assert read_all_affine(tmp_path / "none") == {}
    path.write_text("[", encoding="utf-8")
    with pytest.raises(CheckpointError, match="holds no measurements"):
        read_all_affine(measured)
