"""The frames of /api/dials, little-endian, and the rule that the newest request wins.

A request is u32 sequence, u32 label, D x f32 pose. An answer is u32 sequence, u32 label, H*W x f32 reconstruction.
D, H and W are those of the model, as /api/models gives them.
"""

from __future__ import annotations

import asyncio
import struct
from typing import Generic, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from model.network.config import CapsNetConfig
from server.web.errors import InvalidError
from server.web.schemas import MAX_POSE_NUMBER

Array = npt.NDArray[np.float32]
T = TypeVar("T")

_HEAD = struct.Struct("<II")
_SEQUENCE = struct.Struct("<I")


class DialRequest(NamedTuple):
    """One position of the dials."""

    sequence: int
    label: int
    pose: Array  # (D,)


class MalformedFrameError(InvalidError):
    """A frame that is no request; `sequence` is None where it could not be read."""

    def __init__(self, message: str, sequence: int | None) -> None:
        super().__init__("malformed_frame", message)
        self.sequence = sequence


class Frames:
    """Reads the requests for one model."""

    def __init__(self, config: CapsNetConfig) -> None:
        self._classes = config.classes
        self.request_bytes = _HEAD.size + config.pose_dim * np.dtype("<f4").itemsize

    def unpack(self, frame: bytes | str) -> DialRequest:
        """Read a request. Raises MalformedFrameError."""
        if isinstance(frame, str):
            raise MalformedFrameError("A request must be a binary frame.", None)
        if len(frame) != self.request_bytes:
            raise MalformedFrameError(
                f"A request to this model needs {self.request_bytes} bytes, not {len(frame)}.", _sequence(frame)
            )
        sequence, label = _HEAD.unpack_from(frame)
        pose = np.frombuffer(frame, dtype="<f4", offset=_HEAD.size).astype(np.float32)
        if label >= self._classes:
            raise MalformedFrameError(f"The label must be 0 to {self._classes - 1}.", sequence)
        if not np.all(np.abs(pose) <= MAX_POSE_NUMBER):  # NaN compares false
            raise MalformedFrameError(
                f"The numbers of a pose must lie between -{MAX_POSE_NUMBER:g} and {MAX_POSE_NUMBER:g}.", sequence
            )
        return DialRequest(sequence, label, pose)


def pack(sequence: int, label: int, reconstruction: Array) -> bytes:
    """Write an answer from a picture (H, W) in [0, 1]."""
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
