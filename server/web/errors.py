"""Errors that a client hears of. An error's type decides its status; the body is always the same shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from server.hosts.errors import HostError, NotAnsweringError, UnknownModelError

MOST_NAME = 253  # characters of a host's name


class ApiError(Exception):
    """An error with a snake_case code for programs and one sentence for people."""

    status: int = 500

    def __init__(self, code: str, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.headers = code, message, headers

    def body(self) -> dict[str, Any]:
        return {"error": {"code": self.code, "message": self.message}}


class UndecodableError(ApiError):
    """The body is not what its content type says."""

    status = 400


class UnknownError(ApiError):
    """There is no such model, digit, path or measurement."""

    status = 404


class TooSlowError(ApiError):
    """The body does not go on. The connection is closed: the rest would be taken for the next request."""

    status = 408

    def __init__(self) -> None:
        super().__init__("body_too_slow", "The body did not come in time.", {"Connection": "close"})


class TooLargeError(ApiError):
    """The body or the picture is beyond the limits."""

    status = 413


class UnsupportedTypeError(ApiError):
    """The endpoint does not read bodies of this content type."""

    status = 415


class InvalidError(ApiError):
    """The request can be read, but a value in it makes no sense."""

    status = 422


class InternalError(ApiError):
    """Anything unforeseen. The message is fixed; the traceback goes to the log."""

    status = 500

    def __init__(self) -> None:
        super().__init__("internal", "The server failed. Its log says why.")


class UnavailableError(ApiError):
    """The server cannot answer now: it is starting, stopping or overloaded."""

    status = 503

    def __init__(self, code: str, message: str, retry_after: int = 1) -> None:
        super().__init__(code, message, {"Retry-After": str(retry_after)})


class ClientLeftError(UnavailableError):
    """The client has left before its answer: nobody hears this."""

    def __init__(self) -> None:
        super().__init__("client_left", "The client left before its answer.")


class WrongHostError(ApiError):
    """The request is for a name that is not this server's."""

    status = 421

    def __init__(self, name: str) -> None:
        shown = name if name.isascii() and name.isprintable() and len(name) <= MOST_NAME else "in Host"
        super().__init__(
            "unknown_host",
            f"This server does not answer to the name {shown}. Whoever runs it can allow the name: "
            f"capsnet serve --allowed-hosts {shown if shown == name else 'NAME'}",
        )


_CODES = {
    "finite_number": "not_finite",
    "greater_than": "out_of_range",
    "greater_than_equal": "out_of_range",
    "less_than": "out_of_range",
    "less_than_equal": "out_of_range",
    "contradiction": "contradiction",
    "too_short": "wrong_shape",
    "too_long": "wrong_shape",
    "list_type": "wrong_shape",
    "missing": "missing_field",
    "extra_forbidden": "unknown_field",
    "literal_error": "unknown_option",
    "string_pattern_mismatch": "unknown_option",
}


def from_validation(details: Sequence[Any]) -> ApiError:
    """The first of pydantic's complaints as one of our errors."""
    first = details[0]
    if first["type"] == "json_invalid":
        return UndecodableError("malformed_json", f"The body is not valid JSON. {first['msg']}.")
    place = ".".join(str(step) for step in first["loc"]) or "body"
    return InvalidError(_CODES.get(first["type"], "wrong_type"), f"{place}: {first['msg']}.")


def response_to(error: ApiError) -> JSONResponse:
    return JSONResponse(error.body(), error.status, error.headers)


def install(app: FastAPI) -> None:
    """Answer every exception in the one shape."""

    def answer(_: Request, error: Exception) -> JSONResponse:
        return response_to(as_api_error(error))

    for kind in (ApiError, HostError, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, answer)


def as_api_error(error: Exception) -> ApiError:
    """What a client may know of any exception."""
    if isinstance(error, ApiError):
        return error
    if isinstance(error, HostError):
        return _from_host(error)
    if isinstance(error, RequestValidationError):
        return from_validation(error.errors())
    if isinstance(error, ValidationError):
        return from_validation(error.errors(include_url=False, include_context=False, include_input=False))
    if isinstance(error, HTTPException):
        return _from_http(error)
    return InternalError()


def _from_host(error: HostError) -> ApiError:
    match error:
        case UnknownModelError():
            return UnknownError(error.code, error.message)
        case NotAnsweringError():
            return UnavailableError(error.code, error.message, error.retry_after)
    return InternalError()


def _from_http(error: HTTPException) -> ApiError:
    known = {
        404: ("not_found", "There is nothing at this path."),
        405: ("method_not_allowed", "This path does not support this method."),
    }
    code, message = known.get(error.status_code, ("http", f"{error.detail}."))
    translated = ApiError(code, message, error.headers)
    translated.status = error.status_code
    return translated
