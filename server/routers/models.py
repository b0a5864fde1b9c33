"""Which models there are."""

from __future__ import annotations

from fastapi import APIRouter, Request

from model.checkpoint import ModelCard
from model.measurements import MeasuredKind
from server import documentation
from server.dependencies import RunningServices, settings_of
from server.schemas import ModelInfo, ModelList

router = APIRouter(prefix="/api", tags=["models"])


@router.get("/models", responses=documentation.errors(503))
async def models(request: Request, services: RunningServices) -> ModelList:
    """Every model, with what its card says of it."""
    engine, measurements = services.engine, services.measurements
    return ModelList(
        default=settings_of(request).default_model,
        models=[
            _info(model.card, engine.device.type, measurements.kinds(name)) for name, model in engine.models.items()
        ],
    )


def _info(card: ModelCard, device: str, measured: list[MeasuredKind]) -> ModelInfo:
    return ModelInfo(
        name=card.name,
        title=card.title,
        dataset=card.dataset,
        classes=card.classes,
        task=card.task,
        image_size=[card.config.image_size, card.config.image_size],
        parameter_count=card.parameter_count,
        test_error=card.test_error,
        routing_iterations=card.config.routing_iterations,
        seed=card.seed,
        epochs=card.epochs,
        epoch_test_errors=card.epoch_test_errors,
        epoch_validation_errors=card.epoch_validation_errors,
        first_weights=card.first_weights,
        command=card.command,
        device=device,
        measured=measured,
    )
