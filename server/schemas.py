"""The JSON that goes in and out, as pydantic models: they validate it and describe it in /openapi.json."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

CLASSES = 10
MAX_POSES = 512
# Numbers of a pose lie in (-1, 1); far beyond that a picture means nothing, and much further float32 ends.
MAX_POSE_NUMBER = 1000.0

Pixel = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Row = Annotated[list[Pixel], Field(min_length=28, max_length=28)]
PoseNumber = Annotated[float, Field(ge=-MAX_POSE_NUMBER, le=MAX_POSE_NUMBER, allow_inf_nan=False)]
Pose = Annotated[list[PoseNumber], Field(min_length=16, max_length=16)]


def _whole(value: Any) -> Any:
    """JSON has one kind of number: 5.0 is an integer there, as the schema says."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Label = Annotated[int, BeforeValidator(_whole), Field(ge=0, le=CLASSES - 1)]


class _Request(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class Pixels(_Request):
    """A picture that is taken as it is."""

    pixels: Annotated[list[Row], Field(min_length=28, max_length=28, description="28 rows, light ink on 0")]


class Poses(_Request):
    """Poses of one class capsule, to be drawn."""

    poses: Annotated[list[Pose], Field(min_length=1, max_length=MAX_POSES)]
    label: Annotated[Label, Field(description="the class that the poses belong to")]


class ErrorDetail(BaseModel):
    """What went wrong."""

    code: str = Field(description="snake_case, for programs")
    message: str = Field(description="one sentence, for people")


class ErrorBody(BaseModel):
    """The body of every answer that is no success."""

    error: ErrorDetail


class ModelInfo(BaseModel):
    """One model, from the card of its weights."""

    name: str
    title: str
    dataset: str
    classes: list[str]
    image_size: list[int] = Field(description="height and width in pixels")
    parameter_count: int
    test_error: float = Field(description="per cent, over the 10,000 test digits")
    routing_iterations: int = Field(description="that it was trained with")
    seed: int
    epochs: int
    epoch_test_errors: list[float] = Field(description="per cent, after each epoch")
    command: str = Field(description="that trained it")
    device: str = Field(description="that it runs on")
    has_gauge: bool = Field(description="whether /api/gauge knows how well it explains test digits")


class ModelList(BaseModel):
    """All models."""

    default: str = Field(description="the model that answers where none is named")
    models: list[ModelInfo]


class ClassificationBody(BaseModel):
    """What a drawing was taken for."""

    label: Label
    lengths: list[float] = Field(min_length=CLASSES, max_length=CLASSES, description="of the ten class capsules")
    model: str
    milliseconds: float = Field(description="that the network took")


class DigitSummary(BaseModel):
    """A test digit in the gallery."""

    index: int
    label: int
    predicted: int
    thumbnail: str = Field(description="a data: URL of a 28 x 28 PNG")


class DigitPage(BaseModel):
    """One page of the gallery."""

    digits: list[DigitSummary]
    page: int
    pages: int
    count: int = Field(description="of digits on all pages")


class Digit(BaseModel):
    """One test digit; its pixels can be posted as they are."""

    index: int
    label: int
    predicted: int
    pixels: list[list[float]] = Field(description="28 rows of 28 numbers in [0, 1]")


class TensorsBody(BaseModel):
    """Tensors as nested lists, where `Accept: application/json` asks for them."""

    label: int
    model: str
    tensors: dict[str, list[Any]]


class TraceBody(TensorsBody):
    """A trace as nested lists."""

    iterations: int
    milliseconds: float


class Status(BaseModel):
    """How the server is."""

    status: str
