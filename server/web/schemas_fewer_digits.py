"""The JSON of the study of fewer digits: networks of several kinds, trained on few digits each."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

Count = Annotated[int, Field(ge=0)]
AtLeastOne = Annotated[int, Field(ge=1)]


class FewerDigitsRunBody(BaseModel):
    """One network, trained and tested."""

    network: str = Field(description="its kind, as `architecture` in /api/models names it")
    count: AtLeastOne = Field(description="training digits, as many of each class")
    seed: AtLeastOne = Field(description="of its first weights and of the digits: all networks of a seed have the same")
    errors: Count = Field(description="test digits that it misreads after the last step")


class FewerDigitsBody(BaseModel):
    """How networks that were trained on few digits read the test digits. All were trained in the same way."""

    steps: AtLeastOne = Field(description="of training, in every run")
    batch_size: AtLeastOne = Field(description="pictures in a step")
    max_shift: Count = Field(description="pixels that each picture is shifted by in training, at most")
    learning_rate: Annotated[float, Field(ge=0)] = Field(description="after the warm-up; it falls to 0 by a cosine")
    warmup_steps: Count = Field(description="steps in which the learning rate rises")
    optimizer: str
    digits: AtLeastOne = Field(description="test digits")
    runs: list[FewerDigitsRunBody] = Field(description="those that are finished; a study may lack some")
    command: str = Field(description="the command that measured it")

    @model_validator(mode="after")
    def _fits(self) -> FewerDigitsBody:
        if len({(each.network, each.count, each.seed) for each in self.runs}) != len(self.runs):
            raise PydanticCustomError("wrong_shape", "no run is there twice")
        if any(each.errors > self.digits for each in self.runs):
            raise PydanticCustomError("wrong_shape", f"there are only {self.digits} test digits to misread")
        return self


class FewerDigitsAnswer(BaseModel):
    """The study, where there is one."""

    study: FewerDigitsBody | None = Field(description="null if this was not measured")
