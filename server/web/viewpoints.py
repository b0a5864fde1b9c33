"""From a request body to an upright digit and the viewpoints that it is seen from."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from model.data.viewpoints import Viewpoint
from model.zoo.checkpoint import ModelCard
from server.web.bodies import Body
from server.web.drawings import Array, drawing_of
from server.web.errors import as_api_error
from server.web.schemas_viewpoints import (
    ScatteredPixels,
    ScatteredStrokes,
    ViewedPixels,
    ViewedStrokes,
    ViewpointFields,
)

Given = TypeVar("Given", bound=BaseModel)


class SeenDigit(NamedTuple):
    """An upright digit and from where it is seen."""

    image: Array  # (H, W) in [0, 1], of the model's size, upright
    viewpoints: tuple[Viewpoint, ...]


def read_viewed(body: Body, card: ModelCard) -> SeenDigit:
    """A digit from one or more viewpoints. Raises UndecodableError or InvalidError."""
    kind: type[ViewedStrokes | ViewedPixels] = ViewedStrokes if _is_drawn(body) else ViewedPixels
    given = _given(kind, body)
    return SeenDigit(drawing_of(given, card).image, tuple(map(_viewpoint, given.viewpoints)))


def read_scattered(body: Body, card: ModelCard) -> SeenDigit:
    """A digit from one viewpoint, upright where none is given. Raises UndecodableError or InvalidError."""
    kind: type[ScatteredStrokes | ScatteredPixels] = ScatteredStrokes if _is_drawn(body) else ScatteredPixels
    given = _given(kind, body)
    viewpoint = Viewpoint() if given.viewpoint is None else _viewpoint(given.viewpoint)
    return SeenDigit(drawing_of(given, card).image, (viewpoint,))


def _is_drawn(body: Body) -> bool:
    """Whether it is judged as strokes: a body with both is told that strokes are unknown beside pixels."""
    return b'"strokes"' in body.content and b'"pixels"' not in body.content


def _given(kind: type[Given], body: Body) -> Given:
    try:
        return kind.model_validate_json(body.content)
    except ValidationError as error:
        raise as_api_error(error) from None


def _viewpoint(given: ViewpointFields) -> Viewpoint:
    return Viewpoint(**given.model_dump())
