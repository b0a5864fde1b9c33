"""MNIST: the training digits from a folder or the internet, the 10,000 test digits from the copy that ships."""

from __future__ import annotations

import gzip
import math
import zlib
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
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
    """The 60,000 training digits, as they lie in `data_dir`; where they don't, downloaded into it first.

    Raises DataError where they cannot be had, or the files are damaged.
    """
    if (found := find_training_files(data_dir)) is None:
        _download(data_dir)
        found = find_training_files(data_dir)
    if found is None:
        raise DataError(f"what was downloaded into {data_dir} is not MNIST: {_where(data_dir)}")
    images, labels = map(_read_idx, found)
    if images.shape != (len(labels), 28, 28) or labels.ndim != 1 or not len(labels) or int(labels.max()) > 9:
        raise DataError(f"what lies in {found[0].parent} is not MNIST: {images.shape} with {labels.shape} labels")
    return Digits(torch.from_numpy(images), torch.from_numpy(labels).to(torch.int64))


def find_training_files(data_dir: Path) -> tuple[Path, Path] | None:
    """MNIST's images and labels, packed or not, in the folder or where torchvision lays them; None if they are not."""
    for folder in (data_dir / "MNIST" / "raw", data_dir):
        images, labels = (_find(folder, part) for part in ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"))
        if images and labels:
            return images, labels
    return None


def shipped_test_digits() -> Digits:
    """The 10,000 test digits, from the files inside this package."""
    shipped = files("model") / "data"
    return Digits(
        torch.from_numpy(_read_idx(shipped / _TEST_IMAGES)),
        torch.from_numpy(_read_idx(shipped / _TEST_LABELS)).to(torch.int64),
    )


def to_unit(images: Tensor) -> Tensor:
    """Pixels as the network takes them: uint8 0..255 -> float32 in [0, 1], light ink on 0."""
    return images.to(torch.float32) / 255


def _find(folder: Path, name: str) -> Path | None:
    """A file of this name, packed or not; some unpackers write "train-images.idx3-ubyte"."""
    names = (name, f"{name}.gz", name.replace("-idx", ".idx"))
    return next((folder / each for each in names if (folder / each).is_file()), None)


def _download(data_dir: Path) -> None:
    """Raises DataError where that fails; it says where files belong that one has already."""
    try:
        from torchvision.datasets import MNIST  # nothing else needs torchvision
    except ImportError as error:
        raise DataError(
            f"MNIST is not in {data_dir}, and downloading it needs torchvision: pip install '.[train]', or "
            f"{_where(data_dir)}"
        ) from error
    try:
        MNIST(str(data_dir), train=True, download=True)
    except Exception as error:  # torchvision asserts, indexes and converts, and says nowhere what it raises
        reason = str(error).partition("\n")[0].strip().removesuffix(":") or type(error).__name__
        raise DataError(
            f"MNIST is not in {data_dir}, and cannot be downloaded ({reason}): {_where(data_dir)}"
        ) from error


def _where(data_dir: Path) -> str:
    return f"lay train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz into {data_dir / 'MNIST' / 'raw'}"


def _read_idx(path: Path | Traversable) -> np.ndarray:
    """An IDX file of unsigned bytes, gzipped or not: magic 0x0000 08 NN, then NN big-endian sizes. Raises DataError."""
    raw = path.read_bytes()
    if raw[:2] == b"\x1f\x8b":
        try:
            raw = gzip.decompress(raw)
        except (OSError, EOFError, zlib.error) as error:
            raise DataError(f"{path} is damaged or cut short: remove it, or lay it anew") from error
    if len(raw) < 4 or raw[:3] != b"\0\0\x08" or len(raw) < 4 + 4 * raw[3]:
        raise DataError(f"{path} is no file of MNIST, or is cut short: remove it, or lay it anew")
    sizes = [int.from_bytes(raw[at : at + 4], "big") for at in range(4, 4 + 4 * raw[3], 4)]
    expected = 4 + 4 * raw[3] + math.prod(sizes)
    if len(raw) != expected:
        raise DataError(f"{path} has {len(raw):,} bytes and not {expected:,}: it is cut short or damaged; lay it anew")
    return np.frombuffer(raw, dtype=np.uint8, offset=4 + 4 * raw[3]).reshape(sizes).copy()
