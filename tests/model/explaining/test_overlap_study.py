"""The study of overlap: its figures against the network asked for one pair at a time."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from model.data import datasets
from model.data.datasets import Digits, to_unit
from model.data.tasks import PAIR, Plan
from model.errors import UserError
from model.explaining.intervals import wilson
from model.explaining.measurements import SHIPPED_MEASURED, read_measured
from model.explaining.overlap import contributions, spread
from model.explaining.overlap_figures import OverlapBin, OverlapStudy, PairReading, binned
from model.explaining.overlap_study import centred_plan, study_overlap
from model.network.interventions import Interventions
from model.network.routing import route
from model.zoo.checkpoint import LoadedModel, load_model, model_names
from tests.model.test_cli import run
from tests.small_models import save_cnn

PAIRS = 12
SHIPPED = sorted(SHIPPED_MEASURED.glob("*.overlap.json"))


@pytest.fixture(scope="module")
def digits(test_digits: Digits) -> Digits:
    return Digits(test_digits.images[:60], test_digits.labels[:60])


@pytest.fixture(scope="module")
def pairs_model() -> LoadedModel:
    return load_model("multimnist")


@pytest.fixture(scope="module")
def plan(digits: Digits) -> Plan:
    return PAIR.test_plan(digits).at(torch.arange(PAIRS))


@pytest.fixture(scope="module")
def study(pairs_model: LoadedModel, digits: Digits) -> OverlapStudy:
    return study_overlap(pairs_model, digits, count=PAIRS, seed=4, batch_size=5)  # the last batch is short


def hits(model: LoadedModel, image: torch.Tensor, labels: list[int], r: int, edit: Interventions | None = None) -> int:
    """How many of the digits one image's two longest capsules are."""
    with torch.inference_mode():
        lengths = model.capsnet.trace(image.unsqueeze(0), r, edit).lengths[0, -1].tolist()
    return len(set(sorted(range(10), key=lambda label: -lengths[label])[:2]) & set(labels))


def test_the_readings_are_what_the_network_says_when_asked_for_each(
    study: OverlapStudy, pairs_model: LoadedModel, digits: Digits, plan: Plan
) -> None:
    batch = PAIR.batch(digits, plan)
    assert (study.pairs, study.trained_with, len(study.tested.readings)) == (PAIRS, 3, 5)
    for r in (1, 3, 5):
        seen = Counter(
            hits(pairs_model, image, labels, r)
            for image, labels in zip(batch.images, batch.labels.tolist(), strict=True)
        )
        assert study.tested.readings[r - 1] == PairReading(seen[2], seen[1], seen[0])
    assert study.tested.readings[2].one  # something is misread, or the rest says nothing


def test_uniform_couplings_read_what_one_iteration_reads(pairs_model: LoadedModel, digits: Digits, plan: Plan) -> None:
    images = PAIR.batch(digits, plan).images
    with torch.inference_mode():
        uniform = pairs_model.capsnet.trace(images, 3, Interventions(uniform=True)).class_capsules[:, -1]
        first = pairs_model.capsnet.trace(images, 1).class_capsules[:, -1]
    torch.testing.assert_close(uniform, first, rtol=0, atol=1e-6)


def test_centred_pairs_are_the_same_digits_around_the_middle(digits: Digits) -> None:
    plan = PAIR.test_plan(digits)
    centred = centred_plan(PAIR, plan, 4)
    assert torch.equal(centred.picked, plan.picked)
    assert int(centred.offsets.sum(dim=1).abs().max()) == 0
    assert int(centred.offsets.abs().max()) == 4
    assert torch.equal(centred.offsets, centred_plan(PAIR, plan, 4).offsets)
    assert not torch.equal(centred.offsets, centred_plan(PAIR, plan, 5).offsets)
    many = Plan(plan.picked.repeat(200, 1), plan.offsets.repeat(200, 1, 1))
    places = Counter(map(tuple, centred_plan(PAIR, many, 0).offsets[:, 0].tolist()))
    assert len(places) == 81  # all places of whole pixels, about 148 times each
    assert max(places.values()) < 148 + 5 * 148**0.5


