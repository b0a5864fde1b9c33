"""The 10,000 test digits as a gallery."""

from __future__ import annotations

import base64
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image

from model.checkpoint import ModelCard
from model.datasets import Digits
from server.errors import UnknownError
from server.schemas import Digit, DigitPage, DigitSummary

PAGE_SIZE = 60

# The shortest decimals that are read back as exactly these float32 values.
_GREY_LEVELS = [float(str(level)) for level in np.arange(256, dtype=np.float32) / np.float32(255)]


class Gallery:
    """Labelled pictures that never change; what a model makes of them stands in its card."""

    def __init__(self, digits: Digits) -> None:
        self._images: npt.NDArray[np.uint8] = digits.images.numpy()
        self._labels: list[int] = digits.labels.tolist()

    def page(self, card: ModelCard, label: int | None, misclassified: bool | None, page: int) -> DigitPage:
        """One page of the digits that pass the filters; past the last one it is empty."""
        indices = [index for index in range(len(self._labels)) if self._passes(card, index, label, misclassified)]
        shown = indices[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
        return DigitPage(
            digits=[self._summary(card, index) for index in shown],
            page=page,
            pages=-(-len(indices) // PAGE_SIZE),
            count=len(indices),
        )

    def digit(self, card: ModelCard, index: int) -> Digit:
        """One digit with its pixels. Raises UnknownError."""
        if not 0 <= index < len(self._labels):
            raise UnknownError("unknown_digit", f"There is no such digit; there are 0 to {len(self._labels) - 1}.")
        pixels = [[_GREY_LEVELS[level] for level in row] for row in self._images[index].tolist()]
        return Digit(index=index, label=self._labels[index], predicted=self._predicted(card, index), pixels=pixels)

    def _passes(self, card: ModelCard, index: int, label: int | None, misclassified: bool | None) -> bool:
        if label is not None and self._labels[index] != label:
            return False
        return misclassified is None or (index in card.misclassified) == misclassified

    def _predicted(self, card: ModelCard, index: int) -> int:
        predicted = card.misclassified.get(index)
        return predicted if isinstance(predicted, int) else self._labels[index]

    def _summary(self, card: ModelCard, index: int) -> DigitSummary:
        return DigitSummary(
            index=index,
            label=self._labels[index],
            predicted=self._predicted(card, index),
            thumbnail=_data_url(self._images[index]),
        )


def _data_url(image: npt.NDArray[np.uint8]) -> str:
    file = BytesIO()
    Image.fromarray(image).save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
