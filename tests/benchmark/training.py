"""A training step at batch 128: the arithmetic floor and the step, measured in turns, on a GPU where there is one."""

from __future__ import annotations

import time
from collections.abc import Callable

import torch

from model.data.tasks import Batch
from model.device import pick_device
from model.network.config import CapsNetConfig
from model.training import loop as training
from model.training.config import Precision, TrainingConfig
from tests.benchmark.rows import Row, median, timed

BATCH = 128
# Of one digit: the forward pass, and twice as many backwards, but for Conv1, whose input needs no gradient.
MULTIPLY_ADDS = 601e6
SIDE = 4096  # of the matrices whose product sets the rate
ROUNDS = 5
SETTLE_SECONDS = 0.1  # until the threads of what was measured before leave the cores
# Dense products of float32 as PyTorch multiplies them by default, without TF32, in GFLOP/s; the makers' data sheets.
PEAKS = {"H100": 67_000, "H200": 67_000, "A100": 19_500}


def training_rows() -> list[Row]:
    """The rows of a training step with the memory settings of the process, on the device that training would take."""
    device = pick_device()
    products: list[float] = []
    steps: list[float] = []
    steps_in_bfloat16: list[float] = []
    turns = (
        (_product(device), products),
        (_step(device, "float32"), steps),
        (_step(device, "bfloat16"), steps_in_bfloat16),
    )
    for _ in range(ROUNDS):
        for work, taken in turns:
            time.sleep(SETTLE_SECONDS)
            work()  # the first of a turn finds cold caches
            taken += timed(work, 2)
    floor = median(products) * BATCH * MULTIPLY_ADDS / SIDE**3
    measured = median(steps)
    return [
        Row(f"training: rate of a large matrix product, {device.type}", _gflops(SIDE**3, median(products)), "GFLOP/s"),
        Row("training floor: 601 M multiply-adds a digit, batch 128", floor, "ms"),
        Row("training step at batch 128", measured, "ms"),
        Row("training step / floor", measured / floor, "x", target=1.8),
        Row("training: rate at batch 128", BATCH / measured * 1000, "digits/s"),
        Row("training: rate with products in bfloat16", BATCH / median(steps_in_bfloat16) * 1000, "digits/s"),
        *_share_of_the_peak(device, measured),
    ]


def _gflops(multiply_adds: float, milliseconds: float) -> float:
    return 2 * multiply_adds / milliseconds / 1e6


def _share_of_the_peak(device: torch.device, milliseconds: float) -> list[Row]:
    """Of a GPU whose peak is known."""
    if device.type != "cuda":
        return []
    name = torch.cuda.get_device_name(device)
    achieved = _gflops(BATCH * MULTIPLY_ADDS, milliseconds)
    return [
        Row(f"training: share of the float32 peak of {name}", 100 * achieved / peak, "%")
        for chip, peak in PEAKS.items()
        if chip in name
    ]


def _product(device: torch.device) -> Callable[[], None]:
    one, other = torch.randn(SIDE, SIDE, device=device), torch.randn(SIDE, SIDE, device=device)

    def product() -> None:
        one @ other
        _wait_for(device)

    return product


def _step(device: torch.device, precision: Precision) -> Callable[[], None]:
    """A step of the paper's network as `capsnet train` takes it; neither reading nor shifting the digits counts."""
    state = training.start(CapsNetConfig(), TrainingConfig(), device)
    images, labels = torch.rand(BATCH, 28, 28, device=device), torch.arange(BATCH, device=device) % 10
    batch = Batch(images, labels.unsqueeze(1), images.unsqueeze(1))

    def step() -> None:
        training.train_step(state, batch, 1e-4, precision=precision)
        _wait_for(device)

    return step


def _wait_for(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)
