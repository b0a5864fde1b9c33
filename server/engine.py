"""The only place that runs the network: arrays in, arrays out, off the event loop."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from model.checkpoint import LoadedModel, load_model, model_names
from model.device import pick_device
from model.functional import lengths
from model.masks import masks
from model.network import CapsNet
from model.perturbation import offsets, perturb
from server.affinity import spread_team
from server.errors import UnknownError
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
    lengths: list[float]  # one for each class, in [0, 1)
    milliseconds: float


class TraceAnswer(NamedTuple):
    """The tensors of `model.trace.Trace` that were asked for, without the batch axis."""

    label: int
    milliseconds: float
    tensors: dict[str, Array]


class Perturbation(NamedTuple):
    """Figure 4 of the paper for one drawing."""

    label: int
    perturbations: Array  # (16, 11, 28, 28) in [0, 1]
    offsets: Array  # (11,)
    pose: Array  # (16,)


class MasksAnswer(NamedTuple):
    """The tensors of `model.masks.Masks` for one drawing."""

    label: int  # the predicted class
    tensors: dict[str, Array]


class Engine:
    """The loaded models and the one thread that runs them. It keeps nothing of any request."""

    def __init__(self, models: Mapping[str, LoadedModel], device: torch.device, worker: Worker) -> None:
        self.models, self.device, self._worker = models, device, worker

    @classmethod
    def load(cls, settings: Settings) -> Engine:
        """Load every model of the weights' folder. Raises CheckpointError or ValueError where that fails."""
        device = pick_device(settings.device)
        names = model_names(settings.weights_dir) or [settings.default_model]
        models = {name: load_model(name, settings.weights_dir, device) for name in names}
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
        blank = np.zeros((28, 28), dtype=np.float32)
        for model in self.models.values():
            await self.trace(model, blank, model.card.config.routing_iterations, TRACE_TENSORS)
            await self.perturb(model, blank, None, model.card.config.routing_iterations)
            await self.reconstruct(model, np.zeros((1, model.card.config.pose_dim), dtype=np.float32), 0)

    async def classify(self, model: LoadedModel, image: Array) -> Classification:
        """An image (28, 28) in [0, 1] -> its class."""
        return await self._worker.run(partial(_classify, model.network, self.device, image))

    async def trace(self, model: LoadedModel, image: Array, iterations: int, names: Iterable[str]) -> TraceAnswer:
        """An image (28, 28) in [0, 1] -> the named tensors of its trace."""
        return await self._worker.run(partial(_trace, model.network, self.device, image, iterations, tuple(names)))

    async def reconstruct(self, model: LoadedModel, poses: Array, label: int) -> Array:
        """Poses (N, 16) of one class -> pictures (N, 28, 28) in [0, 1]."""
        return await self._worker.run(partial(_reconstruct, model.network, self.device, poses, label))

    async def perturb(self, model: LoadedModel, image: Array, label: int | None, iterations: int) -> Perturbation:
        """An image (28, 28) in [0, 1] -> its Figure 4, for the predicted class unless another is given."""
        return await self._worker.run(partial(_perturb, model.network, self.device, image, label, iterations))

    async def masks(self, model: LoadedModel, image: Array, iterations: int) -> MasksAnswer:
        """An image (28, 28) in [0, 1] -> what each of its ten class capsules draws alone."""
        return await self._worker.run(partial(_masks, model.network, self.device, image, iterations))

    def close(self) -> None:
        self._worker.close()


@torch.inference_mode()
def _classify(network: CapsNet, device: torch.device, image: Array) -> Classification:
    start = time.perf_counter()
    found = lengths(network(_batch(image, device)))[0].tolist()
    return Classification(int(np.argmax(found)), found, _milliseconds_since(start))


@torch.inference_mode()
def _trace(
    network: CapsNet, device: torch.device, image: Array, iterations: int, names: tuple[str, ...]
) -> TraceAnswer:
    start = time.perf_counter()
    trace = network.trace(_batch(image, device), iterations)
    label = int(trace.labels)  # waits for the device
    milliseconds = _milliseconds_since(start)
    return TraceAnswer(label, milliseconds, {name: _array(getattr(trace, name)[0]) for name in names})


@torch.inference_mode()
def _reconstruct(network: CapsNet, device: torch.device, poses: Array, label: int) -> Array:
    return _array(network.reconstruct(torch.from_numpy(poses).to(device), label))


@torch.inference_mode()
def _perturb(network: CapsNet, device: torch.device, image: Array, label: int | None, iterations: int) -> Perturbation:
    capsules = network.trace(_batch(image, device), iterations).class_capsules[0, -1]
    chosen = int(lengths(capsules).argmax()) if label is None else label
    pose = capsules[chosen]
    return Perturbation(chosen, _array(perturb(network, pose, chosen)), _array(offsets()), _array(pose))


@torch.inference_mode()
def _masks(network: CapsNet, device: torch.device, image: Array, iterations: int) -> MasksAnswer:
    trace = network.trace(_batch(image, device), iterations)
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
