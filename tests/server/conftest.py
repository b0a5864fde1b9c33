"""A digit in the forms in which the server takes and gives it, and a server started for real."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from torch import Tensor

from model.datasets import Digits, to_unit

INDEX = 7
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def image(test_digits: Digits) -> Tensor:
    """One test digit, (1, 28, 28) in [0, 1]."""
    return to_unit(test_digits.images[INDEX : INDEX + 1])


@pytest.fixture(scope="session")
def pixels(image: Tensor) -> dict[str, list[list[float]]]:
    """The same as a JSON body."""
    return {"pixels": image[0].tolist()}


@contextmanager
def started(*options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`capsnet serve` with these options, and the URL that it prints when it is ready."""
    command = [sys.executable, "-m", "server", "serve", "--device", "cpu", "--port", "0", *options]
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"PYTHONWARNINGS": "error"}, stdout=subprocess.PIPE, text=True
    )
    with process:
        try:
            assert process.stdout is not None
            yield process, process.stdout.readline().split()[-1]
        finally:
            process.terminate()


@pytest.fixture(scope="package")
def live_url() -> Iterator[str]:
    with started() as (_, url):
        yield url.rstrip("/")
