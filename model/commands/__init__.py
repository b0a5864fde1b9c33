"""The commands that need no server: train, evaluate, evaluate-drawn, and what measures a model."""

from __future__ import annotations

from model.commands import evaluate, fewer, measure, train
from model.commands.shared import Commands


def add_commands(commands: Commands) -> None:
    """Add these commands to the `capsnet` command."""
    train.add_commands(commands)
    evaluate.add_commands(commands)
    measure.add_commands(commands)
    fewer.add_commands(commands)
