"""Request bodies: their type checked first, and never more of them read than is allowed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple

from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect

from server.web.errors import InvalidError, TooLargeError, TooSlowError, UndecodableError, UnsupportedTypeError

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

PNG = "image/png"
JSON = "application/json"
MULTIPART = "multipart/form-data"

# JSON is parsed before it can be judged, and costs many times its own bytes. None of ours comes near this.
MOST_JSON_BYTES = 512 * 1024
# A client that sends nothing for so long is not waited for, nor one whose body takes longer in all.
STALL_SECONDS = 20.0
MOST_SECONDS = 120.0


class Body(NamedTuple):
    """A whole body, or a part of one, and its media type, in lower case and without parameters."""

    media_type: str
    content: bytes
    boundary: bytes = b""  # of a multipart body


async def read(request: Request, accepted: tuple[str, ...], limit: int) -> Body:
    """Read the body of a request.

    Raises UnsupportedTypeError for a type outside `accepted`, TooLargeError beyond `limit` bytes (JSON: also beyond
    MOST_JSON_BYTES), whether or not the request declares its length, TooSlowError for one that does not go on, and
    UndecodableError for an empty or broken-off body.
    """
    media_type, parameters = _media_type(request.headers.get("content-type", ""))
    if media_type not in accepted:
        raise UnsupportedTypeError("unsupported_type", f"The content type must be {' or '.join(accepted)}.")
    content = await _read_at_most(request, min(limit, MOST_JSON_BYTES) if media_type == JSON else limit)
    if not content:
        raise UndecodableError("empty_body", "The body is empty.")
    return Body(media_type, content, parameters.get(b"boundary", b""))


def split(body: Body, names: tuple[str, ...]) -> dict[str, Body]:
    """The parts of a multipart/form-data body by their names.

    Raises UndecodableError where the body is no such form, InvalidError for a name outside `names` and for one
    that comes twice, and TooLargeError for JSON beyond MOST_JSON_BYTES.
    """
    form = _Form(names)
    try:
        MultipartParser(body.boundary, form.callbacks()).write(body.content)
    except FormParserError as error:
        raise _malformed() from error
    if not form.ended:
        raise _malformed()
    return form.parts


class _Form:
    """Collects what a MultipartParser calls back: each part when it has ended."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.parts: dict[str, Body] = {}
        self.ended = False
        self._names = names
        self._headers: dict[str, str] = {}  # of the part that is read; their names in lower case
        self._field, self._value, self._content = bytearray(), bytearray(), bytearray()

    def callbacks(self) -> MultipartCallbacks:
        return {
            "on_header_field": lambda data, start, end: self._field.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
            "on_header_end": self._end_header,
            "on_part_data": lambda data, start, end: self._content.extend(data[start:end]),
            "on_part_end": self._end_part,
            "on_end": self._end,
        }

    def _end_header(self) -> None:
        self._headers[self._field.decode("latin-1").lower()] = self._value.decode("latin-1")
        self._field, self._value = bytearray(), bytearray()

    def _end_part(self) -> None:
        _, disposition = parse_options_header(self._headers.get("content-disposition", ""))
        name = disposition.get(b"name", b"").decode("latin-1")
        if name not in self._names or name in self.parts:
            raise InvalidError("unknown_field", f"The form takes the parts {', '.join(self._names)}, each once.")
        media_type, _ = _media_type(self._headers.get("content-type", ""))
        if media_type == JSON and len(self._content) > MOST_JSON_BYTES:
            raise TooLargeError(f"{name}_too_large", f"The part {name} exceeds {MOST_JSON_BYTES} bytes.")
        self.parts[name] = Body(media_type, bytes(self._content))
        self._headers, self._content = {}, bytearray()

    def _end(self) -> None:
        self.ended = True


def _malformed() -> UndecodableError:
    return UndecodableError("malformed_multipart", "The body is not valid multipart/form-data.")


def _media_type(header: str) -> tuple[str, dict[bytes, bytes]]:
    """A Content-Type header as its type and its parameters."""
    media_type, parameters = parse_options_header(header)
    return media_type.decode("latin-1").strip().lower(), parameters


async def _read_at_most(request: Request, limit: int) -> bytes:
    too_large = TooLargeError("body_too_large", f"The body exceeds {limit} bytes.")
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > limit:
        raise too_large
    content = bytearray()
    clock = asyncio.get_running_loop()
    latest = clock.time() + MOST_SECONDS
    try:
        async with asyncio.timeout_at(min(latest, clock.time() + STALL_SECONDS)) as patience:
            async for chunk in request.stream():
                content += chunk
                if len(content) > limit:
                    raise too_large
                patience.reschedule(min(latest, clock.time() + STALL_SECONDS))
    except ClientDisconnect:
        raise UndecodableError("incomplete_body", "The body ended too early.") from None
    except TimeoutError:
        raise TooSlowError from None
    return bytes(content)
