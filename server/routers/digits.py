"""The test digits as a gallery."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from server import documentation
from server.dependencies import ChosenModel, RunningServices
from server.schemas import CLASSES, Digit, DigitPage

router = APIRouter(prefix="/api/digits", tags=["digits"])

_ERRORS = documentation.errors(404, 422, 503)

LabelFilter = Annotated[int | None, Query(ge=0, le=CLASSES - 1, description="only digits of this class")]
MistakeFilter = Annotated[bool | None, Query(description="only digits that the model gets wrong, or only the others")]
Page = Annotated[int, Query(ge=0, description="60 digits each; past the last one the list is empty")]
Index = Annotated[int, Path(description="0 to 9999", examples=[0])]


# Plain functions: writing sixty thumbnails is work for the thread pool.
@router.get("", responses=_ERRORS)
def digits(
    services: RunningServices,
    model: ChosenModel,
    label: LabelFilter = None,
    misclassified: MistakeFilter = None,
    page: Page = 0,
) -> DigitPage:
    """One page of the 10,000 test digits, with what the model took each for."""
    return services.gallery.page(model.card, label, misclassified, page)


@router.get("/{index}", responses=_ERRORS)
def digit(services: RunningServices, model: ChosenModel, index: Index) -> Digit:
    """One test digit with its pixels, which can be posted as they are."""
    return services.gallery.digit(model.card, index)
