"""What the network makes of a drawing, and what it draws from a pose."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from fastapi import APIRouter, Query, Request, Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from server import bodies, documentation
from server.dependencies import AnyModel, ChosenModel, Picture, RunningServices, Tampered, settings_of
from server.engine import LARGE_TENSORS, TRACE_TENSORS
from server.errors import as_api_error
from server.responses import tensor_response
from server.schemas import CLASSES, ClassificationBody, Poses, TensorsBody, TraceBody
from server.tensors import Metadata, Precision

router = APIRouter(prefix="/api", tags=["inference"])

_ONE_LABEL = f"[0-{CLASSES - 1}]"
_ERRORS = documentation.errors(400, 404, 413, 415, 422, 503)


def _comma_list(names: tuple[str, ...]) -> str:
    """The pattern of a comma list, possibly empty, of these names."""
    one = f"({'|'.join(names)})"
    return rf"^({one}(,{one})*)?$"


Iterations = Annotated[
    int | None, Query(ge=1, le=10, description="of routing; as many as the model was trained with where none are given")
]
Include = Annotated[
    str,
    Query(
        pattern=_comma_list(LARGE_TENSORS),
        description="the large tensors to send too, by a comma list: conv1 (256, 20, 20), votes (1152, 10, 16)",
        examples=["conv1,votes"],
    ),
]
Omit = Annotated[
    str,
    Query(
        pattern=_comma_list(TRACE_TENSORS),
        description="tensors to leave out, by a comma list; routing_logits, say, are the sum of the agreements before",
        examples=["routing_logits"],
    ),
]
AsBytes = Annotated[
    str,
    Query(
        pattern=_comma_list(("conv1",)),
        description="large tensors to send as bytes of 256 steps, by a comma list: a number is its byte times the "
        "metadata's `NAME.scale`; JSON is not touched by it",
        examples=["conv1"],
    ),
]
Dtype = Annotated[Precision, Query(description="of the tensors' numbers; f16 halves the body")]
PerturbLabel = Annotated[
    int | None, Query(ge=0, le=CLASSES - 1, description="the class to perturb; the predicted one where none is given")
]
PlaneLabels = Annotated[
    str,
    Query(
        pattern=rf"^({_ONE_LABEL}(,{_ONE_LABEL}){{0,{CLASSES - 1}}})?$",
        description="the classes to show the votes for, by a comma list; the two longest where none is given",
        examples=["7,3"],
    ),
]


@router.post("/classify", responses=_ERRORS, openapi_extra=documentation.picture_body())
async def classify(services: RunningServices, model: AnyModel, image: Picture) -> ClassificationBody:
    """The class of a drawing, or the two classes of a picture of two digits, and the lengths of all class capsules."""
    answer = await services.engine.classify(model, image)
    return ClassificationBody(model=model.card.name, **answer._asdict())


@router.post(
    "/trace",
    response_class=Response,
    responses=_ERRORS
    | documentation.tensors_response(
        "R iterations: image (28, 28), primary_capsules (1152, 8), routing_logits, coupling_coefficients and "
        "agreement (R, 1152, 10), class_capsules (R, 10, 16), lengths (R, 10), reconstruction (28, 28). The "
        "header's metadata hold label, model, iterations, milliseconds and dtype.",
        TraceBody,
    ),
    openapi_extra=documentation.tampered_body(),
)
async def trace(
    request: Request,
    services: RunningServices,
    model: ChosenModel,
    drawing: Tampered,
    iterations: Iterations = None,
    include: Include = "",
    omit: Omit = "",
    dtype: Dtype = "f32",
    as_bytes: AsBytes = "",
) -> Response:
    """Everything that the network computed on the way, at every routing iteration; tampered with, where asked."""
    kept = [name for name in TRACE_TENSORS if name not in omit.split(",")]
    names = [*kept, *(name for name in LARGE_TENSORS if name in include.split(","))]
    answer = await services.engine.trace(model, drawing.image, iterations, names, drawing.interventions)
    metadata: Metadata = {
        "label": answer.label,
        "model": model.card.name,
        "iterations": answer.iterations,
        "milliseconds": answer.milliseconds,
    }
    rounded = [name for name in as_bytes.split(",") if name in names]
    return await tensor_response(request, answer.tensors, metadata, dtype, rounded)


@router.post(
    "/reconstruct",
    response_class=Response,
    responses=_ERRORS
    | documentation.tensors_response(
        "reconstructions (N, 28, 28) in [0, 1]. The header's metadata hold label, model and dtype.", TensorsBody
    ),
    openapi_extra=documentation.json_body(Poses),
)
async def reconstruct(
    request: Request, services: RunningServices, model: ChosenModel, dtype: Dtype = "f32"
) -> Response:
    """The pictures that the decoder draws from poses of one class."""
    body = await bodies.read(request, (bodies.JSON,), settings_of(request).max_body_bytes)
    wanted = await run_in_threadpool(_poses, body.content)
    pictures = await services.engine.reconstruct(model, np.array(wanted.poses, dtype=np.float32), wanted.label)
    metadata: Metadata = {"label": wanted.label, "model": model.card.name}
    return await tensor_response(request, {"reconstructions": pictures}, metadata, dtype)


@router.post(
    "/perturb",
    response_class=Response,
    responses=_ERRORS
    | documentation.tensors_response(
        "perturbations (16, 11, 28, 28) in [0, 1]: each dimension of the pose moved by each offset; offsets (11), "
        "-0.25 to 0.25; pose (16). The header's metadata hold label, model and dtype.",
        TensorsBody,
    ),
    openapi_extra=documentation.tampered_body(),
)
async def perturb(
    request: Request,
    services: RunningServices,
    model: ChosenModel,
    drawing: Tampered,
    label: PerturbLabel = None,
    iterations: Iterations = None,
    dtype: Dtype = "f32",
) -> Response:
    """Figure 4 of the paper for this drawing."""
    answer = await services.engine.perturb(model, drawing.image, label, iterations, drawing.interventions)
    named = {"perturbations": answer.perturbations, "offsets": answer.offsets, "pose": answer.pose}
    return await tensor_response(request, named, {"label": answer.label, "model": model.card.name}, dtype)


@router.post(
    "/planes",
    response_class=Response,
    responses=_ERRORS
    | documentation.tensors_response(
        "For each of K classes the plane through zero that holds most of its votes, and what lies on it: labels (K); "
        "axes (K, 2, 16); points (K, 1152, 2), the votes; variance (K, 2), the part of the votes' squared lengths "
        "along each axis; sums s_j and class_capsules v_j (K, R, 2). The header's metadata hold label (the predicted "
        "class), model and dtype.",
        TensorsBody,
    ),
    openapi_extra=documentation.tampered_body(),
)
async def planes(
    request: Request,
    services: RunningServices,
    model: ChosenModel,
    drawing: Tampered,
    labels: PlaneLabels = "",
    iterations: Iterations = None,
    dtype: Dtype = "f32",
) -> Response:
    """The votes for some classes as points on planes: where they agree, and where not."""
    wanted = [int(label) for label in labels.split(",") if label]
    answer = await services.engine.planes(model, drawing.image, wanted, iterations, drawing.interventions)
    return await tensor_response(request, answer.tensors, {"label": answer.label, "model": model.card.name}, dtype)


@router.post(
    "/masks",
    response_class=Response,
    responses=_ERRORS
    | documentation.tensors_response(
        "reconstructions (10, 28, 28) in [0, 1], each drawn from one class capsule alone; errors (10), the sum of "
        "squared differences of each to what the network saw; stretched (10, 28, 28) and stretched_errors (10), the "
        "same with each capsule brought to the length of the longest; lengths (10). The header's metadata hold "
        "label, the predicted class, model and dtype.",
        TensorsBody,
    ),
    openapi_extra=documentation.tampered_body(),
)
async def masks(
    request: Request,
    services: RunningServices,
    model: ChosenModel,
    drawing: Tampered,
    iterations: Iterations = None,
    dtype: Dtype = "f32",
) -> Response:
    """A drawing as each of the ten digits: its reconstruction under each mask, and how much that misses it."""
    answer = await services.engine.masks(model, drawing.image, iterations, drawing.interventions)
    return await tensor_response(request, answer.tensors, {"label": answer.label, "model": model.card.name}, dtype)


def _poses(content: bytes) -> Poses:
    try:
        return Poses.model_validate_json(content)
    except ValidationError as error:
        raise as_api_error(error) from None
