"""Two processes train as one does: `torchrun`, gloo, the CPU."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from model.parallel import ALONE, Team

ROOT = Path(__file__).parent.parent.parent
TORCHRUN = ("-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2")
TOLERANCE = 1e-4  # of a loss: sums of float32 in another order, over 2 epochs


def train(folder: Path, *options: str, processes: int) -> str:
    """57 digits in batches of 8, the last of 1, which leaves the second process without a digit."""
    starter = TORCHRUN if processes == 2 else ()
    command = [sys.executable, *starter, "-m", "tests.model.in_a_team", str(folder), *options]
    words = ["--epochs", "2", "--batch-size", "8", "--seed", "3"]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [*command, *words], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def losses(folder: Path, rank: int = 0) -> list[float]:
    values: list[float] = json.loads((folder / f"losses-{rank}.json").read_text())
    return values


@pytest.mark.parametrize("options", [(), ("--no-reconstruction",)])
def test_two_processes_have_the_losses_of_one(tmp_path: Path, options: tuple[str, ...]) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    train(one, *options, processes=1)
    said = train(two, *options, processes=2)
    assert len(losses(one)) == 16
    assert losses(two) == losses(two, rank=1) == pytest.approx(losses(one), rel=0, abs=TOLERANCE)
    assert said.count("test error") == 1
    first, second = (torch.load(folder / "runs" / "mnist.pt", weights_only=True) for folder in (one, two))
    for name, value in first["network"].items():
        torch.testing.assert_close(second["network"][name], value, rtol=0, atol=1e-3)
    assert len(second["epoch_errors"]) == 2
    (two / "losses-0.json").unlink()
    train(two, *options, processes=2)
    assert losses(two) == []  # its checkpoint says that it is finished


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
