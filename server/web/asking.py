"""A question of a client's, asked as long as the client waits for the answer."""

from __future__ import annotations

import asyncio
from typing import TypeVar

from starlette.requests import Request

from model.predictor.questions import Question
from server.hosts.protocol import Host, Timed
from server.web.errors import ClientLeftError

T = TypeVar("T")

# One turn of the event loop reads a body, the next one finds that nothing follows, and the third one says so.
_TURNS_TO_HEAR = 3


async def ask(request: Request, host: Host, name: str, question: Question[T]) -> Timed[T]:
    """Put a question to a model. A question whose client has left goes out of the queue again.

    The body must have been read to its end. Raises HostError, and ClientLeftError, which nobody hears any more.
    """
    asking = asyncio.ensure_future(host.ask(name, question))
    leaving = asyncio.create_task(_left(request))
    try:
        await asyncio.wait((asking, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not asking.done():
            raise ClientLeftError
        return asking.result()
    finally:
        for task in (asking, leaving):
            task.cancel()
        await asyncio.gather(asking, leaving, return_exceptions=True)


async def check_presence(request: Request) -> None:
    """Raises ClientLeftError if the client has left already: before work is begun that holds others up."""
    for _ in range(_TURNS_TO_HEAR):
        await asyncio.sleep(0)
    if await request.is_disconnected():
        raise ClientLeftError


async def _left(request: Request) -> None:
    """Wait until the client leaves."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
