"""The `capsnet` command."""

from __future__ import annotations

import argparse
import sys

from model import cli


def main() -> int:
    parser = argparse.ArgumentParser(prog="capsnet")
    cli.add_commands(parser.add_subparsers(required=True))
    arguments = parser.parse_args()
    return int(arguments.run(arguments))


if __name__ == "__main__":
    sys.exit(main())
