"""How the process keeps its memory."""

from __future__ import annotations

import ctypes
import sys

# Names and numbers from glibc's malloc.h; other C libraries have no mallopt.
_M_TRIM_THRESHOLD, _M_MMAP_MAX = -1, -4


def keep_freed_memory() -> bool:
    """Keep freed blocks in the process for the next tensors; returns whether the C library can.

    glibc gives each large block back to the system when it is freed and asks for it again, page by page and
    zeroed, at the next operation: up to a third of the time of a forward pass or a training step on a CPU.
    """
    if sys.platform != "linux":
        return False
    library = ctypes.CDLL(None)
    if not hasattr(library, "mallopt"):
        return False
    settings = ((_M_MMAP_MAX, 0), (_M_TRIM_THRESHOLD, 2**31 - 1))
    return all(library.mallopt(name, value) == 1 for name, value in settings)
