"""The JSON about pairs of digits: two layers in, test pairs out.

A layer holds strokes or pixels, and never both; with neither it is empty.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, TypeAdapter

from model.data.pairs import Axis
from server.web.schemas import Interventions, Pixel, RequestBody, Strokes, Whole

Offset = Annotated[
    list[Whole],
    Field(
        min_length=2,
        max_length=2,
        description="[down, right], whole pixels from the middle of the picture, at most half the picture's side. "
        "Trained networks have seen the offsets that the model's `preprocessing` tells of.",
    ),
]
_MIDDLE = Field(default=[0, 0])


class NoInk(RequestBody):
    """A layer without ink, in a form."""


class LayerPixels(RequestBody):
    """A layer as pixels, in the size of the data set's digits."""

    pixels: Annotated[
        list[list[Pixel]],
        Field(
            min_length=1,
            description="h rows of w numbers, light ink on 0. h x w is the `layer` of the model in /api/models.",
        ),
    ]


class StrokesLayer(Strokes):
    """A layer as the pen made it, and where it lies."""

    offset: Annotated[Offset, _MIDDLE]


class PixelsLayer(LayerPixels):
    """A layer as pixels, and where it lies."""

    offset: Annotated[Offset, _MIDDLE]


class EmptyLayer(RequestBody):
    """A layer without ink."""

    offset: Annotated[Offset, _MIDDLE]


def _holds(given: Any) -> str:
    """What a layer is judged as: one with strokes and pixels is told that strokes are unknown beside pixels."""
    if not isinstance(given, dict):
        return "empty"
    return "pixels" if "pixels" in given else "strokes" if "strokes" in given else "empty"


Layer = Annotated[
    Annotated[StrokesLayer, Tag("strokes")]
    | Annotated[PixelsLayer, Tag("pixels")]
    | Annotated[EmptyLayer, Tag("empty")],
    Discriminator(_holds),
]
# A part of a form: the offsets are a part of their own there.
LayerPart: TypeAdapter[Strokes | LayerPixels | NoInk] = TypeAdapter(
    Annotated[
        Annotated[Strokes, Tag("strokes")] | Annotated[LayerPixels, Tag("pixels")] | Annotated[NoInk, Tag("empty")],
        Discriminator(_holds),
    ]
)
OffsetsPart: TypeAdapter[list[list[int]]] = TypeAdapter(
    Annotated[list[Offset], Field(min_length=2, max_length=2)], config=ConfigDict(strict=True)
)


class Layers(RequestBody):
    """Two digits laid over each other, for a model whose task is `pair`. Their sum is clipped at 1."""

    layers: Annotated[list[Layer], Field(min_length=2, max_length=2)]


class TamperedLayers(Layers):
    """Two digits laid over each other, and edits of the routing."""

    interventions: Interventions | None = None


class _PairFacts(BaseModel):
    """A test pair: two test digits of different classes, laid over each other."""

    index: int
    labels: list[int] = Field(description="the classes of its digits, in the order of the layers")
    predicted: list[int] = Field(
        description="what the model reads: `labels`, if it is right; else the two longest capsules, the longest first"
    )
    digits: list[int] = Field(description="the index of each digit among the test digits, as in /api/digits")
    offsets: list[list[int]] = Field(description="[down, right] of each digit, in pixels from the middle")


class PairSummary(_PairFacts):
    """A test pair in the gallery."""

    thumbnail: str = Field(description="a data: URL of the sum as a PNG")


class PairPage(BaseModel):
    """One page of the gallery of pairs."""

    pairs: list[PairSummary]
    page: int
    pages: int
    count: int = Field(description="pairs on all pages")


class TestPair(_PairFacts):
    """One test pair. Its pixels and its layers can be posted unchanged."""

    pixels: list[list[float]] = Field(description="H rows of W numbers in [0, 1], the sum in the model's size")
    layers: list[PixelsLayer] = Field(description="its two digits, as a body takes them")


class SweepBody(BaseModel):
    """A sweep as nested lists."""

    labels: list[int]
    layer: int
    axis: Axis
    model: str
    milliseconds: float
    tensors: dict[str, list[Any]]
