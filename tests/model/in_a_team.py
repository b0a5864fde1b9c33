"""`capsnet train` on a tiny network and few digits, as one of the processes that torchrun starts; notes its losses.

python -m tests.model.in_a_team FOLDER OPTIONS...
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from model.commands import add_commands
from model.data import datasets
from model.data.datasets import Digits, shipped_test_digits
from model.network.config import CapsNetConfig
from model.training import loop as training
from model.zoo.architectures import ARCHITECTURES

TINY = CapsNetConfig(conv1_channels=6, primary_types=2, primary_dim=4, pose_dim=5, decoder_hidden=(7, 9))


def main(folder: Path, options: list[str]) -> int:
    torch.set_num_threads(1)
    losses: list[float] = []
    step = training.train_step

    def noted(*arguments: Any) -> Tensor:
        loss = step(*arguments)
        losses.append(loss.item())
        return loss

    test_digits = shipped_test_digits()
    few = Digits(test_digits.images[:57], test_digits.labels[:57])
    patch = pytest.MonkeyPatch()  # for the length of this process
    patch.setattr(training, "train_step", noted)
    patch.setattr(datasets, "training_digits", lambda _: few)
    patch.setattr(datasets, "shipped_test_digits", lambda: few)
    patch.setitem(ARCHITECTURES, "capsnet", replace(ARCHITECTURES["capsnet"], config=lambda **_: TINY))
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers())
    folders = ["--device", "cpu", "--run-dir", str(folder / "runs"), "--out-dir", str(folder)]
    arguments = parser.parse_args(["train", *folders, *options])
    status = int(arguments.run(arguments))
    (folder / f"losses-{os.environ.get('RANK', '0')}.json").write_text(json.dumps(losses), encoding="utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
