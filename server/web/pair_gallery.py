"""The 10,000 test pairs as a gallery: two test digits each, laid over each other as `model.data.tasks` has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

import numpy as np
import numpy.typing as npt

from model.data.datasets import Digits
from model.data.pairs import lay
from model.data.tasks import PAIR
from model.zoo.checkpoint import ModelCard
from server.web.errors import UnknownError
from server.web.gallery import data_url, grey_rows, pages_of
from server.web.schemas_pairs import PairPage, PairSummary, PixelsLayer, TestPair

Levels = npt.NDArray[np.uint8]


class _Facts(TypedDict):
    """What a list and a single pair both tell."""

    index: int
    labels: list[int]
    predicted: list[int]
    digits: list[int]
    offsets: list[list[int]]


class PairGallery:
    """Test pairs that never change; what a model of pairs makes of them stands in its card.

    A model sees those of its own classes, in its own size. No picture is kept: each is laid when it is asked for.
    """

    def __init__(self, data_sets: Mapping[str, Digits]) -> None:
        """For the test digits of each data set that the cards of models of pairs name."""
        self._data_sets = {name: _Pairs(digits) for name, digits in data_sets.items()}

    def page(self, card: ModelCard, label: int | None, misclassified: bool | None, page: int) -> PairPage:
        """One page of the pairs that pass the filters; past the last one it is empty."""
        pairs = self._data_sets[card.data_set]
        indices = [index for index in range(len(pairs)) if pairs.passes(card, index, label, misclassified)]
        shown, pages = pages_of(indices, page)
        summaries = [pairs.summary(card, index) for index in shown]
        return PairPage(pairs=summaries, page=page, pages=pages, count=len(indices))

    def pair(self, card: ModelCard, index: int) -> TestPair:
        """One pair with its pixels and its layers. Raises UnknownError."""
        return self._data_sets[card.data_set].pair(card, index)


class _Pairs:
    """The test pairs of one data set."""

    def __init__(self, digits: Digits) -> None:
        plan = PAIR.test_plan(digits)
        self._images: Levels = digits.images.numpy()
        self._offsets: npt.NDArray[np.int64] = plan.offsets.numpy()
        self._digits: list[list[int]] = plan.picked.tolist()
        self._labels: list[list[int]] = digits.labels[plan.picked].tolist()

    def __len__(self) -> int:
        return len(self._digits)

    def passes(self, card: ModelCard, index: int, label: int | None, misclassified: bool | None) -> bool:
        labels = self._labels[index]
        if max(labels) >= card.config.classes or (label is not None and label not in labels):
            return False
        return misclassified is None or (index in card.misclassified) == misclassified

    def summary(self, card: ModelCard, index: int) -> PairSummary:
        return PairSummary(**self._facts(card, index), thumbnail=data_url(self._picture(card, index)))

    def pair(self, card: ModelCard, index: int) -> TestPair:
        if not 0 <= index < len(self):
            raise UnknownError("unknown_pair", f"There is no such pair. Pairs go from 0 to {len(self) - 1}.")
        if max(self._labels[index]) >= card.config.classes:
            raise UnknownError("unknown_pair", "The model has no class for a digit of this pair.")
        layers = [
            PixelsLayer(pixels=grey_rows(self._images[digit]), offset=offset)
            for digit, offset in zip(self._digits[index], self._offsets[index].tolist(), strict=True)
        ]
        return TestPair(**self._facts(card, index), pixels=grey_rows(self._picture(card, index)), layers=layers)

    def _facts(self, card: ModelCard, index: int) -> _Facts:
        predicted = card.misclassified.get(index)
        return {
            "index": index,
            "labels": self._labels[index],
            "predicted": predicted if isinstance(predicted, list) else self._labels[index],
            "digits": self._digits[index],
            "offsets": self._offsets[index].tolist(),
        }

    def _picture(self, card: ModelCard, index: int) -> Levels:
        """The sum (H, W) of a pair, 0..255, in the model's size."""
        digits = self._images[self._digits[index]].astype(np.float32) / np.float32(255)
        laid = lay(digits, self._offsets[index], card.config.image_size)
        levels: Levels = np.rint(laid.image * 255).astype(np.uint8)
        return levels
