"""Files that are either the old one or the new one, whatever happens while they are written.

Of two that belong together, a kill between their renames leaves a new one and an old one: the SHA-256 in a model's
card tells that.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
