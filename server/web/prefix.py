"""Where the site lies below its server: under any path prefix, whether or not a proxy takes the prefix away."""

from __future__ import annotations

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send


class UnderPrefix:
    """Serves the site under a prefix such as "/capsnet" as well as under the root, and takes slashes off the end.

    A redirection names its target relative to the address that was asked for. So it stays under the prefix of a proxy
    that this server knows nothing of.
    """

    def __init__(self, app: ASGIApp, prefix: str = "") -> None:
        """`prefix` is empty, or begins with a slash and ends without one."""
        self._app, self._prefix = app, prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        path = _below(self._prefix, scope["path"])
        if scope["type"] == "http" and (target := _elsewhere(path, scope)):
            await Response(status_code=307, headers={"Location": target})(scope, receive, send)
            return
        await self._app({**scope, "root_path": self._prefix, "path": self._prefix + path}, receive, send)


def _below(prefix: str, path: str) -> str:
    """The path without the prefix: empty for the prefix alone."""
    return path[len(prefix) :] if path == prefix or path.startswith(f"{prefix}/") else path


def _elsewhere(path: str, scope: Scope) -> str:
    """The relative address of what is asked for under a wrong one; empty under the right one."""
    if path == "/" or (path and not path.endswith("/")) or path.endswith("//"):  # clients resolve "//" differently
        return ""
    raw = str(scope.get("raw_path", b"").decode("latin-1")) or str(scope["path"])
    query = scope["query_string"].decode("latin-1")
    name = raw.removesuffix("/").rpartition("/")[2]
    # The site's root ends in a slash, since its addresses are relative to that; all others end without one.
    target = f"../{name}" if path else f"./{name}/"
    return f"{target}?{query}" if query else target
