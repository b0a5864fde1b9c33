"""The JSON of what was measured of a model: routings of the test digits, the meaning of its dimensions, its gauge."""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from model.explaining.measurements import (
    GAUGE_QUANTILES,
    HISTOGRAM_BINS,
    LEAST_ITERATIONS,
    OVERLAP_BINS,
    STUDIED_ITERATIONS,
    SWEEP_STEPS,
)
from server.web.schemas import Label

T = TypeVar("T")
MeasureName = Literal[
    "thickness", "darkness", "slant", "tilt", "width", "top", "bottom", "height", "balance", "bend", "loop", "x", "y"
]  # fmt: skip
Sweep = Annotated[list[float], Field(min_length=SWEEP_STEPS, max_length=SWEEP_STEPS)]
Share = Annotated[float, Field(ge=0, le=1)]
OfEach = Annotated[list[float], Field(min_length=STUDIED_ITERATIONS, max_length=STUDIED_ITERATIONS)]


class IterationsBody(BaseModel):
    """The test digits routed with 1 to 10 iterations. Each list has a value for each number of iterations."""

    model: str
    trained_with: int = Field(description="routing iterations in training")
    digits: int
    errors: OfEach = Field(description="test error in per cent")
    winning_lengths: OfEach = Field(description="mean length of the longest class capsule")
    entropies: OfEach = Field(description="mean entropy of c_i in bits, over primary capsules and digits")
    command: str = Field(description="the command that measured it")


Count = Annotated[int, Field(ge=0)]
Cosine = Annotated[float, Field(ge=-1, le=1)]
Positive = Annotated[float, Field(ge=0)]


class ReadingBody(BaseModel):
    """What one way to couple makes of the test digits."""

    errors: Count = Field(description="digits that are misread")
    changed: Count = Field(description="digits whose answer is another than with one iteration")
    winning_length: Share = Field(description="mean length of the longest class capsule")
    entropy: Annotated[float, Field(ge=0)] = Field(description="mean entropy of c_i in bits")


class RandomReadingBody(BaseModel):
    """The same of random couplings, which are the same in every iteration and for every digit."""

    seed: Count
    spread: Annotated[float, Field(ge=0)] = Field(description="standard deviation of the logits of the couplings")
    reading: ReadingBody


class TurnedBody(BaseModel):
    """Digits that are answered otherwise after as many iterations as in training than after one."""

    to_right: Count
    to_wrong: Count
    wrong_to_wrong: Count


class RoutingsBody(BaseModel):
    """The test digits read without routing, with routing and with random couplings."""

    model: str
    trained_with: int = Field(description="routing iterations in training")
    digits: int
    iterations: Annotated[list[ReadingBody], Field(min_length=LEAST_ITERATIONS)] = Field(
        description="with 1, 2, ... iterations; the first has uniform couplings, c = 1/C"
    )
    random: list[RandomReadingBody]
    turned: TurnedBody
    command: str = Field(description="the command that measured it")


class AgreementBody(BaseModel):
    """How far the strongest votes for a class agree after the last iteration. Means over the first test digits.

    The winner is the longest class capsule; `others` is the mean over all other classes.
    """

    model: str
    iterations: int = Field(description="routing iterations")
    digits: int
    strongest: int = Field(description="so many votes for each class, the strongest by c |û|")
    with_v_winner: Cosine = Field(description="mean cosine of a vote and v_j, of the winner")
    with_v_others: Cosine
    among_winner: Cosine = Field(description="mean cosine of two votes for the winner")
    among_others: Cosine
    strength_winner: Positive = Field(description="sum of c |û| of these votes for the winner")
    strength_others: Positive
    outdone: Share = Field(description="share of digits with a class whose votes agree more among themselves")
    outdone_strength_winner: Positive = Field(description="sum of c |û| of the winner's votes, of these digits")
    outdone_strength_other: Positive = Field(description="the same of the class whose votes agree most")
    outdone_length_winner: Share = Field(description="length of the winner, of these digits")
    outdone_length_other: Share = Field(description="length of the class whose votes agree most")
    command: str = Field(description="the command that measured it")


class PairReadingBody(BaseModel):
    """Of how many pairs both digits, one or none are among the two classes that are most present."""

    both: Count
    one: Count
    none: Count


