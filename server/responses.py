"""Tensors as an answer, in the form that the client asked for."""

from __future__ import annotations

from collections.abc import Collection

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from server import tensors
from server.bodies import JSON
from server.tensors import Metadata, Precision, Tensors


async def tensor_response(
    request: Request, named: Tensors, metadata: Metadata, precision: Precision, as_bytes: Collection[str] = ()
) -> Response:
    """Safetensors, or JSON where `Accept` prefers it; a large JSON body is written off the event loop."""
    if wants_json(request.headers.get("accept", "")):
        return Response(await run_in_threadpool(tensors.to_json, named, metadata, precision), media_type=JSON)
    return Response(tensors.to_safetensors(named, metadata, precision, as_bytes), media_type=tensors.MEDIA_TYPE)


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
