"""What a user gets wrong, and a full disk: one line on stderr, status 2, and nothing is lost."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors import SafetensorError

from model import checkpoint, datasets
from model.datasets import training_digits
from model.files import replacing, replacing_together
from tests.model.test_cli import folders, run

__all__ = ["folders"]

CAPTURE = pytest.CaptureFixture[str]


def one_line(capsys: CAPTURE) -> str:
    """What stderr holds besides the progress and the notice of a checkpoint."""
    lines = filter(None, capsys.readouterr().err.splitlines())
    (line,) = (line for line in lines if "step" not in line and "going on" not in line)
    assert line.startswith("capsnet: ")
    return line


@contextmanager
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """torch.save writes a part and then fails, as it does on a full disk: with a RuntimeError."""

    def half(_: object, draft: Path) -> None:
        draft.write_bytes(b"half")
        raise RuntimeError("unexpected pos 704 vs 598")

    with monkeypatch.context() as patch:
        patch.setattr(torch, "save", half)
        yield


@pytest.mark.parametrize("files", [{}, {"train-images-idx3-ubyte": b"\0"}], ids=["empty and offline", "damaged"])
def test_a_data_folder_without_mnist(
    folders: tuple[str, ...],
    tmp_path: Path,
    capsys: CAPTURE,
    monkeypatch: pytest.MonkeyPatch,
    files: dict[str, bytes],
) -> None:
    def offline(*_: Any, **__: Any) -> None:
        raise RuntimeError("no network\nsecond line")

    monkeypatch.setattr("torchvision.datasets.mnist.download_and_extract_archive", offline)
    monkeypatch.setattr(datasets, "training_digits", training_digits)
    raw = tmp_path / "data" / "MNIST" / "raw"
    raw.mkdir(parents=True)
    if files:
        for part in ("train", "t10k"):
            for name in ("images-idx3-ubyte", "labels-idx1-ubyte"):
                (raw / f"{part}-{name}").write_bytes(files["train-images-idx3-ubyte"])
    assert run("train", *folders, "--data-dir", str(tmp_path / "data")) == 2
    assert one_line(capsys).startswith(f"capsnet: cannot read MNIST in {tmp_path / 'data'}, nor download it there: ")


@pytest.mark.parametrize("damage", [lambda raw: raw[: len(raw) // 2], lambda _: b"", lambda _: b"nonsense"])
def test_a_damaged_checkpoint(
    folders: tuple[str, ...], tmp_path: Path, capsys: CAPTURE, damage: Callable[[bytes], bytes]
) -> None:
    assert run("train", "--epochs", "1", *folders) == 0
    path = tmp_path / "runs" / "mnist.pt"
    path.write_bytes(damaged := damage(path.read_bytes()))
    capsys.readouterr()
    assert run("train", "--epochs", "1", *folders) == 2
    assert "damaged" in one_line(capsys)
    assert path.read_bytes() == damaged


def test_a_checkpoint_of_another_architecture(folders: tuple[str, ...], capsys: CAPTURE) -> None:
    assert run("train", "--name", "a", "--epochs", "1", *folders) == 0
    capsys.readouterr()
    assert run("train", "--name", "a", "--epochs", "1", "--network", "cnn", *folders) == 2
    assert "a.pt was made with" in one_line(capsys)


def test_truncated_weights(folders: tuple[str, ...], tmp_path: Path, capsys: CAPTURE) -> None:
    assert run("train", "--epochs", "1", *folders) == 0
    path = tmp_path / "mnist.safetensors"
    path.write_bytes(path.read_bytes()[:-10])
    capsys.readouterr()
    assert run("evaluate", "--weights-dir", str(tmp_path), "--device", "cpu") == 2
    assert "mnist.safetensors are not the file" in one_line(capsys)


@pytest.mark.parametrize("name", ["nobody", "mnist"])
def test_weights_to_start_from_that_are_unknown_or_of_other_sizes(
    folders: tuple[str, ...], tmp_path: Path, capsys: CAPTURE, name: str
) -> None:
    for suffix in ("json", "safetensors"):
        shutil.copy(checkpoint.SHIPPED_WEIGHTS / f"mnist.{suffix}", tmp_path)
    assert run("train", "--start-from", name, *folders) == 2
    assert name in one_line(capsys)


@pytest.mark.parametrize("content", [b"hello", b"\xff\xfe\x00", b'.SEGMENT DIGIT 1-2 ? "x"\n.PEN_DOWN\na b\n', None])
def test_a_pen_digit_file_that_is_none(
    folders: tuple[str, ...], tmp_path: Path, capsys: CAPTURE, content: bytes | None
) -> None:
    path = tmp_path / "pen.tra"
    if content is not None:
        path.write_bytes(content)
    assert run("train", "--drawn", str(path), *folders) == 2
    assert "pen.tra is no file of pen digits" in one_line(capsys)
    assert run("evaluate-drawn", str(path), "--device", "cpu") == 2
    assert "pen.tra is no file of pen digits" in one_line(capsys)


def test_a_full_disk_leaves_the_checkpoint_before(
    folders: tuple[str, ...], tmp_path: Path, capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("train", "--epochs", "1", *folders) == 0
    path = tmp_path / "runs" / "mnist.pt"
    before = path.read_bytes()
    saved = torch.load(path, weights_only=True)
    saved.update(epoch=0, epoch_errors=[])  # so that there is something to train, and to save
    torch.save(saved, path)
    before = path.read_bytes()
    capsys.readouterr()
    with full_disk(monkeypatch):
        assert run("train", "--epochs", "1", *folders) == 2
    assert "is the disk full?" in one_line(capsys)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]
    assert run("train", "--epochs", "1", *folders) == 0


def test_a_full_disk_leaves_the_weights_and_the_card_before(
    folders: tuple[str, ...], tmp_path: Path, capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("train", "--epochs", "1", *folders) == 0
    capsys.readouterr()

    def full(*_: object) -> None:
        raise SafetensorError("No space left on device")

    monkeypatch.setattr(checkpoint, "save_file", full)
    assert run("train", "--epochs", "1", *folders) == 2
    assert "No space left" in one_line(capsys)
    checkpoint.load_model("mnist", tmp_path)
    assert not list(tmp_path.glob("*.draft"))


def test_what_is_written_takes_its_place_only_when_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file.txt"
    with replacing(path) as draft:
        draft.write_text("first")
        assert not path.exists()
    with pytest.raises(OSError, match=r"cannot write .*file.txt: No space left on device"):
        _write_half(path)
    assert [file.read_text() for file in path.parent.iterdir()] == ["first"]


def test_files_that_belong_together_change_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = (tmp_path / "weights", tmp_path / "card")
    with replacing_together(*paths) as drafts:
        for draft in drafts:
            draft.write_text("first")
    synced = os.fsync

    def full_at_the_second(descriptor: int) -> None:
        if os.fstat(descriptor).st_size == len("second!"):
            raise OSError(errno.ENOSPC, "No space left on device")
        synced(descriptor)

    monkeypatch.setattr(os, "fsync", full_at_the_second)
    for first, second in (("second!", "2"), ("2", "second!")):
        with pytest.raises(OSError, match="No space left on device"):
            _write_both(paths, (first, second))
        assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {"weights": "first", "card": "first"}


def test_of_files_that_belong_together_it_is_told_which_are_new(tmp_path: Path) -> None:
    paths = (tmp_path / "weights", tmp_path / "card")
    paths[1].mkdir()
    with pytest.raises(OSError, match=r"weights is the new one already"):
        _write_both(paths, ("new", "new"))
    assert paths[0].read_text() == "new"


def _write_both(paths: tuple[Path, ...], texts: tuple[str, ...]) -> None:
    with replacing_together(*paths) as drafts:
        for draft, text in zip(drafts, texts, strict=True):
            draft.write_text(text)


def _write_half(path: Path) -> None:
    with replacing(path) as draft:
        draft.write_text("sec")
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_folder_that_takes_no_file(folders: tuple[str, ...], tmp_path: Path, capsys: CAPTURE) -> None:
    (tmp_path / "runs").write_text("a file where the folder should be")
    assert run("train", "--epochs", "1", *folders) == 2
    assert "runs" in one_line(capsys)