def test_each_centred_pair_stands_in_its_bin(study: OverlapStudy, pairs_model: LoadedModel, digits: Digits) -> None:
    centred = centred_plan(PAIR, PAIR.test_plan(digits), 4).at(torch.arange(PAIRS))
    batch = PAIR.batch(digits, centred)
    expected: dict[str, dict[int, list[int]]] = {"box": {}, "ink": {}, "distance": {}}
    for n, (image, labels) in enumerate(zip(batch.images, batch.labels.tolist(), strict=True)):
        a, b = batch.layers[n].numpy()
        boxes = [np.argwhere(layer >= 0.1) for layer in (a, b)]
        masks = np.zeros((2, 36, 36), dtype=bool)
        for mask, found in zip(masks, boxes, strict=True):
            (top, left), (bottom, right) = found.min(axis=0), found.max(axis=0)
            mask[top : bottom + 1, left : right + 1] = True
        box = (masks[0] & masks[1]).sum() / (masks[0] | masks[1]).sum()
        ink = np.minimum(a, b).sum() / min(a.sum(), b.sum())
        down, right = centred.offsets[n, 0].tolist()
        for measure, place in (("box", box * 8), ("ink", ink * 8), ("distance", np.hypot(down, right))):
            expected[measure].setdefault(int(place), []).append(hits(pairs_model, image, labels, 3))
        if n < len(study.sample):
            sampled = study.sample[n]
            assert (sampled.labels, sampled.offset) == (tuple(labels), (down, right))
            assert (sampled.box, sampled.ink) == pytest.approx((box, ink), abs=2e-5)
            assert sampled.read_centred[2] == hits(pairs_model, image, labels, 3)
    for measure, found_bins in expected.items():
        bins: list[OverlapBin] = getattr(study.centred, measure)
        for place, each in enumerate(bins):
            counted = found_bins.get(place, [])
            counts = Counter(counted)
            assert each.pairs == len(counted)
            assert each.readings[2] == PairReading(counts[2], counts[1], counts[0])
            assert each.intervals[2] == pytest.approx(wilson(len(counted) - counts[2], len(counted)), abs=1e-5)
    assert [each.low for each in study.centred.box] == [step / 8 for step in range(8)]
    assert [each.high for each in study.centred.distance] == [2, 4, 6, 8, 10, 12]


def test_a_bin_holds_its_lower_edge_and_the_last_one_its_upper_too() -> None:
    values = torch.tensor([0.0, 0.5, 0.49, 1.0], dtype=torch.float64)
    read = torch.tensor([[True, True], [True, False], [False, False], [True, True]]).unsqueeze(1)
    low, high = binned(values, [0.0, 0.5, 1.0], read)
    assert (low.pairs, low.readings) == (2, [PairReading(1, 0, 1)])
    assert (high.pairs, high.readings) == (2, [PairReading(1, 1, 0)])


