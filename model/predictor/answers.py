"""What a predictor answers, as numpy arrays.

The shapes are those for one picture. For B pictures every array has B in front of its shape.
B pictures, R iterations, P primary capsules, C classes, D pose dimensions, pictures of H x W pixels.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int64]
T = TypeVar("T", bound="tuple[Any, ...]")


class Classification(NamedTuple):
    """Which classes a picture shows."""

    labels: Labels  # (K,), as many classes as the model's task has digits, the most present first
    lengths: Array  # (C,) in [0, 1], of the class capsules; the probabilities of a network without capsules
    error: (
        Array  # (), how far the winner's reconstruction is from the picture, squared; NaN where nothing is drawn back
    )


class Trace(NamedTuple):
    """Everything that one forward pass computed: the fields of `model.network.trace.Trace`, and one more."""

    image: Array  # (H, W) in [0, 1], what the network saw
    conv1: Array  # (maps, height, width) of Conv1, after the ReLU
    primary_capsules: Array  # u_i, (P, 8 in the paper)
    votes: Array  # û_j|i, (P, C, D); the same in every iteration
    routing_logits: Array  # b_ij, (R, P, C)
    coupling_coefficients: Array  # c_ij, (R, P, C)
    agreement: Array  # û_j|i . v_j, (R, P, C)
    class_capsules: Array  # v_j, (R, C, D)
    lengths: Array  # |v_j|, (R, C) in [0, 1)
    reconstruction: Array  # (H, W) in [0, 1], of the predicted class
    reconstructions: Array  # (C, H, W) in [0, 1], of each class capsule alone; (0, H, W) where they were not asked for

    @property
    def label(self) -> Labels:
        """The predicted class (): the longest class capsule after the last iteration."""
        label: Labels = np.asarray(self.lengths[..., -1, :].argmax(axis=-1))
        return label


class Planes(NamedTuple):
    """The votes for K classes as points on planes, as `model.explaining.plane` lays them."""

    label: Labels  # (), the predicted class
    labels: Labels  # (K,), the classes whose planes these are
    axes: Array  # (K, 2, D), orthonormal
    points: Array  # (K, P, 2), the votes
    variance: Array  # (K, 2), the part of the votes' squared lengths along each axis
    sums: Array  # (K, R, 2), s_j
    class_capsules: Array  # (K, R, 2), v_j


class Wholes(NamedTuple):
    """The strongest votes for K classes as pictures, and their sums, as `model.explaining.wholes` draws them."""

    label: Labels  # (), the predicted class
    labels: Labels  # (K,), the classes that the votes are for
    parts: Labels  # (K, N), the primary capsules that vote, the strongest first
    strengths: Array  # (K, N), c_ij |û_j|i|
    votes: Array  # (K, N, D), û_j|i
    pictures: Array  # (K, N, H, W) in [0, 1], each vote drawn at the length 0.95
    cosines: Array  # (K, N), of each vote and v_j
    among: Array  # (K,), the mean cosine of two of the votes
    counts: Labels  # (S,), how many of the strongest parts are added
    sums: Array  # (K, S, D), squash(the sum of their c_ij û_j|i); the last is v_j
    sum_pictures: Array  # (K, S, H, W) in [0, 1]


class Masks(NamedTuple):
    """One picture under the mask of each class, as `model.explaining.masks` draws it."""

    label: Labels  # (), the predicted class
    reconstructions: Array  # (C, H, W) in [0, 1], each drawn from one class capsule alone
    errors: Array  # (C,), the sum of squared differences of each to the picture
    stretched: Array  # (C, H, W), the same with each capsule brought to the length of the longest
    stretched_errors: Array  # (C,)
    lengths: Array  # (C,) in [0, 1)


class Sweep(NamedTuple):
    """One digit of a pair moved across the other, at each of N places, as `model.explaining.sweep` reads it."""

    labels: Labels  # (2,), the two classes that are drawn, in the order of the layers
    offsets: Labels  # (N,), where the layer that moves lies along its axis, in pixels from the middle
    lengths: Array  # (N, C) in [0, 1)
    errors: Array  # (N, 2), the sum of squared differences of each class's drawing and its layer as it lies there


class Views(NamedTuple):
    """One digit from N viewpoints. None stands for what the network does not have or was not asked for."""

    image: Array  # (N, H, W) in [0, 1], what the network saw
    scores: Array  # (N, C) in [0, 1], lengths of the class capsules, or probabilities of a network without capsules
    poses: Array | None  # (N, C, D), the class capsules after the last iteration
    reconstruction: Array | None  # (N, H, W) in [0, 1]
    features: Array | None  # (N, F), what the answer of a network with max pooling is made of
    first: Array | None  # (N, K1, h, w), its first pooled maps
    second: Array | None  # (N, K2, h, w), its second ones


class ScatteredMaps(NamedTuple):
    """A network with max pooling before and after its first maps were scattered, as `model.explaining.scatter` does."""

    image: Array  # (H, W) in [0, 1], what the network saw
    maps: Array  # (2, K, H, W), of the first convolution, after the ReLU
    pooled: Array  # (2, K, h, w); equal
    places: Labels  # (K, h, w), where in the H * W numbers of its map each largest one stood before
    scores: Array  # (2, C) in [0, 1], probabilities; equal
    features: Array  # (2, F); equal
    imagined: Array  # (H, W) in [0, 1], the picture whose maps come closest to the scattered ones
    residual: Array  # (), the share of the scattered maps' squares that it does not explain
    own_residual: Array  # (), the share of the maps' squares before that the image itself does not explain


class ScatteredCapsules(NamedTuple):
    """A capsule network before and after its primary capsules were scattered, as `model.explaining.scatter` does."""

    image: Array  # (H, W) in [0, 1], what the network saw
    lengths_of_primary: Array  # (2, T, h, w) in [0, 1), of T types on their grid
    scores: Array  # (2, C) in [0, 1), lengths of the class capsules
    poses: Array  # (2, C, D)
    reconstruction: Array  # (2, H, W) in [0, 1], of the class that is read before


class Perturbations(NamedTuple):
    """Figure 4 of the paper for one class of one picture."""

    label: Labels  # (), the class that is perturbed
    perturbations: Array  # (D, 11, H, W) in [0, 1]: each dimension of the pose moved by each offset
    offsets: Array  # (11,), -0.25 to 0.25
    pose: Array  # (D,)


def stacked(answers: list[T]) -> T:
    """Answers for one picture each -> one answer for all of them."""
    kind: Any = type(answers[0])
    answer: T = kind(*(np.stack(parts) for parts in zip(*answers, strict=True)))
    return answer


def first(answer: T) -> T:
    """The answer for the first of its pictures, without their axis."""
    kind: Any = type(answer)
    alone: T = kind(*(part[0] for part in answer))
    return alone
