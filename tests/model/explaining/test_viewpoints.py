"""What capsules and features do from other viewpoints: small networks against a slow reference, and the command."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from model.data import datasets
from model.data.datasets import Digits, to_unit
from model.data.viewpoints import TRANSFORMATIONS, Viewpoint, see
from model.errors import UserError
from model.explaining.measurements import SHIPPED_MEASURED, read_measured
from model.explaining.paths import r_squared
from model.explaining.sampling import sample
from model.explaining.viewpoints import (
    FITTED,
    RANGES,
    REST,
    TRIED,
    ViewpointPaths,
    amounts_of,
    features_of,
    measure_viewpoints,
    viewpoint_at,
)
from model.network.base import Network
from model.network.capsnet import CapsNet
from model.network.cnn import Baseline, BaselineConfig
from model.network.config import CapsNetConfig
from model.network.pooling import PoolingCnn, PoolingConfig
from model.zoo.checkpoint import load_model, model_names
from tests.model.test_cli import run
from tests.small_models import save_capsnet, save_cnn

SMALL_CNN = PoolingConfig(channels=(3, 4), hidden=6)


def some_of_each(digits: Digits, first: int, count: int) -> Digits:
    """So many digits of each class, mixed, from the digit `first` on."""
    later = torch.arange(first, len(digits))
    places = torch.cat([later[digits.labels[first:] == label][:count] for label in range(10)]).sort().values
    return Digits(digits.images[places], digits.labels[places])


@pytest.fixture
def training(test_digits: Digits) -> Digits:
    """Others than those that are tried stand in for the training digits."""
    return some_of_each(test_digits, 1000, 4)


@pytest.fixture
def few_digits(test_digits: Digits) -> Digits:
    return some_of_each(test_digits, 0, 3)


@pytest.fixture
def capsnet(tiny: CapsNetConfig) -> CapsNet:
    network = CapsNet(tiny)
    torch.nn.init.normal_(network.class_caps.weight)  # for poses that differ
    return network.eval()


def measured(network: Network, training: Digits, test: Digits) -> list[ViewpointPaths]:
    return list(measure_viewpoints(network, training, test, seed=3))


def alone(network: Network, image: Tensor, name: str, amount: float, label: int) -> np.ndarray:
    """The features of one digit from one viewpoint, by themselves."""
    with torch.inference_mode():
        return features_of(network, see(image, [viewpoint_at(name, amount)]), label)[0].double().numpy()


def test_each_range_lies_within_what_a_viewpoint_can_be_with_rest_in_its_middle() -> None:
    assert list(RANGES) == list(TRANSFORMATIONS)
    for name, each in TRANSFORMATIONS.items():
        amounts = amounts_of(name)
        assert amounts == sorted(set(amounts))
        assert amounts[REST] == each.rest
        assert len(amounts) == 2 * REST + 1
        assert each.low <= amounts[0] < amounts[-1] <= each.high
    assert amounts_of("rotation") == [-30, -22.5, -15, -7.5, 0, 7.5, 15, 22.5, 30]


@pytest.mark.parametrize("kind", ["capsnet", "cnn"])
def test_the_figures_are_those_of_each_digit_and_viewpoint_alone(
    kind: str, capsnet: CapsNet, training: Digits, few_digits: Digits
) -> None:
    network: Network = capsnet if kind == "capsnet" else PoolingCnn(SMALL_CNN).eval()
    found = measured(network, training, few_digits)
    assert Counter(each.label for each in found) == dict.fromkeys(range(10), 7)
    (shear,) = (each for each in found if (each.label, each.transformation) == (7, "shear"))
    fit, tried = (sample(digits, count, 3, 10)[7] for digits, count in ((training, 100), (few_digits, 30)))
    assert shear.digits == tried.tolist()
    known, held_out = (
        np.array([[alone(network, image, "shear", a, 7) for a in shear.amounts] for image in to_unit(images)])
        for images in (training.images[fit], few_digits.images[tried])
    )
    moved, tried_moved = known - known[:, REST : REST + 1], held_out - held_out[:, REST : REST + 1]
    amounts = np.array(shear.amounts)
    slopes = [amounts @ path / (amounts @ amounts) for path in moved]
    scale = np.abs(moved).max()
    np.testing.assert_allclose(shear.direction, np.mean(slopes, axis=0), atol=1e-3 * scale)
    _, _, main = np.linalg.svd(moved.reshape(-1, moved.shape[-1]))
    np.testing.assert_allclose(np.abs(np.sum(np.array(shear.plane) * main[:2], axis=1)), 1, atol=1e-3)
    np.testing.assert_allclose(shear.paths, tried_moved @ np.array(shear.plane).T, atol=2e-3 * scale)
    for r2, of, tried_of in ((shear.r2, moved, tried_moved), (shear.r2_features, known, held_out)):
        fitted, judged, others, told = map(torch.from_numpy, (of[:-1], of[-1:], tried_of, amounts))  # of so few, one
        assert r2 == pytest.approx(r_squared(fitted, judged, others, told), abs=2e-3)
    if kind == "cnn":
        assert (shear.pushed, shear.unpushed, shear.pushed_error, shear.unpushed_error) == (None,) * 4


def test_pushing_is_compared_with_the_reconstruction_really_moved(
    capsnet: CapsNet, training: Digits, few_digits: Digits
) -> None:
    (right,) = (e for e in measured(capsnet, training, few_digits) if (e.label, e.transformation) == (2, "right"))
    pushed, unpushed = np.zeros(9), np.zeros(9)
    for index in right.digits:
        with torch.inference_mode():
            pose = capsnet(to_unit(few_digits.images[index : index + 1]))[:, 2]
            still = capsnet.reconstruct(pose, 2)[0]
            for k, amount in enumerate(right.amounts):
                there = np.zeros((28, 28))
                pixels, by = still.numpy(), int(amount)  # whole pixels in this range
                there[:, max(by, 0) : 28 + min(by, 0)] = pixels[:, max(-by, 0) : 28 - max(by, 0)]
                along = capsnet.reconstruct(pose + amount * torch.tensor(right.direction), 2)[0].numpy()
                pushed[k] += np.sum((along - there) ** 2) / len(right.digits)
                unpushed[k] += np.sum((pixels - there) ** 2) / len(right.digits)
    np.testing.assert_allclose(right.pushed or [], pushed, rtol=2e-3, atol=1e-3)
    np.testing.assert_allclose(right.unpushed or [], unpushed, rtol=2e-3, atol=1e-3)
    assert [pushed[REST], unpushed[REST]] == pytest.approx([0, 0], abs=1e-9)
    others = [k for k in range(9) if k != REST]
    assert right.pushed_error == pytest.approx(pushed[others].mean(), rel=2e-3)
    assert right.unpushed_error == pytest.approx(unpushed[others].mean(), rel=2e-3)


def test_the_seed_chooses_the_digits(capsnet: CapsNet, training: Digits, few_digits: Digits) -> None:
    chosen = [
        next(measure_viewpoints(capsnet, training, few_digits, seed=seed, fitted=2, tried=2)).digits
        for seed in (1, 1, 2)
    ]
    assert chosen[0] == chosen[1] != chosen[2]


def test_what_cannot_be_measured_is_said(capsnet: CapsNet, training: Digits, few_digits: Digits) -> None:
    baseline = Baseline(BaselineConfig(channels=(2, 2, 2), hidden=(3, 3))).eval()
    with pytest.raises(UserError, match="capsules, or features behind pooling"):
        next(measure_viewpoints(baseline, training, few_digits))
    ones = Digits(training.images[training.labels == 1], training.labels[training.labels == 1])
    with pytest.raises(UserError, match="fewer than two digits of class 0"):
        next(measure_viewpoints(capsnet, ones, few_digits))


def test_the_command_writes_what_it_measured(
    tiny: CapsNetConfig,
    training: Digits,
    few_digits: Digits,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    card = save_capsnet(tmp_path, "small", tiny)
    monkeypatch.setattr(datasets, "training_digits", lambda _: training)
    monkeypatch.setattr(datasets, "shipped_test_digits", lambda: few_digits)
    place = ("--weights-dir", str(tmp_path), "--out-dir", str(tmp_path), "--device", "cpu")
    assert run("measure-viewpoints", "--model", "small", *place) == 0
    made = read_measured(card, "viewpoints", tmp_path)
    assert made is not None
    assert (made["command"], made["seed"]) == ("capsnet measure-viewpoints --model small --seed 0", 0)
    assert len(made["paths"]) == 70
    out = capsys.readouterr().out
    mean = np.mean([each["r2"] for each in made["paths"] if each["transformation"] == "scale"])
    assert f"scale      0.7 to 1.3  {mean:5.2f}" in out
    assert "pushed v unpushed: -0.8 " in out
    save_cnn(tmp_path)
    assert run("measure-viewpoints", "--model", "cnn", *place) == 2
    assert "capsules, or features behind pooling" in capsys.readouterr().err


@pytest.mark.parametrize("path", sorted(SHIPPED_MEASURED.glob("*.viewpoints.json")), ids=lambda path: path.name)
def test_what_ships_is_of_the_shipped_weights_and_agrees_with_itself(path: Path) -> None:
    name = path.name.removesuffix(".viewpoints.json")
    assert name in model_names()
    model = load_model(name)
    made = read_measured(model.card, "viewpoints")
    assert made is not None, f"the weights of {name} are newer: capsnet measure-viewpoints --model {name}"
    assert made["command"] == f"capsnet measure-viewpoints --model {name} --seed 0"
    assert (made["fitted"], made["tried"]) == (FITTED, TRIED)
    paths = [ViewpointPaths(**each) for each in made["paths"]]
    assert [(p.label, p.transformation) for p in paths] == [(label, each) for label in range(10) for each in RANGES]
    labels = datasets.shipped_test_digits().labels
    for each in paths:
        assert each.amounts == amounts_of(each.transformation)
        assert set(labels[each.digits].tolist()) == {each.label}
        np.testing.assert_allclose(np.array(each.plane) @ np.array(each.plane).T, np.eye(2), atol=2e-3)
        if model.card.has_capsules:
            assert each.pushed is not None
            assert each.pushed_error == pytest.approx(sum(each.pushed) / 8, rel=2e-3)


@pytest.mark.parametrize("path", sorted(SHIPPED_MEASURED.glob("*.viewpoints.json")), ids=lambda path: path.name)
def test_a_shipped_path_is_the_one_that_the_network_takes(path: Path, test_digits: Digits) -> None:
    model = load_model(path.name.removesuffix(".viewpoints.json"))
    made = read_measured(model.card, "viewpoints")
    assert made is not None
    each = ViewpointPaths(**made["paths"][4])  # rotation of class 0
    image = to_unit(test_digits.images[each.digits[0]])
    with torch.inference_mode():
        views = see(image, [Viewpoint(rotation=amount) for amount in each.amounts])
        features = features_of(model.network, views, 0).double()
    moved = (features - features[REST]) @ torch.tensor(each.plane, dtype=torch.float64).T
    torch.testing.assert_close(moved, torch.tensor(each.paths[0], dtype=torch.float64), rtol=2e-3, atol=2e-3)


MODELS_OF_RESULTS = ("mnist-drawn", "mnist", "cnn", "cnn-global")


def test_the_tables_of_results_are_what_was_measured() -> None:
    text = (Path(__file__).parents[3] / "RESULTS.md").read_text(encoding="utf-8")
    tables = text[text.index("## Viewpoints") :].split("\n\n| |")[1:4]
    measured = [read_measured(load_model(name).card, "viewpoints") for name in MODELS_OF_RESULTS]
    for table, keys in zip(tables, (["r2"], ["r2_features"], ["straightness", "same_direction"]), strict=True):
        told = [row.split(" | ")[1:] for row in table.splitlines()[2:9]]
        for row, name in zip(
            told, ("rotation", "right", "down", "shear", "scale", "stretch", "thickness"), strict=True
        ):
            assert [cell.strip(" |") for cell in row] == [
                ", ".join(mean_of(each, name, key) for key in keys) for each in measured
            ]


def mean_of(measured: Any, transformation: str, key: str) -> str:
    """Over the classes, as RESULTS.md writes it."""
    values = [path[key] for path in measured["paths"] if path["transformation"] == transformation]
    return f"{np.mean(values):.2f}"
