"""The dials over a WebSocket: a reader that keeps the newest request, and a loop that answers."""

from __future__ import annotations

import asyncio
import logging
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketDisconnect

from model.predictor.questions import Reconstruct
from model.zoo.checkpoint import ModelCard
from server.hosts.errors import HostError
from server.hosts.protocol import Host
from server.web.dependencies import card_of, require_capsules, services_of, settings_of
from server.web.dials import DialRequest, Frames, MalformedFrameError, Newest, pack
from server.web.errors import ApiError, InternalError, UnavailableError, as_api_error

router = APIRouter()
_log = logging.getLogger(__name__)

# A hand moves a dial 60 times a second, a mouse reports 250 times at most. Who sends more is read no faster than this.
_LEAST_SECONDS = 0.002

_POLICY_VIOLATION = 1008
_TRY_AGAIN_LATER = 1013


@router.websocket("/api/dials")
async def dials(socket: WebSocket, model: str | None = None) -> None:
    """Binary frames in and out, as `server.web.dials` describes them."""
    if _is_cross_origin(socket):
        await socket.close(_POLICY_VIOLATION)
        return
    await socket.accept()
    try:
        host, card = services_of(socket).host, require_capsules(card_of(socket, model))
    except (ApiError, HostError) as raised:
        error = as_api_error(raised)
        await _send_error(socket, error, None)
        await socket.close(_TRY_AGAIN_LATER if isinstance(error, UnavailableError) else _POLICY_VIOLATION)
        return
    await _converse(socket, host, card)


async def _converse(socket: WebSocket, host: Host, card: ModelCard) -> None:
    requests: Newest[DialRequest] = Newest()
    answering = asyncio.create_task(_answer(socket, host, card.name, requests))
    try:
        await read_requests(socket, Frames(card.capsules), requests)
    finally:
        answering.cancel()
        await asyncio.gather(answering, return_exceptions=True)


async def read_requests(socket: WebSocket, frames: Frames, requests: Newest[DialRequest]) -> None:
    """Read until the client leaves."""
    try:
        while True:
            message = await socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            try:
                requests.put(frames.unpack(_payload(message)))
            except MalformedFrameError as error:
                await _send_error(socket, error, error.sequence)
            await asyncio.sleep(_LEAST_SECONDS)  # what comes meanwhile waits in the client's own buffers
    except WebSocketDisconnect:
        return


async def _answer(socket: WebSocket, host: Host, name: str, requests: Newest[DialRequest]) -> None:
    while True:
        request = await requests.take()
        try:
            pictures, _ = await host.ask(name, Reconstruct(request.pose[None], request.label))
        except HostError as error:
            await _send_error(socket, as_api_error(error), request.sequence)
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
    # No page can set these two. A proxy sets the second, where it asks this server under another name.
    own = {socket.headers.get("host"), socket.headers.get("x-forwarded-host")}
    own.add(urlsplit(settings_of(socket).public_url).netloc or None)
    try:
        return urlsplit(origin).netloc not in own
    except ValueError:  # no address at all
        return True
