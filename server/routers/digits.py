"""The test digits as a gallery."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from server.web import documentation
from server.web.dependencies import OneDigitModel, RunningServices, check_label
from server.web.schemas import Digit, DigitPage

router = APIRouter(prefix="/api/digits", tags=["digits"])

_ERRORS = documentation.errors(404, 422, 503)

LabelFilter = Annotated[int | None, Query(ge=0, description="only digits of this class")]
MistakeFilter = Annotated[
    bool | None, Query(description="true: only digits that the model misreads; false: only the others")
]
Page = Annotated[int, Query(ge=0, description="60 digits a page; past the last page the list is empty")]
Index = Annotated[int, Path(description="0 to 9999", examples=[0])]


# Plain functions: writing sixty thumbnails is work for the thread pool.
@router.get("", responses=_ERRORS)
def digits(
    services: RunningServices,
    model: OneDigitModel,
    label: LabelFilter = None,
    misclassified: MistakeFilter = None,
    page: Page = 0,
) -> DigitPage:
    """One page of the 10,000 test digits, with what the model reads in each."""
    check_label(model, label)
    return services.gallery.page(model, label, misclassified, page)


@router.get("/{index}", responses=_ERRORS)
def digit(services: RunningServices, model: OneDigitModel, index: Index) -> Digit:
    """One test digit. Its pixels can be posted unchanged."""
    return services.gallery.digit(model, index)
