"""What was measured of networks on digits made as affNIST is, read once: a row a network, and what such digits are.

The networks' weights do not ship. Nothing here is of a model that is served.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from model.data.affine import made_as_affnist_is
from model.data.catalogue import MNIST
from model.data.datasets import Digits
from model.data.tasks import DIGIT
from model.explaining.affine_accuracy import read_all_affine
from model.zoo.checkpoint import CheckpointError

Count = Annotated[int, Field(ge=0)]
Level = Annotated[int, Field(ge=0, le=255)]
Picture = list[list[Level]]


class AffineRow(BaseModel):
    """One network: how many test digits it reads rightly."""

    model: str = Field(description="its name; its weights do not ship")
    sha256: str = Field(description="of its weights")
    title: str
    architecture: str
    parameter_count: Count
    frame: Annotated[int, Field(ge=1, description="pixels around a digit, on every side")]
    epochs: Count
    trained_by: str = Field(description="the command that trained it")
    first_weights: str = Field(description="where its training began")
    seed: Count = Field(description="of the set")
    digits: Annotated[int, Field(ge=1, description="test digits, each of them in both sets")]
    unturned: Count = Field(description="digits that are read rightly in the middle of the frame")
    affine: Count = Field(description="digits that are read rightly turned, sheared, stretched and moved")
    command: str = Field(description="the command that measured it")

    @model_validator(mode="after")
    def _of_all_digits(self) -> AffineRow:
        if max(self.unturned, self.affine) > self.digits:
            raise PydanticCustomError("wrong_shape", f"there are {self.digits} digits to be read rightly")
        return self


class AffineExample(BaseModel):
    """One test digit in both sets. Levels go from 0 to 255, light ink on 0."""

    index: int = Field(description="as /api/digits counts")
    label: int
    unturned: Picture = Field(description="(H, W) in the middle of the frame")
    affine: Picture = Field(description="(H, W) turned, sheared, stretched and moved")


class AffineBody(BaseModel):
    """Every network that was measured so, in the order of their names, and what the digits look like."""

    rows: list[AffineRow] = Field(default=[], description="empty where no network was measured")
    examples: list[AffineExample] = Field(default=[], description="the first test digit of each class")


def load_affine(directory: Path) -> AffineBody:
    """Read the files that are there. Raises CheckpointError where one is damaged."""
    rows = [_row(path, values) for path, values in read_all_affine(directory).items()]
    return AffineBody(rows=rows, examples=_examples(rows[0].seed, rows[0].frame) if rows else [])


def _row(path: Path, values: object) -> AffineRow:
    try:
        return AffineRow.model_validate(values)
    except ValidationError as error:
        raise CheckpointError(f"{path} is damaged: {error}") from error


def _examples(seed: int, frame: int) -> list[AffineExample]:
    """Of the set that the seed makes."""
    digits = MNIST.test()
    labels = digits.labels.tolist()
    firsts = [labels.index(label) for label in range(len(MNIST.class_names))]
    few = Digits(digits.images[: max(firsts) + 1], digits.labels[: max(firsts) + 1])
    unturned = DIGIT.at(DIGIT.image_size + 2 * frame).test_set(few).images
    affine = made_as_affnist_is(few, seed, frame).images
    return [
        AffineExample(
            index=index, label=labels[index], unturned=unturned[index].tolist(), affine=affine[index].tolist()
        )
        for index in firsts
    ]
