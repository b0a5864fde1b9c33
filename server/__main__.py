"""The `capsnet` command."""

from __future__ import annotations

import argparse
import sys

from model.commands import add_commands
from server import serve


def main() -> int:
    parser = argparse.ArgumentParser(prog="capsnet")
    commands = parser.add_subparsers(required=True)
    serve.add_command(commands)
    add_commands(commands)
    arguments = parser.parse_args()
    return int(arguments.run(arguments))


if __name__ == "__main__":
    sys.exit(main())
