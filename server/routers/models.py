"""Which models there are."""

from __future__ import annotations

from fastapi import APIRouter, Request

from model.data.catalogue import DATA_SETS
from model.explaining.measurements import MeasuredKind
from model.zoo.checkpoint import ModelCard
from server.web import documentation
from server.web.dependencies import RunningServices, settings_of
from server.web.schemas import Geometry, ModelInfo, ModelList

router = APIRouter(prefix="/api", tags=["models"])


@router.get("/models", responses=documentation.errors(503))
async def models(request: Request, services: RunningServices) -> ModelList:
    """Every model, as its card describes it."""
    host, measurements = services.host, services.measurements
    return ModelList(
        default=settings_of(request).default_model,
        models=[_info(card, host.device, measurements.kinds(name)) for name, card in host.cards.items()],
    )


def _info(card: ModelCard, device: str, measured: list[MeasuredKind]) -> ModelInfo:
    return ModelInfo(
        name=card.name,
        title=card.title,
        dataset=card.dataset,
        class_names=card.classes,
        geometry=Geometry(**card.config.geometry()),
        architecture=card.architecture,
        has_capsules=card.has_capsules,
        data_set=card.data_set,
        task=card.task,
        layer=None if card.sees_one_digit else [DATA_SETS[card.data_set].recipe.image_size] * 2,
        parameter_count=card.parameter_count,
        test_error=card.test_error,
        routing_iterations=card.capsules.routing_iterations if card.has_capsules else None,
        max_shift=card.training.get("max_shift"),
        seed=card.seed,
        epochs=card.epochs,
        epoch_test_errors=card.epoch_test_errors,
        epoch_validation_errors=card.epoch_validation_errors,
        first_weights=card.first_weights,
        command=card.command,
        device=device,
        measured=measured,
    )
