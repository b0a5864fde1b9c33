from __future__ import annotations

import gzip
import hashlib
import urllib.request
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import torch

import model
from model.datasets import Digits, to_unit, training_digits

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


def test_training_digits_at_hand_are_read_without_a_download(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(urllib.request, "urlopen", None)
    raw = tmp_path / "MNIST" / "raw"
    raw.mkdir(parents=True)
    images = np.random.default_rng(0).integers(0, 256, (5, 28, 28), dtype=np.uint8)
    labels = np.array([3, 1, 4, 1, 5], dtype=np.uint8)
    for part in ("train", "t10k"):
        (raw / f"{part}-images-idx3-ubyte").write_bytes(idx(images))
        (raw / f"{part}-labels-idx1-ubyte").write_bytes(idx(labels))
    digits = training_digits(tmp_path)
    np.testing.assert_array_equal(digits.images.numpy(), images)
    assert digits.labels.tolist() == [3, 1, 4, 1, 5]
