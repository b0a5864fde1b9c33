"""Questions are values: they can be sent elsewhere and asked there, and each has its place in the rehearsal."""

from __future__ import annotations

import inspect
import pickle
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from model.data.pairs import Pair
from model.data.viewpoints import Viewpoint
from model.network.interventions import Interventions
from model.predictor import Predictor, questions
from model.predictor.questions import Question, rehearsal
from model.zoo.checkpoint import ModelCard
from tests.small_models import (
    CLASS_NAMES,
    UNLIKE_THE_PAPER,
    save_capsnet,
    save_cnn,
    save_global_pooling,
    save_pooling,
    save_unlike_the_paper,
)

# A picture and poses of the sizes of `save_unlike_the_paper`.
IMAGE = np.random.default_rng(0).random((26, 26), dtype=np.float32)
POSES = np.full((3, 8), 0.2, dtype=np.float32)
TWO = Pair(np.random.default_rng(1).random((2, 28, 28), dtype=np.float32), np.array([[1, 2], [-3, 4]]))
SEEN = (Viewpoint(), Viewpoint(rotation=30, thickness=0.5, pieces="strips"))
CHANGED = Interventions(silenced=frozenset({1, 2, 3}), uniform=True)

ASKED: list[Question[Any]] = [
    questions.Classify(IMAGE),
    questions.Trace(IMAGE, 4, CHANGED, reconstructions=True),
    questions.Planes(IMAGE, 4, CHANGED, (5, 2)),
    questions.Wholes(IMAGE, 4, CHANGED, (5, 2), 3),
    questions.Masks(IMAGE, 4, CHANGED),
    questions.Perturb(IMAGE, 4, CHANGED, 6),
    questions.Kernels(),
    questions.Reconstruct(POSES, 3),
    questions.Sweep(TWO, 0, "down", (5, 2), 3, 4, CHANGED),
    questions.Views(IMAGE, SEEN, 6, reconstruction=True),
    questions.Scatter(IMAGE, SEEN[1], 9),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    save_unlike_the_paper(folder)
    pairs = replace(UNLIKE_THE_PAPER, image_size=30)
    save_capsnet(folder, "two", pairs, task="pair", classes=CLASS_NAMES)
    return folder


@pytest.fixture(scope="module")
def predictor(folder: Path) -> Predictor:
    return Predictor.load("small", folder, "cpu")


@pytest.fixture(scope="module")
def of_pairs(folder: Path) -> Predictor:
    return Predictor.load("two", folder, "cpu")


def every_kind() -> set[type[Any]]:
    found = {kind for _, kind in inspect.getmembers(questions, inspect.isclass) if issubclass(kind, Question)}
    return {kind for kind in found if not inspect.isabstract(kind)}


def arrays(answer: Any) -> list[Any]:
    return list(answer) if isinstance(answer, tuple) else [answer]


def directly(predictor: Predictor, question: Question[Any]) -> Any:
    """The same question as a call of the predictor's method."""
    match question:
        case questions.Classify():
            return predictor.classify(IMAGE)
        case questions.Trace():
            return predictor.trace(IMAGE, iterations=4, interventions=CHANGED, reconstructions=True)
        case questions.Planes():
            return predictor.planes(IMAGE, labels=(5, 2), iterations=4, interventions=CHANGED)
        case questions.Wholes():
            return predictor.wholes(IMAGE, labels=(5, 2), iterations=4, at=3, interventions=CHANGED)
        case questions.Kernels():
            return predictor.kernels()
        case questions.Masks():
            return predictor.masks(IMAGE, iterations=4, interventions=CHANGED)
        case questions.Sweep():
            return predictor.sweep(TWO, 0, "down", (5, 2), 3, iterations=4, interventions=CHANGED)
        case questions.Views():
            return predictor.views(IMAGE, SEEN, 6, reconstruction=True)
        case questions.Scatter():
            return predictor.scatter(IMAGE, SEEN[1], seed=9)
        case questions.Perturb():
            return predictor.perturb(IMAGE, label=6, iterations=4, interventions=CHANGED)
        case _:
            return predictor.reconstruct(POSES, 3)


@pytest.mark.parametrize("question", ASKED, ids=lambda question: type(question).__name__)
def test_a_question_that_was_sent_has_the_answer_of_the_predictor(
    predictor: Predictor, of_pairs: Predictor, question: Question[Any]
) -> None:
    predictor = of_pairs if isinstance(question, questions.Sweep) else predictor
    sent: Question[Any] = pickle.loads(pickle.dumps(question))
    received = pickle.loads(pickle.dumps(sent(predictor)))
    for part, expected in zip(arrays(received), arrays(directly(predictor, question)), strict=True):
        assert (part is None) == (expected is None)
        if part is not None:
            np.testing.assert_array_equal(part, expected)


def test_every_kind_of_question_is_tried_here_and_rehearsed(predictor: Predictor, of_pairs: Predictor) -> None:
    assert {type(question) for question in ASKED} == every_kind()
    of_one = {questions.Views, questions.Scatter}
    assert {type(question) for question in rehearsal(of_pairs.card)} == every_kind() - of_one
    assert {type(question) for question in rehearsal(predictor.card)} == every_kind() - {questions.Sweep}
    for each in (predictor, of_pairs):
        for question in rehearsal(each.card):
            question(each)


SAVED: dict[str, tuple[Callable[..., ModelCard], set[type[Any]]]] = {
    "the paper's baseline": (save_cnn, {questions.Classify, questions.Views}),
    "with pooling": (save_pooling, {questions.Classify, questions.Views, questions.Scatter}),
    "with global pooling": (save_global_pooling, {questions.Classify, questions.Views, questions.Scatter}),
    "of pairs": (partial(save_pooling, task="pair"), {questions.Classify}),
}


@pytest.mark.parametrize("saved", SAVED)
def test_a_network_without_capsules_is_asked_what_it_can_answer(tmp_path: Path, saved: str) -> None:
    save, answered = SAVED[saved]
    predictor = Predictor.load(save(tmp_path).name, tmp_path, "cpu")
    asked = rehearsal(predictor.card)
    assert {type(question) for question in asked} == answered
    for question in asked:
        scores = getattr(question(predictor), "lengths" if type(question) is questions.Classify else "scores")
        assert scores.shape[-1] == predictor.card.config.classes
