"""The test pairs as a gallery."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from server.web import documentation
from server.web.dependencies import PairModel, RunningServices, check_label
from server.web.schemas_pairs import PairPage, TestPair

router = APIRouter(prefix="/api/pairs", tags=["pairs"])

_ERRORS = documentation.errors(404, 422, 503)

LabelFilter = Annotated[int | None, Query(ge=0, description="only pairs that hold a digit of this class")]
MistakeFilter = Annotated[
    bool | None, Query(description="true: only pairs that the model misreads; false: only the others")
]
Page = Annotated[int, Query(ge=0, description="60 pairs a page; past the last page the list is empty")]
Index = Annotated[int, Path(description="0 to 9999", examples=[0])]


# Plain functions: writing sixty thumbnails is work for the thread pool.
@router.get("", responses=_ERRORS)
def pairs(
    services: RunningServices,
    model: PairModel,
    label: LabelFilter = None,
    misclassified: MistakeFilter = None,
    page: Page = 0,
) -> PairPage:
    """One page of the 10,000 test pairs, with what the model reads in each. Only for a model whose task is `pair`."""
    check_label(model, label)
    return services.pairs.page(model, label, misclassified, page)


@router.get("/{index}", responses=_ERRORS)
def pair(services: RunningServices, model: PairModel, index: Index) -> TestPair:
    """One test pair. Its pixels and its layers can be posted unchanged."""
    return services.pairs.pair(model, index)
