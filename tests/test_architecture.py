"""What importing the server brings with it. Who may import whom is said in .importlinter."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def test_serving_imports_no_torchvision_and_builds_nothing() -> None:
    """In a Python of its own, as other tests may have imported anything."""
    script = (
        "import sys, server.app, server.serve, server.__main__\n"
        "assert 'torchvision' not in sys.modules\n"
        "assert not [name for name, value in vars(server.app).items() if type(value).__name__ == 'FastAPI']"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, timeout=180)


@pytest.mark.slow
def test_only_measuring_imports_scikit_image() -> None:
    """The `capsnet` command and the server do without it: it is an extra."""
    script = (
        "import sys, server.app, server.serve, server.__main__\n"
        "assert not {'skimage', 'scipy', 'model.explaining.morphometrics'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, timeout=180)
