"""The errors that a command tells in one line: what a person asked for cannot be done, and a person can mend it."""

from __future__ import annotations


class UserError(ValueError):
    """An option, a file or a device with which this cannot be done. Any other ValueError is a mistake of ours."""
