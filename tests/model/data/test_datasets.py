from __future__ import annotations

import gzip
import hashlib
import re
import sys
import urllib.request
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import torch

import model
from model.data.datasets import DataError, Digits, to_unit, training_digits

Array = npt.NDArray[np.uint8]

PUBLISHED_MD5 = {
    "t10k-images-idx3-ubyte": "2646ac647ad5339dbf082846283269ea",
    "t10k-labels-idx1-ubyte": "27ae3e4e09519cfbb04c329615203637",
}


@pytest.mark.parametrize("name", PUBLISHED_MD5)
def test_the_shipped_test_digits_are_the_published_ones(name: str) -> None:
    packed = Path(model.__file__).parent / "data" / f"{name}.gz"
    raw = gzip.decompress(packed.read_bytes())
    assert hashlib.md5(raw, usedforsecurity=False).hexdigest() == PUBLISHED_MD5[name]


def test_there_are_ten_thousand_test_digits(test_digits: Digits) -> None:
    assert test_digits.images.shape == (10_000, 28, 28)
    assert test_digits.images.dtype == torch.uint8
    assert len(test_digits) == 10_000
    counts = [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
    assert torch.bincount(test_digits.labels).tolist() == counts
    assert test_digits.labels[:5].tolist() == [7, 2, 1, 0, 4]


def test_pixels_are_scaled_to_the_unit_interval() -> None:
    assert to_unit(torch.tensor([0, 51, 255], dtype=torch.uint8)).tolist() == pytest.approx([0, 0.2, 1])


def idx(values: Array) -> bytes:
    sizes = b"".join(size.to_bytes(4, "big") for size in values.shape)
    return bytes([0, 0, 8, values.ndim]) + sizes + values.tobytes()


IMAGES = np.random.default_rng(0).integers(0, 256, (5, 28, 28), dtype=np.uint8)
LABELS = np.array([3, 1, 4, 1, 5], dtype=np.uint8)


def lay_mnist(folder: Path, suffix: str = "", dotted: bool = False) -> None:
    """A training set of five, as published (.gz) or unpacked."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, values in (("train-images-idx3-ubyte", IMAGES), ("train-labels-idx1-ubyte", LABELS)):
        name = name.replace("-idx", ".idx") if dotted else name
        (folder / f"{name}{suffix}").write_bytes(gzip.compress(idx(values)) if suffix else idx(values))


@pytest.mark.parametrize("place", [".", "MNIST/raw"])
@pytest.mark.parametrize(("suffix", "dotted"), [("", False), (".gz", False), ("", True)])
def test_training_digits_laid_by_hand_are_read_without_a_download(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, suffix: str, dotted: bool
) -> None:
    """The two files are enough, and torchvision is not needed."""
    monkeypatch.setattr(urllib.request, "urlopen", None)
    monkeypatch.setitem(sys.modules, "torchvision.datasets", None)
    lay_mnist(tmp_path / place, suffix, dotted)
    digits = training_digits(tmp_path)
    np.testing.assert_array_equal(digits.images.numpy(), IMAGES)
    assert digits.labels.tolist() == LABELS.tolist()


def test_what_torchvision_downloads_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def download(_: str, download_root: str, filename: str, **__: object) -> None:
        raw = Path(download_root)
        name = filename.removesuffix(".gz")
        (raw / name).write_bytes(idx(IMAGES if "images" in name else LABELS))

    monkeypatch.setattr("torchvision.datasets.mnist.download_and_extract_archive", download)
    assert training_digits(tmp_path).labels.tolist() == LABELS.tolist()


@pytest.mark.parametrize(
    ("images", "labels"),
    [(IMAGES[:4], LABELS), (IMAGES, LABELS + 9), (IMAGES[:, :27], LABELS), (IMAGES[:0], LABELS[:0]), (LABELS, IMAGES)],
    ids=["fewer pictures", "no digits", "of another size", "none", "exchanged"],
)
def test_files_that_are_whole_and_not_mnist(tmp_path: Path, images: Array, labels: Array) -> None:
    (tmp_path / "train-images-idx3-ubyte").write_bytes(idx(images))
    (tmp_path / "train-labels-idx1-ubyte").write_bytes(idx(labels))
    with pytest.raises(DataError, match=f"what lies in {re.escape(str(tmp_path))} is not MNIST"):
        training_digits(tmp_path)
