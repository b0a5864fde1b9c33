"""What was measured of a model: the meaning of its dimensions, and its gauge."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from server import documentation
from server.dependencies import ChosenModel, RunningServices
from server.schemas import CLASSES
from server.schemas_measured import DimensionsBody, GaugeBody

router = APIRouter(prefix="/api", tags=["measured"])

_ERRORS = documentation.errors(404, 422, 503)

ClassLabel = Annotated[int, Query(ge=0, le=CLASSES - 1, description="the class")]


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
