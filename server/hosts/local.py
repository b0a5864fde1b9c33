"""The models in this process, on one thread: the event loop never waits for a network."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from functools import partial
from typing import TypeVar

import torch
from torch import Tensor

from model.device import pick_device
from model.predictor import Predictor
from model.predictor.questions import Question, rehearsal
from model.zoo.checkpoint import ModelCard, model_names, stray_files
from server.hosts.affinity import spread_team
from server.hosts.errors import UnknownModelError
from server.hosts.protocol import Timed
from server.hosts.worker import Worker
from server.settings import Settings

T = TypeVar("T")
_log = logging.getLogger(__name__)


class LocalHost:
    """A `server.hosts.protocol.Host`. It keeps nothing of any request."""

    def __init__(self, predictors: Mapping[str, Predictor], device: torch.device, worker: Worker) -> None:
        self._predictors, self._device, self._worker = predictors, device, worker

    @classmethod
    def load(cls, settings: Settings) -> LocalHost:
        """Load every model of the weights' folder. Raises CheckpointError or UserError where that fails."""
        for path in stray_files(settings.weights_dir):
            _log.warning("%s is no card of a model: it is passed over", path)
        device = pick_device(settings.device)
        # The default one comes first, so that its absence is what is told.
        names = {settings.default_model, *model_names(settings.weights_dir)}
        in_turn = sorted(names, key=lambda name: name != settings.default_model)
        loaded = {name: Predictor.load(name, settings.weights_dir, device) for name in in_turn}
        predictors = {name: loaded[name] for name in sorted(loaded)}
        return cls(predictors, device, Worker(settings.queue_size, settings.retry_after))

    @property
    def cards(self) -> Mapping[str, ModelCard]:
        return {name: predictor.card for name, predictor in self._predictors.items()}

    @property
    def device(self) -> str:
        return self._device.type

    @property
    def is_ready(self) -> bool:
        return self._worker.is_open

    def close(self) -> None:
        self._worker.close()

    async def warm_up(self) -> None:
        """On the worker's thread, where the convolutions' plans are cached."""
        if self._device.type == "cpu":
            await self._worker.run(partial(spread_team, _work_for_all_threads))
        for name, card in self.cards.items():
            for question in rehearsal(card):
                await self.ask(name, question)

    async def ask(self, name: str, question: Question[T]) -> Timed[T]:
        if name not in self._predictors:
            raise UnknownModelError(list(self._predictors))
        return await self._worker.run(partial(_timed, question, self._predictors[name]))


def _timed(question: Question[T], predictor: Predictor) -> Timed[T]:
    start = time.perf_counter()
    answer = question(predictor)
    return Timed(answer, round(1000 * (time.perf_counter() - start), 3))


def _work_for_all_threads() -> Tensor:
    square = torch.ones(512, 512)
    return square @ square