def test_exclusive_ink_is_given_as_maps_of_each_pair_say(
    study: OverlapStudy, pairs_model: LoadedModel, digits: Digits, plan: Plan
) -> None:
    network, batch = pairs_model.capsnet, PAIR.batch(digits, plan)
    assert study.ink is not None
    right, pixels = np.zeros((2, 2, 5)), np.zeros(2)  # all pairs and those that are read; by each way; iterations
    for n, labels in enumerate(batch.labels.tolist()):
        layers = batch.layers[n].numpy()
        with torch.inference_mode():
            routing = route(network.class_caps.votes(network.primary_capsules(batch.images[n : n + 1])), 5)
            spread_over = spread(contributions(routing, batch.labels[n : n + 1]), network.config)[0].numpy()
        own = [(layers[k] >= 0.5) & (layers[1 - k] < 0.1) for k in (0, 1)]
        counts = np.zeros((2, 5))
        for r in range(5):
            with torch.inference_mode():
                drawn = [network.reconstruct(routing.class_capsules[:, r, label], label)[0].numpy() for label in labels]
            for way, maps in enumerate((drawn, spread_over[r])):
                counts[way, r] = sum((own[k] & (maps[k] > maps[1 - k])).sum() for k in (0, 1))
        groups = (0, 1) if hits(pairs_model, batch.images[n], labels, 3) == 2 else (0,)
        for group in groups:
            right[group] += counts
            pixels[group] += own[0].sum() + own[1].sum()
        if n < len(study.sample):
            assert study.sample[n].exclusive == own[0].sum() + own[1].sum()
            assert study.sample[n].reconstructions == pytest.approx(counts[0], abs=1)
            assert study.sample[n].contributions == pytest.approx(counts[1], abs=1)
    for group, shares in enumerate((study.ink.all, study.ink.read)):
        assert shares.pixels == pixels[group] > 0
        assert shares.reconstructions == pytest.approx(right[group, 0] / pixels[group], abs=2e-3)
        assert shares.contributions == pytest.approx(right[group, 1] / pixels[group], abs=2e-3)
    assert study.ink.read.pairs == study.tested.readings[2].both < study.ink.all.pairs == PAIRS
    assert study.ink.all.fields > study.ink.all.contributions[2]


def test_what_is_lost_is_counted_for_each_two_classes(
    study: OverlapStudy, pairs_model: LoadedModel, digits: Digits, plan: Plan
) -> None:
    batch = PAIR.batch(digits, plan)
    with torch.inference_mode():
        predicted = pairs_model.network.scores(batch.images).topk(2).indices.tolist()
    pairs, errors, lost = Counter[Any](), Counter[Any](), Counter[Any]()
    for labels, found in zip(batch.labels.tolist(), predicted, strict=True):
        both = tuple(sorted(labels))
        pairs[both] += 1
        errors[both] += set(labels) != set(found)
        for label in set(labels) - set(found):
            lost[both, label] += 1
    assert len(study.classes) == 45
    assert sum(errors.values())
    for each in study.classes:
        a, b = each.labels
        assert (each.pairs, each.errors) == (pairs[a, b], errors[a, b])
        assert each.lost == (lost[(a, b), a], lost[(a, b), b])


def test_a_network_without_capsules_is_read_once_and_has_no_ink(tmp_path: Path, digits: Digits) -> None:
    save_cnn(tmp_path, task="pair", image_size=36)
    model = load_model("cnn", tmp_path)
    study = study_overlap(model, digits)
    assert (study.trained_with, study.ink, study.pairs) == (None, None, 60)
    tested = PAIR.test_set(digits)
    with torch.inference_mode():
        predicted = model.network.scores(to_unit(tested.images)).topk(2).indices.tolist()
    seen = Counter(len(set(a) & set(b)) for a, b in zip(predicted, tested.labels.tolist(), strict=True))
    assert study.tested.readings == [PairReading(seen[2], seen[1], seen[0])]
    assert sum(each.errors for each in study.classes) == 60 - seen[2]
    assert len(study.centred.readings) == len(study.centred.box[3].readings) == 1


def test_a_network_for_one_digit_is_refused(loaded_model: LoadedModel, digits: Digits) -> None:
    with pytest.raises(UserError, match="does not see two digits"):
        study_overlap(loaded_model, digits)


