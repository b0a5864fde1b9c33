"""What the numbers of a class capsule mean: the evidence, the names made of it, and the whole measurement in small."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import torch

from model.data.datasets import Digits, to_unit
from model.explaining.dimensions import (
    class_poses,
    evidence_of,
    histogram,
    measure_dimensions,
    picture_change,
    spreads_of,
    sweep,
    sweep_offsets,
)
from model.explaining.measurements import measured_path, read_measured, write_measured
from model.explaining.naming import AGREE, EVERYWHERE, JUST_VISIBLE, NO_EFFECT, TELLS_APART, place_of
from model.explaining.sampling import sample
from model.explaining.sights import MEASURES, NAMES
from model.network.capsnet import CapsNet
from model.zoo.checkpoint import CheckpointError, LoadedModel, load_model

Array = npt.NDArray[np.float64]


def test_the_offsets_are_eleven_from_minus_two_to_two() -> None:
    np.testing.assert_allclose(sweep_offsets(), [-2, -1.6, -1.2, -0.8, -0.4, 0, 0.4, 0.8, 1.2, 1.6, 2], atol=1e-12)


def test_a_sample_follows_from_its_seed_and_holds_each_class_alone(test_digits: Digits) -> None:
    chosen = sample(test_digits, 20, seed=3, classes=10)
    for label, indices in enumerate(chosen):
        assert test_digits.labels[indices].tolist() == [label] * 20
        assert len(set(indices.tolist())) == 20
        assert torch.equal(indices[:7], sample(test_digits, 7, seed=3, classes=10)[label])
    assert not torch.equal(chosen[0], sample(test_digits, 20, seed=4, classes=10)[0])


def test_a_sweep_moves_one_number_and_no_other(network: CapsNet, test_digits: Digits) -> None:
    images = to_unit(test_digits.images[test_digits.labels == 4][:3])
    poses = class_poses(network, images, 4)
    with torch.inference_mode():
        torch.testing.assert_close(poses, network(images)[:, 4])
        pictures = sweep(network, poses, 4, dimension=5, deviation=0.1)
        moved = poses[2].clone()
        moved[5] += 1.2 * 0.1
        expected = network.reconstruct(moved[None], 4)[0].numpy()
    assert pictures.shape == (3, 11, 28, 28)
    np.testing.assert_allclose(pictures[2, 8], expected, atol=1e-5)


def slopes_of(*slopes: float) -> Array:
    """Measures (40, 11, M): every digit starts elsewhere; the first measures follow the dial with these slopes."""
    table = np.random.default_rng(0).normal(0, 5, (40, 1, len(MEASURES))) + np.zeros((1, 11, 1))
    for place, slope in enumerate(slopes):
        table[:, :, place] += slope * sweep_offsets()
    return table


def test_evidence_is_what_the_dial_does_in_spreads_of_real_digits() -> None:
    table = slopes_of(0.5, -3.0)
    table[:10, :, 0] -= 2 * 0.5 * sweep_offsets()  # a quarter of the digits go the other way
    table[:, -1, 0] += 0.01  # and the end alone does not decide
    thickness, darkness, *others = evidence_of(table, np.full(len(MEASURES), 2.0))
    assert (thickness.change, darkness.change) == pytest.approx((2, -12), rel=0.01)
    assert (thickness.effect, darkness.effect) == pytest.approx((1, -6), rel=0.01)
    assert (thickness.agree, darkness.agree) == (0.75, 1)
    np.testing.assert_allclose(darkness.values, table[:, :, 1].mean(axis=0))
    assert all(entry.effect == pytest.approx(0) for entry in others)


def test_a_spread_is_that_of_real_digits_and_no_less_than_what_is_just_visible() -> None:
    table = np.random.default_rng(1).normal(0, 1, (500, len(MEASURES)))
    table[:, NAMES.index("slant")] *= 12
    spreads = dict(zip(NAMES, spreads_of(table), strict=True))
    assert spreads["slant"] == pytest.approx(table[:, NAMES.index("slant")].std())
    assert spreads["x"] == 2.5  # what is just visible
    assert spreads["thickness"] == pytest.approx(1, abs=0.1)


def test_a_histogram_counts_every_value_once() -> None:
    values = np.random.default_rng(0).normal(3, 2, 1000)
    values[0] = 100
    found = histogram(values)
    assert (sum(found["counts"]), len(found["counts"])) == (1000, 32)
    assert found["counts"][-1] >= 1
    assert found["low"] == pytest.approx(values.mean() - 4 * values.std(), rel=5e-4)
    assert found["high"] == pytest.approx(values.mean() + 4 * values.std(), rel=5e-4)


def test_the_change_of_a_picture_is_for_one_standard_deviation() -> None:
    pictures = np.zeros((2, 11, 28, 28), dtype=np.float32)
    pictures[:, :, 5, 6] = np.linspace(0, 1, 11)
    changes = picture_change(pictures)
    assert changes[5, 6] == pytest.approx(0.25)  # the whole way over four standard deviations
    assert changes.sum() == pytest.approx(0.25)


def test_the_place_is_where_the_change_is_more_than_the_ink() -> None:
    ink = np.zeros((28, 28))
    ink[4:24, 8:20] = 1
    low, even = np.zeros((28, 28)), ink.copy()
    low[19:23, 10:12] = 1
    found = place_of(low, ink, 8)
    assert (found.name, found.share) == ("lower loop", 1)
    assert (found.x, found.y) == pytest.approx((10.5, 20.5))
    assert place_of(low, ink, 0).name == "lower part"
    assert place_of(even, ink, 8).name == EVERYWHERE
    assert place_of(np.zeros((28, 28)), np.zeros((28, 28)), 8).name == EVERYWHERE


def numbers(value: Any) -> list[float]:
    """All numbers of a measurement, in order."""
    if isinstance(value, dict | list):
        return [number for entry in (value.values() if isinstance(value, dict) else value) for number in numbers(entry)]
    return [float(value)] if isinstance(value, int | float) else []


@pytest.mark.slow
def test_the_measurement_is_the_same_again_and_with_more_processes(network: CapsNet, test_digits: Digits) -> None:
    few = Digits(test_digits.images[:200], test_digits.labels[:200])
    once = measure_dimensions(network, few, per_class=6, swept=1, seed=5, processes=1)
    again = measure_dimensions(network, few, per_class=6, swept=1, seed=5, processes=2)
    assert [entry["label"] for entry in once] == list(range(10))
    np.testing.assert_allclose(numbers(once), numbers(again), atol=1e-3)
    for entry in once:
        assert (entry["digits"], entry["swept"], len(entry["dimensions"])) == (6, 1, 16)
        poses = class_poses(network, to_unit(few.images[sample(few, 6, 5, 10)[entry["label"]]]), entry["label"])
        means = [dimension["mean"] for dimension in entry["dimensions"]]
        np.testing.assert_allclose(means, poses.mean(dim=0).numpy(), atol=1e-4)


def test_what_was_measured_counts_for_its_own_weights_only(loaded_model: LoadedModel, tmp_path: Path) -> None:
    card = loaded_model.card
    assert read_measured(card, "gauge", tmp_path) is None
    path = write_measured(card, "gauge", {"classes": [{"label": 0, "numbers": [1, 2.5]}]}, tmp_path)
    assert path == measured_path(card.name, "gauge", tmp_path)
    assert read_measured(card, "dimensions", tmp_path) is None
    assert read_measured(card, "gauge", tmp_path) == {
        "model": card.name,
        "sha256": card.sha256,
        "classes": [{"label": 0, "numbers": [1, 2.5]}],
    }
    path.write_text(path.read_text(encoding="utf-8").replace(card.sha256, "0" * 64), encoding="utf-8")
    assert read_measured(card, "gauge", tmp_path) is None
    path.write_text("{", encoding="utf-8")
    with pytest.raises(CheckpointError, match="holds no measurements"):
        read_measured(card, "gauge", tmp_path)


@pytest.mark.parametrize("name", ["mnist", "mnist-drawn"])
def test_a_shipped_model_has_the_meaning_of_its_very_dimensions(name: str) -> None:
    found = read_measured(load_model(name).card, "dimensions")
    assert found is not None, f"the weights of {name} are newer: capsnet measure-dimensions --model {name}"
    for each in found["classes"]:
        assert each["reach"] == 2
        names = [entry["name"] for entry in each["dimensions"] if entry["name"] != NO_EFFECT]
        assert len(names) == len(set(names)), f"two dimensions of {each['label']} bear one name"
        for entry in each["dimensions"]:
            effects = {one["measure"]: one for one in entry["evidence"]}
            assert (entry["visibility"] == "none") == (entry["name"] == NO_EFFECT) == (not entry["measures"])
            for rank, measure in enumerate(entry["measures"]):
                assert abs(effects[measure]["effect"]) >= (TELLS_APART if rank else JUST_VISIBLE)
                assert effects[measure]["agree"] >= AGREE
            if abs(effects["thickness"]["effect"]) >= 1.5:  # it is seen, so it is named, or larger changes are
                larger = [one for one in effects.values() if abs(one["effect"]) > abs(effects["thickness"]["effect"])]
                assert "thickness" in entry["measures"] or larger
