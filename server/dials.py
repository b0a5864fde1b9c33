"""The frames of /api/dials, little-endian, and the rule that the newest request wins.

A request is 72 bytes: u32 sequence, u32 label, 16 x f32 pose. An answer is 3144 bytes: u32 sequence,
u32 label, 784 x f32 reconstruction.
"""

from __future__ import annotations

import asyncio
import struct
from typing import Generic, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from server.errors import InvalidError
from server.schemas import CLASSES, MAX_POSE_NUMBER

Array = npt.NDArray[np.float32]
T = TypeVar("T")

_HEAD = struct.Struct("<II")
_SEQUENCE = struct.Struct("<I")
REQUEST_BYTES = _HEAD.size + 16 * 4
ANSWER_BYTES = _HEAD.size + 28 * 28 * 4


class DialRequest(NamedTuple):
    """One position of the dials."""

    sequence: int
    label: int
    pose: Array  # (16,)


class MalformedFrameError(InvalidError):
    """A frame that is no request; `sequence` is None where it could not be read."""

    def __init__(self, message: str, sequence: int | None) -> None:
        super().__init__("malformed_frame", message)
        self.sequence = sequence


def unpack(frame: bytes | str) -> DialRequest:
    """Read a request. Raises MalformedFrameError."""
    if isinstance(frame, str):
        raise MalformedFrameError("A request is a binary frame.", None)
    if len(frame) != REQUEST_BYTES:
        raise MalformedFrameError(f"A request has {REQUEST_BYTES} bytes, not {len(frame)}.", _sequence(frame))
    sequence, label = _HEAD.unpack_from(frame)
    pose = np.frombuffer(frame, dtype="<f4", offset=_HEAD.size).astype(np.float32)
    if label >= CLASSES:
        raise MalformedFrameError(f"The label must be 0 to {CLASSES - 1}.", sequence)
    if not np.all(np.abs(pose) <= MAX_POSE_NUMBER):  # NaN compares false
        raise MalformedFrameError(f"A pose's numbers are finite and within {MAX_POSE_NUMBER:g}.", sequence)
    return DialRequest(sequence, label, pose)


def pack(sequence: int, label: int, reconstruction: Array) -> bytes:
    """Write an answer from a picture (28, 28) in [0, 1]."""
    return _HEAD.pack(sequence, label) + reconstruction.astype("<f4").tobytes()


def _sequence(frame: bytes) -> int | None:
    return _SEQUENCE.unpack_from(frame)[0] if len(frame) >= _SEQUENCE.size else None


class Newest(Generic[T]):
    """Room for one thing: putting another replaces what nobody has taken."""

    def __init__(self) -> None:
        self._items: list[T] = []
        self._arrived = asyncio.Event()

    def put(self, item: T) -> None:
        self._items[:] = [item]
        self._arrived.set()

    async def take(self) -> T:
        """Wait for a thing and take it."""
        await self._arrived.wait()
        self._arrived.clear()
        return self._items.pop()
