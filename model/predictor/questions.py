"""What one can ask a model, as values: a host keeps them in a queue, sends them to another machine, or looks into them.

A new question is a class here and a row in `rehearsal`. No host needs to know of it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import numpy as np

from model.data.catalogue import DATA_SETS
from model.data.pairs import Axis, Pair
from model.data.viewpoints import Viewpoint
from model.explaining.sweep import DEFAULT_REACH
from model.network.interventions import Interventions
from model.predictor import answers
from model.predictor.answers import Array
from model.predictor.predictor import Predictor
from model.zoo.checkpoint import ModelCard

Answer = TypeVar("Answer")


class Question(ABC, Generic[Answer]):
    """One question to one model. It can be pickled, and so can its answer."""

    @abstractmethod
    def __call__(self, predictor: Predictor) -> Answer:
        """Ask this model. Raises what the predictor's method raises."""


# Two questions are never compared: arrays have no single answer to that.
@dataclass(frozen=True, eq=False)
class OfPicture(Question[Answer]):
    """A question about one picture of the model's size."""

    image: Array  # (H, W) in [0, 1]


@dataclass(frozen=True, eq=False)
class OfRouting(OfPicture[Answer]):
    """A question about a picture whose answer depends on the routing."""

    iterations: int | None = None  # as many as in training where none are given
    interventions: Interventions | None = None


@dataclass(frozen=True, eq=False)
class Classify(OfPicture[answers.Classification]):
    """Which classes does the picture show?"""

    def __call__(self, predictor: Predictor) -> answers.Classification:
        return predictor.classify(self.image)


@dataclass(frozen=True, eq=False)
class Trace(OfRouting[answers.Trace]):
    """What is computed on the way?"""

    reconstructions: bool = False  # whether each class capsule is drawn, too, and not only the longest

    def __call__(self, predictor: Predictor) -> answers.Trace:
        return predictor.trace(self.image, self.iterations, self.interventions, reconstructions=self.reconstructions)


@dataclass(frozen=True, eq=False)
class Planes(OfRouting[answers.Planes]):
    """How do the votes for some classes lie on planes?"""

    labels: tuple[int, ...] = ()  # without any, the two longest capsules

    def __call__(self, predictor: Predictor) -> answers.Planes:
        return predictor.planes(self.image, self.labels, self.iterations, self.interventions)


@dataclass(frozen=True, eq=False)
class Wholes(OfRouting[answers.Wholes]):
    """What do the strongest votes for some classes draw, and their sum as it grows?"""

    labels: tuple[int, ...] = ()  # without any, the two longest capsules
    at: int | None = None  # one of the iterations; the last where none is given

    def __call__(self, predictor: Predictor) -> answers.Wholes:
        return predictor.wholes(self.image, self.labels, self.iterations, self.at, self.interventions)


@dataclass(frozen=True, eq=False)
class Masks(OfRouting[answers.Masks]):
    """What does each class capsule draw alone?"""

    def __call__(self, predictor: Predictor) -> answers.Masks:
        return predictor.masks(self.image, self.iterations, self.interventions)


@dataclass(frozen=True, eq=False)
class Perturb(OfRouting[answers.Perturbations]):
    """What is the picture's Figure 4?"""

    label: int | None = None  # the predicted class where none is given

    def __call__(self, predictor: Predictor) -> answers.Perturbations:
        return predictor.perturb(self.image, self.label, self.iterations, self.interventions)


@dataclass(frozen=True, eq=False)
class Sweep(Question[answers.Sweep]):
    """What is read and drawn while one digit of a pair moves across the other?

    It is asked of models of pairs. 17 places take half a second of one core, as long as 17 to 21 traces, and for that
    long no other question is answered: ask it once the pair lies still.
    """

    pair: Pair
    layer: int = 1  # the one that moves
    axis: Axis = "right"
    labels: tuple[int, ...] = ()  # without two, the two longest capsules, in the order of the layers
    reach: int = DEFAULT_REACH  # pixels to either side of the middle
    iterations: int | None = None  # as many as in training where none are given
    interventions: Interventions | None = None

    def __call__(self, predictor: Predictor) -> answers.Sweep:
        return predictor.sweep(
            self.pair, self.layer, self.axis, self.labels, self.reach, self.iterations, self.interventions
        )


@dataclass(frozen=True, eq=False)
class Views(OfPicture[answers.Views]):
    """What is read and drawn of one upright digit from each of some viewpoints?

    It is asked of models of one digit. 64 viewpoints take a capsule network as long as some 64 traces, and for that
    long no other question is answered.
    """

    viewpoints: tuple[Viewpoint, ...] = (Viewpoint(),)
    label: int | None = None  # the class that is drawn; each picture's winner where none is given
    reconstruction: bool = False  # whether it is drawn; of capsule networks
    pooled: bool = False  # whether the pooled maps are in the answer; of networks with max pooling

    def __call__(self, predictor: Predictor) -> answers.Views:
        return predictor.views(
            self.image, self.viewpoints, self.label, reconstruction=self.reconstruction, pooled=self.pooled
        )


@dataclass(frozen=True, eq=False)
class Scatter(OfPicture[answers.ScatteredMaps | answers.ScatteredCapsules]):
    """What is read where activations change places with their neighbours? It is asked of models of one digit."""

    viewpoint: Viewpoint = field(default_factory=Viewpoint)
    seed: int = 0

    def __call__(self, predictor: Predictor) -> answers.ScatteredMaps | answers.ScatteredCapsules:
        return predictor.scatter(self.image, self.viewpoint, self.seed)


@dataclass(frozen=True, eq=False)
class Kernels(Question[Array]):
    """What do the maps of Conv1 look for? The answer is (maps, k, k)."""

    def __call__(self, predictor: Predictor) -> Array:
        return predictor.kernels()


@dataclass(frozen=True, eq=False)
class Reconstruct(Question[Array]):
    """What does the decoder draw from poses of one class? The answer is (N, H, W) in [0, 1]."""

    poses: Array  # (N, D)
    label: int

    def __call__(self, predictor: Predictor) -> Array:
        return predictor.reconstruct(self.poses, self.label)


def rehearsal(card: ModelCard) -> list[Question[Any]]:
    """Every question that the model answers, about a blank picture: to be asked once, before the first visitor."""
    side = card.config.image_size
    blank = np.zeros((side, side), dtype=np.float32)
    asked: list[Question[Any]] = [Classify(blank)]
    if card.has_capsules:
        poses = np.zeros((1, card.capsules.pose_dim), dtype=np.float32)
        of_routing: list[Question[Any]] = [Trace(blank), Perturb(blank), Planes(blank), Wholes(blank), Masks(blank)]
        asked += [Kernels(), *of_routing, Reconstruct(poses, 0)]
    return [*asked, *(_of_one_digit(card, blank) if card.sees_one_digit else _of_pairs(card))]


def _of_one_digit(card: ModelCard, blank: Array) -> list[Question[Any]]:
    views: list[Question[Any]] = [Views(blank, reconstruction=card.has_capsules, pooled=card.has_pooling)]
    return [*views, Scatter(blank)] if card.has_capsules or card.has_pooling else views


def _of_pairs(card: ModelCard) -> list[Question[Any]]:
    return [Sweep(_blank_pair(card))] if card.has_capsules else []


def _blank_pair(card: ModelCard) -> Pair:
    side = DATA_SETS[card.data_set].recipe.image_size
    return Pair(np.zeros((2, side, side), dtype=np.float32), np.zeros((2, 2), dtype=np.int64))
