"""A digit in the forms in which the server takes and gives it, and a server started for real."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

import pytest
from torch import Tensor

from model.data.datasets import Digits, to_unit

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
def started(*options: str, log: IO[str] | None = None) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`capsnet serve` with these options, and the URL that it prints when it is ready; its stderr goes into the log."""
    command = [sys.executable, "-m", "server", "serve", "--device", "cpu", "--port", "0", *options]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | {"PYTHONWARNINGS": "error"},
        stdout=subprocess.PIPE,
        stderr=log,
        encoding="utf-8",
    )
    with process:
        try:
            assert process.stdout is not None
            yield process, process.stdout.readline().split()[-1]
        finally:
            process.terminate()


class Live(NamedTuple):
    """A server of its own process."""

    url: str  # without a slash at the end
    process: subprocess.Popen[str]
    log: Path  # what it wrote to stderr


@pytest.fixture(scope="package")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    log = tmp_path_factory.mktemp("live") / "log"
    with log.open("w", encoding="utf-8") as file, started(log=file) as (process, url):
        yield Live(url.rstrip("/"), process, log)


@pytest.fixture
def live_url(live: Live) -> str:
    return live.url
