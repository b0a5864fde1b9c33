"""What the network reads in a drawing, and what it draws from a pose."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from fastapi import APIRouter, Query, Request, Response
from pydantic import ValidationError

from model.data.photographs import Box, Doubt
from model.data.preprocess import preprocess
from model.predictor import Masks, Perturbations, Planes, Trace, Wholes, questions
from model.predictor.answers import Array
from model.zoo.checkpoint import ModelCard
from server.web import bodies, documentation
from server.web.asking import ask
from server.web.dependencies import (
    AnyModel,
    CapsuleModel,
    Crop,
    OneDigitModel,
    Picture,
    RunningServices,
    Tampered,
    check_label,
    in_turn,
    settings_of,
)
from server.web.drawings import read_png
from server.web.errors import InvalidError, as_api_error
from server.web.fit import with_fit
from server.web.queries import Dtype, Iterations, labels_of
from server.web.responses import tensor_response
from server.web.schemas import ClassificationBody, Poses, ReadBody, TensorsBody, TraceBody
from server.web.tensors import Metadata, Precision

router = APIRouter(prefix="/api", tags=["inference"])

TRACE_TENSORS = (
    "image",
    "primary_capsules",
    "routing_logits",
    "coupling_coefficients",
    "agreement",
    "class_capsules",
    "lengths",
    "reconstruction",
)
LARGE_TENSORS = ("conv1", "votes", "reconstructions")

_ERRORS = documentation.errors(400, 404, 413, 415, 422, 503)


def _comma_list(names: tuple[str, ...]) -> str:
    """The pattern of a comma list, possibly empty, of these names."""
    one = f"({'|'.join(names)})"
    return rf"^({one}(,{one})*)?$"


Include = Annotated[
    str,
    Query(
        pattern=_comma_list((*LARGE_TENSORS, "layers")),
        description="tensors to add, separated by commas: conv1 (M, h, w), votes (P, C, D), reconstructions (C, H, W) "
        "in [0, 1], what each class capsule draws alone at its own length, layers (2, H, W), each layer of a pair "
        "where it lies in the picture. A body without layers has none to give back: 422.",
        examples=["conv1,votes"],
    ),
]
Omit = Annotated[
    str,
    Query(
        pattern=_comma_list(TRACE_TENSORS),
        description="tensors to leave out, separated by commas",
        examples=["routing_logits"],
    ),
]
AsBytes = Annotated[
    str,
    Query(
        pattern=_comma_list(("conv1",)),
        description="large tensors to send as bytes, separated by commas. A number is its byte times `NAME.scale` "
        "from the metadata. JSON is not affected.",
        examples=["conv1"],
    ),
]
Compressed = Annotated[
    bool, Query(description="whether to gzip safetensors: with Conv1 less than half the bytes, for some milliseconds")
]
PerturbLabel = Annotated[
    int | None, Query(ge=0, description="the class to perturb; the predicted one if none is given")
]
PlaneLabels = Annotated[
    str,
    Query(
        pattern=r"^([0-9]{1,4}(,[0-9]{1,4})*)?$",
        description="classes to show the votes for, separated by commas; the two longest if none is given",
        examples=["7,3"],
    ),
]
WholeLabels = Annotated[
    str,
    Query(
        pattern=r"^([0-9]{1,4}(,[0-9]{1,4})*)?$",
        description="classes whose votes are drawn, separated by commas; the two longest if none is given",
        examples=["7,9"],
    ),
]
At = Annotated[
    int | None, Query(ge=1, le=10, description="the iteration whose couplings count; the last if none is given")
]


@router.post("/classify", responses=_ERRORS, openapi_extra=documentation.drawing_body())
async def classify(request: Request, services: RunningServices, model: AnyModel, image: Picture) -> ClassificationBody:
    """Read a drawing: its class, or the two classes of a pair, and the lengths of all class capsules."""
    answer, milliseconds = await ask(request, services.host, model.name, questions.Classify(image.image))
    labels = answer.labels.tolist()
    gauge = services.measurements.gauge_of(model.name)
    return ClassificationBody(
        label=labels[0],
        labels=labels,
        lengths=answer.lengths.tolist(),
        doubts=with_fit(image.doubts, image.image, float(answer.error), gauge),
        model=model.name,
        milliseconds=milliseconds,
    )


@router.post(
    "/read",
    response_class=Response,
    responses=_ERRORS
    | documentation.tensors_response(
        "ink (h, w) in [0, 1], what was taken as ink; left_out (h, w), 1 where there are marks that were not; both "
        "show the part of the picture that `region` says, at a size of their own. image (H, W), what the network sees. "
        "In safetensors, ink and left_out are bytes: a number is its byte times `NAME.scale`. The header's metadata "
        "hold box (of the ink) and region, each top, left, bottom, right as shares of the picture, doubts, and model.",
        ReadBody,
    ),
    openapi_extra=documentation.png_body(),
)
async def read(request: Request, model: OneDigitModel, crop: Crop, dtype: Dtype = "f32") -> Response:
    """Find the digit in a picture, and say what was taken as ink and what was left out. No network is asked."""
    settings = settings_of(request)
    body = await bodies.read(request, (bodies.PNG,), settings.max_body_bytes)
    tensors, metadata = await in_turn(request, _read, body.content, model, settings.max_picture_side, crop)
    return await tensor_response(request, tensors, metadata, dtype, ("ink", "left_out"))


@router.post(
    "/trace",
    response_class=Response,
    responses=_ERRORS
    | documentation.tensors_response(
        "R iterations: image (H, W), primary_capsules (P, d), routing_logits, coupling_coefficients and "
        "agreement (R, P, C), class_capsules (R, C, D), lengths (R, C), reconstruction (H, W). The "
        "header's metadata hold label, model, iterations, milliseconds, dtype and doubts: codes as in /api/classify, "
        "separated by commas.",
        TraceBody,
    ),
    openapi_extra=documentation.tampered_body(),
)
async def trace(
    request: Request,
    services: RunningServices,
    model: CapsuleModel,
    drawing: Tampered,
    iterations: Iterations = None,
    include: Include = "",
    omit: Omit = "",
    dtype: Dtype = "f32",
    as_bytes: AsBytes = "",
    compressed: Compressed = False,  # a query parameter, which has a name
) -> Response:
    """Everything that the network computes, at every routing iteration. The routing can be edited."""
    included = include.split(",")
    layers = _layers(drawing) if "layers" in included else {}
    kept = [name for name in TRACE_TENSORS if name not in omit.split(",")]
    names = [*kept, *(name for name in LARGE_TENSORS if name in included)]
    question = questions.Trace(
        drawing.image, iterations, drawing.interventions, reconstructions="reconstructions" in included
    )
    answer, milliseconds = await ask(request, services.host, model.name, question)
    metadata: Metadata = {
        "label": int(answer.label),
        "model": model.name,
        "iterations": len(answer.lengths),
        "milliseconds": milliseconds,
        "doubts": _doubts(services, model, drawing, answer),
    }
    rounded = [name for name in as_bytes.split(",") if name in names]
    named = {name: getattr(answer, name) for name in names} | layers
    return await tensor_response(request, named, metadata, dtype, rounded, compressed=compressed)


@router.get(
    "/kernels",
    response_class=Response,
    responses=documentation.errors(404, 422, 503)
    | documentation.tensors_response(
        "kernels (M, k, k) of Conv1, one for each of its M maps. The header's metadata hold model and dtype.",
        TensorsBody,
    ),
)
async def kernels(request: Request, services: RunningServices, model: CapsuleModel, dtype: Dtype = "f32") -> Response:
    """What each map of Conv1 looks for."""
    found, _ = await ask(request, services.host, model.name, questions.Kernels())
    return await tensor_response(request, {"kernels": found}, {"model": model.name}, dtype)


@router.post(
    "/reconstruct",
    response_class=Response,
    responses=_ERRORS
    | documentation.tensors_response(
        "reconstructions (N, H, W) in [0, 1]. The header's metadata hold label, model and dtype.", TensorsBody
    ),
    openapi_extra=documentation.json_body(Poses),
)
async def reconstruct(
    request: Request, services: RunningServices, model: CapsuleModel, dtype: Dtype = "f32"
) -> Response:
    """Draw poses of one class."""
    body = await bodies.read(request, (bodies.JSON,), settings_of(request).max_body_bytes)
    poses, label = await in_turn(request, _poses, body.content, model)
    pictures, _ = await ask(request, services.host, model.name, questions.Reconstruct(poses=poses, label=label))
    metadata: Metadata = {"label": label, "model": model.name}
    return await tensor_response(request, {"reconstructions": pictures}, metadata, dtype)


@router.post(
    "/perturb",
    response_class=Response,
    responses=_ERRORS
    | documentation.tensors_response(
        "perturbations (D, 11, H, W) in [0, 1]: each dimension of the pose moved by each offset; offsets (11), "
        "-0.25 to 0.25; pose (D). The header's metadata hold label, model and dtype.",
        TensorsBody,
    ),
    openapi_extra=documentation.tampered_body(),
)
async def perturb(
    request: Request,
    services: RunningServices,
    model: CapsuleModel,
    drawing: Tampered,
    label: PerturbLabel = None,
    iterations: Iterations = None,
    dtype: Dtype = "f32",
) -> Response:
    """The paper's Figure 4 for this drawing."""
    check_label(model, label)
    question = questions.Perturb(drawing.image, iterations=iterations, interventions=drawing.interventions, label=label)
    answer, _ = await ask(request, services.host, model.name, question)
    return await _tensors_of(request, model, answer, dtype)


