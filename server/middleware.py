"""What is done to every answer but that to a crash, as plain ASGI: tensors must not pay for it."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Nothing but this server is ever asked. Inline styles are allowed: the page positions and colours by them.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; connect-src 'self'; style-src 'self' 'unsafe-inline'; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_EVERYWHERE = {"X-Content-Type-Options": "nosniff"}
# A browser reads these of documents alone; with each of the page's many small scripts they would be 20 KB more.
_OF_DOCUMENTS = {"Content-Security-Policy": CONTENT_SECURITY_POLICY, "Referrer-Policy": "no-referrer"}


class SecurityHeaders:
    """Adds the headers that tell a browser what the page may do."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                is_document = headers.get("content-type", "").startswith("text/html")
                headers.update(_EVERYWHERE | (_OF_DOCUMENTS if is_document else {}))
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class GzipPage:
    """Compresses the page, its scripts and styles and what the API says in words; tensors, which are the answers to
    POST, do not shrink and must be quick.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._plain, self._gzipped = app, GZipMiddleware(app, compresslevel=6)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (self._gzipped if scope.get("method") in {"GET", "HEAD"} else self._plain)(scope, receive, send)
