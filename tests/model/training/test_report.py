"""The report of `capsnet evaluate`: its numbers are those of the evaluation, and it says where they come from."""

from __future__ import annotations

import json
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
import torch

from model.data.datasets import Digits, shipped_test_digits
from model.training.evaluation import Evaluation
from model.training.report import Evaluated, commit, error_by_class, write_report
from model.zoo.checkpoint import ModelCard, load_model
from tests.model.test_cli import folders, run

__all__ = ["folders"]

ROOT = Path(__file__).parent.parent.parent.parent


def test_the_command_writes_both_models_down(
    folders: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("train", "--epochs", "2", "--validation", "20", *folders)
    run("train", "--task", "pair", "--epochs", "1", "--start-from", "mnist", "--validation", "20", *folders)
    capsys.readouterr()
    where = ("--weights-dir", str(tmp_path), "--device", "cpu", "--report", str(tmp_path / "report"))
    assert run("evaluate", "--model", "mnist", "multimnist", *where) == 0
    said = capsys.readouterr().out
    written = json.loads((tmp_path / "report" / "report.json").read_text(encoding="utf-8"))
    text = (tmp_path / "report" / "report.md").read_text(encoding="utf-8")
    made = written["made"]
    assert made["command"] == "capsnet evaluate --model mnist multimnist"
    assert made["versions"]["torch"] == torch.__version__
    assert made["versions"]["python"] == platform.python_version()
    assert abs((datetime.now(UTC) - datetime.fromisoformat(made["date"])).total_seconds()) < 300
    assert [entry["card"]["name"] for entry in written["models"]] == ["mnist", "multimnist"]
    for entry in written["models"]:
        card = load_model(entry["card"]["name"], tmp_path).card
        assert entry["agrees_with_its_card"]
        assert entry["test_error"] == card.test_error
        assert {int(index): classes for index, classes in entry["misclassified"].items()} == card.misclassified
        assert f"{card.name}: test error {card.test_error:.2f} %" in said
        assert f"| {card.test_error:.2f} % | {len(card.misclassified)} of 60 |" in text
        for fact in (card.command, card.sha256, card.title, card.dataset, card.first_weights):
            assert fact in text
    assert "Validation error after each epoch" in text
    assert str(tmp_path) not in made["command"]


def test_the_command_fails_where_a_card_is_wrong_and_the_report_says_so(
    folders: tuple[str, ...], tmp_path: Path
) -> None:
    run("train", "--epochs", "1", *folders)
    path = tmp_path / "mnist.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"test_error": ', '"test_error": 1'), encoding="utf-8")
    where = ("--weights-dir", str(tmp_path), "--device", "cpu", "--report", str(tmp_path))
    assert run("evaluate", *where) == 1
    (entry,) = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["models"]
    assert not entry["agrees_with_its_card"]
    assert entry["card"]["test_error"] != entry["test_error"]


def test_the_error_of_each_class_by_hand() -> None:
    images = torch.zeros(4, 1, 1, dtype=torch.uint8)
    singles = Digits(images, torch.tensor([1, 1, 1, 2]))
    assert error_by_class(singles, Evaluation(4, {0: 2})) == {1: pytest.approx(100 / 3), 2: 0}
    pairs = Digits(images, torch.tensor([[1, 2], [2, 3], [3, 1], [1, 3]]))
    wrong = Evaluation(4, {1: [2, 5], 3: [1, 7]})
    assert error_by_class(pairs, wrong) == {1: pytest.approx(100 / 3), 2: 50, 3: pytest.approx(200 / 3)}


def test_a_checkout_names_its_commit_and_a_plain_folder_none(tmp_path: Path) -> None:
    assert commit(tmp_path) is None

    def git(*words: str) -> str:
        options = ("-c", "user.name=a", "-c", "user.email=a@b")
        return subprocess.run(
            ["git", "-C", str(tmp_path), *options, *words], check=True, capture_output=True, encoding="utf-8"
        ).stdout.strip()

    git("init", "-q")
    (tmp_path / "file").write_text("one", encoding="utf-8")
    git("add", "file")
    git("commit", "-qm", "one")
    head = git("rev-parse", "HEAD")
    assert commit(tmp_path) == head
    (tmp_path / "file").write_text("two", encoding="utf-8")
    assert commit(tmp_path) == f"{head}+"
    assert commit(tmp_path / "inside") is None


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, weights_dir: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    card = ModelCard.from_json((weights_dir / "mnist.json").read_text(encoding="utf-8"))
    evaluated = Evaluated(card, shipped_test_digits(), Evaluation(10_000, card.misclassified))
    assert evaluated.agrees
    with pytest.raises(OSError, match="file"):
        write_report(tmp_path / "file", [evaluated], "none", torch.device("cpu"))
