"""Tensors as an answer, in the form that the client asked for."""

from __future__ import annotations

import gzip
from collections.abc import Collection

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from server.web import tensors
from server.web.bodies import JSON
from server.web.tensors import Metadata, Precision, Tensors

_QUICK = 1  # of gzip's levels: the others take several times as long and save 4 % more


async def tensor_response(
    request: Request,
    named: Tensors,
    metadata: Metadata,
    precision: Precision,
    as_bytes: Collection[str] = (),
    *,
    compressed: bool = False,
) -> Response:
    """Safetensors, or JSON where `Accept` prefers it; a large JSON body is written off the event loop.

    `compressed` safetensors are gzipped, for a client that reads that.
    """
    headers = request.headers
    if wants_json(headers.get("accept", "")):
        return Response(await run_in_threadpool(tensors.to_json, named, metadata, precision), media_type=JSON)
    body = tensors.to_safetensors(named, metadata, precision, as_bytes)
    if compressed and "gzip" in headers.get("accept-encoding", ""):
        small = await run_in_threadpool(gzip.compress, body, _QUICK)
        return Response(small, media_type=tensors.MEDIA_TYPE, headers={"Content-Encoding": "gzip"})
    return Response(body, media_type=tensors.MEDIA_TYPE)


def wants_json(accept: str) -> bool:
    """Whether an Accept header names JSON, and not safetensors at least as much."""
    weights = dict(_weighted(part) for part in accept.lower().split(","))
    return weights.get(JSON, 0.0) > weights.get(tensors.MEDIA_TYPE, 0.0)


def _weighted(part: str) -> tuple[str, float]:
    media_type, *parameters = (piece.strip() for piece in part.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            return media_type, _number(value)
    return media_type, 1.0


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
