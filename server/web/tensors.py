"""Named arrays as bytes: safetensors (8-byte header length, JSON header, raw little-endian data) or JSON."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save

MEDIA_TYPE = "application/vnd.safetensors"

Precision = Literal["f32", "f16"]
Tensors = Mapping[str, npt.NDArray[np.float32]]
Metadata = Mapping[str, str | int | float | Sequence[str | float]]

_PIECE = 4096  # numbers, which take a millisecond or two

_DTYPES: dict[str, type[np.floating[Any]]] = {"f32": np.float32, "f16": np.float16}


def to_safetensors(
    tensors: Tensors, metadata: Metadata, precision: Precision = "f32", as_bytes: Collection[str] = ()
) -> bytes:
    """One safetensors file; the metadata, as strings (lists with commas), stand in its header together with `dtype`.

    The tensors named in `as_bytes`, which hold nothing below zero, are rounded to 256 steps: a number is its byte times
    the metadata's `NAME.scale`.
    """
    strings = {name: _text(value) for name, value in metadata.items()} | {"dtype": precision}
    numbers: dict[str, npt.NDArray[Any]] = dict(_in_precision(tensors, precision))
    for name in as_bytes:
        scale = float(tensors[name].max()) / 255 or 1.0
        numbers[name] = np.ascontiguousarray(np.rint(tensors[name] / scale), dtype=np.uint8)
        strings[f"{name}.scale"] = repr(scale)
    data: bytes = save(numbers, strings)
    return data


def _text(value: str | int | float | Sequence[str | float]) -> str:
    """A value as a string; a list's with commas."""
    return str(value) if isinstance(value, str | int | float) else ",".join(map(str, value))


def to_json(tensors: Tensors, metadata: Metadata, precision: Precision = "f32") -> bytes:
    """The metadata as fields, and the tensors as nested lists under `tensors`: the numbers of `to_safetensors`.

    It is written in pieces: while json writes one, no other thread runs.
    """
    fields = [f"{json.dumps(name)}:{_dumps(value)}" for name, value in metadata.items()]
    nested = [
        f"{json.dumps(name)}:{''.join(_pieces(array))}" for name, array in _in_precision(tensors, precision).items()
    ]
    fields.append(f'"tensors":{{{",".join(nested)}}}')
    return f"{{{','.join(fields)}}}".encode()


def _pieces(array: npt.NDArray[np.floating[Any]]) -> Iterator[str]:
    """An array as JSON, at most `_PIECE` numbers or a row at once."""
    if array.ndim < 2 or array.size <= _PIECE:
        yield _dumps(array.tolist())
        return
    for k, part in enumerate(array):
        yield "," if k else "["
        yield from _pieces(part)
    yield "]" if len(array) else "[]"


def _dumps(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def _in_precision(tensors: Tensors, precision: Precision) -> dict[str, npt.NDArray[np.floating[Any]]]:
    """Whole numbers, such as classes and indices, stay float32: float16 skips every other one beyond 2,048."""
    return {
        name: np.ascontiguousarray(array, dtype=_DTYPES[precision] if array.dtype.kind == "f" else np.float32)
        for name, array in tensors.items()
    }
