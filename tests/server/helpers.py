"""Requests made, answers read back without any code of the server's, and the one look inside a running app."""

from __future__ import annotations

import json
import struct
from io import BytesIO
from typing import Any

import httpx2
import numpy as np
import numpy.typing as npt
from fastapi import FastAPI
from fastapi.testclient import TestClient
from PIL import Image

from server.hosts.worker import Worker

Array = npt.NDArray[Any]

_DTYPES = {"F32": "<f4", "F16": "<f2", "U8": "u1"}


def read_safetensors(body: bytes) -> tuple[dict[str, Array], dict[str, str]]:
    """The tensors and the metadata of a safetensors body, straight from its specification."""
    (length,) = struct.unpack_from("<Q", body)
    header = json.loads(body[8 : 8 + length])
    metadata = header.pop("__metadata__")
    data = body[8 + length :]
    return {name: _read(data, entry) for name, entry in header.items()}, metadata


def _read(data: bytes, entry: dict[str, Any]) -> Array:
    begin, end = entry["data_offsets"]
    return np.frombuffer(data[begin:end], dtype=_DTYPES[entry["dtype"]]).reshape(entry["shape"])


def png(array: Array, mode: str | None = None) -> bytes:
    """A PNG of grey levels 0..255 (H, W), or of what else Pillow makes of the array, in the mode asked for."""
    image = Image.fromarray(array)
    return png_of(image.convert(mode) if mode else image)


def png_of(image: Image.Image, **options: Any) -> bytes:
    file = BytesIO()
    image.save(file, "PNG", **options)
    return file.getvalue()


def stroke(height: int = 120, width: int = 100, paper: int = 255, ink: int = 0) -> Array:
    """A thick slanted stroke on a sheet: uint8 (height, width)."""
    rows, columns = np.mgrid[0:height, 0:width]
    near = np.abs(columns - width * (0.35 + 0.3 * rows / height)) < 6
    inside = (rows > height * 0.1) & (rows < height * 0.9)
    return np.where(near & inside, ink, paper).astype(np.uint8)


def error_of(response: httpx2.Response) -> tuple[int, str]:
    """The status and the code of an error, after checking that its body has the one shape that errors have."""
    body = response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message"}
    assert isinstance(body["error"]["message"], str)
    assert body["error"]["message"]
    return response.status_code, body["error"]["code"]


def worker_of(client: TestClient) -> Worker:
    """The network's thread of a running app, for a test to keep it busy."""
    assert isinstance(client.app, FastAPI)
    worker: Worker = client.app.state.services.host._worker
    return worker
