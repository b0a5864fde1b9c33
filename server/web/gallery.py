"""The 10,000 test digits as a gallery."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image

from model.data.datasets import Digits
from model.data.preprocess import preprocess
from model.zoo.checkpoint import ModelCard
from server.web.errors import UnknownError
from server.web.schemas import Digit, DigitPage, DigitSummary

PAGE_SIZE = 60

# The shortest decimals that are read back as exactly these float32 values.
_GREY_LEVELS = [float(str(level)) for level in np.arange(256, dtype=np.float32) / np.float32(255)]


def pages_of(indices: Sequence[int], page: int) -> tuple[Sequence[int], int]:
    """What of all that passed the filters stands on a page, and how many pages there are."""
    return indices[page * PAGE_SIZE : (page + 1) * PAGE_SIZE], -(-len(indices) // PAGE_SIZE)


def grey_rows(levels: npt.NDArray[np.uint8]) -> list[list[float]]:
    """A picture (H, W) of levels 0..255 as numbers in [0, 1]."""
    return [[_GREY_LEVELS[level] for level in row] for row in levels.tolist()]


class Gallery:
    """Labelled pictures that never change; what a model makes of them stands in its card.

    A model sees those of its own classes, in its own size.
    """

    def __init__(self, data_sets: Mapping[str, Digits]) -> None:
        """For the test pictures of each data set that the models' cards name."""
        self._data_sets = {name: _Pictures(digits) for name, digits in data_sets.items()}

    def page(self, card: ModelCard, label: int | None, misclassified: bool | None, page: int) -> DigitPage:
        """One page of the digits that pass the filters; past the last one it is empty."""
        pictures = self._data_sets[card.data_set]
        indices = [index for index in range(len(pictures.labels)) if pictures.passes(card, index, label, misclassified)]
        shown, pages = pages_of(indices, page)
        digits = [pictures.summary(card, index) for index in shown]
        return DigitPage(digits=digits, page=page, pages=pages, count=len(indices))

    def digit(self, card: ModelCard, index: int) -> Digit:
        """One digit with its pixels. Raises UnknownError."""
        return self._data_sets[card.data_set].digit(card, index)


class _Pictures:
    """The test pictures of one data set."""

    def __init__(self, digits: Digits) -> None:
        self._images: npt.NDArray[np.uint8] = digits.images.numpy()
        self.labels: list[int] = digits.labels.tolist()

    def digit(self, card: ModelCard, index: int) -> Digit:
        if not 0 <= index < len(self.labels):
            raise UnknownError("unknown_digit", f"There is no such digit. Digits go from 0 to {len(self.labels) - 1}.")
        if self.labels[index] >= card.config.classes:
            raise UnknownError("unknown_digit", "The model has no class for this digit.")
        pixels = grey_rows(self._picture(card, index))
        return Digit(index=index, label=self.labels[index], predicted=self._predicted(card, index), pixels=pixels)

    def passes(self, card: ModelCard, index: int, label: int | None, misclassified: bool | None) -> bool:
        if self.labels[index] >= card.config.classes or label not in (None, self.labels[index]):
            return False
        return misclassified is None or (index in card.misclassified) == misclassified

    def _picture(self, card: ModelCard, index: int) -> npt.NDArray[np.uint8]:
        """A picture (H, W) of the model's size, 0..255: as it is, or brought to that size as a drawing is."""
        image: npt.NDArray[np.uint8] = self._images[index]
        if card.recipe is None or image.shape == (card.config.image_size,) * 2:
            return image
        resized = preprocess(image.astype(np.float32) / np.float32(255), card.recipe)
        levels: npt.NDArray[np.uint8] = np.rint(resized * 255).astype(np.uint8)
        return levels

    def _predicted(self, card: ModelCard, index: int) -> int:
        predicted = card.misclassified.get(index)
        return predicted if isinstance(predicted, int) else self.labels[index]

    def summary(self, card: ModelCard, index: int) -> DigitSummary:
        return DigitSummary(
            index=index,
            label=self.labels[index],
            predicted=self._predicted(card, index),
            thumbnail=data_url(self._picture(card, index)),
        )


def data_url(image: npt.NDArray[np.uint8]) -> str:
    """A picture (H, W) of levels 0..255 as a data: URL of its PNG."""
    file = BytesIO()
    Image.fromarray(image).save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
