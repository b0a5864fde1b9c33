"""The JSON of what was measured of a model: routings of the test digits, the meaning of its dimensions, its gauge."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from model.measurements import GAUGE_QUANTILES, HISTOGRAM_BINS, STUDIED_ITERATIONS, SWEEP_STEPS
from server.schemas import CLASSES, NETWORK, Label

MeasureName = Literal["thickness", "slant", "width", "height", "length", "loop", "area", "x", "y"]
Sweep = Annotated[list[float], Field(min_length=SWEEP_STEPS, max_length=SWEEP_STEPS)]
Share = Annotated[float, Field(ge=0, le=1)]
OfEach = Annotated[list[float], Field(min_length=STUDIED_ITERATIONS, max_length=STUDIED_ITERATIONS)]


class IterationsBody(BaseModel):
    """What 1 to 10 iterations of routing make of the test digits; each list is in that order."""

    model: str
    trained_with: int = Field(description="the routing iterations of training")
    digits: int
    errors: OfEach = Field(description="per cent of the digits")
    winning_lengths: OfEach = Field(description="of the longest class capsule, the mean over the digits")
    entropies: OfEach = Field(description="of c_i in bits, the mean over primary capsules and digits")
    command: str = Field(description="that measured it")


class Spread(BaseModel):
    """A mean and a standard deviation over digits."""

    mean: float
    deviation: Annotated[float, Field(ge=0)]


class Histogram(BaseModel):
    """Counts in bins of one width from `low` to `high`; what lies beyond is counted in the outermost."""

    low: float
    high: float
    counts: list[Annotated[int, Field(ge=0)]] = Field(min_length=HISTOGRAM_BINS, max_length=HISTOGRAM_BINS)


class Evidence(BaseModel):
    """How one measure of the reconstructed picture follows the dial."""

    measure: MeasureName
    unit: str = Field(description="px, px² or °", examples=["px"])
    r: float = Field(ge=-1, le=1, description="correlation of offset and measure, each digit's own mean removed")
    slope: float = Field(description="change of the measure for one standard deviation of the dimension")
    share: float = Field(ge=0, description="of the picture's change, about what this measure's change alone would make")
    values: Sweep = Field(description="mean of the measure at each offset")


class Place(BaseModel):
    """Where the picture changes: the centre of the change, pixel (x, y), and its name."""

    x: float
    y: float
    name: str = Field(examples=["lower part"])


class Dimension(Spread):
    """What one of the sixteen numbers does to the picture."""

    histogram: Histogram
    name: str = Field(description="a few words; `mixed` and `no visible effect` among them", examples=["slant"])
    detail: str = Field(description="what the name rests on, as a phrase")
    strength: Share | None = Field(description="|r| of the measure that gives the name; null where none does")
    measure: MeasureName | None = Field(description="that gives the name")
    effect: float = Field(ge=0, description="mean absolute change of a pixel for one standard deviation")
    changed: Share = Field(description="share of pixels that change by more than 0.1 from the first offset to the last")
    evidence: list[Evidence]
    offsets: Sweep = Field(description="in standard deviations, around each digit's own value")
    place: Place


class ClassDimensions(BaseModel):
    """The sixteen dimensions of one class capsule."""

    label: Label
    digits: int = Field(description="of this class, whose capsules gave means, deviations and histograms")
    swept: int = Field(description="of these, whose dimensions were swept one by one")
    length: Spread = Field(description="of this class's capsule over these digits")
    dimensions: list[Dimension] = Field(min_length=NETWORK.pose_dim, max_length=NETWORK.pose_dim)


class DimensionsBody(ClassDimensions):
    """What the sixteen numbers of one class mean, as measured on training digits."""

    model: str
    command: str = Field(description="that measured it")


class Areas(BaseModel):
    """Areas under the ROC curve: test digits against drawings that are none."""

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
    """How well the winning class explains test digits, to hold a drawing's error against."""

    model: str
    command: str = Field(description="that measured it")
    quantiles: list[Annotated[float, Field(ge=0)]] = Field(
        min_length=GAUGE_QUANTILES,
        max_length=GAUGE_QUANTILES,
        description="of the sum of squared differences of picture and reconstruction, over the test digits",
    )
    auc: Areas = Field(description="of this error, for digits against drawings that are no digits")
    variants: dict[str, Areas] = Field(description="of this error, and of two others made of it")
    counts: GaugeCounts


class DimensionsFile(BaseModel):
    """All classes of one model."""

    model: str
    command: str
    classes: list[ClassDimensions] = Field(min_length=CLASSES, max_length=CLASSES)

    def of(self, label: int) -> DimensionsBody:
        return DimensionsBody(model=self.model, command=self.command, **dict(self.classes[label]))