OfEachNumber = Annotated[
    list[PairReadingBody],
    Field(
        min_length=1,
        description="after 1, 2, ... routing iterations, the first with uniform couplings, c = 1/C; for a model "
        "without capsules its one reading",
    ),
]
Interval = Annotated[list[Share], Field(min_length=2, max_length=2)]
ShareOfEach = Annotated[list[Share], Field(min_length=1)]


class OverlapBinBody(BaseModel):
    """The pairs whose overlap lies in [low, high); the last bin also holds those at its end."""

    low: Positive
    high: Positive
    pairs: Count
    readings: OfEachNumber
    intervals: list[Interval] = Field(
        description="for each reading the 95 % interval, by Wilson, of the share of pairs that are misread: those of "
        "which not both digits are read"
    )


ShareBins = Annotated[list[OverlapBinBody], Field(min_length=OVERLAP_BINS, max_length=OVERLAP_BINS)]


class PlacementBody(BaseModel):
    """Pairs as they lie, all together and by three measures of how far one digit lies over the other."""

    readings: OfEachNumber
    box: ShareBins = Field(description="by intersection over union of the boxes around the ink")
    ink: ShareBins = Field(
        description="by shared ink: the sum of the smaller pixels, over the sum of the layer with less ink"
    )
    distance: Annotated[list[OverlapBinBody], Field(min_length=1)] = Field(
        description="by the distance between the middles of the two digits' pictures, in pixels"
    )


class ClassPairBody(BaseModel):
    """The pairs of two classes, with as many iterations as in training."""

    labels: Annotated[list[Label], Field(min_length=2, max_length=2)]
    pairs: Count
    errors: Count = Field(description="pairs of which not both digits are read")
    lost: Annotated[list[Count], Field(min_length=2, max_length=2)] = Field(
        description="how often each of the two is not read"
    )


class InkSharesBody(BaseModel):
    """The share of exclusive ink, pixel by pixel, that goes to its own digit."""

    pairs: Count
    pixels: Count = Field(
        description="of exclusive ink in these pairs: at least 0.5 in one layer, below 0.1 in the other"
    )
    reconstructions: ShareOfEach = Field(
        description="to the digit whose reconstruction is darker, after 1, 2, ... iterations"
    )
    contributions: ShareOfEach = Field(
        description="to the class whose contributions c û·v / |v|, spread over receptive fields, are larger"
    )
    fields: Share = Field(
        description="the same if every capsule gave each class as much as it sees of that digit's ink: how far "
        "receptive fields can tell the two apart"
    )


class InkStudyBody(BaseModel):
    """Who is given the ink that belongs to one digit alone."""

    all: InkSharesBody
    read: InkSharesBody = Field(description="of the pairs that are read with as many iterations as in training")


class OverlapBody(BaseModel):
    """Pairs of test digits, read and taken apart."""

    model: str
    trained_with: int | None = Field(description="routing iterations in training; null without capsules")
    seed: Count = Field(description="of the places of the centred pairs")
    pairs: Count
    tested: PlacementBody = Field(description="the test pairs, each digit shifted its own way")
    centred: PlacementBody = Field(
        description="the same digits, one moved by o and the other by -o: the middle of the pair is that of the picture"
    )
    classes: list[ClassPairBody] = Field(description="each two classes, of the test pairs")
    ink: InkStudyBody | None = Field(description="of the test pairs; null for a model without capsules")
    command: str = Field(description="the command that measured it")


def _as_many_as(info: ValidationInfo, size: str, entries: list[T]) -> list[T]:
    """The same list, of as many entries as the context says of this size of the model, if there is a context."""
    if info.context is not None and len(entries) != info.context.get(size):
        raise PydanticCustomError("wrong_shape", f"the model has {info.context.get(size)}, not {len(entries)}")
    return entries


class Spread(BaseModel):
    """A mean and a standard deviation over digits."""

    mean: float
    deviation: Annotated[float, Field(ge=0)]


class Histogram(BaseModel):
    """Counts in bins of equal width from `low` to `high`. The outermost bins also count what lies beyond."""

    low: float
    high: float
    counts: list[Annotated[int, Field(ge=0)]] = Field(min_length=HISTOGRAM_BINS, max_length=HISTOGRAM_BINS)


