"""The study of the couplings: its figures against the network asked for one routing at a time."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest
import torch

from model.data import datasets
from model.data.datasets import Digits, to_unit
from model.explaining.measurements import SHIPPED_MEASURED, read_measured
from model.explaining.routings import RoutingStudy, study_routing
from model.network.interventions import Interventions, RandomCouplings
from model.zoo.checkpoint import LoadedModel, load_model, model_names
from tests.model.test_cli import run

RANDOM = [RandomCouplings(1, 0.3), RandomCouplings(2, 1.0)]


@pytest.fixture(scope="module")
def digits(test_digits: Digits) -> Digits:
    """Those that the shipped networks often misread stand among them."""
    return Digits(test_digits.images[230:265], test_digits.labels[230:265])


@pytest.fixture(scope="module")
def study(loaded_model: LoadedModel, digits: Digits) -> RoutingStudy:
    return study_routing(loaded_model, digits, RANDOM, batch_size=15)  # the last batch and chunk are short


@pytest.mark.slow
def test_each_reading_is_what_the_network_says_when_asked_for_it(
    study: RoutingStudy, loaded_model: LoadedModel, digits: Digits
) -> None:
    images = to_unit(digits.images)
    edits = [None] * 3 + [Interventions(random=each) for each in RANDOM]
    with torch.inference_mode():
        first = loaded_model.capsnet.trace(images, 1).lengths[:, -1].argmax(-1)
        for k, edit in enumerate(edits):
            trace = loaded_model.capsnet.trace(images, k + 1 if edit is None else 3, edit)
            found, couplings = trace.lengths[:, -1], trace.coupling_coefficients[:, -1].double()
            reading = study.iterations[k] if edit is None else study.random[k - 3].reading
            assert reading.errors == int((found.argmax(-1) != digits.labels).sum())
            assert reading.changed == int((found.argmax(-1) != first).sum())
            assert reading.winning_length == pytest.approx(float(found.amax(-1).mean()), abs=2e-5)
            bits = -(couplings * couplings.log2()).sum(-1).mean()
            assert reading.entropy == pytest.approx(float(bits), abs=2e-5)
        last = loaded_model.capsnet.trace(images, 3).lengths[:, -1].argmax(-1)
    assert study.turned.to_right == int(((first != digits.labels) & (last == digits.labels)).sum())
    assert study.turned.to_wrong == int(((first == digits.labels) & (last != digits.labels)).sum())
    assert any(row.reading.errors for row in study.random)  # the numbers that were compared are not all 0


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
    assert run("study-routing", *options, "--seeds", "2") == 0
    made = read_measured(loaded_model.card, "routings", tmp_path)
    assert made is not None
    assert made["digits"] == len(digits)
    assert made["command"] == f"capsnet study-routing --model {name} --seeds 2"
    assert [(row["spread"], row["seed"]) for row in made["random"]] == [
        (spread, seed) for spread in (0.1, 0.3, 1.0) for seed in (1, 2)
    ]
    again = study_routing(loaded_model, digits, [RandomCouplings(2, 1.0)])
    assert made["random"][-1] == asdict(again.random[0])
    told = capsys.readouterr().out
    assert f"{made['iterations'][2]['winning_length']:.4f}" in told
    assert "uniform: c = 1/C" in told


@pytest.mark.parametrize("path", sorted(SHIPPED_MEASURED.glob("*.routings.json")), ids=lambda path: path.name)
def test_a_shipped_study_agrees_with_the_study_of_the_iterations_and_with_itself(path: Path) -> None:
    name = path.name.removesuffix(".routings.json")
    assert name in model_names()
    card = load_model(name).card
    measured, iterations = read_measured(card, "routings"), read_measured(card, "iterations")
    assert measured is not None, f"the weights of {name} are newer: capsnet study-routing --model {name}"
    assert iterations is not None
    assert measured["digits"] == 10_000
    assert measured["trained_with"] == card.capsules.routing_iterations
    for r, reading in enumerate(measured["iterations"]):
        assert reading["errors"] / 100 == pytest.approx(iterations["errors"][r], abs=0.011)
        assert reading["winning_length"] == pytest.approx(iterations["winning_lengths"][r], abs=1e-4)
        assert reading["entropy"] == pytest.approx(iterations["entropies"][r], abs=1e-4)
    first, last, turned = measured["iterations"][0], measured["iterations"][2], measured["turned"]
    assert first["changed"] == 0
    assert last["changed"] == sum(turned.values())
    assert first["errors"] - last["errors"] == turned["to_right"] - turned["to_wrong"]
    assert {row["spread"] for row in measured["random"]} == {0.1, 0.3, 1.0}
    assert len({(row["spread"], row["seed"]) for row in measured["random"]}) == 30
    for row in measured["random"]:
        assert row["reading"]["entropy"] < first["entropy"]
