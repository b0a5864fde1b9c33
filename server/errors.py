"""Errors that a client hears of. An error's type decides its status; the body is always the same shape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse


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
    """There is no such model, digit or path, or nothing of the kind was measured."""

    status = 404


class TooLargeError(ApiError):
    """The body or the picture is beyond the limits."""

    status = 413


class UnsupportedTypeError(ApiError):
    """The body's content type is none that the endpoint reads."""

    status = 415


class InvalidError(ApiError):
    """The request was understood, and what it asks for makes no sense."""

    status = 422


class InternalError(ApiError):
    """Anything unforeseen. The message is fixed; the traceback goes to the log."""

    status = 500

    def __init__(self) -> None:
        super().__init__("internal", "Something went wrong in the server; its log says what.")


class UnavailableError(ApiError):
    """The server cannot answer now: it is starting, stopping or overloaded."""

    status = 503

    def __init__(self, code: str, message: str, retry_after: int = 1) -> None:
        super().__init__(code, message, {"Retry-After": str(retry_after)})


_CODES = {
    "finite_number": "not_finite",
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
        return UndecodableError("malformed_json", f"The body cannot be read. {first['msg']}.")
    place = ".".join(str(step) for step in first["loc"]) or "body"
    return InvalidError(_CODES.get(first["type"], "wrong_type"), f"{place}: {first['msg']}.")


def response_to(error: ApiError) -> JSONResponse:
    return JSONResponse(error.body(), error.status, error.headers)


def install(app: FastAPI) -> None:
    """Answer every exception in the one shape."""

    def answer(_: Request, error: Exception) -> JSONResponse:
        return response_to(as_api_error(error))

    for kind in (ApiError, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, answer)


def as_api_error(error: Exception) -> ApiError:
    """What a client may know of any exception."""
    if isinstance(error, ApiError):
        return error
    if isinstance(error, RequestValidationError):
        return from_validation(error.errors())
    if isinstance(error, ValidationError):
        return from_validation(error.errors(include_url=False, include_context=False, include_input=False))
    if isinstance(error, HTTPException):
        return _from_http(error)
    return InternalError()


def _from_http(error: HTTPException) -> ApiError:
    known = {
        404: ("not_found", "There is nothing at this path."),
        405: ("method_not_allowed", "This path does not answer this method."),
    }
    code, message = known.get(error.status_code, ("http", f"{error.detail}."))
    translated = ApiError(code, message, error.headers)
    translated.status = error.status_code
    return translated
