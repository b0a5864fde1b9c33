"""The JSON about viewpoints: an upright digit and from where it is seen in, tensors out.

The ranges are those of `model.data.viewpoints`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from model.data.viewpoints import TRANSFORMATIONS, Pieces
from server.web.schemas import Pixels, RequestBody, Strokes

MAX_VIEWPOINTS = 64


def _amount(name: str, description: str) -> Any:
    """The field of one transformation. Without it, nothing is changed."""
    each = TRANSFORMATIONS[name]
    return Field(default=each.rest, ge=each.low, le=each.high, allow_inf_nan=False, description=description)


class ViewpointFields(RequestBody):
    """What is done to the upright picture, in the order of the fields. Nothing is centred again."""

    thickness: Annotated[float, _amount("thickness", "pixels added to half the width of the strokes")]
    scale: Annotated[float, _amount("scale", "a factor")]
    stretch: Annotated[float, _amount("stretch", "width over height; the area stays")]
    shear: Annotated[float, _amount("shear", "shift to the right for each unit of height; positive leans right")]
    rotation: Annotated[float, _amount("rotation", "degrees, anticlockwise")]
    right: Annotated[float, _amount("right", "pixels")]
    down: Annotated[float, _amount("down", "pixels")]
    pieces: Annotated[
        Pieces, Field(default="whole", description="parts of the picture that change places, after everything else")
    ]


Viewpoints = Annotated[
    list[ViewpointFields],
    Field(min_length=1, max_length=MAX_VIEWPOINTS, description="from where the digit is seen"),
]
OneViewpoint = Annotated[
    ViewpointFields | None, Field(default=None, description="from where the digit is seen; upright without one")
]


class ViewedStrokes(Strokes):
    """A drawing as the pen made it, and from where it is seen."""

    viewpoints: Viewpoints


class ViewedPixels(Pixels):
    """An upright picture, and from where it is seen."""

    viewpoints: Viewpoints


class ScatteredStrokes(Strokes):
    """A drawing as the pen made it, and from where it is seen."""

    viewpoint: OneViewpoint


class ScatteredPixels(Pixels):
    """An upright picture, and from where it is seen."""

    viewpoint: OneViewpoint


class ViewsBody(BaseModel):
    """Views as nested lists."""

    label: int | Literal[""] = Field(description="the class that was asked for; empty without one")
    model: str
    milliseconds: float
    tensors: dict[str, list[Any]]


class ScatterBody(BaseModel):
    """Scattered activations as nested lists."""

    seed: int
    model: str
    milliseconds: float
    residual: float | None = Field(None, description="of a network with max pooling")
    own_residual: float | None = Field(None, description="of a network with max pooling")
    tensors: dict[str, list[Any]]
