"""What the numbers of a class capsule mean: the evidence, the names made of it, and the whole measurement in small."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import torch

from model.checkpoint import CheckpointError, LoadedModel, load_model
from model.datasets import Digits, to_unit
from model.dimensions import (
    class_poses,
    evidence_of,
    histogram,
    measure_dimensions,
    picture_change,
    pixels_moved,
    sample,
    sweep,
    sweep_offsets,
)
from model.measurements import measured_path, read_measured, write_measured
from model.morphometrics import MEASURES, NAMES, measure
from model.naming import EVERYWHERE, MIXED, NO_EFFECT, Evidence, Place, name_of, place_of
from model.network import CapsNet
from tests.model.test_morphometrics import bar, ring, sheared_box, sheared_frame

Array = npt.NDArray[np.float64]

EVEN = Place(14, 14, EVERYWHERE, 1.0)


def test_the_offsets_are_eleven_from_minus_two_to_two() -> None:
    np.testing.assert_allclose(sweep_offsets(), [-2, -1.6, -1.2, -0.8, -0.4, 0, 0.4, 0.8, 1.2, 1.6, 2], atol=1e-12)


def test_a_sample_follows_from_its_seed_and_holds_each_class_alone(test_digits: Digits) -> None:
    chosen = sample(test_digits, 20, seed=3)
    for label, indices in enumerate(chosen):
        assert test_digits.labels[indices].tolist() == [label] * 20
        assert len(set(indices.tolist())) == 20
        assert torch.equal(indices[:7], sample(test_digits, 7, seed=3)[label])
    assert not torch.equal(chosen[0], sample(test_digits, 20, seed=4)[0])


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


def slopes_of(*slopes: float, noise: float = 0.0) -> Array:
    """Measures (40, 11, 9): every digit starts elsewhere; the first measures follow the dial with these slopes."""
    random = np.random.default_rng(0)
    table = random.normal(0, 5, (40, 1, len(MEASURES))) + np.zeros((1, 11, 1))
    for place, slope in enumerate(slopes):
        table[:, :, place] += slope * sweep_offsets() + random.normal(0, noise, (40, 11))
    return table


def test_evidence_is_what_the_dial_does_within_digits() -> None:
    table = slopes_of(0.5, -3.0)
    thickness, slant, *others = evidence_of(table, np.full(9, 2.0), change=10)
    assert (thickness.r, slant.r) == pytest.approx((1, -1))
    assert (thickness.slope, slant.slope) == pytest.approx((0.5, -3))
    assert (thickness.share, slant.share) == pytest.approx((0.1, 0.6))
    np.testing.assert_allclose(slant.values, table[:, :, 1].mean(axis=0))
    assert all(entry.r == 0 and entry.slope == pytest.approx(0) for entry in others)


def test_the_correlation_is_the_ordinary_one_once_each_digits_mean_is_gone() -> None:
    table = slopes_of(0.5, noise=0.6)
    own = table[:, :, 0] - table[:, :, 0].mean(axis=1, keepdims=True)
    steps = np.broadcast_to(sweep_offsets(), own.shape)
    expected = np.corrcoef(steps.ravel(), own.ravel())[0, 1]
    found = evidence_of(table, np.full(9, 2.0), change=10)[0]
    assert 0.5 < expected < 0.95
    assert found.r == pytest.approx(expected)
    assert found.slope == pytest.approx(np.polyfit(steps.ravel(), own.ravel(), 1)[0])


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


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("thickness", bar(2.5, 20), bar(3.1, 20)),
        ("thickness", ring(8, 5), ring(8.25, 4.75)),
        ("length", bar(3, 20, 12), bar(3, 20, 16)),
        ("slant", bar(3, 4, 16), bar(3, 10, 16)),
        ("slant", sheared_frame(10, 16, 20), sheared_frame(10, 16, 25)),
        ("width", sheared_frame(10, 16, 15), sheared_frame(11, 16, 15)),
        ("height", sheared_frame(10, 16, 0), sheared_frame(10, 17, 0)),
        ("loop", sheared_frame(10, 16, 0), sheared_frame(10, 16, 0) - sheared_box(7, 12, 0) + sheared_box(6, 12, 0)),
        ("x", bar(3, 30, 16), bar(3, 30, 16, x=14.6)),
        ("x", bar(3, 0, 16), bar(3, 0, 16, x=14.6)),
        ("y", ring(8, 5), np.roll(ring(8, 5), 1, axis=0)),
        ("area", sheared_box(8, 16, 0), sheared_box(9, 16, 0)),
    ],
)
def test_the_pixels_that_a_measure_moves_are_those_that_change(name: str, before: Array, after: Array) -> None:
    table = measure(np.stack([before, after]))
    moved = dict(zip(NAMES, pixels_moved(before[None].astype(np.float32), table[:1]), strict=True))
    change = dict(zip(NAMES, table[1] - table[0], strict=True))[name]
    assert abs(change) * moved[name] == pytest.approx(np.abs(after - before).sum(), rel=0.25)


def evidence(**entries: tuple[float, float, float]) -> list[Evidence]:
    """Measures by name: r, slope and share; the others do nothing."""
    nothing = (0.0, 0.0, 0.0)
    return [
        Evidence(entry, r=r, slope=slope, values=np.zeros(11), share=share)
        for entry, (r, slope, share) in ((entry, entries.get(entry.name, nothing)) for entry in MEASURES)
    ]


LOWER = Place(14, 20, "lower loop", 0.7)


@pytest.mark.parametrize(
    ("found", "place", "name", "measure_name"),
    [
        (evidence(thickness=(0.93, 0.41, 0.8), width=(0.9, 1, 0.6)), EVEN, "stroke thickness", "thickness"),
        (evidence(thickness=(0.93, 0.41, 0.6), slant=(-0.85, -4, 0.9)), EVEN, "slant", "slant"),
        (evidence(thickness=(0.7, 0.41, 0.9), slant=(-0.85, -4, 0.6)), EVEN, "slant", "slant"),
        (evidence(thickness=(0.99, 0.1, 0.2)), EVEN, MIXED, None),
        (evidence(thickness=(0.7, 0.4, 0.9)), EVEN, MIXED, None),
        (evidence(x=(0.95, 0.5, 0.9)), EVEN, "shift to the side", "x"),
        (evidence(x=(0.95, 0.5, 0.9), thickness=(0.9, 0.3, 0.6)), EVEN, "stroke thickness", "thickness"),
        (evidence(x=(0.95, 0.5, 0.9)), LOWER, "lower loop", None),
        (evidence(slant=(0.95, 5, 0.9)), LOWER, "slant", "slant"),
        (evidence(area=(0.95, 5, 0.9)), EVEN, "amount of ink", "area"),
    ],
)
def test_the_name(found: list[Evidence], place: Place, name: str, measure_name: str | None) -> None:
    given = name_of(found, place, changed=0.2)
    assert (given.name, given.measure) == (name, measure_name)
    assert (given.strength is None) == (measure_name is None)


def test_a_name_says_which_way_and_by_how_much() -> None:
    thicker = name_of(evidence(thickness=(0.93, 0.41, 0.8)), EVEN, 0.2)
    left = name_of(evidence(slant=(-0.93, -4.13, 0.8)), EVEN, 0.2)
    assert (thicker.detail, thicker.strength) == ("thicker by 0.4 px per standard deviation", 0.93)
    assert left.detail == "leans further left by 4.1° per standard deviation"


def test_what_changes_next_to_nothing_is_called_so() -> None:
    assert name_of(evidence(thickness=(1, 1, 1)), EVEN, changed=0.01).name == NO_EFFECT


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


def test_the_measurement_is_the_same_again_and_with_more_processes(network: CapsNet, test_digits: Digits) -> None:
    few = Digits(test_digits.images[:200], test_digits.labels[:200])
    once = measure_dimensions(network, few, per_class=6, swept=1, seed=5, processes=1)
    again = measure_dimensions(network, few, per_class=6, swept=1, seed=5, processes=2)
    assert [entry["label"] for entry in once] == list(range(10))
    np.testing.assert_allclose(numbers(once), numbers(again), atol=1e-3)
    for entry in once:
        assert (entry["digits"], entry["swept"], len(entry["dimensions"])) == (6, 1, 16)
        poses = class_poses(network, to_unit(few.images[sample(few, 6, 5)[entry["label"]]]), entry["label"])
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
    path.write_text(path.read_text().replace(card.sha256, "0" * 64))
    assert read_measured(card, "gauge", tmp_path) is None
    path.write_text("{")
    with pytest.raises(CheckpointError, match="holds no measurements"):
        read_measured(card, "gauge", tmp_path)


@pytest.mark.parametrize("name", ["mnist", "mnist-drawn"])
def test_a_shipped_model_has_the_meaning_of_its_very_dimensions(name: str) -> None:
    found = read_measured(load_model(name).card, "dimensions")
    assert found is not None, f"the weights of {name} are newer: capsnet measure-dimensions --model {name}"
    plain = [any((entry["strength"] or 0) >= 0.8 for entry in each["dimensions"]) for each in found["classes"]]
    assert len(plain) == 10
    assert sum(plain) >= 6  # most classes have a dimension that one plain measure follows closely
