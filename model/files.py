"""Files that are either the old one or the new one, whatever happens while they are written.

Of two that belong together, a kill between their renames leaves a new one and an old one: the SHA-256 in a model's
card tells that.
"""

from __future__ import annotations

import errno
import math
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file beside `path` to be written in the block; it takes the place of `path` once it is safely on the disk.

    Raises OSError where it cannot be written; `path` is then what it was, and nothing is left beside it.
    """
    with replacing_together(path) as (draft,):
        yield draft


@contextmanager
def replacing_together(*paths: Path) -> Iterator[tuple[Path, ...]]:
    """The same for files that belong together: none takes its place before all are safely on the disk."""
    drafts = tuple(path.with_name(f"{path.name}.draft") for path in paths)
    replaced: list[Path] = []
    try:
        for path in paths:
            path.parent.mkdir(parents=True, exist_ok=True)
        yield drafts
        for draft in drafts:
            with draft.open("rb+") as file:
                os.fsync(file.fileno())  # what a full disk still refuses, it refuses here
        for draft, path in zip(drafts, paths, strict=True):
            os.replace(draft, path)
            replaced.append(path)
    except BaseException as error:
        for draft in drafts:
            with suppress(OSError):  # the folder itself may be what failed
                draft.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.strerror:  # the system's word, without the file's name
            names = " and ".join(map(str, paths))
            new = " and ".join(map(str, replaced))
            outcome = f"{new} is the new one already" if new else "what was there before is untouched"
            raise OSError(f"cannot write {names}: {error.strerror}; {outcome}") from error
        raise


def try_place(*places: tuple[Path, int]) -> None:
    """Try whether so many bytes can be written into each of these folders, all of them together.

    So a long computation learns at its start what would stop it at its end. Raises OSError where it would.
    """
    with ExitStack() as tried:
        for folder, size in places:
            try:
                folder.mkdir(parents=True, exist_ok=True)
                file = tried.enter_context(tempfile.TemporaryFile(dir=folder))
                _take(file.fileno(), folder, size)
            except OSError as error:
                needed = f"{math.ceil(size / 1e6)} MB are needed there"
                raise OSError(f"cannot write into {folder}: {error.strerror or error}; {needed}") from error


def _take(descriptor: int, folder: Path, size: int) -> None:
    """Take so much of the disk. Raises OSError where there is less."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(descriptor, 0, size)
    elif shutil.disk_usage(folder).free < size:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