@router.post(
    "/planes",
    response_class=Response,
    responses=_ERRORS
    | documentation.tensors_response(
        "For each of K classes, the plane through zero that holds most of its votes: labels (K), axes (K, 2, D), the "
        "votes as points (K, P, 2), sums s_j and class_capsules v_j (K, R, 2), and variance (K, 2), the share of the "
        "votes' squared lengths along each axis. The header's metadata hold label (the predicted class), model and "
        "dtype.",
        TensorsBody,
    ),
    openapi_extra=documentation.tampered_body(),
)
async def planes(
    request: Request,
    services: RunningServices,
    model: CapsuleModel,
    drawing: Tampered,
    labels: PlaneLabels = "",
    iterations: Iterations = None,
    dtype: Dtype = "f32",
) -> Response:
    """The votes for some classes as points on planes."""
    question = questions.Planes(
        drawing.image, iterations=iterations, interventions=drawing.interventions, labels=labels_of(labels, model)
    )
    answer, _ = await ask(request, services.host, model.name, question)
    return await _tensors_of(request, model, answer, dtype)


@router.post(
    "/wholes",
    response_class=Response,
    responses=_ERRORS
    | documentation.tensors_response(
        "For each of K classes, its N = 10 strongest votes by c |û|: labels (K), parts (K, N), the primary capsules "
        "that vote, strengths (K, N), votes (K, N, D), pictures (K, N, H, W), each vote drawn at the length 0.95, "
        "cosines (K, N) with v_j, among (K), the mean cosine of two of them. And the sums of the strongest parts: "
        "counts (S), how many are added, up to all, sums (K, S, D), each squash(sum of c û), the last one v_j, and "
        "sum_pictures (K, S, H, W). The header's metadata hold label (the predicted class), model and dtype.",
        TensorsBody,
    ),
    openapi_extra=documentation.tampered_body(),
)
async def wholes(
    request: Request,
    services: RunningServices,
    model: CapsuleModel,
    drawing: Tampered,
    labels: WholeLabels = "",
    iterations: Iterations = None,
    at: At = None,
    dtype: Dtype = "f32",
) -> Response:
    """The strongest votes for some classes as pictures, and their sum as it grows."""
    wanted = labels_of(labels, model)
    last = iterations or model.capsules.routing_iterations
    if at is not None and at > last:
        raise InvalidError("out_of_range", f"at must be from 1 to {last}.")
    question = questions.Wholes(
        drawing.image, iterations=iterations, interventions=drawing.interventions, labels=wanted, at=at
    )
    answer, _ = await ask(request, services.host, model.name, question)
    return await _tensors_of(request, model, answer, dtype)


