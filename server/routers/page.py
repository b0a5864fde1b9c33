"""The rooms' documents. `server.web.files` answers for the files that they name."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from server.rooms import Room
from server.web import documentation
from server.web.errors import UnknownError
from server.web.files import FILES
from server.web.site import Publisher


def router(rooms: Iterable[Room]) -> APIRouter:
    """A route for each room, and one for files that there are not."""
    made = APIRouter(tags=["page"])
    made.add_route(f"{FILES}{{name:path}}", _no_file, name="static", include_in_schema=False)
    for room in rooms:
        made.add_api_route(
            room.path,
            _answer_with(room),
            name=room.name,
            summary=room.title,
            description=room.sentence,
            response_class=Response,
            responses=documentation.errors() | documentation.html_response(),
        )
    return made


def _answer_with(room: Room) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    async def document(request: Request) -> Response:
        return _publisher(request).document(room.name).answer(request.headers)

    return document


async def _no_file(_: Request) -> Response:
    # After an upgrade it may have been a file of the version before: nobody is to keep this answer.
    raise UnknownError("not_found", "There is nothing at this path.", {"Cache-Control": "no-store"})


def _publisher(request: Request) -> Publisher:
    publisher: Publisher = request.app.state.publisher
    return publisher
