"""The JSON that goes in and out, as pydantic models: they validate it and describe it in /openapi.json."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from model.config import CapsNetConfig
from model.measurements import MeasuredKind
from model.tasks import TaskName

# The network whose drawings, capsules and poses these are; `Engine.load` refuses another.
NETWORK = CapsNetConfig()
CLASSES, TYPES, GRID, CAPSULES = NETWORK.classes, NETWORK.primary_types, NETWORK.grid_size, NETWORK.primary_count
MAX_POSES = 512
# Numbers of a pose lie in (-1, 1); far beyond that a picture means nothing, and much further float32 ends.
MAX_POSE_NUMBER = 1000.0
# At 50 a softmax over ten classes has long left nothing for the other nine.
MAX_LOGIT = 50.0

Pixel = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Row = Annotated[list[Pixel], Field(min_length=28, max_length=28)]
PairRow = Annotated[list[Pixel], Field(min_length=36, max_length=36)]
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


class PairPixels(_Request):
    """A picture of two digits, for a model whose task is `pair`; it is taken as it is."""

    pixels: Annotated[list[PairRow], Field(min_length=36, max_length=36, description="36 rows, light ink on 0")]


class Poses(_Request):
    """Poses of one class capsule, to be drawn."""

    poses: Annotated[list[Pose], Field(min_length=1, max_length=MAX_POSES)]
    label: Annotated[Label, Field(description="the class that the poses belong to")]


Capsule = Annotated[int, BeforeValidator(_whole), Field(ge=0, lt=CAPSULES)]
CapsuleType = Annotated[int, BeforeValidator(_whole), Field(ge=0, lt=TYPES)]
GridIndex = Annotated[int, BeforeValidator(_whole), Field(ge=0, lt=GRID)]
Position = Annotated[list[GridIndex], Field(min_length=2, max_length=2)]
Coupling = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Logit = Annotated[float, Field(ge=-MAX_LOGIT, le=MAX_LOGIT, allow_inf_nan=False)]


class Silenced(_Request):
    """Primary capsules that say nothing: u = 0. What is named in any of the three ways is silenced."""

    capsules: Annotated[list[Capsule], Field(default=[], max_length=CAPSULES, description="by index, type-major")]
    types: Annotated[list[CapsuleType], Field(default=[], max_length=TYPES, description="all 36 capsules of a type")]
    positions: Annotated[
        list[Position],
        Field(default=[], max_length=GRID * GRID, description="[row, column] of the 6 x 6 grid: all 32 types there"),
    ]


class FixedCoupling(_Request):
    """A coupling coefficient that is the same in every iteration."""

    capsule: Capsule
    label: Label
    coupling: Coupling


class FirstLogit(_Request):
    """Where routing begins for one class, in place of 0: for one capsule, for a type, or without either for all."""

    label: Label
    logit: Logit
    capsule: Capsule | None = None
    type: CapsuleType | None = None

    @model_validator(mode="after")
    def _one_address(self) -> Self:
        if self.capsule is not None and self.type is not None:
            raise PydanticCustomError("contradiction", "a first logit is of a capsule or of a type, not of both")
        return self


class Interventions(_Request):
    """What is changed in the routing by hand. Couplings that are not fixed share what the fixed ones leave of 1."""

    silence: Silenced = Silenced(capsules=[], types=[], positions=[])
    couplings: Annotated[list[FixedCoupling], Field(default=[], max_length=CAPSULES)]
    logits: Annotated[list[FirstLogit], Field(default=[], max_length=CAPSULES, description="the last of a pair counts")]
    uniform: Annotated[bool, Field(default=False, description="c = 1/10 in every iteration: no routing")]


class TamperedPixels(Pixels):
    """A picture that is taken as it is, and what is changed in its routing."""

    interventions: Interventions | None = None


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
    task: TaskName = Field(description="what it sees: one digit, or two laid over each other")
    image_size: list[int] = Field(description="height and width in pixels")
    parameter_count: int
    test_error: float = Field(description="per cent, over the 10,000 test digits or 10,000 pairs made of them")
    routing_iterations: int = Field(description="that it was trained with")
    seed: int = Field(description="of the last stage of its training")
    epochs: int = Field(description="of the last stage of its training")
    epoch_test_errors: list[float] = Field(description="per cent, after each epoch")
    epoch_validation_errors: list[float] = Field(
        description="per cent, after each epoch, on training digits that were kept out: in place of the test errors"
    )
    first_weights: str = Field(description="where the training began; empty where the card does not say")
    command: str = Field(description="that trained it")
    device: str = Field(description="that it runs on")
    measured: list[MeasuredKind] = Field(
        description="what was measured of its weights: /api/iterations, /api/dimensions and /api/gauge tell of it"
    )


class ModelList(BaseModel):
    """All models."""

    default: str = Field(description="the model that answers where none is named")
    models: list[ModelInfo]


class ClassificationBody(BaseModel):
    """What a drawing was taken for."""

    label: Annotated[Label, Field(description="the class of the longest capsule")]
    labels: list[Label] = Field(
        min_length=1, max_length=2, description="the classes that it was taken for, the longest capsule first"
    )
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
