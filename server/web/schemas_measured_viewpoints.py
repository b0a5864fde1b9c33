"""The JSON of what was measured of digits seen from other viewpoints."""

from __future__ import annotations

from itertools import pairwise, product
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from model.data.viewpoints import PIECES, Pieces
from model.explaining.measurements import VIEWPOINT_AMOUNTS, VIEWPOINT_PATHS
from server.web.schemas import Label

TransformationName = Literal["thickness", "scale", "stretch", "shear", "rotation", "right", "down"]
Count = Annotated[int, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(ge=0)]
OfEachAmount = Annotated[list[float], Field(min_length=VIEWPOINT_AMOUNTS, max_length=VIEWPOINT_AMOUNTS)]
ErrorOfEachAmount = Annotated[list[Positive], Field(min_length=VIEWPOINT_AMOUNTS, max_length=VIEWPOINT_AMOUNTS)]
Place = Annotated[list[float], Field(min_length=2, max_length=2)]
PathOfPlaces = Annotated[list[Place], Field(min_length=VIEWPOINT_AMOUNTS, max_length=VIEWPOINT_AMOUNTS)]


class ClassPaths(BaseModel):
    """What the pose of a class, or a CNN's features, do while digits of that class are transformed.

    F is the number of numbers of the pose, or of features. Without capsules the errors are null.
    """

    label: Label
    transformation: TransformationName
    amounts: OfEachAmount = Field(description="from the lowest to the highest; the middle one changes nothing")
    direction: list[float] = Field(
        description="(F) mean displacement for one unit of the transformation, of training digits"
    )
    plane: Annotated[list[list[float]], Field(min_length=2, max_length=2)] = Field(
        description="two orthonormal main directions (F) of the displacements of training digits"
    )
    digits: list[Count] = Field(max_length=VIEWPOINT_PATHS, description="test digits, by their index in /api/digits")
    paths: list[PathOfPlaces] = Field(
        max_length=VIEWPOINT_PATHS,
        description="for each of these digits, at each amount, its displacement from rest in the plane",
    )
    explained: Share = Field(description="share of the squared displacements of test digits that lies in the plane")
    straightness: Share = Field(
        description="distance between the two ends of a path over the length of the path, from amount to amount: the "
        "mean over test digits; 1 is a straight line"
    )
    same_direction: Annotated[float, Field(ge=-1, le=1)] = Field(
        description="mean cosine between the displacements of two test digits, at both ends of the range"
    )
    r2: Annotated[float, Field(le=1)] = Field(
        description="R² of a ridge regression from the displacement (F) to the amount, fitted on training digits of "
        "the class, tried on test digits; below 0 if the mean amount is the better guess"
    )
    r2_features: Annotated[float, Field(le=1)] = Field(
        description="the same from the F numbers as they are, without knowing where the digit is at rest: digits of a "
        "class lean, and are large, differently from the start"
    )
    pushed: ErrorOfEachAmount | None = Field(
        description="at each amount: sum of squared differences between what is decoded from the pose at rest plus "
        "`direction` times the amount's distance from rest, and the reconstruction really transformed; mean over test "
        "digits"
    )
    unpushed: ErrorOfEachAmount | None = Field(description="the same for the reconstruction at rest")
    pushed_error: Positive | None = Field(description="mean of `pushed` over all amounts but the middle one")
    unpushed_error: Positive | None = Field(description="mean of `unpushed` over all amounts but the middle one")

    @model_validator(mode="after")
    def _fits(self, info: ValidationInfo) -> ClassPaths:
        sizes = info.context or {}
        F = sizes.get("features", sizes.get("pose_dim", len(self.direction)))
        if {len(self.direction), *map(len, self.plane)} != {F}:
            raise PydanticCustomError("wrong_shape", f"the model has {F} numbers, not {len(self.direction)}")
        if len(self.paths) != len(self.digits) or any(low >= high for low, high in pairwise(self.amounts)):
            raise PydanticCustomError("wrong_shape", "each digit has a path, and amounts ascend")
        return self


class ViewpointPathsBody(ClassPaths):
    """One class under one transformation."""

    model: str
    fitted: int = Field(description="training digits of the class behind direction and plane, at most")
    tried: int = Field(description="test digits of the class that all else was measured on, at most")
    command: str = Field(description="the command that measured it")


class ViewpointPathsFile(BaseModel):
    """All classes and transformations of one model."""

    model: str
    fitted: int
    tried: int
    command: str
    paths: list[ClassPaths]

    @field_validator("paths")
    @classmethod
    def _all(cls, paths: list[ClassPaths], info: ValidationInfo) -> list[ClassPaths]:
        found = [(each.label, each.transformation) for each in paths]
        classes = range((info.context or {}).get("classes", 1 + max((label for label, _ in found), default=0)))
        if sorted(found) != sorted(product(classes, get_args(TransformationName))):
            raise PydanticCustomError("wrong_shape", f"each of {len(classes)} classes has every transformation once")
        return paths

    def of(self, label: int, transformation: TransformationName) -> ViewpointPathsBody:
        (found,) = (p for p in self.paths if (p.label, p.transformation) == (label, transformation))
        return ViewpointPathsBody(
            model=self.model, fitted=self.fitted, tried=self.tried, command=self.command, **dict(found)
        )


class AnswersBody(BaseModel):
    """How the test digits are read at each amount of one transformation."""

    amounts: list[float]
    right: list[Count] = Field(description="digits that are read rightly, at each amount")
    sure_wrong: list[Count] = Field(description="digits that are misread, and surely, at each amount")

    @model_validator(mode="after")
    def _of_each_amount(self) -> AnswersBody:
        if not len(self.amounts) == len(self.right) == len(self.sure_wrong):
            raise PydanticCustomError("wrong_shape", "there are counts for each amount")
        if any(low >= high for low, high in pairwise(self.amounts)):
            raise PydanticCustomError("wrong_shape", "amounts ascend")
        return self


class PiecesAnswersBody(BaseModel):
    """How the test digits are read when their parts have changed places."""

    same: Count = Field(description="digits that are still read as their class")
    sure: Count = Field(description="digits that are read surely, as whatever class")


class ViewpointAccuracyBody(BaseModel):
    """The test digits read from other viewpoints. Nothing is centred again after it was moved."""

    model: str
    digits: int
    sure_above: Share = Field(
        description="an answer is sure above this length of the longest class capsule, or probability of a CNN"
    )
    transformations: dict[TransformationName, AnswersBody]
    pieces: dict[Pieces, PiecesAnswersBody]
    command: str = Field(description="the command that measured it")

    @model_validator(mode="after")
    def _whole(self) -> ViewpointAccuracyBody:
        if set(self.transformations) != set(get_args(TransformationName)) or set(self.pieces) != set(PIECES):
            raise PydanticCustomError("wrong_shape", "every transformation and every arrangement was measured")
        counts = [
            *(count for of in self.transformations.values() for count in (*of.right, *of.sure_wrong)),
            *(count for of in self.pieces.values() for count in (of.same, of.sure)),
        ]
        if max(counts, default=0) > self.digits:
            raise PydanticCustomError("wrong_shape", f"no count is above {self.digits}, the number of digits")
        return self
