"""What `make` installs: the recipes run for real, with a Python that notes what it is asked to install."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CPU = "--index-url https://download.pytorch.org/whl/cpu"
HINT = "make serve TORCH=cpu"

# `-m pip install` is noted and `import torch` answered as told; everything else succeeds.
PYTHON = """#!/bin/sh
case "$*" in
*"-m pip install"*) echo "$*" | sed 's/.*version-check *//; s/--quiet *//' >> {log} ;;
*"+cpu"*) exit {not_cpu} ;;
*"import torch"*) exit {no_torch} ;;
esac
"""


class Clone:
    """A clone with an environment in which nothing is installed yet."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._log = folder, folder / "log"
        for name in ("Makefile", "pyproject.toml"):
            shutil.copy(ROOT / name, folder)
        (folder / ".venv/bin").mkdir(parents=True)
        (folder / "tools").mkdir()
        self.has()

    def has(self, *, torch: bool = False, cpu_build: bool = False) -> None:
        script = PYTHON.format(log=self._log, no_torch=int(not torch), not_cpu=int(not cpu_build))
        self.tool(".venv/bin/python", script)

    def tool(self, name: str, script: str) -> None:
        (self._folder / name).write_text(script, encoding="utf-8")
        (self._folder / name).chmod(0o755)

    def make(self, *words: str) -> tuple[str, list[str]]:
        """What make says, and what was installed."""
        self._log.write_text("", encoding="utf-8")
        environment = os.environ | {"PATH": f"{self._folder / 'tools'}:{os.environ['PATH']}"}
        for name in ("MAKEFLAGS", "MAKELEVEL", "TORCH"):
            environment.pop(name, None)
        said = subprocess.run(
            ["make", *words],
            cwd=self._folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return said.stdout, self._log.read_text(encoding="utf-8").splitlines()


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    clone = Clone(tmp_path)
    clone.tool("tools/nvidia-smi", "#!/bin/sh\nexit 1\n")
    clone.tool("tools/uname", "#!/bin/sh\necho Linux x86_64\n")
    return clone


needs_no_gpu = pytest.mark.skipif(Path("/dev/nvidiactl").exists(), reason="this machine has a GPU")


def test_the_build_without_cuda_comes_first_where_it_is_wanted(clone: Clone) -> None:
    said, installed = clone.make("serve", "TORCH=cpu")
    assert installed == [f"{CPU} torch>=2.5", "--editable ."]
    assert HINT not in said
    assert clone.make("serve")[1] == []  # once is enough


@needs_no_gpu
def test_without_a_gpu_it_is_offered_before_the_download(clone: Clone) -> None:
    """A log is told; the download goes on as it did."""
    said, installed = clone.make("serve")
    assert said.index(HINT) < said.index("Installing CapsNet Explorer")
    assert installed == ["--editable ."]


def test_with_a_gpu_nothing_is_offered(clone: Clone) -> None:
    clone.tool("tools/nvidia-smi", "#!/bin/sh\necho GPU 0\n")
    said, installed = clone.make("serve")
    assert HINT not in said
    assert installed == ["--editable ."]


def test_where_pytorch_is_there_already_or_has_no_cuda_anyway_nothing_is_offered(clone: Clone) -> None:
    clone.has(torch=True)
    assert HINT not in clone.make("install")[0]
    clone.has(torch=False)
    clone.tool("tools/uname", "#!/bin/sh\necho Darwin arm64\n")
    assert HINT not in clone.make("--always-make", "install")[0]


@pytest.mark.parametrize(("chore", "extra"), [("train", "train"), ("test-fast", "test")])
def test_what_needs_torchvision_gets_one_that_matches(clone: Clone, chore: str, extra: str) -> None:
    clone.has(torch=True, cpu_build=True)
    assert clone.make(chore)[1] == ["--editable .", f"{CPU} torchvision", f"--editable .[{extra}]"]
    clone.has(torch=True, cpu_build=False)
    assert clone.make("--always-make", chore)[1] == ["--editable .", f"--editable .[{extra}]"]


def test_serving_installs_no_torchvision_and_no_scikit_image() -> None:
    """What it imports is tested in test_architecture.py."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    needed = project[project.index("dependencies = [") : project.index("[project.optional-dependencies]")]
    assert "torch>=" in needed
    assert "torchvision" not in needed
    assert "scikit" not in needed
