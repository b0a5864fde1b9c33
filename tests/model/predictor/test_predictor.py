"""The predictor gives the network's own numbers, for one picture and for many, in the sizes of any CapsNet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from model.data.datasets import Digits, to_unit
from model.data.pairs import Pair, lay
from model.network.capsnet import CapsNet
from model.network.config import CapsNetConfig
from model.network.interventions import FirstLogit, FixedCoupling, Interventions
from model.predictor import NamedLogit, NothingLeftError, Predictor, interventions_for
from model.zoo.checkpoint import load_model
from tests.small_models import UNLIKE_THE_PAPER, save_capsnet, save_unlike_the_paper

PAIR = CapsNetConfig(image_size=36, conv1_channels=4, decoder_hidden=(8, 8))
CONFIGS = {"small": UNLIKE_THE_PAPER, "pair": PAIR}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    save_unlike_the_paper(folder)
    save_capsnet(folder, "pair", PAIR, task="pair")
    return folder


@pytest.fixture(params=CONFIGS)
def name(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def predictor(folder: Path, name: str) -> Predictor:
    return Predictor.load(name, folder, "cpu")


@pytest.fixture
def network(folder: Path, name: str) -> CapsNet:
    return load_model(name, folder).capsnet


@pytest.fixture
def pictures(name: str) -> Any:
    side = CONFIGS[name].image_size
    return np.random.default_rng(0).random((3, side, side), dtype=np.float32)


def assert_same(answer: Any, expected: Any) -> None:
    """Every field of what is expected, which may have fewer."""
    for field, array in expected._asdict().items():
        np.testing.assert_allclose(getattr(answer, field), array, atol=1e-5, err_msg=field)


def test_two_lines_trace_a_test_digit(test_digits: Digits) -> None:
    predictor = Predictor.load("mnist-drawn", device="cpu")
    trace = predictor.trace(to_unit(test_digits.images[0]))
    assert int(trace.label) == test_digits.labels[0]
    assert trace.coupling_coefficients.shape == (3, 1152, 10)


def test_a_trace_is_the_networks(predictor: Predictor, network: CapsNet, pictures: Any) -> None:
    traced = predictor.trace(pictures, 4)
    with torch.inference_mode():
        expected = network.trace(torch.from_numpy(pictures), 4)
    assert_same(traced, expected)
    assert traced.reconstructions.shape == (3, 0, *pictures.shape[1:])
    assert traced.label.tolist() == expected.labels.tolist()
    np.testing.assert_array_equal(predictor.votes(pictures), traced.votes)


ASK = {
    "classify": lambda predictor, pictures: predictor.classify(pictures),
    "trace": lambda predictor, pictures: predictor.trace(pictures),
    "trace of all": lambda predictor, pictures: predictor.trace(pictures, reconstructions=True),
    "planes": lambda predictor, pictures: predictor.planes(pictures),
    "named planes": lambda predictor, pictures: predictor.planes(pictures, [3, 0, 5], 1),
    "wholes": lambda predictor, pictures: predictor.wholes(pictures),
    "named wholes": lambda predictor, pictures: predictor.wholes(pictures, [3, 0], 2, 1),
    "masks": lambda predictor, pictures: predictor.masks(pictures),
    "perturb": lambda predictor, pictures: predictor.perturb(pictures),
    "perturb another": lambda predictor, pictures: predictor.perturb(pictures, 2),
}


@pytest.mark.parametrize("question", ASK)
def test_many_pictures_are_answered_as_each_alone(predictor: Predictor, pictures: Any, question: str) -> None:
    together = ASK[question](predictor, pictures)
    for index, picture in enumerate(pictures):
        alone = ASK[question](predictor, picture)
        for field, array in alone._asdict().items():
            np.testing.assert_allclose(array, getattr(together, field)[index], atol=1e-5, err_msg=field)
    one = ASK[question](predictor, pictures[:1])
    assert all(len(array) == 1 for array in one)


def test_each_class_capsule_is_drawn_alone(predictor: Predictor, pictures: Any) -> None:
    traced, masks = predictor.trace(pictures, 2, reconstructions=True), predictor.masks(pictures, 2)
    np.testing.assert_allclose(traced.reconstructions, masks.reconstructions, atol=1e-6)


def test_votes_and_poses_alone_or_many(predictor: Predictor, pictures: Any) -> None:
    np.testing.assert_allclose(predictor.votes(pictures[0]), predictor.votes(pictures)[0], atol=1e-6)
    trace = predictor.trace(pictures[0])
    label = int(trace.label)
    drawn = predictor.reconstruct(trace.class_capsules[-1, label], label)
    np.testing.assert_allclose(drawn, trace.reconstruction, atol=1e-6)
    many = predictor.reconstruct(trace.class_capsules[:, label], label)
    np.testing.assert_allclose(many[-1], drawn, atol=1e-6)


def test_as_many_classes_as_the_task_has_digits(predictor: Predictor, name: str, pictures: Any) -> None:
    found = predictor.classify(pictures)
    expected = np.argsort(-found.lengths, axis=-1)[:, : 2 if name == "pair" else 1]
    np.testing.assert_array_equal(found.labels, expected)


def test_the_two_longest_capsules_get_planes(predictor: Predictor, pictures: Any) -> None:
    planes, trace = predictor.planes(pictures[0]), predictor.trace(pictures[0])
    assert planes.labels.tolist() == np.argsort(-trace.lengths[-1])[:2].tolist()
    for k, label in enumerate(planes.labels):
        np.testing.assert_allclose(planes.points[k], trace.votes[:, label] @ planes.axes[k].T, atol=1e-4)


def test_wholes_are_of_the_iteration_that_is_asked_for(predictor: Predictor, pictures: Any) -> None:
    trace = predictor.trace(pictures[0], 3)
    for at in (None, 1, 2):
        found = predictor.wholes(pictures[0], [2, 0], 3, at)
        assert found.labels.tolist() == [2, 0]
        np.testing.assert_allclose(found.sums[:, -1], trace.class_capsules[(at or 3) - 1, [2, 0]], atol=1e-5)
    assert predictor.wholes(pictures[0]).labels.tolist() == np.argsort(-trace.lengths[-1])[:2].tolist()
    for at in (0, 4):
        with pytest.raises(IndexError, match="iterations 1 to 3"):
            predictor.wholes(pictures[0], iterations=3, at=at)


def test_interventions_by_name_are_those_of_the_capsules(
    predictor: Predictor, network: CapsNet, name: str, pictures: Any
) -> None:
    config = CONFIGS[name]
    per_type = config.grid_size**2
    row, column = config.grid_size - 1, 1
    named = predictor.interventions(
        capsules=[2],
        types=[1],
        positions=[(row, column)],
        couplings=[(4, 3, 0.5)],
        logits=[NamedLogit(1, 2.0), NamedLogit(2, -1.0, type=1), NamedLogit(2, 1.0, capsule=9)],
    )
    at_position = range(row * config.grid_size + column, config.primary_count, per_type)
    of_type, every = tuple(range(per_type, 2 * per_type)), tuple(range(config.primary_count))
    spelt_out = Interventions(
        frozenset({2, *of_type, *at_position}),
        (FixedCoupling(4, 3, 0.5),),
        (
            FirstLogit(every, 1, 2.0),
            FirstLogit(of_type, 2, -1.0),
            FirstLogit((9,), 2, 1.0),
        ),
    )
    assert named == spelt_out
    with torch.inference_mode():
        expected = network.trace(torch.from_numpy(pictures), None, spelt_out)
    assert_same(predictor.trace(pictures, interventions=named), expected)
    masks = predictor.masks(pictures[0], interventions=named)
    np.testing.assert_allclose(masks.lengths, expected.lengths[0, -1], atol=1e-6)


def test_the_last_logit_of_an_address_counts() -> None:
    rows = [NamedLogit(0, 1.0), NamedLogit(0, 2.0, type=3), NamedLogit(0, 3.0)]
    changed = interventions_for(UNLIKE_THE_PAPER, logits=rows)
    assert [row.logit for row in changed.logits] == [2.0, 3.0]


@pytest.mark.parametrize(
    ("names", "error", "words"),
    [
        ({"types": [12]}, IndexError, "the types 0 to 11"),
        ({"types": [-1]}, IndexError, "the types 0 to 11"),
        ({"positions": [(0, 5)]}, IndexError, "the grid go from 0 to 4"),
        ({"capsules": [300]}, IndexError, "the primary capsules 0 to 299"),
        ({"couplings": [(0, 7, 0.5)]}, IndexError, "the classes 0 to 6"),
        ({"types": range(12)}, NothingLeftError, "none is left"),
        ({"logits": [NamedLogit(0, float("nan"))]}, ValueError, "finite"),
    ],
)
def test_names_that_mean_nothing_are_refused(names: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        interventions_for(UNLIKE_THE_PAPER, **names)


def test_what_does_not_fit_the_model_is_refused(predictor: Predictor, name: str, pictures: Any) -> None:
    side, classes, dim = CONFIGS[name].image_size, CONFIGS[name].classes, CONFIGS[name].pose_dim
    for wrong in (pictures[:, 1:], pictures[None], pictures[0, 0], pictures[:0]):
        with pytest.raises(ValueError, match=f"takes {side} x {side} pixels"):
            predictor.trace(wrong)
    for value in (255, -0.1, np.nan):
        with pytest.raises(ValueError, match=r"in \[0, 1\]"):
            predictor.classify(np.where(pictures > 0.5, value, pictures))
    for ask in (lambda: predictor.perturb(pictures, classes), lambda: predictor.planes(pictures, [-1])):
        with pytest.raises(IndexError, match=f"{classes} classes"):
            ask()
    with pytest.raises(IndexError, match=f"{classes} classes"):
        predictor.reconstruct(np.zeros(dim), classes)
    with pytest.raises(ValueError, match=f"has {dim} numbers"):
        predictor.reconstruct(np.zeros((2, dim + 1)), 0)


def test_a_predictor_keeps_nothing_of_what_it_was_asked(predictor: Predictor, pictures: Any) -> None:
    before = predictor.trace(pictures)
    predictor.trace(pictures[0], 5, predictor.interventions(types=[0], uniform=True))
    assert_same(predictor.trace(pictures), before)


def digits_of_a_pair() -> Pair:
    return Pair(np.random.default_rng(2).random((2, 28, 28), dtype=np.float32), np.array([[1, -2], [3, 11]]))


@pytest.mark.parametrize(("layer", "axis"), [(0, "right"), (1, "right"), (0, "down"), (1, "down")])
def test_a_sweep_is_a_trace_at_each_place(folder: Path, layer: int, axis: Any) -> None:
    predictor, pair = Predictor.load("pair", folder, "cpu"), digits_of_a_pair()
    swept = predictor.sweep(pair, layer, axis, (4, 6), 2, iterations=2)
    assert (swept.labels.tolist(), swept.offsets.tolist()) == ([4, 6], [-2, -1, 0, 1, 2])
    for n, place in enumerate(swept.offsets):
        offsets = pair.offsets.copy()
        offsets[layer, 1 if axis == "right" else 0] = place
        laid = lay(pair.digits, offsets, 36)
        trace = predictor.trace(laid.image, 2, reconstructions=True)
        np.testing.assert_allclose(swept.lengths[n], trace.lengths[-1], atol=1e-5)
        expected = np.square(trace.reconstructions[[4, 6]] - laid.layers).sum(axis=(1, 2))
        np.testing.assert_allclose(swept.errors[n], expected, rtol=1e-4)


@pytest.mark.parametrize("right", [0, 11])  # among the places, and beyond them
@pytest.mark.parametrize("turned", [False, True])
def test_without_labels_the_two_longest_are_matched_to_the_layers(folder: Path, right: int, turned: bool) -> None:
    predictor, pair = Predictor.load("pair", folder, "cpu"), digits_of_a_pair()
    offsets = pair.offsets.copy()
    offsets[1, 1] = right
    pair = Pair(pair.digits[::-1], offsets[::-1]) if turned else Pair(pair.digits, offsets)
    laid = lay(*pair, 36)
    trace = predictor.trace(laid.image, reconstructions=True)
    two = np.argsort(-trace.lengths[-1])[:2]
    errors = np.square(trace.reconstructions[two][:, None] - laid.layers).sum(axis=(2, 3))  # of class and layer
    expected = two if np.trace(errors) <= np.trace(errors[::-1]) else two[::-1]
    swept = predictor.sweep(pair, 0 if turned else 1, "right", reach=3)
    assert swept.labels.tolist() == expected.tolist()
    assert swept.lengths.shape == (7, 10)
    assert swept.errors.shape == (7, 2)


def test_a_sweep_of_what_there_is_not_is_refused(folder: Path) -> None:
    pair = digits_of_a_pair()
    with pytest.raises(ValueError, match="sees one digit"):
        Predictor.load("small", folder, "cpu").sweep(pair)
    predictor = Predictor.load("pair", folder, "cpu")
    wrong: list[dict[str, Any]] = [{"layer": 2}, {"axis": "up"}, {"labels": (1,)}, {"reach": 0}, {"reach": 13}]
    for each in wrong:
        with pytest.raises(ValueError, match="a sweep moves layer 0 or 1 down or right by 1 to 12 pixels"):
            predictor.sweep(pair, **each)
    with pytest.raises(IndexError, match="10 classes"):
        predictor.sweep(pair, labels=(3, 10))
