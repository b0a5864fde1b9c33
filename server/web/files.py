"""The files of static/, answered before the router is asked: a visit asks for a hundred of them."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from server.web.site import Publisher

FILES = "/static/"  # the path below which they lie


class Files:
    """Answers GET for every file that there is. Everything else goes on to the app, and so to its errors."""

    def __init__(self, app: ASGIApp, publisher: Publisher) -> None:
        self._app, self._publisher = app, publisher

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "GET" and (name := _name(scope)):
            answer = self._publisher.published.assets.answer(name, Headers(scope=scope))
            if answer is not None:
                await answer(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _name(scope: Scope) -> str:
    """The file's path in the folder; empty where no file is asked for."""
    path: str = scope["path"].removeprefix(scope.get("root_path", ""))
    return path.removeprefix(FILES) if path.startswith(FILES) else ""
