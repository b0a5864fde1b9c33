"""What the endpoints ask for: the running services, a model by name, the drawing in a body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from model.checkpoint import LoadedModel
from server import bodies
from server.drawings import Array, read_drawing
from server.engine import Engine
from server.errors import UnavailableError
from server.gallery import Gallery
from server.measured import Measurements
from server.settings import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """What one app's lifespan made."""

    engine: Engine
    gallery: Gallery
    measurements: Measurements


def settings_of(connection: HTTPConnection) -> Settings:
    settings: Settings = connection.app.state.settings
    return settings


def services_of(connection: HTTPConnection) -> Services:
    """Raises UnavailableError before the models are loaded and after they are closed."""
    services: Services | None = connection.app.state.services
    if services is None or not services.engine.is_ready:
        raise UnavailableError("not_ready", "The models are not loaded.", settings_of(connection).retry_after)
    return services


# These are coroutines because FastAPI would send plain functions through its thread pool.
async def _services(request: Request) -> Services:
    return services_of(request)


async def _model(
    request: Request,
    model: Annotated[
        str | None, Query(description="a name of /api/models; its `default` where none is given", examples=["mnist"])
    ] = None,
) -> LoadedModel:
    name = settings_of(request).default_model if model is None else model
    return services_of(request).engine.model(name)


async def _drawing(request: Request, _: Annotated[LoadedModel, Depends(_model)]) -> Array:
    settings = settings_of(request)
    body = await bodies.read(request, (bodies.PNG, bodies.JSON), settings.max_body_bytes)
    return await run_in_threadpool(read_drawing, body, settings.max_picture_side)


RunningServices = Annotated[Services, Depends(_services)]
ChosenModel = Annotated[LoadedModel, Depends(_model)]
Drawing = Annotated[Array, Depends(_drawing)]
