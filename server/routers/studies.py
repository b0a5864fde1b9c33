"""What was computed beforehand over all test digits."""

from __future__ import annotations

from fastapi import APIRouter, Request

from model.study import StudyError, load_study
from server import documentation
from server.dependencies import ChosenModel, settings_of
from server.errors import UnknownError
from server.schemas import IterationStudyBody

router = APIRouter(prefix="/api/studies", tags=["studies"])


# A plain function: it reads a small file, each time, so that a study that is made meanwhile is found.
@router.get("/iterations", responses=documentation.errors(404, 422, 503))
def iteration_study(request: Request, model: ChosenModel) -> IterationStudyBody:
    """The test error, the winning length and the entropy of the couplings for 1 to 10 iterations of routing.

    A study belongs to the very weights that it was made of: there is none for others.
    """
    try:
        study = load_study(model.card, settings_of(request).studies_dir)
    except StudyError as error:
        raise UnknownError("unknown_study", f"{error}.") from None
    return IterationStudyBody.model_validate(study, from_attributes=True)
