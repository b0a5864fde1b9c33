"""The study of the votes: its figures against numpy, one digit at a time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from model.data import datasets
from model.data.datasets import Digits, to_unit
from model.explaining.agreement import AgreementStudy, study_agreement
from model.explaining.measurements import SHIPPED_MEASURED, read_measured
from model.zoo.checkpoint import LoadedModel, load_model, model_names
from tests.model.test_cli import run


@pytest.fixture(scope="module")
def digits(test_digits: Digits) -> Digits:
    return Digits(test_digits.images[:14], test_digits.labels[:14])


@pytest.fixture(scope="module")
def study(loaded_model: LoadedModel, digits: Digits) -> AgreementStudy:
    return study_agreement(loaded_model, digits, count=12, batch_size=5)  # the last batch is short


def test_the_means_are_those_of_each_digit_alone(
    study: AgreementStudy, loaded_model: LoadedModel, digits: Digits
) -> None:
    rows = []
    for index in range(12):
        with torch.inference_mode():
            trace = loaded_model.capsnet.trace(to_unit(digits.images[index : index + 1]))
        v, lengths = trace.class_capsules[0, -1].double().numpy(), trace.lengths[0, -1].tolist()
        row = []
        for label in range(10):
            votes = trace.votes[0, :, label].double().numpy()
            sizes = np.linalg.norm(votes, axis=1)
            strengths = trace.coupling_coefficients[0, -1, :, label].double().numpy() * sizes
            best = np.argsort(-strengths, kind="stable")[:10]
            directions = votes[best] / sizes[best, None]
            pairs = np.mean([directions[a] @ directions[b] for a in range(10) for b in range(a)])
            with_v = np.mean(directions @ v[label]) / np.linalg.norm(v[label])
            row.append((with_v, pairs, strengths[best].sum(), lengths[label]))
        winner = int(np.argmax(lengths))
        rows.append([row[winner], *(row[label] for label in range(10) if label != winner)])
    table = np.array(rows)  # (digits, the winner and the others, 4)
    assert (study.digits, study.iterations, study.strongest) == (12, 3, 10)
    for k, name in enumerate(("with_v", "among", "strength")):
        assert getattr(study, f"{name}_winner") == pytest.approx(table[:, 0, k].mean(), abs=1e-4)
        assert getattr(study, f"{name}_others") == pytest.approx(table[:, 1:, k].mean(), abs=1e-4)
    rivals = 1 + table[:, 1:, 1].argmax(axis=1)
    outdone = np.flatnonzero(table[np.arange(12), rivals, 1] > table[:, 0, 1])
    assert len(outdone)  # or the rest says nothing
    assert study.outdone == pytest.approx(len(outdone) / 12, abs=1e-6)
    for k, name in ((2, "outdone_strength"), (3, "outdone_length")):
        assert getattr(study, f"{name}_winner") == pytest.approx(table[outdone, 0, k].mean(), abs=1e-4)
        assert getattr(study, f"{name}_other") == pytest.approx(table[outdone, rivals[outdone], k].mean(), abs=1e-4)


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
    assert run("study-votes", *options) == 0
    made = read_measured(loaded_model.card, "agreement", tmp_path)
    assert made is not None
    assert made["digits"] == len(digits)
    assert made["command"] == f"capsnet study-votes --model {name}"
    assert f"{made['with_v_winner']:6.3f}" in capsys.readouterr().out


@pytest.mark.parametrize("path", sorted(SHIPPED_MEASURED.glob("*.agreement.json")), ids=lambda path: path.name)
def test_a_shipped_study_is_of_the_shipped_weights_and_bears_out_what_the_page_says(path: Path) -> None:
    name = path.name.removesuffix(".agreement.json")
    assert name in model_names()
    card = load_model(name).card
    measured = read_measured(card, "agreement")
    assert measured is not None, f"the weights of {name} are newer: capsnet study-votes --model {name}"
    assert (measured.pop("model"), measured.pop("sha256")) == (name, card.sha256)
    assert measured.pop("command") == f"capsnet study-votes --model {name}"
    assert measured.pop("made_with")
    study = AgreementStudy(**measured)
    assert (study.digits, study.iterations) == (1000, card.capsules.routing_iterations)
    assert study.with_v_winner > 0.8 > 0.1 > study.with_v_others
    assert study.among_winner > study.among_others
    assert 0 < study.outdone < 0.5
    assert study.outdone_strength_other < study.outdone_strength_winner / 3
