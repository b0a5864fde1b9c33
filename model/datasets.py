"""MNIST: the training digits through torchvision, the 10,000 test digits from the copy that ships."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from model.errors import UserError

# LeCun, Cortes, Burges, CC BY-SA 3.0; the published t10k files, packed for size.
_TEST_IMAGES = "t10k-images-idx3-ubyte.gz"
_TEST_LABELS = "t10k-labels-idx1-ubyte.gz"


class DataError(UserError):
    """A folder or a file of data that is missing, damaged, or something else."""


@dataclass(frozen=True, slots=True)
class Digits:
    """N labelled pictures, of one digit each or of K."""

    images: Tensor  # (N, 28, 28), uint8
    labels: Tensor  # (N,), or (N, K) of K digits in each picture, int64

    def to(self, device: torch.device) -> Digits:
        return Digits(self.images.to(device), self.labels.to(device))

    def split(self, last: int) -> tuple[Digits, Digits]:
        """All but the last so many, and those. Raises UserError where nothing would be left."""
        if not 0 <= last < len(self):
            raise UserError(f"{last} of {len(self)} digits cannot be held out")
        first = len(self) - last
        return Digits(self.images[:first], self.labels[:first]), Digits(self.images[first:], self.labels[first:])

    def __add__(self, other: Digits) -> Digits:
        return Digits(torch.cat([self.images, other.images]), torch.cat([self.labels, other.labels]))

    def __len__(self) -> int:
        return self.images.shape[0]


def training_digits(data_dir: Path) -> Digits:
    """The 60,000 training digits, read from `data_dir`/MNIST/raw, downloaded there first where one is missing.

    Raises DataError where they cannot be had, or the files are damaged.
    """
    from torchvision.datasets import MNIST  # only training needs torchvision

    try:
        mnist = MNIST(str(data_dir), train=True, download=True)
    except Exception as error:  # torchvision asserts, indexes and converts, and says nowhere what it raises
        raise DataError(f"cannot read MNIST in {data_dir}, nor download it there: {_reason(error)}") from error
    images, labels = mnist.data, mnist.targets
    if images.shape != (len(labels), 28, 28) or not len(labels) or int(labels.max()) > 9:
        raise DataError(f"what lies in {data_dir} is not MNIST: {tuple(images.shape)} with {len(labels)} labels")
    return Digits(images, labels)


def shipped_test_digits() -> Digits:
    """The 10,000 test digits, from the files inside this package."""
    return Digits(
        torch.from_numpy(_read_idx(_TEST_IMAGES)),
        torch.from_numpy(_read_idx(_TEST_LABELS)).to(torch.int64),
    )


def to_unit(images: Tensor) -> Tensor:
    """Pixels as the network takes them: uint8 0..255 -> float32 in [0, 1], light ink on 0."""
    return images.to(torch.float32) / 255


def _reason(error: Exception) -> str:
    return str(error).partition("\n")[0].strip() or "a file is damaged"


def _read_idx(name: str) -> np.ndarray:
    """Read one gzipped IDX file of unsigned bytes: magic 0x0000 08 NN, then NN big-endian sizes."""
    raw = gzip.decompress(files("model").joinpath("data", name).read_bytes())
    dimensions = raw[3]
    sizes = np.frombuffer(raw, dtype=">u4", count=dimensions, offset=4)
    values = np.frombuffer(raw, dtype=np.uint8, offset=4 + 4 * dimensions)
    return values.reshape(tuple(int(size) for size in sizes)).copy()
