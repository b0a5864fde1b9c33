"""The few rules of who may import whom."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OF_THE_SERVER = {"server", "fastapi", "starlette", "uvicorn", "pydantic", "pydantic_settings", "jinja2"}


def imported_packages(path: Path) -> set[str]:
    """The top-level packages that a file imports anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


@pytest.mark.parametrize("path", sorted((ROOT / "model").rglob("*.py")), ids=lambda path: path.name)
def test_model_knows_nothing_of_http(path: Path) -> None:
    assert not imported_packages(path) & OF_THE_SERVER


@pytest.mark.parametrize("path", sorted((ROOT / "server").rglob("*.py")), ids=lambda path: path.name)
def test_only_the_engine_runs_torch(path: Path) -> None:
    assert "torchvision" not in imported_packages(path)
    assert "torch" not in imported_packages(path) or path.name == "engine.py"


def test_serving_imports_no_torchvision_and_builds_nothing() -> None:
    """In a Python of its own, as other tests may have imported anything."""
    script = (
        "import sys, server.app, server.serve, server.__main__\n"
        "assert 'torchvision' not in sys.modules\n"
        "assert not [name for name, value in vars(server.app).items() if type(value).__name__ == 'FastAPI']"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, timeout=60)


def test_only_measuring_imports_scikit_image() -> None:
    """The `capsnet` command and the server do without it: it is an extra."""
    script = (
        "import sys, server.app, server.serve, server.__main__\n"
        "assert not {'skimage', 'scipy', 'model.morphometrics'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, timeout=60)
