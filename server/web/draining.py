"""What becomes of a body that nobody wants: the answer to it must arrive nevertheless."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# So much of an unwanted body is read, in this time. It is thrown away piece by piece.
MOST_BYTES = 64 * 1024 * 1024
MOST_SECONDS = 5.0


class DrainBodies:
    """Reads and drops what is left of a body when the answer has been sent, as a request is often refused before.

    A connection that is closed on bytes which were never read is reset, and the reset can overtake the answer. A client
    that waits to hear whether its body is wanted (`Expect: 100-continue`) has heard no. Nothing is read from it.
    """

    def __init__(self, app: ASGIApp, most_bytes: int = MOST_BYTES, most_seconds: float = MOST_SECONDS) -> None:
        self._app, self._most_bytes, self._most_seconds = app, most_bytes, most_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _has_body(headers := Headers(scope=scope)):
            await self._app(scope, receive, send)
            return
        waits = headers.get("expect", "").lower() == "100-continue"
        begun = ended = False

        async def receive_and_note() -> Message:
            nonlocal begun, ended
            begun = True
            message = await receive()
            ended = ended or not message.get("more_body", False)
            return message

        async def send_and_drain(message: Message) -> None:
            is_unwanted = waits and not begun
            if message["type"] == "http.response.start" and is_unwanted:
                MutableHeaders(scope=message)["Connection"] = "close"  # else the next request would pass for the body
            is_last = message["type"] == "http.response.body" and not message.get("more_body", False)
            if not is_last or ended or is_unwanted:
                await send(message)
                return
            await send({**message, "more_body": True})
            await self._drain(receive_and_note, lambda: ended)
            await send({"type": "http.response.body", "body": b"", "more_body": False})

        await self._app(scope, receive_and_note, send_and_drain)

    async def _drain(self, receive: Receive, ended: Callable[[], bool]) -> None:
        dropped = 0
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._most_seconds):
                while not ended() and dropped < self._most_bytes:
                    dropped += len((await receive()).get("body", b""))


def _has_body(headers: Headers) -> bool:
    return "transfer-encoding" in headers or headers.get("content-length", "0") != "0"
