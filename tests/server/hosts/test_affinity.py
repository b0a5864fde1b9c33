"""The network's threads on cores of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from server.hosts import affinity

PROGRAM = """
import json, os, threading
from pathlib import Path
import torch
from server.hosts.affinity import spread_team

def team():
    given = spread_team(lambda: torch.ones(512, 512) @ torch.ones(512, 512))
    threads = [int(task.name) for task in Path("/proc/self/task").iterdir()]
    pinned = sorted(core for thread in threads for core in cores(thread) if len(cores(thread)) == 1)
    print(json.dumps([given, pinned, sorted(cores(os.getpid()))]))

def cores(thread):
    return os.sched_getaffinity(thread)

worker = threading.Thread(target=team)
worker.start()
worker.join()
"""


needs_a_team = pytest.mark.skipif(not affinity.supported(), reason="only Linux with several cores has a team to spread")


def placed(threads: int) -> list[list[int]]:
    """In a process of its own, since here the team has long been made."""
    environment = os.environ | {"OMP_NUM_THREADS": str(threads)}
    done: list[list[int]] = json.loads(
        subprocess.check_output([sys.executable, "-c", PROGRAM], encoding="utf-8", env=environment)
    )
    return done


@pytest.mark.slow
@needs_a_team
def test_each_thread_of_the_team_has_its_core_and_the_others_stay_free() -> None:
    given, pinned, free = placed(len(os.sched_getaffinity(0)))
    assert len(given) >= 2
    assert pinned == given == free


@needs_a_team
def test_a_team_smaller_than_the_machine_is_left_to_the_system() -> None:
    given, pinned, free = placed(1)
    assert given == pinned == []
    assert len(free) >= 2


def test_elsewhere_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(affinity, "supported", lambda: False)
    assert affinity.spread_team(lambda: None) == []