def test_the_command_writes_the_study(
    pairs_model: LoadedModel,
    digits: Digits,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(datasets, "shipped_test_digits", lambda: digits)
    options = ("--out-dir", str(tmp_path), "--device", "cpu")
    assert run("study-overlap", *options, "--model", "mnist") == 2
    assert "mnist sees one digit; this command is for models that see two" in capsys.readouterr().err
    assert run("study-overlap", *options, "--count", "11", "--seed", "4") == 0
    made = read_measured(pairs_model.card, "overlap", tmp_path)
    assert made is not None
    assert made["command"] == "capsnet study-overlap --model multimnist --count 11 --seed 4"
    assert (made["pairs"], made["seed"]) == (11, 4)
    again = asdict(study_overlap(pairs_model, digits, count=11, seed=4))
    assert made["centred"]["readings"] == again["centred"]["readings"]
    told = capsys.readouterr().out
    assert "(uniform: c = 1/C)" in told
    assert f"{100 * made['ink']['all']['contributions'][2]:.1f} (" in told
    assert sum(line.startswith(("boxes", "ink  ", "pixels")) for line in told.splitlines()) == 8 + 8 + 6


def test_the_command_tells_of_a_network_without_capsules(
    digits: Digits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(datasets, "shipped_test_digits", lambda: digits)
    save_cnn(tmp_path, task="pair", image_size=36)
    assert run("study-overlap", "--model", "cnn", "--weights-dir", str(tmp_path), "--out-dir", str(tmp_path)) == 0
    told = capsys.readouterr().out
    assert "test pairs   both" in told
    assert "uniform" not in told
    assert "exclusive ink" not in told


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_study_agrees_with_the_card_and_with_itself(path: Path, test_digits: Digits) -> None:
    """The card says which test pairs are misread; that was measured by other code."""
    name = path.name.removesuffix(".overlap.json")
    assert name in model_names()
    card = load_model(name).card
    measured = read_measured(card, "overlap")
    assert measured is not None, f"the weights of {name} are newer: capsnet study-overlap --model {name}"
    assert measured["pairs"] == len(test_digits)
    trained = measured["trained_with"] - 1
    for placement in (measured["tested"], measured["centred"]):
        for reading in placement["readings"]:
            assert sum(reading.values()) == len(test_digits)
        for measure in ("box", "ink", "distance"):
            for r, reading in enumerate(placement["readings"]):
                for count, of_all in reading.items():
                    assert sum(each["readings"][r][count] for each in placement[measure]) == of_all
    reading = measured["tested"]["readings"][trained]
    assert reading["one"] + reading["none"] == pytest.approx(len(card.misclassified), abs=2)
    labels = PAIR.test_set(test_digits).labels.tolist()
    of_card = Counter(tuple(sorted(labels[index])) for index in card.misclassified)
    for each in measured["classes"]:
        assert each["errors"] == pytest.approx(of_card[tuple(each["labels"])], abs=2)
        assert max(each["lost"]) <= each["errors"] <= sum(each["lost"])
    assert sum(each["pairs"] for each in measured["classes"]) == len(test_digits)
    assert sum(sum(each["lost"]) for each in measured["classes"]) == reading["one"] + 2 * reading["none"]
    assert measured["ink"]["read"]["pairs"] == reading["both"]
    assert measured["ink"]["read"]["reconstructions"][trained] > 0.9  # what the page and RESULTS.md conclude
    assert measured["ink"]["read"]["contributions"][trained] < measured["ink"]["read"]["contributions"][0] < 0.8
    assert measured["ink"]["read"]["contributions"][0] < measured["ink"]["read"]["fields"] < 0.9


@pytest.mark.slow
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_few_pairs_of_a_shipped_study_are_found_again(path: Path, test_digits: Digits) -> None:
    model = load_model(path.name.removesuffix(".overlap.json"))
    measured = read_measured(model.card, "overlap")
    assert measured is not None
    again = study_overlap(model, test_digits, count=len(measured["sample"]), seed=measured["seed"])
    for pair, told in zip(again.sample, measured["sample"], strict=True):
        found = asdict(pair)
        for key in ("labels", "offset"):
            assert list(found[key]) == told[key]
        assert (found["exclusive"], found["read"], found["read_centred"]) == (
            told["exclusive"],
            told["read"],
            told["read_centred"],
        )
        assert (found["box"], found["ink"]) == pytest.approx((told["box"], told["ink"]), abs=2e-5)
        for way in ("reconstructions", "contributions"):  # a pixel on the border may fall to either side
            assert found[way] == pytest.approx(told[way], abs=1)
