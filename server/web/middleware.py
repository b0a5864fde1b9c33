"""What is done to every answer but that to a crash, as plain ASGI: tensors must not pay for it."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.web.errors import UnavailableError, response_to

_EVERYWHERE = {"X-Content-Type-Options": "nosniff"}
# A browser reads this of documents alone; with each of the page's many small scripts it would be 20 KB more.
_OF_DOCUMENTS = {"Referrer-Policy": "no-referrer"}


def content_security_policy(inline_scripts: Iterable[str] = (), frame_ancestors: str = "'self'") -> str:
    """The policy of a document: nothing but this server is ever asked, and no script runs in it but these.

    Inline styles are allowed: the page positions and colours by them. `frame_ancestors` are the sites that may show the
    document in a frame.
    """
    scripts = " ".join(["'self'", *(f"'{_source_hash(script)}'" for script in inline_scripts)])
    return (
        f"default-src 'self'; script-src {scripts}; img-src 'self' data: blob:; connect-src 'self'; "
        "style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'none'; "
        f"frame-ancestors {frame_ancestors}"
    )


def _source_hash(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


class SecurityHeaders:
    """Adds the headers that tell a browser what the page may do."""

    def __init__(self, app: ASGIApp, frame_ancestors: str) -> None:
        self._app, self._policy = app, content_security_policy(frame_ancestors=frame_ancestors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                is_document = headers.get("content-type", "").startswith("text/html")
                headers.update(_EVERYWHERE | (_OF_DOCUMENTS if is_document else {}))
                if is_document:
                    headers.setdefault("Content-Security-Policy", self._policy)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class GzipWords:
    """Compresses what the API says in words. Documents and files come compressed already; tensors, which are the
    answers to POST, do not shrink and must be quick.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._plain, self._gzipped = app, GZipMiddleware(app, compresslevel=6)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (self._gzipped if scope.get("method") == "GET" else self._plain)(scope, receive, send)


class AnswerHead:
    """Answers HEAD wherever GET is answered: with the same headers, and without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_no_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        if scope.get("method") == "HEAD":
            await self._app({**scope, "method": "GET"}, receive, send_no_body)
        else:
            await self._app(scope, receive, send)


class EndQuietly:
    """Ends a request that a stopping server calls off, without a traceback in the log."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        has_begun = False

        async def send_and_note(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        except asyncio.CancelledError:
            if scope["type"] == "http" and not has_begun:
                await response_to(UnavailableError("stopping", "The server is stopping."))(scope, receive, send)