class Evidence(BaseModel):
    """What one measure of the reconstruction does along the dial."""

    measure: MeasureName
    title: str = Field(description="what is measured, in words", examples=["width of the top bar"])
    unit: str = Field(description="px, ° or empty", examples=["px"])
    change: float = Field(description="from the first offset to the last, the median over digits")
    effect: float = Field(description="the same in spreads of real digits of this class")
    agree: Share = Field(description="share of the digits that change this way")
    values: Sweep = Field(description="mean of the measure at each offset")


class Place(BaseModel):
    """Where the picture changes: the centre of the change, pixel (x, y), and its name."""

    x: float
    y: float
    name: str = Field(examples=["lower part"])


class Dimension(Spread):
    """What one dimension of a pose does to the picture."""

    histogram: Histogram
    name: str = Field(
        description="what turning the dial to the right does; `no clear effect` where nothing is seen",
        examples=["thinner, leaning left"],
    )
    detail: str = Field(description="by how much, from the first offset to the last, as a phrase")
    visibility: Literal["clear", "slight", "none"] = Field(description="how well a person sees it")
    measures: list[MeasureName] = Field(description="the measures that give the name, the largest effect first")
    evidence: list[Evidence]
    place: Place


class ClassDimensions(BaseModel):
    """The dimensions of one class capsule."""

    label: Label
    digits: int = Field(description="digits of this class behind the means, deviations and histograms")
    swept: int = Field(description="how many of these digits had their dimensions changed one by one")
    length: Spread = Field(description="length of this class's capsule over these digits")
    reach: float = Field(gt=0, description="standard deviations to either side, on which the names were measured")
    offsets: Sweep = Field(description="in standard deviations, around each digit's own value")
    spreads: dict[MeasureName, float] = Field(
        description="standard deviation of each measure over real digits of the class, or what is just visible"
    )
    dimensions: list[Dimension] = Field(description="the D dimensions of the pose, in order")

    @field_validator("dimensions")
    @classmethod
    def _all_dimensions(cls, dimensions: list[Dimension], info: ValidationInfo) -> list[Dimension]:
        return _as_many_as(info, "pose_dim", dimensions)


class DimensionsBody(ClassDimensions):
    """What the dimensions of one class's pose do, measured on training digits."""

    model: str
    command: str = Field(description="the command that measured it")


class Areas(BaseModel):
    """Areas under the ROC curve: test digits against drawings that are no digits."""

    noise: Share
    letters: Share
    doodles: Share
    all: Share


class GaugeCounts(BaseModel):
    """How many pictures of each kind were tried."""

    digits: int
    noise: int
    letters: int
    doodles: int
    all: int


class GaugeBody(BaseModel):
    """How well the winner reconstructs test digits. A drawing's error can be compared with these."""

    model: str
    command: str = Field(description="the command that measured it")
    quantiles: list[Annotated[float, Field(ge=0)]] = Field(
        min_length=GAUGE_QUANTILES,
        max_length=GAUGE_QUANTILES,
        description="quantiles of the test digits' error: the sum of squared differences of picture and reconstruction",
    )
    relative_quantiles: list[Annotated[float, Field(ge=0)]] = Field(
        default=[],
        max_length=GAUGE_QUANTILES,
        description="the same for the error as a share of the ink, the sum of the picture's squares; none where it was "
        "not measured",
    )
    auc: Areas = Field(description="how well this error separates digits from drawings that are no digits")
    variants: dict[str, Areas] = Field(description="the same for this error and two variants of it")
    counts: GaugeCounts

    @field_validator("relative_quantiles")
    @classmethod
    def _all_or_none(cls, quantiles: list[float]) -> list[float]:
        if len(quantiles) not in (0, GAUGE_QUANTILES):
            raise PydanticCustomError("wrong_shape", f"there must be {GAUGE_QUANTILES} or none, not {len(quantiles)}")
        return quantiles


class DimensionsFile(BaseModel):
    """All classes of one model."""

    model: str
    command: str
    classes: list[ClassDimensions]

    @field_validator("classes")
    @classmethod
    def _all_classes(cls, classes: list[ClassDimensions], info: ValidationInfo) -> list[ClassDimensions]:
        return _as_many_as(info, "classes", classes)

    def of(self, label: int) -> DimensionsBody:
        return DimensionsBody(model=self.model, command=self.command, **dict(self.classes[label]))
