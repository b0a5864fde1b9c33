"""The dials over a WebSocket: a reader that keeps the newest request, and a loop that answers."""

from __future__ import annotations

import asyncio
import logging
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketDisconnect

from model.checkpoint import LoadedModel
from server.dependencies import seeing_one_digit, services_of, settings_of
from server.dials import DialRequest, MalformedFrameError, Newest, pack, unpack
from server.engine import Engine
from server.errors import ApiError, InternalError, UnavailableError

router = APIRouter()
_log = logging.getLogger(__name__)

_POLICY_VIOLATION = 1008
_TRY_AGAIN_LATER = 1013


@router.websocket("/api/dials")
async def dials(socket: WebSocket, model: str | None = None) -> None:
    """Binary frames in and out, as `server.dials` describes them."""
    if _is_cross_origin(socket):
        await socket.close(_POLICY_VIOLATION)
        return
    await socket.accept()
    try:
        engine = services_of(socket).engine
        name = settings_of(socket).default_model if model is None else model
        chosen = seeing_one_digit(engine.model(name))
    except ApiError as error:
        await _send_error(socket, error, None)
        await socket.close(_TRY_AGAIN_LATER if isinstance(error, UnavailableError) else _POLICY_VIOLATION)
        return
    await _converse(socket, engine, chosen)


async def _converse(socket: WebSocket, engine: Engine, model: LoadedModel) -> None:
    requests: Newest[DialRequest] = Newest()
    answering = asyncio.create_task(_answer(socket, engine, model, requests))
    try:
        await _read(socket, requests)
    finally:
        answering.cancel()
        await asyncio.gather(answering, return_exceptions=True)


async def _read(socket: WebSocket, requests: Newest[DialRequest]) -> None:
    """Read until the client leaves."""
    try:
        while True:
            message = await socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            try:
                requests.put(unpack(_payload(message)))
            except MalformedFrameError as error:
                await _send_error(socket, error, error.sequence)
    except WebSocketDisconnect:
        return


async def _answer(socket: WebSocket, engine: Engine, model: LoadedModel, requests: Newest[DialRequest]) -> None:
    while True:
        request = await requests.take()
        try:
            pictures = await engine.reconstruct(model, request.pose[None], request.label)
        except ApiError as error:
            await _send_error(socket, error, request.sequence)
        except Exception:
            _log.exception("the dials failed")
            await _send_error(socket, InternalError(), request.sequence)
        else:
            await socket.send_bytes(pack(request.sequence, request.label, pictures[0]))


def _payload(message: Any) -> bytes | str:
    payload: bytes | str | None = message.get("bytes")
    return message["text"] if payload is None else payload


async def _send_error(socket: WebSocket, error: ApiError, sequence: int | None) -> None:
    """As in an answer over HTTP, with the status that it would have there."""
    body = error.body()
    body["error"]["status"] = error.status
    if sequence is not None:
        body["error"]["sequence"] = sequence
    await socket.send_json(body)


def _is_cross_origin(socket: WebSocket) -> bool:
    """Another site's page may open a WebSocket to us; browsers say which site it is, and only that stops it."""
    origin = socket.headers.get("origin")
    if origin is None:
        return False
    try:
        return urlsplit(origin).netloc != socket.headers.get("host")
    except ValueError:  # no address at all
        return True
