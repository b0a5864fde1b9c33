"""Two processes train as one does: `torchrun`, gloo, the CPU."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from model.training.parallel import ALONE, Team

ROOT = Path(__file__).parent.parent.parent.parent
TORCHRUN = ("-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2")
TOLERANCE = 1e-4  # of a loss: sums of float32 in another order, over 2 epochs


def train(folder: Path, *options: str, processes: int) -> str:
    """57 digits in batches of 8, the last of 1, which leaves the second process without a digit."""
    starter = TORCHRUN if processes == 2 else ()
    command = [sys.executable, *starter, "-m", "tests.model.in_a_team", str(folder), *options]
    words = ["--epochs", "2", "--batch-size", "8", "--seed", "3"]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [*command, *words], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", timeout=280, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def losses(folder: Path, rank: int = 0) -> list[float]:
    values: list[float] = json.loads((folder / f"losses-{rank}.json").read_text(encoding="utf-8"))
    return values


@pytest.fixture(scope="module", params=[(), ("--no-reconstruction",)], ids=["with reconstruction", "without"])
def runs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """The folders of the same training by one process and by two, and what the two printed."""
    one, two = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("two")
    train(one, *request.param, processes=1)
    return one, two, train(two, *request.param, processes=2)


@pytest.mark.slow
def test_two_processes_have_the_losses_of_one(runs: tuple[Path, Path, str]) -> None:
    one, two, said = runs
    assert len(losses(one)) == 16
    assert losses(two) == losses(two, rank=1) == pytest.approx(losses(one), rel=0, abs=TOLERANCE)
    assert said.count("test error") == 1
    first, second = (torch.load(folder / "runs" / "mnist.pt", weights_only=True) for folder in (one, two))
    for name, value in first["network"].items():
        torch.testing.assert_close(second["network"][name], value, rtol=0, atol=1e-3)
    assert len(second["epoch_errors"]) == 2


@pytest.mark.slow
def test_two_processes_have_nothing_to_do_once_their_checkpoint_says_that_it_is_finished(tmp_path: Path) -> None:
    train(tmp_path, processes=1)
    (tmp_path / "losses-0.json").unlink()
    train(tmp_path, "--overwrite", processes=2)
    assert losses(tmp_path) == losses(tmp_path, rank=1) == []


@pytest.mark.parametrize(("size", "count"), [(1, 5), (2, 8), (2, 5), (3, 2), (4, 1)])
def test_shares_make_up_the_batch_and_its_mean(size: int, count: int) -> None:
    values = torch.rand(count)
    shares = [Team(rank, size).share(count) for rank in range(size)]
    counted = [share.picked for share in shares if share.weight]
    assert sorted(torch.cat(counted).tolist()) == list(range(count))
    mean = sum(share.weight * float(values[share.picked].mean()) for share in shares) / size
    assert mean == pytest.approx(float(values.mean()))


def test_alone_nothing_is_wrapped_or_sent() -> None:
    layer, value = torch.nn.Linear(1, 1), torch.ones(1)
    assert ALONE.wrapped(layer, torch.device("cpu")) is layer
    assert ALONE.mean(value) is value
