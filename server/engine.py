"""The only place that runs the network: arrays in, arrays out, off the event loop."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from model.checkpoint import LoadedModel, ModelCard, load_model, model_names
from model.device import pick_device
from model.errors import UserError
from model.functional import lengths
from model.interventions import Interventions
from model.masks import masks
from model.network import CapsNet
from model.perturbation import offsets, perturb
from model.plane import vote_planes
from model.tasks import TASKS
from server.affinity import spread_team
from server.errors import UnknownError
from server.schemas import NETWORK
from server.settings import Settings
from server.worker import Worker

Array = npt.NDArray[np.float32]

TRACE_TENSORS = (
    "image",
    "primary_capsules",
    "routing_logits",
    "coupling_coefficients",
    "agreement",
    "class_capsules",
    "lengths",
    "reconstruction",
)
LARGE_TENSORS = ("conv1", "votes")


class Classification(NamedTuple):
    """What one drawing was taken for."""

    label: int
    labels: list[int]  # as many as the model's task has digits, the longest capsule first
    lengths: list[float]  # one for each class, in [0, 1)
    milliseconds: float


class TraceAnswer(NamedTuple):
    """The tensors of `model.trace.Trace` that were asked for, without the batch axis."""

    label: int
    iterations: int
    milliseconds: float
    tensors: dict[str, Array]


class Perturbation(NamedTuple):
    """Figure 4 of the paper for one drawing."""

    label: int
    perturbations: Array  # (16, 11, 28, 28) in [0, 1]
    offsets: Array  # (11,)
    pose: Array  # (16,)


class PlanesAnswer(NamedTuple):
    """The planes of some classes' votes, by the names of `model.plane.VotePlanes`."""

    label: int  # the predicted class
    labels: tuple[int, ...]
    tensors: dict[str, Array]


class MasksAnswer(NamedTuple):
    """The tensors of `model.masks.Masks` for one drawing."""

    label: int  # the predicted class
    tensors: dict[str, Array]


class Engine:
    """The loaded models and the one thread that runs them. It keeps nothing of any request.

    Without a number of routing iterations a model has the number that it was trained with.
    """

    def __init__(self, models: Mapping[str, LoadedModel], device: torch.device, worker: Worker) -> None:
        self.models, self.device, self._worker = models, device, worker

    @classmethod
    def load(cls, settings: Settings) -> Engine:
        """Load every model of the weights' folder. Raises CheckpointError or UserError where that fails."""
        device = pick_device(settings.device)
        default = load_model(settings.default_model, settings.weights_dir, device)
        if not default.card.sees_one_digit:
            raise UserError(f"the default model must see one digit at a time, and {settings.default_model!r} sees two")
        models = {
            name: default if name == settings.default_model else load_model(name, settings.weights_dir, device)
            for name in model_names(settings.weights_dir)
        }
        for model in models.values():
            _refuse_other_sizes(model.card)
        return cls(models, device, Worker(settings.queue_size, settings.retry_after))

    @property
    def is_ready(self) -> bool:
        return self._worker.is_open

    def model(self, name: str) -> LoadedModel:
        """The model of that name. Raises UnknownError."""
        try:
            return self.models[name]
        except KeyError:
            raise UnknownError(
                "unknown_model", f"There is no such model; there are {', '.join(self.models)}."
            ) from None

    async def warm_up(self) -> None:
        """Run everything once on the worker's thread, where the convolutions' plans are cached."""
        if self.device.type == "cpu":
            await self._worker.run(partial(spread_team, _work_for_all_threads))
        for model in self.models.values():
            size = model.card.config.image_size
            blank = np.zeros((size, size), dtype=np.float32)
            await self.classify(model, blank)
            if not model.card.sees_one_digit:
                continue
            await self.trace(model, blank, None, TRACE_TENSORS)
            await self.perturb(model, blank, None, None)
            await self.planes(model, blank, (), None)
            await self.masks(model, blank, None)
            await self.reconstruct(model, np.zeros((1, model.card.config.pose_dim), dtype=np.float32), 0)

    async def classify(self, model: LoadedModel, image: Array) -> Classification:
        """An image of the model's size in [0, 1] -> its class, or its classes."""
        count = TASKS[model.card.task].digits
        return await self._worker.run(partial(_classify, model.network, self.device, image, count))

    async def trace(
        self,
        model: LoadedModel,
        image: Array,
        iterations: int | None,
        names: Iterable[str],
        interventions: Interventions | None = None,
    ) -> TraceAnswer:
        """An image (28, 28) in [0, 1] -> the named tensors of its trace."""
        network, device = model.network, self.device
        return await self._worker.run(partial(_trace, network, device, image, iterations, tuple(names), interventions))

    async def reconstruct(self, model: LoadedModel, poses: Array, label: int) -> Array:
        """Poses (N, 16) of one class -> pictures (N, 28, 28) in [0, 1]."""
        return await self._worker.run(partial(_reconstruct, model.network, self.device, poses, label))

    async def perturb(
        self,
        model: LoadedModel,
        image: Array,
        label: int | None,
        iterations: int | None,
        interventions: Interventions | None = None,
    ) -> Perturbation:
        """An image (28, 28) in [0, 1] -> its Figure 4, for the predicted class unless another is given."""
        network, device = model.network, self.device
        return await self._worker.run(partial(_perturb, network, device, image, label, iterations, interventions))

    async def planes(
        self,
        model: LoadedModel,
        image: Array,
        labels: Sequence[int],
        iterations: int | None,
        interventions: Interventions | None = None,
    ) -> PlanesAnswer:
        """An image (28, 28) in [0, 1] -> its votes for these classes on planes; without any, for the two longest."""
        network, device = model.network, self.device
        return await self._worker.run(
            partial(_planes, network, device, image, tuple(labels), iterations, interventions)
        )

    async def masks(
        self, model: LoadedModel, image: Array, iterations: int | None, interventions: Interventions | None = None
    ) -> MasksAnswer:
        """An image (28, 28) in [0, 1] -> what each of its ten class capsules draws alone."""
        return await self._worker.run(partial(_masks, model.network, self.device, image, iterations, interventions))

    def close(self) -> None:
        self._worker.close()


