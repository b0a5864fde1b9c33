"""Views and scattering through the predictor: each viewpoint is a picture of its own, whatever the network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from model.data.datasets import Digits, to_unit
from model.data.viewpoints import Viewpoint, see
from model.network.config import CapsNetConfig
from model.predictor import Predictor, ScatteredCapsules, ScatteredMaps
from model.zoo.architectures import NoCapsulesError, NoPoolingError
from model.zoo.checkpoint import load_model
from tests.small_models import save_capsnet, save_cnn, save_global_pooling, save_pooling

PAIR = CapsNetConfig(image_size=36, conv1_channels=4, decoder_hidden=(8, 8))

SEEN = [Viewpoint(), Viewpoint(rotation=40), Viewpoint(right=3.5, pieces="quarters"), Viewpoint(thickness=1)]
POOLING = ["cnn", "cnn-global"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    save_pooling(folder)
    save_global_pooling(folder)
    save_cnn(folder, "baseline")
    save_capsnet(folder, "pair", PAIR, task="pair")
    return folder


@pytest.fixture(scope="module")
def digit(test_digits: Digits) -> Any:
    return to_unit(test_digits.images[4:5])[0].numpy()


@pytest.fixture(scope="module")
def predictor() -> Predictor:
    """The one that ships: of random weights, capsules are hardly long enough to tell apart."""
    return Predictor.load("mnist-drawn", device="cpu")


def test_capsules_of_each_viewpoint_are_those_of_its_picture(predictor: Predictor, digit: Any) -> None:
    found: Any = predictor.views(digit, SEEN, reconstruction=True)
    np.testing.assert_array_equal(found.image, see(torch.tensor(digit), SEEN).numpy())
    assert found.features is found.first is found.second is None
    for n, picture in enumerate(found.image):
        trace = predictor.trace(picture)
        np.testing.assert_allclose(found.scores[n], trace.lengths[-1], atol=1e-5)
        np.testing.assert_allclose(found.poses[n], trace.class_capsules[-1], atol=1e-5)
        np.testing.assert_allclose(found.reconstruction[n], trace.reconstruction, atol=1e-4)


def test_one_class_is_drawn_from_every_viewpoint(predictor: Predictor, digit: Any) -> None:
    found: Any = predictor.views(digit, SEEN, 7, reconstruction=True)
    for pose, drawn in zip(found.poses[:, 7], found.reconstruction, strict=True):
        np.testing.assert_allclose(drawn, predictor.reconstruct(pose, 7), atol=1e-5)
    assert predictor.views(digit, SEEN, 7).reconstruction is None


@pytest.mark.parametrize("name", POOLING)
def test_pooled_maps_of_each_viewpoint_are_those_of_its_picture(folder: Path, name: str, digit: Any) -> None:
    predictor = Predictor.load(name, folder, "cpu")
    network: Any = load_model(name, folder).network
    found: Any = predictor.views(digit, SEEN, pooled=True)
    assert found.poses is found.reconstruction is None
    for n, picture in enumerate(found.image):
        with torch.inference_mode():
            trace = network.trace(torch.tensor(picture)[None])
        np.testing.assert_allclose(found.scores[n], trace.logits[0].softmax(-1), atol=1e-6)
        np.testing.assert_allclose(found.scores[n], predictor.classify(picture).lengths, atol=1e-6)
        for field, expected in (("features", trace.features), ("first", trace.first[1]), ("second", trace.second[1])):
            np.testing.assert_allclose(getattr(found, field)[n], expected[0], atol=1e-5, err_msg=field)
    assert predictor.views(digit, SEEN).first is None


def test_a_network_with_neither_gives_its_scores(folder: Path, digit: Any) -> None:
    predictor = Predictor.load("baseline", folder, "cpu")
    found: Any = predictor.views(digit, SEEN)
    np.testing.assert_allclose(found.scores, predictor.classify(found.image).lengths, atol=1e-6)
    assert found[2:] == (None,) * 5
    with pytest.raises(NoPoolingError):
        predictor.scatter(digit)


@pytest.mark.parametrize("name", POOLING)
def test_scattered_maps_leave_the_answer_equal(folder: Path, name: str, digit: Any) -> None:
    predictor = Predictor.load(name, folder, "cpu")
    found = predictor.scatter(digit, SEEN[1], seed=5)
    assert isinstance(found, ScatteredMaps)
    np.testing.assert_array_equal(found.image, see(torch.tensor(digit), SEEN[1:2])[0].numpy())
    assert not np.array_equal(*found.maps)
    for field in ("pooled", "features", "scores"):
        before, after = getattr(found, field)
        np.testing.assert_array_equal(before, after, err_msg=field)
    np.testing.assert_allclose(found.scores[0], predictor.classify(found.image).lengths, atol=1e-6)
    assert float(found.own_residual) == 0 < float(found.residual) < 1


def test_scattered_capsules_are_read_otherwise(predictor: Predictor, digit: Any) -> None:
    found = predictor.scatter(digit, seed=5)
    assert isinstance(found, ScatteredCapsules)
    trace = predictor.trace(digit)
    np.testing.assert_allclose(found.scores[0], trace.lengths[-1], atol=1e-5)
    np.testing.assert_allclose(found.reconstruction[0], trace.reconstruction, atol=1e-4)
    assert np.abs(found.scores[0] - found.scores[1]).max() > 0.01


def test_what_a_network_does_not_have_is_refused(predictor: Predictor, folder: Path, digit: Any) -> None:
    with pytest.raises(NoPoolingError):
        predictor.views(digit, SEEN, pooled=True)
    with pytest.raises(NoCapsulesError):
        Predictor.load("cnn", folder, "cpu").views(digit, SEEN, reconstruction=True)
    with pytest.raises(IndexError, match="10 classes"):
        predictor.views(digit, SEEN, 10)
    with pytest.raises(ValueError, match="no viewpoint"):
        predictor.views(digit, [])
    with pytest.raises(ValueError, match="of one digit"):
        predictor.views(digit[None], SEEN)
    with pytest.raises(ValueError, match="takes 28 x 28 pixels"):
        predictor.scatter(digit[1:])
    for seed in (-1, 2**31):
        with pytest.raises(ValueError, match="a seed goes from 0"):
            predictor.scatter(digit, seed=seed)
    of_pairs = Predictor.load("pair", folder, "cpu")
    with pytest.raises(ValueError, match="of one digit"):
        of_pairs.views(np.zeros((36, 36)), SEEN)
