"""What was measured of a model: how it reads test digits and pairs, what its poses mean and do, its gauge."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from server.web import documentation
from server.web.affine import AffineBody
from server.web.dependencies import OneDigitModel, PairModel, RunningServices, check_label
from server.web.measured import (
    AGREEMENT,
    DIMENSIONS,
    GAUGE,
    ITERATIONS,
    OVERLAP,
    ROUTINGS,
    VIEWPOINT_ACCURACY,
    VIEWPOINTS,
)
from server.web.schemas_fewer_digits import FewerDigitsAnswer
from server.web.schemas_measured import (
    AgreementBody,
    DimensionsBody,
    GaugeBody,
    IterationsBody,
    OverlapBody,
    RoutingsBody,
)
from server.web.schemas_measured_viewpoints import TransformationName, ViewpointAccuracyBody, ViewpointPathsBody

router = APIRouter(prefix="/api", tags=["measured"])

_ERRORS = documentation.errors(404, 422, 503)

ClassLabel = Annotated[int, Query(ge=0, description="the class")]


@router.get("/iterations", responses=_ERRORS)
async def iterations(services: RunningServices, model: OneDigitModel) -> IterationsBody:
    """Test error, length of the winner and entropy of the couplings for 1 to 10 routing iterations.

    404 with the code `no_iterations` if this was not measured for the model.
    """
    return services.measurements.of(ITERATIONS, model.name)


@router.get("/dimensions", responses=_ERRORS)
async def dimensions(services: RunningServices, model: OneDigitModel, label: ClassLabel) -> DimensionsBody:
    """What each dimension of one class capsule does to the picture, measured on training digits.

    404 with the code `no_dimensions` if this was not measured for the model.
    """
    check_label(model, label)
    return services.measurements.of(DIMENSIONS, model.name).of(label)


@router.get("/gauge", responses=_ERRORS)
async def gauge(services: RunningServices, model: OneDigitModel) -> GaugeBody:
    """The reconstruction error of the test digits, and how well it separates them from other drawings.

    404 with the code `no_gauge` if this was not measured for the model.
    """
    return services.measurements.of(GAUGE, model.name)


@router.get("/routings", responses=_ERRORS)
async def routings(services: RunningServices, model: OneDigitModel) -> RoutingsBody:
    """The test digits read with uniform couplings, after each routing iteration, and with random couplings.

    404 with the code `no_routings` if this was not measured for the model.
    """
    return services.measurements.of(ROUTINGS, model.name)


@router.get("/agreement", responses=_ERRORS)
async def agreement(services: RunningServices, model: OneDigitModel) -> AgreementBody:
    """How far the ten strongest votes for a class agree with v_j and with each other, for the winner and the others.

    404 with the code `no_agreement` if this was not measured for the model.
    """
    return services.measurements.of(AGREEMENT, model.name)


@router.get("/overlap", responses=_ERRORS)
async def overlap_measured(services: RunningServices, model: PairModel) -> OverlapBody:
    """How often pairs of test digits are read, by how much the two overlap, and which digit their ink is given to.

    404 with the code `no_overlap` if this was not measured for the model, 422 with the code `wrong_task` for a model
    that sees one digit.
    """
    return services.measurements.of(OVERLAP, model.name)


@router.get("/affine-accuracy", responses=documentation.errors(503))
async def affine_accuracy(services: RunningServices) -> AffineBody:
    """How many test digits networks read rightly that are turned, sheared, stretched and moved as affNIST is made.

    A row for each network that was measured, none of which is served: they see larger pictures, and have learnt from
    digits that were moved and nothing else.
    """
    return services.affine


@router.get("/viewpoint-paths", responses=_ERRORS)
async def viewpoint_paths(
    services: RunningServices,
    model: OneDigitModel,
    label: ClassLabel,
    transformation: Annotated[TransformationName, Query(description="what is done to the digits")],
) -> ViewpointPathsBody:
    """What the pose of one class capsule does while digits are turned, moved or stretched: how far, which way, how
    straight. Of a CNN with pooling, what its features do.

    404 with the code `no_viewpoints` if this was not measured for the model.
    """
    check_label(model, label)
    return services.measurements.of(VIEWPOINTS, model.name).of(label, transformation)


@router.get("/viewpoint-accuracy", responses=_ERRORS)
async def viewpoint_accuracy(services: RunningServices, model: OneDigitModel) -> ViewpointAccuracyBody:
    """How many test digits are read rightly while they are turned, moved or stretched, or put together wrongly.

    404 with the code `no_viewpoint_accuracy` if this was not measured for the model.
    """
    return services.measurements.of(VIEWPOINT_ACCURACY, model.name)


@router.get("/fewer-digits", responses=documentation.errors(503))
async def fewer_digits(services: RunningServices) -> FewerDigitsAnswer:
    """How networks of two kinds read the test digits after they were trained on few digits.

    It is of no model. `study` is null if this was not measured.
    """
    return FewerDigitsAnswer(study=services.measurements.fewer_digits)
