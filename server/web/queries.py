"""Query parameters that several endpoints take."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query

from model.zoo.checkpoint import ModelCard
from server.web.errors import InvalidError
from server.web.tensors import Precision

Iterations = Annotated[
    int | None, Query(ge=1, le=10, description="routing iterations; as many as in training if none are given")
]
Dtype = Annotated[Precision, Query(description="number format of the tensors; f16 halves the body")]


def labels_of(text: str, model: ModelCard) -> tuple[int, ...]:
    """The classes of a comma list. Raises InvalidError for one that the model lacks, and for too many."""
    labels = tuple(int(label) for label in text.split(",") if label)
    classes = model.config.classes
    if len(labels) > classes or any(label >= classes for label in labels):
        raise InvalidError("unknown_option", f"labels: This model has the {classes} classes 0 to {classes - 1}.")
    return labels
