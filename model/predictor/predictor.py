"""A trained network behind one face: pictures and poses as numpy arrays in, answers as numpy arrays out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar, Unpack

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from model.data.pairs import AXES, Axis, Pair, lay, moved
from model.data.tasks import TASKS
from model.data.viewpoints import Viewpoint, see
from model.device import pick_device
from model.explaining.masks import Masks as NetworkMasks
from model.explaining.masks import draw_each, masks, squared_error
from model.explaining.perturbation import offsets, perturb
from model.explaining.plane import VotePlanes, vote_planes
from model.explaining.scatter import LAST_SEED, scatter_capsules, scatter_maps
from model.explaining.scatter import ScatteredCapsules as NetworkScatteredCapsules
from model.explaining.scatter import ScatteredMaps as NetworkScatteredMaps
from model.explaining.sweep import DEFAULT_REACH, MOST_REACH, sweep
from model.explaining.views import viewed
from model.explaining.wholes import Wholes as NetworkWholes
from model.explaining.wholes import wholes
from model.network import trace as network_trace
from model.network.functional import lengths
from model.network.interventions import Interventions
from model.predictor.answers import (
    Array,
    Classification,
    Masks,
    Perturbations,
    Planes,
    ScatteredCapsules,
    ScatteredMaps,
    Sweep,
    Trace,
    Views,
    Wholes,
    first,
    stacked,
)
from model.predictor.interventions import Names, interventions_for
from model.zoo.architectures import with_pooling
from model.zoo.checkpoint import SHIPPED_WEIGHTS, LoadedModel, ModelCard, load_model

Pictures = npt.ArrayLike  # one picture (H, W) or many (B, H, W) of the model's size, in [0, 1], light ink on 0
Answer = TypeVar("Answer", bound="tuple[Any, ...]")
_Tensors = (
    network_trace.Trace | NetworkWholes | NetworkMasks | VotePlanes | NetworkScatteredCapsules | NetworkScatteredMaps
)


class Predictor:
    """One model. It keeps nothing of what it was asked, so that any number of callers may share it.

    Methods take one picture (H, W) or many (B, H, W); the arrays of the answer then have B in front. Those of one
    digit from several viewpoints take one. Without a number of iterations the network routes as often as in its
    training. Methods that take pictures raise ValueError for another size or for values outside [0, 1]. A network
    without capsules classifies, sees viewpoints and, if it has max pooling, can be scattered; all other methods raise
    NoCapsulesError for it.
    """

    def __init__(self, model: LoadedModel) -> None:
        self.card: ModelCard = model.card
        self._model = model

    @classmethod
    def load(cls, name: str, directory: Path = SHIPPED_WEIGHTS, device: str | torch.device = "auto") -> Predictor:
        """Load a model by name. Raises CheckpointError if that fails, UserError for a device that is not there."""
        chosen = pick_device(device) if isinstance(device, str) else device
        return cls(load_model(name, directory, chosen))

    @property
    def device(self) -> torch.device:
        return next(self._model.network.parameters()).device

    @torch.inference_mode()
    def classify(self, pictures: Pictures) -> Classification:
        """Which classes a picture shows: as many as the model's task has digits."""
        batch, is_one = self._batch(pictures)
        if self.card.has_capsules and self.card.sees_one_digit:
            capsules = self._model.capsnet(batch)
            scores = lengths(capsules)
            error = squared_error(self._model.capsnet.decoder(capsules, scores.argmax(dim=-1)), batch)
        else:
            scores = self._model.network.scores(batch)
            error = torch.full((len(batch),), torch.nan)
        order = scores.argsort(dim=-1, descending=True, stable=True)
        labels = order[:, : TASKS[self.card.task].digits]
        answer = Classification(labels=_array(labels), lengths=_array(scores), error=_array(error))
        return first(answer) if is_one else answer

    @torch.inference_mode()
    def trace(
        self,
        pictures: Pictures,
        iterations: int | None = None,
        interventions: Interventions | None = None,
        *,
        reconstructions: bool = False,
    ) -> Trace:
        """Everything that the network computes on the way, at every iteration.

        With `reconstructions`, what each class capsule draws alone at its own length, too.
        """
        batch, is_one = self._batch(pictures)
        traced = self._model.capsnet.trace(batch, iterations, interventions)
        capsules = traced.class_capsules[:, -1]
        none = batch.new_empty(len(batch), 0, *batch.shape[1:])
        drawn = draw_each(self._model.capsnet, capsules) if reconstructions else none
        answer = Trace(**_arrays(traced), reconstructions=_array(drawn))
        return first(answer) if is_one else answer

    @torch.inference_mode()
    def votes(self, pictures: Pictures) -> Array:
        """The votes û_j|i (P, C, D) alone: no routing, no reconstruction."""
        batch, is_one = self._batch(pictures)
        votes = _array(self._model.capsnet.class_caps.votes(self._model.capsnet.primary_capsules(batch)))
        alone: Array = votes[0] if is_one else votes
        return alone

    @torch.inference_mode()
    def kernels(self) -> Array:
        """The kernels of Conv1 (maps, k, k): what its maps look for."""
        kernels: Array = _array(self._model.capsnet.conv1.weight[:, 0])
        return kernels

    def planes(
        self,
        pictures: Pictures,
        labels: Sequence[int] = (),
        iterations: int | None = None,
        interventions: Interventions | None = None,
    ) -> Planes:
        """The votes for some classes as points on planes; without classes, for the two longest capsules.

        Raises IndexError for a class that the model does not have.
        """
        self._check_labels(labels)
        return self._of_each(pictures, iterations, interventions, lambda trace: _planes(trace, labels))

    def wholes(
        self,
        pictures: Pictures,
        labels: Sequence[int] = (),
        iterations: int | None = None,
        at: int | None = None,
        interventions: Interventions | None = None,
    ) -> Wholes:
        """What the strongest votes for some classes draw, and their sum as it grows, after iteration `at` of all.

        Without classes, for the two longest capsules; without `at`, after the last iteration. Raises IndexError for a
        class or an iteration that there is not.
        """
        self._check_labels(labels)

        def of(trace: network_trace.Trace) -> Wholes:
            R = trace.lengths.shape[1]
            r = R if at is None else at
            if not 1 <= r <= R:
                raise IndexError(f"there are the iterations 1 to {R}, and no {r}")
            chosen = tuple(labels) or _two_longest(trace)
            found = wholes(
                self._model.capsnet,
                trace.votes[0],
                trace.coupling_coefficients[0, r - 1],
                trace.class_capsules[0, r - 1],
                chosen,
            )
            return Wholes(label=_array(trace.labels[0]), labels=np.array(chosen), **_arrays(found))

        return self._of_each(pictures, iterations, interventions, of)

    def masks(
        self, pictures: Pictures, iterations: int | None = None, interventions: Interventions | None = None
    ) -> Masks:
        """What each class capsule draws alone, and how much each drawing misses the picture."""

        def of(trace: network_trace.Trace) -> Masks:
            found = masks(self._model.capsnet, trace.class_capsules[0, -1], trace.image[0])
            return Masks(label=_array(trace.labels[0]), **_arrays(found))

        return self._of_each(pictures, iterations, interventions, of)

    @torch.inference_mode()
    def sweep(
        self,
        pair: Pair,
        layer: int = 1,
        axis: Axis = "right",
        labels: Sequence[int] = (),
        reach: int = DEFAULT_REACH,
        iterations: int | None = None,
        interventions: Interventions | None = None,
    ) -> Sweep:
        """Move one layer of a pair along an axis, from -reach to reach pixels of the middle; all else stays.

        Without two labels, the two longest capsules where the pair lies, in the order of the layers that they draw.
        All places are one batch. It takes about 2 * reach + 1 times as long as a trace. Raises ValueError for a
        network of one digit and for a layer, an axis, a reach or a number of labels that there is not, IndexError for
        a class that the model does not have.
        """
        self._check_sweep(layer, axis, labels, reach)
        places = list(range(-reach, reach + 1))
        here = int(pair.offsets[layer, AXES.index(axis)])
        beyond = [] if labels or here in places else [here]
        laid = [lay(*each, self.card.config.image_size) for each in moved(pair, layer, axis, [*places, *beyond])]
        images, layers = (torch.tensor(np.stack(parts), device=self.device) for parts in zip(*laid, strict=True))
        at = 0 if labels else [*places, *beyond].index(here)
        found = sweep(self._model.capsnet, images, layers, at, labels, iterations, interventions)
        N = len(places)
        return Sweep(
            labels=_array(found.labels),
            offsets=np.array(places),
            lengths=_array(found.lengths[:N]),
            errors=_array(found.errors[:N]),
        )

    @torch.inference_mode()
    def views(
        self,
        picture: npt.ArrayLike,
        viewpoints: Sequence[Viewpoint],
        label: int | None = None,
        *,
        reconstruction: bool = False,
        pooled: bool = False,
    ) -> Views:
        """One upright digit (H, W) from each of N viewpoints, all in one batch.

        With `reconstruction`, what the class `label` draws, or each picture's own winner where none is given; with
        `pooled`, the pooled maps. Raises ValueError for a network of two digits and without a viewpoint, IndexError for
        a class that the model does not have, NoCapsulesError or NoPoolingError for what only other networks have.
        """
        self._check_labels([] if label is None else [label])
        if not viewpoints:
            raise ValueError("there is no viewpoint to see the digit from")
        images = see(self._one_digit(picture), viewpoints)
        found = viewed(self._model.network, images, label, reconstruction=reconstruction, pooled=pooled)
        parts: dict[str, Any] = {name: None if part is None else _array(part) for name, part in found._asdict().items()}
        return Views(image=_array(images), **parts)

    def scatter(
        self, picture: npt.ArrayLike, viewpoint: Viewpoint | None = None, seed: int = 0
    ) -> ScatteredMaps | ScatteredCapsules:
        """One digit (H, W), from a viewpoint, whose activations change places with their neighbours.

        Those of a network with max pooling are the first maps, those of a capsule network the primary capsules. Raises
        ValueError for a network of two digits and for a seed outside 0 to 2**31 - 1, NoPoolingError for a network with
        neither capsules nor pooling.
        """
        if not 0 <= seed <= LAST_SEED:
            raise ValueError(f"a seed goes from 0 to {LAST_SEED}, not {seed}")
        image = see(self._one_digit(picture), [viewpoint or Viewpoint()])[0]
        if self.card.has_capsules:
            with torch.inference_mode():
                capsules = scatter_capsules(self._model.capsnet, image, seed)
            return ScatteredCapsules(image=_array(image), **_arrays(capsules))
        maps = scatter_maps(with_pooling(self._model.network), image, seed)  # which takes a gradient
        return ScatteredMaps(image=_array(image), **_arrays(maps))

    def perturb(
        self,
        pictures: Pictures,
        label: int | None = None,
        iterations: int | None = None,
        interventions: Interventions | None = None,
    ) -> Perturbations:
        """Figure 4 of the paper, for the predicted class unless another is given.

        Raises IndexError for a class that the model does not have.
        """
        self._check_labels([] if label is None else [label])

        def of(trace: network_trace.Trace) -> Perturbations:
            chosen = trace.labels[0] if label is None else torch.tensor(label)
            pose = trace.class_capsules[0, -1, int(chosen)]
            swept = perturb(self._model.capsnet, pose, int(chosen))
            return Perturbations(
                label=_array(chosen), perturbations=_array(swept), offsets=_array(offsets()), pose=_array(pose)
            )

        return self._of_each(pictures, iterations, interventions, of)

    @torch.inference_mode()
    def reconstruct(self, poses: npt.ArrayLike, label: int) -> Array:
        """What the decoder draws from poses of one class: (D,) -> (H, W), or (N, D) -> (N, H, W), in [0, 1].

        Raises ValueError for poses of another length, IndexError for a class that the model does not have.
        """
        self._check_labels([label])
        given = np.asarray(poses, dtype=np.float32)
        D = self.card.capsules.pose_dim
        if given.ndim not in (1, 2) or given.shape[-1] != D:
            raise ValueError(f"a pose of this model has {D} numbers: give ({D},) or (N, {D}), not {given.shape}")
        tensor = torch.tensor(np.atleast_2d(given), device=self.device)
        drawn = _array(self._model.capsnet.reconstruct(tensor, label))
        pictures: Array = drawn[0] if given.ndim == 1 else drawn
        return pictures

    def interventions(self, **names: Unpack[Names]) -> Interventions:
        """Changes of this model's routing by name, as `interventions_for` takes them; it says what is refused.

        `predictor.trace(image, interventions=predictor.interventions(types=[3]))` routes without type 3.
        """
        return interventions_for(self.card.capsules, **names)

    @torch.inference_mode()
    def _of_each(
        self,
        pictures: Pictures,
        iterations: int | None,
        interventions: Interventions | None,
        answer: Callable[[network_trace.Trace], Answer],
    ) -> Answer:
        """Trace the pictures together, and answer for each from a trace of it alone."""
        batch, is_one = self._batch(pictures)
        trace = self._model.capsnet.trace(batch, iterations, interventions)
        alone = (network_trace.Trace(*(part[k : k + 1] for part in trace)) for k in range(len(batch)))
        answers = [answer(each) for each in alone]
        return answers[0] if is_one else stacked(answers)

    def _one_digit(self, picture: npt.ArrayLike) -> Tensor:
        """A picture of one digit (H, W) on the device."""
        batch, is_one = self._batch(picture)
        if not self.card.sees_one_digit or not is_one:
            raise ValueError("a viewpoint is of one digit, in one picture")
        return batch[0]

    def _batch(self, pictures: Pictures) -> tuple[Tensor, bool]:
        """The pictures as a batch on the device, and whether there was one alone."""
        given = np.asarray(pictures, dtype=np.float32)
        side = self.card.config.image_size
        if given.ndim not in (2, 3) or given.shape[-2:] != (side, side) or not len(given):
            raise ValueError(f"this model takes {side} x {side} pixels, one picture or many, not {given.shape}")
        if not (given.min() >= 0 and given.max() <= 1):  # NaN compares false
            raise ValueError("pixels lie in [0, 1], light ink on 0")
        is_one = given.ndim == 2
        return torch.tensor(given[np.newaxis] if is_one else given, device=self.device), is_one

    def _check_sweep(self, layer: int, axis: str, labels: Sequence[int], reach: int) -> None:
        if self.card.sees_one_digit:
            raise ValueError("this model sees one digit: a sweep is of a pair")
        if layer not in (0, 1) or axis not in AXES or len(labels) not in (0, 2) or not 1 <= reach <= MOST_REACH:
            raise ValueError(
                f"a sweep moves layer 0 or 1 {' or '.join(AXES)} by 1 to {MOST_REACH} pixels and draws two classes, or "
                f"none that is named: not {layer}, {axis!r}, {reach} and {len(labels)}"
            )
        self._check_labels(labels)

    def _check_labels(self, labels: Iterable[int]) -> None:
        classes = self.card.config.classes
        if any(not 0 <= label < classes for label in labels):
            raise IndexError(f"this model has {classes} classes: 0 to {classes - 1}")


def _two_longest(trace: network_trace.Trace) -> tuple[int, ...]:
    return tuple(trace.lengths[0, -1].argsort(descending=True).tolist()[:2])


def _planes(trace: network_trace.Trace, labels: Sequence[int]) -> Planes:
    chosen = tuple(labels) or _two_longest(trace)
    # The planes are computed in float64, which not every device has.
    votes, couplings, capsules = (
        part[0].cpu() for part in (trace.votes, trace.coupling_coefficients, trace.class_capsules)
    )
    found = vote_planes(votes, couplings, capsules, chosen)
    return Planes(label=_array(trace.labels[0]), labels=np.array(chosen), **_arrays(found))


def _arrays(answer: _Tensors) -> dict[str, npt.NDArray[Any]]:
    """The tensors of a named tuple as arrays, by their names: an answer's fields have the same."""
    return {name: _array(tensor) for name, tensor in answer._asdict().items()}


def _array(tensor: Tensor) -> npt.NDArray[Any]:
    array: npt.NDArray[Any] = tensor.cpu().numpy()
    return array
