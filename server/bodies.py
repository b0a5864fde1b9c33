"""Request bodies: their type checked first, and never more of them read than is allowed."""

from __future__ import annotations

from typing import NamedTuple

from fastapi import Request
from starlette.requests import ClientDisconnect

from server.errors import TooLargeError, UndecodableError, UnsupportedTypeError

PNG = "image/png"
JSON = "application/json"


class Body(NamedTuple):
    """A whole body and its media type, in lower case and without parameters."""

    media_type: str
    content: bytes


async def read(request: Request, accepted: tuple[str, ...], limit: int) -> Body:
    """Read the body of a request.

    Raises UnsupportedTypeError for a type outside `accepted`, TooLargeError beyond `limit` bytes, whether or
    not the request declares its length, and UndecodableError for an empty or broken-off body.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in accepted:
        raise UnsupportedTypeError("unsupported_type", f"The content type must be {' or '.join(accepted)}.")
    content = await _read_at_most(request, limit)
    if not content:
        raise UndecodableError("empty_body", "The body is empty.")
    return Body(media_type, content)


async def _read_at_most(request: Request, limit: int) -> bytes:
    too_large = TooLargeError("body_too_large", f"The body is larger than {limit} bytes.")
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit:
        raise too_large
    content = bytearray()
    try:
        async for chunk in request.stream():
            content += chunk
            if len(content) > limit:
                raise too_large
    except ClientDisconnect:
        raise UndecodableError("incomplete_body", "The body ended before its end.") from None
    return bytes(content)
