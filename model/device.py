"""Which device the network runs on."""

from __future__ import annotations

from typing import Literal, get_args

import torch

from model.errors import UserError

Choice = Literal["auto", "cuda", "mps", "cpu"]
CHOICES: tuple[Choice, ...] = get_args(Choice)


def pick_device(name: str = "auto") -> torch.device:
    """The device of that name; `auto` takes CUDA, then Apple's MPS, then the CPU.

    Raises UserError for a name outside CHOICES or a device that this machine lacks.
    """
    available = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    if name == "auto":
        return torch.device(next(kind for kind, present in available.items() if present))
    if name not in available:
        raise UserError(f"unknown device {name!r}: choose one of {', '.join(CHOICES)}")
    if not available[name]:
        raise UserError(f"device {name!r} is not available on this machine")
    return torch.device(name)
