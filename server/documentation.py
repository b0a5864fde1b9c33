"""The pieces of /openapi.json that FastAPI cannot infer: bodies read by hand, tensors, errors."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from server import bodies, tensors
from server.schemas import ErrorBody, Interventions, PairPixels, Pixels, TamperedPixels

_ERRORS = {
    400: "The body cannot be decoded: no PNG, a truncated PNG, malformed JSON or form, or empty.",
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
        "A drawing: a PNG up to 1024 x 1024, unless the server is set otherwise (ink is what differs from the "
        "background, or the alpha channel), or 28 x 28 pixels in [0, 1], light ink on 0, that are taken as they are.",
    )


def tampered_body() -> dict[str, Any]:
    """A drawing, alone or with interventions."""
    drawing = {"oneOf": [{"type": "string", "format": "binary"}, Pixels.model_json_schema()]}
    form = {
        "type": "object",
        "required": ["drawing"],
        "properties": {"drawing": drawing, "interventions": _inlined(Interventions.model_json_schema())},
        "additionalProperties": False,
    }
    encoding = {
        "drawing": {"contentType": f"{bodies.PNG}, {bodies.JSON}"},
        "interventions": {"contentType": bodies.JSON},
    }
    return _body(
        {
            bodies.PNG: {"schema": {"type": "string", "format": "binary"}},
            bodies.JSON: {"schema": _inlined(TamperedPixels.model_json_schema())},
            bodies.MULTIPART: {"schema": form, "encoding": encoding},
        },
        "A drawing as `/api/classify` takes it; as a form it may come with `interventions`, at most 64 KB of JSON: "
        "primary capsules that are silenced (u = 0), couplings that are fixed (the others of the capsule share what "
        "is left of 1, in the proportions of their softmax), logits to begin with in place of 0, and `uniform` "
        "coupling in every iteration.",
    )


def _inlined(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema whose definitions stand where they are used: a `$ref` of it would look for them in the document."""
    definitions = schema.get("$defs", {})

    def resolve(node: Any) -> Any:
        if isinstance(node, list):
            return [resolve(each) for each in node]
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            named = definitions[node["$ref"].rpartition("/")[2]]
            node = named | {key: value for key, value in node.items() if key != "$ref"}
        return {key: resolve(value) for key, value in node.items() if key != "$defs"}

    resolved: dict[str, Any] = resolve(schema)
    return resolved


def picture_body() -> dict[str, Any]:
    """A drawing; or, for a model whose task is `pair`, 36 x 36 pixels as JSON."""
    body = drawing_body()
    described = body["requestBody"]
    described["content"][bodies.JSON]["schema"] = {
        "anyOf": [Pixels.model_json_schema(), PairPixels.model_json_schema()]
    }
    described["description"] += " A model whose task is `pair` takes 36 x 36 such pixels and no PNG."
    return body


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
