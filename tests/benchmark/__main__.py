"""`python -m tests.benchmark`: measures a trace, its endpoint, the page, its dials and a training step."""

from __future__ import annotations

import argparse
import platform
import sys

import torch

from model.network.fast.memory import keep_freed_memory
from tests.benchmark.compute import compute_rows
from tests.benchmark.page import page_rows
from tests.benchmark.publish import publish
from tests.benchmark.rows import Row, attempt, markdown, table
from tests.benchmark.serving import serving
from tests.benchmark.training import training_rows


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description=__doc__)
    parser.add_argument("--no-browser", action="store_true", help="leave the page out")
    parser.add_argument("--publish", action="store_true", help="write the table into RESULTS.md as well")
    arguments = parser.parse_args()
    keep_freed_memory()  # as the server and the training do: a bare trace or step is to differ by nothing else
    rows = attempt("the server", lambda: served_rows(page=not arguments.no_browser))
    rows += attempt("a training step", training_rows)  # when the server is gone
    conditions = (
        f"Medians of one run; {torch.get_num_threads()} threads, torch {torch.__version__}, {platform.machine()}."
    )
    print(f"{conditions}\n{table(rows)}")
    if arguments.publish:
        publish(f"{conditions}\n\n{markdown(rows)}")
    return 0 if all(row.holds for row in rows) else 1


def served_rows(*, page: bool) -> list[Row]:
    """What is measured with a server: its own figures, and those of the page."""
    with serving() as address:
        rows = attempt("a trace and its endpoint", lambda: compute_rows(address))
        return rows + attempt("the page", lambda: page_rows(address)) if page else rows


if __name__ == "__main__":
    sys.exit(main())
