"""The network's threads on cores of their own."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from server import affinity

PROGRAM = """
import json, os, threading
from pathlib import Path
import torch
from server.affinity import spread_team

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


@pytest.mark.skipif(not affinity.supported(), reason="only Linux with several cores has a team to spread")
def test_each_thread_of_the_team_has_its_core_and_the_others_stay_free() -> None:
    """In a process of its own, since here the team has long been made."""
    done = subprocess.check_output([sys.executable, "-c", PROGRAM], text=True)
    given, pinned, free = json.loads(done)
    assert len(given) >= 2
    assert pinned == given
    assert set(given) <= set(free)


def test_elsewhere_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(affinity, "supported", lambda: False)
    assert affinity.spread_team(lambda: None) == []
