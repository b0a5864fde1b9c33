"""The pieces of /openapi.json that FastAPI cannot infer: bodies read by hand, tensors, errors."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from server.web import bodies, tensors
from server.web.pairs import LAYER_PARTS, PAIR_PARTS
from server.web.schemas import ErrorBody, Interventions, Pixels, Strokes, TamperedPixels, TamperedStrokes
from server.web.schemas_pairs import LayerPart, Layers, OffsetsPart, TamperedLayers

_ERRORS = {
    400: "The body cannot be read: it is empty, a damaged PNG, malformed JSON or a malformed form.",
    404: "There is no such model, digit or measurement.",
    405: "The path does not support this method. `Allow` lists the methods that it supports.",
    408: "The body did not come in time.",
    413: "The body or the picture is too large.",
    415: "The endpoint does not read this content type.",
    422: "A value makes no sense: a wrong shape, a number out of range, a blank picture or an unknown option.",
    500: "The server failed. Its log says why.",
    503: "The server is overloaded, starting or stopping. Try again after `Retry-After`.",
}
_HEADERS = {
    405: {"headers": {"Allow": {"description": "the methods that the path supports", "schema": {"type": "string"}}}},
    503: {"headers": {"Retry-After": {"description": "seconds to wait", "schema": {"type": "integer"}}}},
}

Responses = dict[int | str, dict[str, Any]]


def errors(*statuses: int) -> Responses:
    """These error responses, 405 and 500, which any path can answer, and 408 where a body is read.

    FastAPI documents an error under the media type of the route's response class, so a route that
    answers with anything but JSON has the plain `Response` and describes its success itself.
    """
    return {
        status: {"model": ErrorBody, "description": _ERRORS[status], **_HEADERS.get(status, {})}
        for status in sorted({*statuses, 405, 500} | ({408} if 413 in statuses else set()))
    }


_BINARY = {"type": "string", "format": "binary"}
_PAIR = (
    "A model whose task is `pair` takes pixels, or two layers: strokes, pixels or nothing each, with offsets in whole "
    "pixels from the middle. A form holds them as `layer_a` and `layer_b`, each a PNG or JSON, and `offsets`. A PNG "
    "and strokes become a digit of the data set's size, as a drawing does for a model of one digit. The layers are "
    "added, and the sum is clipped at 1. A blank layer is empty; not both may be."
)


def drawing_body() -> dict[str, Any]:
    """A PNG, or pixels, strokes or layers as JSON, or layers as a form."""
    of_json = {"oneOf": [_schema(Pixels), _schema(Strokes), _schema(Layers)]}
    return _body(
        {bodies.PNG: {"schema": _BINARY}, bodies.JSON: {"schema": of_json}, bodies.MULTIPART: _form(_layer_parts())},
        "A drawing, as a PNG, as strokes or as pixels. A PNG has at most 1024 x 1024 pixels, unless the server is set "
        "otherwise, and is turned as its eXIf says. Its ink is the clearest connected marks on the paper that can be a "
        "digit, or its alpha channel where most of it is fully clear. Strokes are drawn with a round pen. Pixels are "
        "H x W numbers in [0, 1], light ink on 0, and are used unchanged. H x W is the model's `geometry.image` "
        f"in `/api/models`. {_PAIR}",
    )


def png_body() -> dict[str, Any]:
    """A PNG alone."""
    return _body({bodies.PNG: {"schema": {"type": "string", "format": "binary"}}}, "A picture of a digit, as a PNG.")


def tampered_body() -> dict[str, Any]:
    """A drawing or two layers, alone or with interventions."""
    drawing = {"oneOf": [_BINARY, _schema(Pixels), _schema(Strokes), _schema(Layers)]}
    return _body(
        {
            bodies.PNG: {"schema": _BINARY},
            bodies.JSON: {
                "schema": {"oneOf": [_schema(TamperedPixels), _schema(TamperedStrokes), _schema(TamperedLayers)]}
            },
            bodies.MULTIPART: _form({"drawing": drawing}, _layer_parts(), interventions=_schema(Interventions)),
        },
        "A drawing, as `/api/classify` takes it. To edit the routing, send JSON with `interventions`, or a form with "
        "`drawing` (or the parts of a pair) and `interventions`, at most 64 KB of JSON. Interventions silence primary "
        "capsules (u = 0), fix couplings, set first logits other than 0, or hold all couplings equal (`uniform`) or as "
        "a seed draws them (`random`) in every iteration. The couplings of a capsule that are not fixed share the rest "
        "of 1 in the proportions of their softmax.",
    )


def layers_body() -> dict[str, Any]:
    """Two layers, alone or with interventions."""
    form = _form(_layer_parts(), interventions=_schema(Interventions))
    return _body(
        {bodies.JSON: {"schema": _schema(TamperedLayers)}, bodies.MULTIPART: form},
        "Two layers, as `/api/trace` takes them, and edits of the routing.",
    )


def seen_body(pixels: type[BaseModel], strokes: type[BaseModel]) -> dict[str, Any]:
    """A digit as JSON, and from where it is seen."""
    return _body(
        {bodies.JSON: {"schema": {"oneOf": [_schema(pixels), _schema(strokes)]}}},
        "A digit as strokes or as pixels, as `/api/classify` takes it, for a model that sees one digit. It is upright, "
        "and a viewpoint says what is done to the picture that the network sees of it.",
    )


def _form(*ways: dict[str, Any], **optional: Any) -> dict[str, Any]:
    """A form: one of several ways to send a drawing, each with its parts, and what may stand beside it.

    Parts whose names are those of a pair's offsets may be missing.
    """
    schemas = [
        {
            "type": "object",
            "required": [name for name in parts if name in ("drawing", *LAYER_PARTS)],
            "properties": parts | optional,
            "additionalProperties": False,
        }
        for parts in ways
    ]
    names = {name for parts in ways for name in parts} | set(optional)
    encoding = {
        name: {"contentType": f"{bodies.PNG}, {bodies.JSON}" if name in ("drawing", *LAYER_PARTS) else bodies.JSON}
        for name in sorted(names)
    }
    return {"schema": schemas[0] if len(schemas) == 1 else {"oneOf": schemas}, "encoding": encoding}


def _layer_parts() -> dict[str, Any]:
    """The parts of a form that hold a pair."""
    layer = {"oneOf": [_BINARY, *_inlined(LayerPart.json_schema())["oneOf"]]}
    offsets = _inlined(OffsetsPart.json_schema()) | {"default": [[0, 0], [0, 0]]}
    return dict(zip(PAIR_PARTS, (layer, layer, offsets), strict=True))


def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return _inlined(model.model_json_schema())


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
