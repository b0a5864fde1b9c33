"""The JSON that goes in and out, as pydantic models: they validate it and describe it in /openapi.json.

What depends on the sizes of a model is described in words here, and checked against the model's card where a body is
read.
"""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from model.data.photographs.doubts import Doubt
from model.data.strokes import PEN_WIDTH
from model.data.tasks import TaskName
from model.explaining.measurements import MeasuredKind
from model.network.interventions import LAST_SEED, MOST_SPREAD

MAX_POSES = 512
MAX_STROKES, MAX_POINTS = 256, 4096
# Numbers of a pose lie in (-1, 1); far beyond that a picture means nothing, and much further float32 ends.
MAX_POSE_NUMBER = 1000.0
# At 50 a softmax has long left nothing for the other classes.
MAX_LOGIT = 50.0

Pixel = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
PoseNumber = Annotated[float, Field(ge=-MAX_POSE_NUMBER, le=MAX_POSE_NUMBER, allow_inf_nan=False)]
Pose = Annotated[list[PoseNumber], Field(min_length=1)]


def _whole(value: Any) -> Any:
    """JSON has one kind of number: 5.0 is an integer there, as the schema says."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Whole = Annotated[int, BeforeValidator(_whole)]
Index = Annotated[Whole, Field(ge=0)]
Label = Index


class RequestBody(BaseModel):
    """What clients send: numbers are numbers, and no field is unknown."""

    model_config = ConfigDict(strict=True, extra="forbid")


class Pixels(RequestBody):
    """A picture that the network sees unchanged."""

    pixels: Annotated[
        list[list[Pixel]],
        Field(
            min_length=1,
            description="H rows of W numbers, light ink on 0. H x W is the model's `geometry.image` in /api/models.",
        ),
    ]


Coordinate = Annotated[float, Field(ge=-1, le=2, allow_inf_nan=False)]
Point = Annotated[list[Coordinate], Field(min_length=2, max_length=2)]


class Strokes(RequestBody):
    """A drawing as the pen made it. The server draws it and makes it fit, as it does a PNG."""

    strokes: Annotated[
        list[Annotated[list[Point], Field(min_length=1, max_length=MAX_POINTS)]],
        Field(
            min_length=1,
            max_length=MAX_STROKES,
            description="the points [x, y] of each stroke, x to the right and y down, in sides of the pad",
        ),
    ]
    pen_width: Annotated[
        float,
        Field(
            default=PEN_WIDTH,
            gt=0,
            le=0.5,
            description="of the pad's side. A drawing that is small for its pen is drawn with a thinner one.",
        ),
    ]


class Poses(RequestBody):
    """Poses of one class capsule that the decoder is to draw."""

    poses: Annotated[
        list[Pose],
        Field(
            min_length=1,
            max_length=MAX_POSES,
            description="D numbers each. D is the model's `geometry.pose_dim` in /api/models.",
        ),
    ]
    label: Annotated[Label, Field(description="the class that the poses belong to")]


Position = Annotated[list[Index], Field(min_length=2, max_length=2)]
Coupling = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Logit = Annotated[float, Field(ge=-MAX_LOGIT, le=MAX_LOGIT, allow_inf_nan=False)]


class Silenced(RequestBody):
    """Primary capsules to silence (u = 0), by index, by type or by position of the grid."""

    capsules: Annotated[list[Index], Field(default=[], description="by index, type-major")]
    types: Annotated[list[Index], Field(default=[], description="all capsules of a type")]
    positions: Annotated[list[Position], Field(default=[], description="[row, column] of the grid: all capsules there")]


class FixedCoupling(RequestBody):
    """A coupling coefficient that stays the same in every iteration."""

    capsule: Index
    label: Label
    coupling: Coupling


class FirstLogit(RequestBody):
    """The first routing logit for one class, instead of 0: of one capsule, of a type, or, without either, of all."""

    label: Label
    logit: Logit
    capsule: Index | None = None
    type: Index | None = None

    @model_validator(mode="after")
    def _one_address(self) -> Self:
        if self.capsule is not None and self.type is not None:
            raise PydanticCustomError("contradiction", "a first logit names a capsule or a type, not both")
        return self


class RandomCouplings(RequestBody):
    """No routing: the couplings of each capsule are the softmax of normally distributed numbers, in every iteration."""

    seed: Annotated[Index, Field(le=LAST_SEED, description="the same seed gives the same couplings")]
    spread: Annotated[
        float,
        Field(default=1.0, ge=0, le=MOST_SPREAD, allow_inf_nan=False, description="standard deviation of the numbers"),
    ]


class Interventions(RequestBody):
    """Edits of the routing. Couplings that are not fixed share what the fixed ones leave of 1.

    Capsules, types, positions and classes must exist in the model. No list may be longer than the model has of them.
    """

    silence: Silenced = Silenced(capsules=[], types=[], positions=[])
    couplings: Annotated[list[FixedCoupling], Field(default=[])]
    logits: Annotated[
        list[FirstLogit],
        Field(default=[], description="if two rows name the same capsule and class, the last one counts"),
    ]
    uniform: Annotated[bool, Field(default=False, description="no routing: c = 1/C in every iteration")]
    random: Annotated[
        RandomCouplings | None, Field(default=None, description="random couplings; not together with `uniform`")
    ]


class TamperedStrokes(Strokes):
    """A drawing as the pen made it, and edits of the routing."""

    interventions: Interventions | None = None


class TamperedPixels(Pixels):
    """A picture that the network sees unchanged, and edits of its routing."""

    interventions: Interventions | None = None


class ErrorDetail(BaseModel):
    """What went wrong."""

    code: str = Field(description="snake_case, for programs")
    message: str = Field(description="one sentence, for people")


class ErrorBody(BaseModel):
    """The body of every error."""

    error: ErrorDetail


class Geometry(BaseModel):
    """The sizes of a network. The page draws everything from these. What a network does not have is null."""

    image: list[int] = Field(description="[height, width] of the picture, in pixels")
    classes: int = Field(description="C, the number of classes")
    kernel_size: int = Field(description="side of the kernels, in pixels")
    conv1: list[int] | None = Field(None, description="[maps, height, width] of Conv1")
    primary_stride: int | None = Field(None, description="stride of PrimaryCaps; Conv1 has stride 1")
    primary_types: int | None = Field(None, description="types of primary capsules")
    grid: list[int] | None = Field(None, description="[rows, columns] of the grid of each type")
    primary_dim: int | None = Field(None, description="d, the numbers of a primary capsule")
    primary_count: int | None = Field(
        None, description="P, the number of primary capsules: types x rows x columns, type-major"
    )
    pose_dim: int | None = Field(None, description="D, the numbers of a class capsule")
    channels: list[int] | None = Field(
        None, description="maps of each convolution of a network with max pooling; each pooling halves their sides"
    )
    features: int | None = Field(None, description="F, the numbers that the answer of such a network is made of")


class ModelInfo(BaseModel):
    """One model, as the card of its weights describes it."""

    name: str
    title: str
    dataset: str
    class_names: list[str] = Field(description="a name for each class")
    geometry: Geometry
    task: TaskName = Field(description="what the model sees: one digit, or a pair laid over each other")
    layer: list[int] | None = Field(
        description="[height, width] of a layer of a pair, in pixels; null for a model that sees one digit"
    )
    parameter_count: int
    test_error: float = Field(description="in per cent, over 10,000 test digits or 10,000 pairs of them")
    architecture: str = Field(description="the kind of network, by name", examples=["capsnet"])
    has_capsules: bool = Field(
        description="a model without capsules answers /api/classify, /api/viewpoints and, "
        "with max pooling, /api/scatter; what is about capsules it refuses"
    )
    data_set: str = Field(description="the data set of its pictures, by name", examples=["mnist"])
    routing_iterations: int | None = Field(description="routing iterations in training; null without capsules")
    max_shift: int | None = Field(
        description="pixels, the farthest that a digit was shifted in training; null if the card does not say"
    )
    seed: int = Field(description="seed of the last stage of training")
    epochs: int = Field(description="epochs of the last stage of training")
    epoch_test_errors: list[float] = Field(description="test error in per cent after each epoch")
    epoch_validation_errors: list[float] = Field(
        description="error in per cent after each epoch on held-out training digits, instead of the test errors"
    )
    first_weights: str = Field(description="the weights that training began with; empty if the card does not say")
    command: str = Field(description="the command that trained the model")
    device: str = Field(description="the device that the model runs on")
    measured: list[MeasuredKind] = Field(
        description="what was measured of these weights; each is given by /api and its name, such as /api/gauge"
    )


class ModelList(BaseModel):
    """All models."""

    default: str = Field(description="the model that answers if a request names none")
    models: list[ModelInfo]


Doubts = Annotated[
    list[Doubt],
    Field(
        description="why the answer may be wrong. other_marks: there is more in the picture than the digit that was "
        "read. uneven_paper: its light or paper is so uneven that ink and paper are hard to tell apart. "
        "no_clear_digit: the "
        "ink is a dot, a level line or tiny. fits_badly: the winner draws it back worse than 97 % of the test digits; "
        "not told where the gauge was not measured, or where the routing is edited.",
    ),
]


class ClassificationBody(BaseModel):
    """What the network reads in a drawing."""

    label: Annotated[Label, Field(description="the winner: the class of the longest capsule")]
    labels: list[Label] = Field(
        min_length=1, max_length=2, description="the classes that the network reads, the longest capsule first"
    )
    lengths: list[float] = Field(
        description="the length of each class capsule; for a model without capsules, the probability of each class"
    )
    doubts: Doubts
    model: str
    milliseconds: float = Field(description="how long the network took")


class DigitSummary(BaseModel):
    """A test digit in the gallery."""

    index: int
    label: int
    predicted: int
    thumbnail: str = Field(description="a data: URL of the picture as a PNG")


class DigitPage(BaseModel):
    """One page of the gallery."""

    digits: list[DigitSummary]
    page: int
    pages: int
    count: int = Field(description="digits on all pages")


class Digit(BaseModel):
    """One test digit. Its pixels can be posted unchanged."""

    index: int
    label: int
    predicted: int
    pixels: list[list[float]] = Field(description="H rows of W numbers in [0, 1], in the model's size")


class TensorsBody(BaseModel):
    """Tensors as nested lists, for `Accept: application/json`."""

    label: int
    model: str
    tensors: dict[str, list[Any]]


class TraceBody(TensorsBody):
    """A trace as nested lists."""

    iterations: int
    milliseconds: float
    doubts: Doubts


class ReadBody(BaseModel):
    """How a picture was read, as nested lists."""

    tensors: dict[str, list[Any]]
    box: list[float]
    region: list[float]
    doubts: Doubts
    model: str


class Status(BaseModel):
    """The state of the server."""

    status: str
