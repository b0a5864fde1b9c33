"""The `capsnet` command."""

from __future__ import annotations

import argparse
import importlib.util
import io
import sys
from pathlib import Path

_BESIDE = Path(__file__).resolve().parent.parent


def main() -> int:
    if stranger := _in_the_way():
        print(
            f"capsnet: {stranger} is found in place of a part of CapsNet Explorer: take it off PYTHONPATH, or install "
            "CapsNet Explorer in an environment of its own",
            file=sys.stderr,
        )
        return 1
    from model.commands import add_commands  # not before it is known whose they are
    from server import serve

    parser = argparse.ArgumentParser(prog="capsnet")
    commands = parser.add_subparsers(required=True)
    serve.add_command(commands)
    add_commands(commands)
    _print_whatever_comes()
    arguments = parser.parse_args()
    return int(arguments.run(arguments))


def _print_whatever_comes() -> None:
    """A character that the terminal's encoding lacks, û say, is printed as a question mark and stops no command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _in_the_way() -> str:
    """Somebody else's `model` that Python finds before ours, which lies beside this package; empty where none is."""
    found = importlib.util.find_spec("model")
    origin = (found and found.origin) or ""
    return "" if origin and Path(origin).resolve() == _BESIDE / "model" / "__init__.py" else origin or "no model"


if __name__ == "__main__":
    sys.exit(main())
