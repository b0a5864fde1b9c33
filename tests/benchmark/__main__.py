"""`python -m tests.benchmark`: measures a trace, its endpoint, the page, its dials and a training step."""

from __future__ import annotations

import argparse
import platform
import sys

import torch

from model.memory import keep_freed_memory
from tests.benchmark.compute import compute_rows
from tests.benchmark.page import page_rows
from tests.benchmark.rows import table
from tests.benchmark.serving import serving
from tests.benchmark.training import training_rows


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description=__doc__)
    parser.add_argument("--no-browser", action="store_true", help="leave the page out")
    arguments = parser.parse_args()
    keep_freed_memory()  # as the server and the training do: a bare trace or step is to differ by nothing else
    with serving() as address:
        rows = compute_rows(address)
        if not arguments.no_browser:
            rows += page_rows(address)
    rows += training_rows()  # when the server is gone
    print(f"medians of one run; {torch.get_num_threads()} threads, torch {torch.__version__}, {platform.machine()}")
    print(table(rows))
    return 0 if all(row.holds for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
