"""What a user gets wrong, and a full disk: one line on stderr, status 2, and nothing is lost."""

from __future__ import annotations

import argparse
import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors import SafetensorError

import model
from model.commands import add_commands
from model.commands.shared import one_line as one_line_of
from model.data import datasets
from model.data.datasets import training_digits
from model.explaining.measurements import COMMANDS, MeasuredKind, measured_path
from model.files import replacing, replacing_together, try_place
from model.training import loop as training
from model.zoo import checkpoint
from tests.model.data.test_datasets import lay_mnist
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


@pytest.fixture
def offline(folders: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """Options of `train` that read MNIST for real, on a machine whose downloads fail."""

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("no network\nsecond line")

    monkeypatch.setattr("torchvision.datasets.mnist.download_and_extract_archive", fail)
    monkeypatch.setattr(datasets, "training_digits", training_digits)
    return folders


def test_a_data_folder_without_mnist_is_told_what_belongs_where(
    offline: tuple[str, ...], tmp_path: Path, capsys: CAPTURE
) -> None:
    data = tmp_path / "data"
    assert run("train", *offline, "--data-dir", str(data)) == 2
    assert one_line(capsys) == (
        f"capsnet: MNIST is not in {data}, and cannot be downloaded (Error downloading train-images-idx3-ubyte.gz): "
        f"lay train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz into {data}/MNIST/raw"
    )


def test_without_torchvision_the_extra_is_named(
    offline: tuple[str, ...], tmp_path: Path, capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "torchvision.datasets", None)
    data = tmp_path / "data"
    assert run("train", *offline, "--data-dir", str(data)) == 2
    assert one_line(capsys) == (
        f"capsnet: MNIST is not in {data}, and downloading it needs torchvision: pip install '.[train]', or lay "
        f"train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz into {data}/MNIST/raw"
    )


@pytest.mark.parametrize("damage", [lambda raw: raw[:-1], lambda raw: raw[:10], lambda _: b"", lambda _: b"<html>"])
@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_a_file_of_mnist_that_is_cut_short(
    offline: tuple[str, ...], tmp_path: Path, capsys: CAPTURE, suffix: str, damage: Callable[[bytes], bytes]
) -> None:
    data = tmp_path / "data"
    lay_mnist(data, suffix)
    path = data / f"train-images-idx3-ubyte{suffix}"
    path.write_bytes(damage(path.read_bytes()))
    assert run("train", *offline, "--data-dir", str(data)) == 2
    line = one_line(capsys)
    assert str(path) in line
    assert "cut short" in line
    assert "lay it anew" in line


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
    assert run("train", "--name", "new", "--start-from", name, *folders) == 2
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
        assert run("train", "--epochs", "1", "--overwrite", *folders) == 2
    assert "is the disk full?" in one_line(capsys)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]
    assert run("train", "--epochs", "1", "--overwrite", *folders) == 0


