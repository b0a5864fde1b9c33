"""The pieces of /openapi.json that FastAPI cannot infer: bodies read by hand, tensors, errors."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from server import bodies, tensors
from server.schemas import ErrorBody, Pixels

_ERRORS = {
    400: "The body cannot be decoded: no PNG, a truncated PNG, malformed JSON, or empty.",
    404: "There is no such model or digit, or nothing of the kind was measured of the model.",
    405: "The path does not answer this method; `Allow` says which it does.",
    413: "The body or the picture is too large.",
    415: "The body's content type is not one of those listed.",
    422: "A value makes no sense: wrong shape, out of range, not finite, blank, an unknown option.",
    500: "Something unforeseen; the server's log says what.",
    503: "Overloaded, starting or stopping.",
}
_HEADERS = {
    405: {"headers": {"Allow": {"description": "the path's methods", "schema": {"type": "string"}}}},
    503: {"headers": {"Retry-After": {"description": "seconds", "schema": {"type": "integer"}}}},
}

Responses = dict[int | str, dict[str, Any]]


def errors(*statuses: int) -> Responses:
    """These error responses, and 405 and 500, which any path can answer.

    FastAPI documents an error under the media type of the route's response class, so a route that
    answers with anything but JSON has the plain `Response` and describes its success itself.
    """
    return {
        status: {"model": ErrorBody, "description": _ERRORS[status], **_HEADERS.get(status, {})}
        for status in sorted({*statuses, 405, 500})
    }


def drawing_body() -> dict[str, Any]:
    """A PNG, or pixels as JSON."""
    return _body(
        {
            bodies.PNG: {"schema": {"type": "string", "format": "binary"}},
            bodies.JSON: {"schema": Pixels.model_json_schema()},
        },
        "A drawing: a PNG up to 1024 x 1024 (ink is what differs from the background, or the alpha channel), or "
        "28 x 28 pixels in [0, 1], light ink on 0, that are taken as they are.",
    )


def json_body(model: type[BaseModel]) -> dict[str, Any]:
    return _body({bodies.JSON: {"schema": model.model_json_schema()}}, model.__doc__ or "")


def tensors_response(description: str, model: type[BaseModel]) -> Responses:
    """A safetensors body, or JSON where `Accept` asks for it."""
    content = {
        tensors.MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}},
        bodies.JSON: {"schema": model.model_json_schema()},
    }
    return {200: {"description": description, "content": content}}


def html_response() -> Responses:
    return {200: {"description": "The page.", "content": {"text/html": {"schema": {"type": "string"}}}}}


def _body(content: dict[str, Any], description: str) -> dict[str, Any]:
    return {"requestBody": {"required": True, "description": description, "content": content}}
