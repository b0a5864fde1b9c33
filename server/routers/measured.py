"""What was measured of a model: what its routing does to the test digits, the meaning of its dimensions, its gauge."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from server import documentation
from server.dependencies import ChosenModel, RunningServices
from server.schemas import CLASSES
from server.schemas_measured import DimensionsBody, GaugeBody, IterationsBody

router = APIRouter(prefix="/api", tags=["measured"])

_ERRORS = documentation.errors(404, 422, 503)

ClassLabel = Annotated[int, Query(ge=0, le=CLASSES - 1, description="the class")]


@router.get("/iterations", responses=_ERRORS)
async def iterations(services: RunningServices, model: ChosenModel) -> IterationsBody:
    """The test error, the winning length and the entropy of the couplings for 1 to 10 iterations of routing.

    404 with the code `no_iterations` where nothing was measured of this model's weights.
    """
    return services.measurements.iterations(model.card.name)


@router.get("/dimensions", responses=_ERRORS)
async def dimensions(services: RunningServices, model: ChosenModel, label: ClassLabel) -> DimensionsBody:
    """What each of the sixteen numbers of one class capsule does to the picture, measured on training digits.

    404 with the code `no_dimensions` where nothing was measured of this model's weights.
    """
    return services.measurements.dimensions(model.card.name, label)


@router.get("/gauge", responses=_ERRORS)
async def gauge(services: RunningServices, model: ChosenModel) -> GaugeBody:
    """How large the error of the reconstruction is for test digits, and how well it tells them from other drawings.

    404 with the code `no_gauge` where nothing was measured of this model's weights.
    """
    return services.measurements.gauge(model.card.name)