@router.post(
    "/masks",
    response_class=Response,
    responses=_ERRORS
    | documentation.tensors_response(
        "reconstructions (C, H, W) in [0, 1], each drawn from one class capsule alone; errors (C), their sums of "
        "squared differences from what the network saw; stretched (C, H, W) and stretched_errors (C), the same with "
        "each capsule stretched to the length of the longest; lengths (C). The header's metadata hold label (the "
        "predicted class), model and dtype.",
        TensorsBody,
    ),
    openapi_extra=documentation.tampered_body(),
)
async def masks(
    request: Request,
    services: RunningServices,
    model: CapsuleModel,
    drawing: Tampered,
    iterations: Iterations = None,
    dtype: Dtype = "f32",
) -> Response:
    """A drawing as each of the classes: the reconstruction from each class capsule alone, and its error."""
    question = questions.Masks(drawing.image, iterations=iterations, interventions=drawing.interventions)
    answer, _ = await ask(request, services.host, model.name, question)
    return await _tensors_of(request, model, answer, dtype)


def _read(content: bytes, model: ModelCard, max_side: int, crop: Box) -> tuple[dict[str, Array], Metadata]:
    """What was read in a PNG, as it is sent. Raises what `read_png` does."""
    found = read_png(content, model, max_side, crop)
    assert model.recipe is not None  # read_png refuses such a model
    tensors = {
        "ink": found.ink,
        "left_out": found.left_out.astype(np.float32),
        "image": preprocess(found.ink, model.recipe),
    }
    metadata: Metadata = {
        "box": [round(edge, 4) for edge in found.box],
        "region": [round(edge, 4) for edge in found.region],
        "doubts": found.doubts,
        "model": model.name,
    }
    return tensors, metadata


