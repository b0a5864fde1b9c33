"""What the endpoints ask for: the running services, a model by name, the drawing in a body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from model.checkpoint import LoadedModel
from model.tasks import PAIR
from server import bodies
from server.drawings import Array, TamperedDrawing, read_drawing, read_pair, read_tampered
from server.engine import Engine
from server.errors import InvalidError, UnavailableError
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


def seeing_one_digit(model: LoadedModel) -> LoadedModel:
    """The same model. Raises InvalidError for one that sees two digits."""
    if not model.card.sees_one_digit:
        raise InvalidError("wrong_task", "This model sees two digits at once; only /api/classify answers for it.")
    return model


async def _any_model(
    request: Request,
    model: Annotated[
        str | None, Query(description="a name of /api/models; its `default` where none is given", examples=["mnist"])
    ] = None,
) -> LoadedModel:
    name = settings_of(request).default_model if model is None else model
    return services_of(request).engine.model(name)


async def _model(model: Annotated[LoadedModel, Depends(_any_model)]) -> LoadedModel:
    return seeing_one_digit(model)


async def _picture(request: Request, model: Annotated[LoadedModel, Depends(_any_model)]) -> Array:
    settings = settings_of(request)
    if model.card.task == PAIR.name:  # no preprocessing of drawings: it knows of one digit
        body = await bodies.read(request, (bodies.JSON,), settings.max_body_bytes)
        return await run_in_threadpool(read_pair, body)
    body = await bodies.read(request, (bodies.PNG, bodies.JSON), settings.max_body_bytes)
    return await run_in_threadpool(read_drawing, body, settings.max_picture_side)


async def _tampered(request: Request, _: Annotated[LoadedModel, Depends(_model)]) -> TamperedDrawing:
    settings = settings_of(request)
    body = await bodies.read(request, (bodies.PNG, bodies.JSON, bodies.MULTIPART), settings.max_body_bytes)
    return await run_in_threadpool(read_tampered, body, settings.max_picture_side)


RunningServices = Annotated[Services, Depends(_services)]
# What an endpoint asks for unless it knows of pairs: a model that sees one digit, and a drawing of one with what is
# changed in its routing.
ChosenModel = Annotated[LoadedModel, Depends(_model)]
Tampered = Annotated[TamperedDrawing, Depends(_tampered)]
AnyModel = Annotated[LoadedModel, Depends(_any_model)]
Picture = Annotated[Array, Depends(_picture)]
