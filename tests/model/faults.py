"""Plants a fault in one function for the length of a block, to show that a check would notice it."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FunctionType
from typing import Any

_HEAD = "from __future__ import annotations\n"


@contextmanager
def planted(function: Callable[..., Any], right: str, wrong: str) -> Iterator[None]:
    """Run the block with `right` replaced by `wrong` in the source of `function`.

    The function's code is swapped in place, so that whoever imported it meets the fault too.
    """
    target = _undecorated(function)
    original = target.__code__
    target.__code__ = _mutant(target, right, wrong).__code__
    try:
        yield
    finally:
        target.__code__ = original


def _mutant(function: FunctionType, right: str, wrong: str) -> FunctionType:
    source = textwrap.dedent(inspect.getsource(function))
    assert source.count(right) == 1, f"{function.__qualname__} no longer reads {right!r} once"
    names: dict[str, Any] = dict(function.__globals__)
    exec(compile(_HEAD + source.replace(right, wrong), "<fault>", "exec"), names)
    return _undecorated(names[function.__name__])


def _undecorated(function: Callable[..., Any]) -> FunctionType:
    inner = inspect.unwrap(function)
    assert isinstance(inner, FunctionType)
    return inner