def test_a_full_disk_leaves_the_weights_and_the_card_before(
    folders: tuple[str, ...], tmp_path: Path, capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("train", "--epochs", "1", *folders) == 0
    capsys.readouterr()

    def full(*_: object) -> None:
        raise SafetensorError("No space left on device")

    monkeypatch.setattr(checkpoint, "save_file", full)
    assert run("train", "--epochs", "1", "--overwrite", *folders) == 2
    assert "No space left" in one_line(capsys)
    checkpoint.load_model("mnist", tmp_path)
    assert not list(tmp_path.glob("*.draft"))


def test_what_is_written_takes_its_place_only_when_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file.txt"
    with replacing(path) as draft:
        draft.write_text("first", encoding="utf-8")
        assert not path.exists()
    with pytest.raises(OSError, match=r"cannot write .*file.txt: No space left on device"):
        _write_half(path)
    assert [file.read_text(encoding="utf-8") for file in path.parent.iterdir()] == ["first"]


def test_files_that_belong_together_change_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = (tmp_path / "weights", tmp_path / "card")
    with replacing_together(*paths) as drafts:
        for draft in drafts:
            draft.write_text("first", encoding="utf-8")
    synced = os.fsync

    def full_at_the_second(descriptor: int) -> None:
        if os.fstat(descriptor).st_size == len("second!"):
            raise OSError(errno.ENOSPC, "No space left on device")
        synced(descriptor)

    monkeypatch.setattr(os, "fsync", full_at_the_second)
    for first, second in (("second!", "2"), ("2", "second!")):
        with pytest.raises(OSError, match="No space left on device"):
            _write_both(paths, (first, second))
        assert {file.name: file.read_text(encoding="utf-8") for file in tmp_path.iterdir()} == {
            "weights": "first",
            "card": "first",
        }


def test_of_files_that_belong_together_it_is_told_which_are_new(tmp_path: Path) -> None:
    paths = (tmp_path / "weights", tmp_path / "card")
    paths[1].mkdir()
    with pytest.raises(OSError, match=r"weights is the new one already"):
        _write_both(paths, ("new", "new"))
    assert paths[0].read_text(encoding="utf-8") == "new"


def _write_both(paths: tuple[Path, ...], texts: tuple[str, ...]) -> None:
    with replacing_together(*paths) as drafts:
        for draft, text in zip(drafts, texts, strict=True):
            draft.write_text(text, encoding="utf-8")


def _write_half(path: Path) -> None:
    with replacing(path) as draft:
        draft.write_text("sec", encoding="utf-8")
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("option", ["--run-dir", "--out-dir"])
def test_what_is_needed_at_the_end_is_tried_at_the_start(
    folders: tuple[str, ...], tmp_path: Path, capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    monkeypatch.setattr(training, "train_step", None)  # no step is taken
    (tmp_path / "taken").write_text("a file where a folder should be", encoding="utf-8")
    assert run("train", *folders, option, str(tmp_path / "taken")) == 2
    assert f"cannot write into {tmp_path / 'taken'}: " in one_line(capsys)


@pytest.mark.parametrize("names", [["mnist.safetensors"], ["mnist.json"]])
def test_what_is_there_is_not_written_over(
    folders: tuple[str, ...], tmp_path: Path, capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch, names: list[str]
) -> None:
    monkeypatch.setattr(training, "train_step", None)
    for name in names:
        (tmp_path / name).write_text("somebody's", encoding="utf-8")
    assert run("train", *folders) == 2
    assert one_line(capsys) == (
        f"capsnet: {tmp_path / names[0]} is there already: choose another --out-dir, or --overwrite it"
    )
    assert (tmp_path / names[0]).read_text(encoding="utf-8") == "somebody's"


def test_no_command_writes_into_the_package_unless_told() -> None:
    parser = argparse.ArgumentParser()
    subparsers = parser.add_subparsers()
    add_commands(subparsers)
    package = Path(model.__file__).parent
    asked = 0
    for command in subparsers.choices.values():
        for action in command._actions:
            if action.dest in {"out_dir", "run_dir", "data_dir", "report"} and action.default is not None:
                asked += 1
                assert not Path(action.default).resolve().is_relative_to(package), (command.prog, action.dest)
    assert asked >= 6


@pytest.mark.parametrize(("kind", "command"), COMMANDS.items())
def test_measurements_are_not_written_over_and_their_place_is_tried_first(
    tmp_path: Path, capsys: CAPTURE, kind: MeasuredKind, command: str
) -> None:
    """All of it before the first picture is looked at."""
    shipped = measured_path("multimnist" if kind == "overlap" else "mnist", kind)
    before = shipped.read_bytes()
    assert run(command, "--device", "cpu", "--out-dir", str(shipped.parent)) == 2
    assert one_line(capsys).startswith(f"capsnet: {shipped} is there already")
    assert shipped.read_bytes() == before
    (tmp_path / "taken").write_text("", encoding="utf-8")
    assert run(command, "--device", "cpu", "--out-dir", str(tmp_path / "taken")) == 2
    assert "cannot write into" in one_line(capsys)


def test_a_report_that_could_not_be_written_is_told_before_the_test_digits_are_read(
    tmp_path: Path, capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(datasets, "shipped_test_digits", None)
    (tmp_path / "taken").write_text("", encoding="utf-8")
    assert run("evaluate", "--device", "cpu", "--report", str(tmp_path / "taken")) == 2
    assert "cannot write into" in one_line(capsys)


def test_a_disk_without_room_is_told_of() -> None:
    """On a disk of one megabyte, where such a one can be had."""
    with small_disk() as folder:
        try_place((folder, 500_000))
        with pytest.raises(OSError, match=r"cannot write into .*: No space left on device; 3 MB are needed there"):
            try_place((folder, 2_500_000))
        with pytest.raises(OSError, match="No space left"):
            try_place((folder, 700_000), (folder / "below", 700_000))
        assert [path.name for path in folder.iterdir()] == ["below"]
        assert not list((folder / "below").iterdir())


def test_where_room_cannot_be_taken_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On macOS and Windows."""
    monkeypatch.delattr(os, "posix_fallocate", raising=False)
    try_place((tmp_path, 1000))
    with pytest.raises(OSError, match="No space left"):
        try_place((tmp_path, shutil.disk_usage(tmp_path).total + 1))


@contextmanager
def small_disk() -> Iterator[Path]:
    """A folder with room for a megabyte. Only root can mount one, and not everywhere."""
    with tempfile.TemporaryDirectory() as name:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1m", "none", name], capture_output=True, check=False
        )
        if mounted.returncode:
            pytest.skip("a small disk cannot be mounted here")
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", name], check=True)


def test_an_error_that_quotes_a_whole_file_is_cut() -> None:
    line = one_line_of(ValueError("x" * 300_000))
    assert len(line) < 1000
    assert line.endswith("...")


def test_a_folder_that_takes_no_file(folders: tuple[str, ...], tmp_path: Path, capsys: CAPTURE) -> None:
    (tmp_path / "runs").write_text("a file where the folder should be", encoding="utf-8")
    assert run("train", "--epochs", "1", *folders) == 2
    assert "runs" in one_line(capsys)
