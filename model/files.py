"""Files that are either the old one or the new one, whatever happens while they are written."""

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
    draft = path.with_name(f"{path.name}.draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield draft
        with draft.open("rb+") as file:
            os.fsync(file.fileno())  # what a full disk still refuses, it refuses here
        os.replace(draft, path)
    except BaseException as error:
        with suppress(OSError):  # the folder itself may be what failed
            draft.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.strerror:  # the system's word, without the file's name
            raise OSError(f"cannot write {path}: {error.strerror}; what was there before is untouched") from error
        raise