def _layers(drawing: Tampered) -> dict[str, Array]:
    """The layers of a pair, as they are sent. Raises InvalidError where the body held none."""
    if drawing.layers is None:
        raise InvalidError("no_layers", "include: The body holds no layers. Send two layers to get them back.")
    return {"layers": drawing.layers}


def _doubts(services: RunningServices, model: ModelCard, drawing: Tampered, answer: Trace) -> list[Doubt]:
    """What is in doubt about a trace. The gauge is of unedited routing, with the iterations of training."""
    trained = model.capsules.routing_iterations
    if drawing.interventions is not None or len(answer.lengths) != trained:
        return drawing.doubts
    error = float(np.square(answer.reconstruction - drawing.image).sum())
    gauge = services.measurements.gauge_of(model.name) if model.sees_one_digit else None
    return with_fit(drawing.doubts, drawing.image, error, gauge)


async def _tensors_of(
    request: Request, model: ModelCard, answer: Perturbations | Planes | Wholes | Masks, dtype: Precision
) -> Response:
    """An answer's tensors, with the class that it is about among the metadata."""
    named = {name: tensor for name, tensor in answer._asdict().items() if name != "label"}
    return await tensor_response(request, named, {"label": int(answer.label), "model": model.name}, dtype)


def _poses(content: bytes, model: ModelCard) -> tuple[Array, int]:
    """The poses (N, D) of a JSON text, and their class. Raises ApiError."""
    try:
        wanted = Poses.model_validate_json(content)
    except ValidationError as error:
        raise as_api_error(error) from None
    check_label(model, wanted.label)
    D = model.capsules.pose_dim
    if any(len(pose) != D for pose in wanted.poses):
        raise InvalidError("wrong_shape", f"poses: A pose of this model has {D} numbers.")
    return np.array(wanted.poses, dtype=np.float32), wanted.label
