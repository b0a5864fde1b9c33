"""One digit from other viewpoints, and one whose activations change places."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from model.explaining.scatter import LAST_SEED
from model.predictor import questions
from model.zoo.checkpoint import ModelCard
from server.web import documentation
from server.web.asking import ask
from server.web.dependencies import OneDigitModel, RunningServices, ScatteredDigit, ViewedDigit, check_label
from server.web.errors import InvalidError
from server.web.queries import Dtype
from server.web.responses import tensor_response
from server.web.schemas_viewpoints import (
    ScatterBody,
    ScatteredPixels,
    ScatteredStrokes,
    ViewedPixels,
    ViewedStrokes,
    ViewsBody,
)
from server.web.tensors import Metadata

router = APIRouter(prefix="/api", tags=["viewpoints"])

_ERRORS = documentation.errors(400, 404, 413, 415, 422, 503)
_RESIDUALS = ("residual", "own_residual")

Drawn = Annotated[
    int | None, Query(ge=0, description="the class that is reconstructed; each picture's own winner if none is given")
]
Include = Annotated[
    str,
    Query(
        pattern=r"^((reconstruction|pooled)(,(reconstruction|pooled))*)?$",
        description="tensors to add, separated by commas: reconstruction, of a model with capsules; pooled, the pooled "
        "maps `first` and `second` of a model with max pooling. A model that has not what is asked for: 422.",
        examples=["reconstruction"],
    ),
]
Seed = Annotated[
    int, Query(ge=0, le=LAST_SEED, description="how the activations change places; the same seed, the same places")
]


@router.post(
    "/viewpoints",
    response_class=Response,
    responses=_ERRORS
    | documentation.tensors_response(
        "N viewpoints: image (N, H, W), what the network sees; scores (N, C), the lengths of the class capsules, or "
        "the probabilities of a model without capsules. With capsules, poses (N, C, D) after the last iteration and, "
        "on request, reconstruction (N, H, W). With max pooling, features (N, F), what its answer is made of, and, on "
        "request, the pooled maps first (N, K1, h, w) and second (N, K2, h, w). The header's metadata hold label (as "
        "asked; empty without one), model, milliseconds and dtype.",
        ViewsBody,
    ),
    openapi_extra=documentation.seen_body(ViewedPixels, ViewedStrokes),
)
async def viewpoints(
    request: Request,
    services: RunningServices,
    model: OneDigitModel,
    seen: ViewedDigit,
    label: Drawn = None,
    include: Include = "",
    dtype: Dtype = "f32",
) -> Response:
    """Turn, move, stretch or cut up a digit, and read it from each of 1 to 64 viewpoints, in one batch.

    It takes about as long as that many traces, and for that long the server answers no other question.
    """
    check_label(model, label)
    included = include.split(",")
    _check_included(model, included)
    question = questions.Views(
        seen.image,
        seen.viewpoints,
        label,
        reconstruction="reconstruction" in included,
        pooled="pooled" in included,
    )
    answer, milliseconds = await ask(request, services.host, model.name, question)
    metadata: Metadata = {
        "label": "" if label is None else label,
        "model": model.name,
        "milliseconds": milliseconds,
    }
    named = {name: tensor for name, tensor in answer._asdict().items() if tensor is not None}
    return await tensor_response(request, named, metadata, dtype)


@router.post(
    "/scatter",
    response_class=Response,
    responses=_ERRORS
    | documentation.tensors_response(
        "image (H, W), what the network sees; 2 stands for before and after. With max pooling, the numbers of each "
        "2 x 2 window of the first convolution's maps change places: maps (2, K, H, W), pooled (2, K, h, w), places "
        "(K, h, w), where in the H * W numbers of its map each largest one stood before, scores (2, C), features "
        "(2, F), and imagined (H, W), the picture whose maps come closest to the scattered ones, fitted by gradient "
        "descent. With capsules, the primary capsules of each 2 x 2 neighbourhood of their grid change places, of each "
        "type in another way: lengths_of_primary (2, T, h, w), scores (2, C), poses (2, C, D) and reconstruction "
        "(2, H, W) of the class that is read before. The header's metadata hold model, seed, milliseconds and dtype; "
        "with max pooling also residual, the share of the scattered maps' squares that the imagined picture does not "
        "explain, and own_residual, the same of the maps before and the image itself.",
        ScatterBody,
    ),
    openapi_extra=documentation.seen_body(ScatteredPixels, ScatteredStrokes),
)
async def scatter(
    request: Request,
    services: RunningServices,
    model: OneDigitModel,
    seen: ScatteredDigit,
    seed: Seed = 0,
    dtype: Dtype = "f32",
) -> Response:
    """Let activations change places with their neighbours, and read the digit before and after.

    422 with the code `no_pooling` for a model with neither max pooling nor capsules.
    """
    if not (model.has_capsules or model.has_pooling):
        raise InvalidError("no_pooling", "This model has neither max pooling nor capsules: nothing of it is scattered.")
    question = questions.Scatter(seen.image, seen.viewpoints[0], seed)
    answer, milliseconds = await ask(request, services.host, model.name, question)
    found = answer._asdict()
    metadata: Metadata = {
        "model": model.name,
        "seed": seed,
        "milliseconds": milliseconds,
        **{name: float(found.pop(name)) for name in _RESIDUALS if name in found},
    }
    return await tensor_response(request, found, metadata, dtype)


def _check_included(model: ModelCard, included: list[str]) -> None:
    """Raises InvalidError for tensors that the model does not have."""
    if "reconstruction" in included and not model.has_capsules:
        raise InvalidError("no_capsules", "include: This model has no capsules, and so no reconstruction.")
    if "pooled" in included and not model.has_pooling:
        raise InvalidError("no_pooling", "include: This model has no max pooling, and so no pooled maps.")
