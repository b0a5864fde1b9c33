"""Digits that people wrote with a pen, drawn as the pad of the page draws them: to train on and to be tried on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from tqdm import tqdm

from model.data.augmentation import HAND_NUMBERS, hands
from model.data.datasets import Digits
from model.data.pendigits import PenDigit
from model.data.preprocess import FloatArray, preprocess
from model.data.strokes import Stroke, fit, render
from model.errors import UserError
from model.network.base import Network

# Kept out of training: every fifth of UCI's 30 writers.
VALIDATION_WRITERS = frozenset(range(5, 31, 5))

# What varies between two drawings of one pen digit, beside the hand; drawn evenly.
_PEN_WIDTHS = (1 / 24, 1 / 8)  # of the pad's side


class DrawnEvaluation(NamedTuple):
    """What a network makes of N drawn digits of known writers."""

    labels: Tensor  # (N,)
    writers: Tensor  # (N,)
    predicted: Tensor  # (N,)

    @property
    def accuracy(self) -> float:
        """Per cent of the digits that were recognised."""
        return _per_cent(self.labels == self.predicted)

    def by_label(self) -> dict[int, float]:
        """The accuracy of each digit class, in per cent."""
        return self._by(self.labels)

    def by_writer(self) -> dict[int, float]:
        """The accuracy of each writer's digits, in per cent."""
        return self._by(self.writers)

    def _by(self, groups: Tensor) -> dict[int, float]:
        right = self.labels == self.predicted
        return {int(group): _per_cent(right[groups == group]) for group in torch.unique(groups)}


def as_seen(digit: PenDigit) -> FloatArray:
    """The (28, 28) in [0, 1] that the network sees of a pen digit."""
    return preprocess(render(fit(digit.strokes)))


def drawn_copies(digits: Sequence[PenDigit], copies: int, seed: int) -> Digits:
    """Each pen digit `copies` times, every time with another pen, slant and proportion: N * copies pictures."""
    random = np.random.default_rng(seed)
    images = [
        preprocess(render(fit(_varied(digit.strokes, random)), random.uniform(*_PEN_WIDTHS)))
        for digit in tqdm(digits, desc="drawing", unit="digit", mininterval=1)
        for _ in range(copies)
    ]
    labels = torch.tensor([digit.label for digit in digits]).repeat_interleave(copies)
    return Digits(torch.from_numpy(np.rint(np.stack(images) * 255).astype(np.uint8)), labels)


@torch.inference_mode()
def evaluate_drawn(network: Network, digits: Iterable[PenDigit], batch_size: int = 100) -> DrawnEvaluation:
    """Render and classify every digit; the network keeps its mode and device. Raises UserError without a digit."""
    device = next(network.parameters()).device
    rows: list[tuple[int, int, int]] = []
    for batch in _batches(digits, batch_size):
        images = torch.from_numpy(np.stack([as_seen(digit) for digit in batch])).to(device)
        predictions = network.predict(images).tolist()
        rows += [(digit.label, digit.writer, label) for digit, label in zip(batch, predictions, strict=True)]
    if not rows:
        raise UserError("no drawn digits to evaluate")
    return DrawnEvaluation(*torch.tensor(rows).unbind(1))


def _varied(strokes: Sequence[Stroke], random: np.random.Generator) -> list[Stroke]:
    """Strokes turned, sheared and stretched a little, as another hand might have written them."""
    matrix = hands(torch.from_numpy(random.uniform(-1, 1, HAND_NUMBERS))).numpy()
    return [stroke @ matrix for stroke in strokes]


def _batches(digits: Iterable[PenDigit], size: int) -> Iterator[list[PenDigit]]:
    remaining = iter(digits)
    while batch := list(islice(remaining, size)):
        yield batch


def _per_cent(right: Tensor) -> float:
    return 100 * float(right.double().mean())
