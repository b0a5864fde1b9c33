"""A real server in a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
START_SECONDS = 120


@contextmanager
def serving() -> Iterator[str]:
    """The address of `capsnet serve` on a free port, on the CPU; the server ends with the block."""
    command = [sys.executable, "-m", "server", "serve", "--port", "0", "--no-open", "--device", "cpu"]
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with log.open("wb") as output:
            environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
        try:
            yield _address(process, log)
        finally:
            process.terminate()
            process.wait(20)


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if match := re.search(r"http://[\d.]+:\d+", log.read_text(encoding="utf-8")):
            return match.group()
        time.sleep(0.05)
    raise SystemExit(f"the server did not come up:\n{log.read_text(encoding='utf-8')}")