def _refuse_other_sizes(card: ModelCard) -> None:
    """Raises UserError for a model of one digit whose capsules are not those that requests can name."""
    of_requests, of_model = (
        (config.classes, config.primary_types, config.grid_size, config.primary_dim, config.pose_dim)
        for config in (NETWORK, card.config)
    )
    if card.sees_one_digit and of_model != of_requests:
        raise UserError(
            f"{card.name!r} cannot be served: its classes, types, grid and numbers of a capsule are {of_model}, "
            f"and those of requests {of_requests}"
        )


@torch.inference_mode()
def _classify(network: CapsNet, device: torch.device, image: Array, count: int) -> Classification:
    start = time.perf_counter()
    found = network.scores(_batch(image, device))[0].tolist()
    milliseconds = _milliseconds_since(start)
    labels = sorted(range(len(found)), key=lambda label: -found[label])[:count]
    return Classification(labels[0], labels, found, milliseconds)


@torch.inference_mode()
def _trace(
    network: CapsNet,
    device: torch.device,
    image: Array,
    iterations: int | None,
    names: tuple[str, ...],
    interventions: Interventions | None,
) -> TraceAnswer:
    start = time.perf_counter()
    trace = network.trace(_batch(image, device), iterations, interventions)
    label = int(trace.labels)  # waits for the device
    milliseconds = _milliseconds_since(start)
    tensors = {name: _array(getattr(trace, name)[0]) for name in names}
    return TraceAnswer(label, trace.lengths.shape[1], milliseconds, tensors)


@torch.inference_mode()
def _reconstruct(network: CapsNet, device: torch.device, poses: Array, label: int) -> Array:
    return _array(network.reconstruct(torch.from_numpy(poses).to(device), label))


@torch.inference_mode()
def _perturb(
    network: CapsNet,
    device: torch.device,
    image: Array,
    label: int | None,
    iterations: int | None,
    interventions: Interventions | None,
) -> Perturbation:
    capsules = network.trace(_batch(image, device), iterations, interventions).class_capsules[0, -1]
    chosen = int(lengths(capsules).argmax()) if label is None else label
    pose = capsules[chosen]
    return Perturbation(chosen, _array(perturb(network, pose, chosen)), _array(offsets()), _array(pose))


@torch.inference_mode()
def _planes(
    network: CapsNet,
    device: torch.device,
    image: Array,
    labels: tuple[int, ...],
    iterations: int | None,
    interventions: Interventions | None,
) -> PlanesAnswer:
    trace = network.trace(_batch(image, device), iterations, interventions)
    longest = trace.lengths[0, -1].argsort(descending=True).tolist()
    chosen = labels or tuple(longest[:2])
    # Their few numbers are in float64, which not every device has.
    votes, couplings, capsules = (
        part[0].cpu() for part in (trace.votes, trace.coupling_coefficients, trace.class_capsules)
    )
    planes = vote_planes(votes, couplings, capsules, chosen)
    named = {name: _array(tensor) for name, tensor in planes._asdict().items()}
    return PlanesAnswer(int(trace.labels), chosen, {"labels": np.array(chosen, dtype=np.float32), **named})


@torch.inference_mode()
def _masks(
    network: CapsNet, device: torch.device, image: Array, iterations: int | None, interventions: Interventions | None
) -> MasksAnswer:
    trace = network.trace(_batch(image, device), iterations, interventions)
    found = masks(network, trace.class_capsules[0, -1], trace.image[0])
    return MasksAnswer(int(trace.labels), {name: _array(tensor) for name, tensor in found._asdict().items()})


def _work_for_all_threads() -> Tensor:
    square = torch.ones(512, 512)
    return square @ square


def _batch(image: Array, device: torch.device) -> Tensor:
    return torch.from_numpy(image).unsqueeze(0).to(device)


def _array(tensor: Tensor) -> Array:
    array: Array = tensor.cpu().numpy()
    return array


def _milliseconds_since(start: float) -> float:
    return round(1000 * (time.perf_counter() - start), 3)
