"""Where the network's threads run."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

_TASKS = Path("/proc/self/task")


def spread_team(compute: Callable[[], object]) -> list[int]:
    """Give the calling thread, and each thread that `compute` starts for it, a core of its own.

    Linux wakes the threads of a team on the core of the thread that wakes them, and takes about a tenth of a
    second to move them apart. With few cores the first traces after each pause run as if there were only one.
    `compute` must be the thread's first work, since its team is told by being new. Returns the cores that were
    given away: none where there is only one, where the system is not Linux, or where the team is smaller than the
    machine. The system then chooses better: other servers may run beside this one, and cores may be two halves of one.
    """
    if not supported():
        return []
    cores = sorted(os.sched_getaffinity(0))
    before = _threads()
    compute()
    team = [0, *sorted(_threads() - before)]  # 0 is the calling thread
    if len(team) < len(cores):
        return []
    for thread, core in zip(team, cores, strict=False):
        os.sched_setaffinity(thread, {core})
    return cores


def supported() -> bool:
    """Whether this system lets threads be placed, and has more than one core to place them on."""
    return hasattr(os, "sched_getaffinity") and _TASKS.is_dir() and len(os.sched_getaffinity(0)) > 1


def _threads() -> set[int]:
    return {int(task.name) for task in _TASKS.iterdir()}
