"""One digit of a pair moved across the other."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from model.data.pairs import Axis
from model.explaining.sweep import DEFAULT_REACH, MOST_REACH
from model.predictor import questions
from server.web import documentation
from server.web.asking import ask
from server.web.dependencies import DrawnLayers, PairCapsuleModel, RunningServices
from server.web.queries import Dtype, Iterations, labels_of
from server.web.responses import tensor_response
from server.web.schemas_pairs import SweepBody
from server.web.tensors import Metadata

router = APIRouter(prefix="/api", tags=["pairs"])

MovedLayer = Annotated[int, Query(ge=0, le=1, description="the layer that moves")]
AlongAxis = Annotated[Axis, Query(description="the way that it moves; the other number of its offset stays")]
TwoLabels = Annotated[
    str,
    Query(
        pattern=r"^([0-9]{1,4},[0-9]{1,4})?$",
        description="the class that is drawn against layer 0 and the one against layer 1. Without them, the two "
        "longest capsules where the layers lie, in the order in which their errors together are smallest.",
        examples=["7,3"],
    ),
]
Reach = Annotated[
    int, Query(ge=1, le=MOST_REACH, description="it moves from -reach to reach, in pixels from the middle")
]


@router.post(
    "/sweep",
    response_class=Response,
    responses=documentation.errors(400, 404, 413, 415, 422, 503)
    | documentation.tensors_response(
        "N = 2 * reach + 1 places: offsets (N) of the layer that moves, along the axis; lengths (N, C); errors (N, 2), "
        "the sum of squared differences between what the first label draws and layer 0 as it lies, and the second and "
        "layer 1. The header's metadata hold labels, layer, axis, model, milliseconds and dtype.",
        SweepBody,
    ),
    openapi_extra=documentation.layers_body(),
)
async def sweep(
    request: Request,
    services: RunningServices,
    model: PairCapsuleModel,
    drawn: DrawnLayers,
    layer: MovedLayer = 1,
    axis: AlongAxis = "right",
    labels: TwoLabels = "",
    reach: Reach = DEFAULT_REACH,
    iterations: Iterations = None,
    dtype: Dtype = "f32",
) -> Response:
    """Move one layer of a pair across the other: lengths and errors at each place, in one batch.

    It takes about N times as long as a trace of the pair, and for that long the server answers no other question to
    the network: ask it once the layers lie still. Only for a model whose task is `pair`.
    """
    question = questions.Sweep(
        drawn.pair, layer, axis, labels_of(labels, model), reach, iterations, drawn.interventions
    )
    answer, milliseconds = await ask(request, services.host, model.name, question)
    metadata: Metadata = {
        "labels": answer.labels.tolist(),
        "layer": layer,
        "axis": axis,
        "model": model.name,
        "milliseconds": milliseconds,
    }
    named = {name: tensor for name, tensor in answer._asdict().items() if name != "labels"}
    return await tensor_response(request, named, metadata, dtype)
