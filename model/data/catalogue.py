"""The data sets by name. A new one is a row here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from model.data import datasets
from model.data.datasets import Digits
from model.data.preprocess import MNIST_RECIPE, Recipe


@dataclass(frozen=True, slots=True)
class DataSet:
    """Labelled pictures to train on and to be tried on."""

    name: str
    title: str
    class_names: tuple[str, ...]  # by label
    training_count: int
    recipe: Recipe  # how a drawing becomes such a picture
    licence: str  # of the pictures, with those who made them
    training: Callable[[Path], Digits]  # read from a folder, or downloaded there; raises DataError
    test: Callable[[], Digits]  # as they ship


MNIST = DataSet(
    name="mnist",
    title="MNIST",
    class_names=tuple("0123456789"),
    training_count=60_000,
    recipe=MNIST_RECIPE,
    licence="CC BY-SA 3.0, Yann LeCun, Corinna Cortes and Christopher J. C. Burges",
    training=lambda folder: datasets.training_digits(folder),
    test=lambda: datasets.shipped_test_digits(),
)
DATA_SETS: dict[str, DataSet] = {each.name: each for each in (MNIST,)}
