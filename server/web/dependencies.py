"""What the endpoints ask for: the running services, a model's card by its name, the drawing in a body."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, ParamSpec, TypeVar

from anyio import CapacityLimiter
from fastapi import Depends, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from model.data.photographs import Box
from model.zoo.checkpoint import ModelCard
from server.hosts.errors import UnknownModelError
from server.hosts.protocol import Host
from server.settings import Settings
from server.web import bodies
from server.web.affine import AffineBody
from server.web.asking import check_presence
from server.web.drawings import Drawing, TamperedDrawing, crop_of, read_drawing, read_tampered
from server.web.errors import InvalidError, UnavailableError
from server.web.gallery import Gallery
from server.web.measured import Measurements
from server.web.pair_gallery import PairGallery
from server.web.pairs import TamperedPair, read_pair
from server.web.viewpoints import SeenDigit, read_scattered, read_viewed

P = ParamSpec("P")
T = TypeVar("T")

_READ_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Services:
    """What one app's lifespan made."""

    host: Host
    gallery: Gallery
    pairs: PairGallery
    measurements: Measurements
    affine: AffineBody = field(default_factory=AffineBody)
    # Pictures that are read at once: whoever waits for his turn and leaves is not read any more.
    reading: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(_READ_AT_ONCE))


def settings_of(connection: HTTPConnection) -> Settings:
    settings: Settings = connection.app.state.settings
    return settings


def services_of(connection: HTTPConnection) -> Services:
    """Raises UnavailableError before the models are loaded and after they are closed."""
    services: Services | None = connection.app.state.services
    if services is None or not services.host.is_ready:
        raise UnavailableError("not_ready", "The models are still loading.", settings_of(connection).retry_after)
    return services


def card_of(connection: HTTPConnection, name: str | None) -> ModelCard:
    """The card of the model of that name, or of the default one. Raises UnknownModelError."""
    cards = services_of(connection).host.cards
    chosen = settings_of(connection).default_model if name is None else name
    if chosen not in cards:
        raise UnknownModelError(list(cards))
    return cards[chosen]


def require_capsules(card: ModelCard) -> ModelCard:
    """The same card. Raises InvalidError for a model without capsules."""
    if not card.has_capsules:
        raise InvalidError("no_capsules", "This model has no capsules. Ask one whose `has_capsules` is true.")
    return card


def check_label(card: ModelCard, label: int | None) -> None:
    """Raises InvalidError for a class that the model does not have."""
    last = card.config.classes - 1
    if label is not None and not 0 <= label <= last:
        raise InvalidError("out_of_range", f"label: This model has the classes 0 to {last}.")


async def in_turn(request: Request, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """Read what a body holds, in a thread: few bodies at once, and none whose client has left.

    The body must have been read to its end. Raises ClientLeftError, and whatever `work` raises.
    """
    async with services_of(request).reading:
        await check_presence(request)
        return await run_in_threadpool(work, *given, **named)


# These are coroutines because FastAPI would send plain functions through its thread pool.
async def _services(request: Request) -> Services:
    return services_of(request)


async def _any_model(
    request: Request,
    model: Annotated[
        str | None,
        Query(description="a name from /api/models; without one, the `default` of /api/models", examples=["mnist"]),
    ] = None,
) -> ModelCard:
    return card_of(request, model)


async def _capsule_model(model: Annotated[ModelCard, Depends(_any_model)]) -> ModelCard:
    return require_capsules(model)


async def _one_digit_model(model: Annotated[ModelCard, Depends(_any_model)]) -> ModelCard:
    """Raises InvalidError for a model that sees two digits."""
    if not model.sees_one_digit:
        raise InvalidError("wrong_task", "This model sees two digits at once. Ask a model that sees one digit.")
    return model


async def _pair_model(model: Annotated[ModelCard, Depends(_any_model)]) -> ModelCard:
    """Raises InvalidError for a model that sees one digit."""
    if model.sees_one_digit:
        raise InvalidError("wrong_task", "This model sees one digit. Ask a model that sees two.")
    return model


_NUMBER = r"(0|1|0?\.[0-9]{1,12}|[01]\.[0-9]{1,12})"


async def _crop(
    crop: Annotated[
        str,
        Query(
            pattern=rf"^({_NUMBER},{_NUMBER},{_NUMBER},{_NUMBER})?$",
            description="of a PNG, look for the digit in this part only: top,left,bottom,right as shares of its height "
            "and width, after its eXIf has turned it",
            examples=["0.1,0.2,0.6,0.7"],
        ),
    ] = "",
) -> Box:
    return crop_of(crop)


async def _picture(
    request: Request, model: Annotated[ModelCard, Depends(_any_model)], crop: Annotated[Box, Depends(_crop)]
) -> Drawing:
    settings = settings_of(request)
    body = await bodies.read(request, (bodies.PNG, bodies.JSON, bodies.MULTIPART), settings.max_body_bytes)
    return await in_turn(request, read_drawing, body, model, settings.max_picture_side, crop)


async def _tampered(
    request: Request, model: Annotated[ModelCard, Depends(_capsule_model)], crop: Annotated[Box, Depends(_crop)]
) -> TamperedDrawing:
    settings = settings_of(request)
    body = await bodies.read(request, (bodies.PNG, bodies.JSON, bodies.MULTIPART), settings.max_body_bytes)
    return await in_turn(request, read_tampered, body, model, settings.max_picture_side, crop)


async def _pair_capsule_model(model: Annotated[ModelCard, Depends(_pair_model)]) -> ModelCard:
    return require_capsules(model)


async def _tampered_pair(request: Request, model: Annotated[ModelCard, Depends(_pair_capsule_model)]) -> TamperedPair:
    settings = settings_of(request)
    body = await bodies.read(request, (bodies.JSON, bodies.MULTIPART), settings.max_body_bytes)
    return await in_turn(request, read_pair, body, model, settings.max_picture_side)


async def _viewed(request: Request, model: Annotated[ModelCard, Depends(_one_digit_model)]) -> SeenDigit:
    return await _seen(request, model, read_viewed)


async def _scattered(request: Request, model: Annotated[ModelCard, Depends(_one_digit_model)]) -> SeenDigit:
    return await _seen(request, model, read_scattered)


async def _seen(request: Request, model: ModelCard, read: Callable[[bodies.Body, ModelCard], SeenDigit]) -> SeenDigit:
    body = await bodies.read(request, (bodies.JSON,), settings_of(request).max_body_bytes)
    return await in_turn(request, read, body, model)


RunningServices = Annotated[Services, Depends(_services)]
AnyModel = Annotated[ModelCard, Depends(_any_model)]
CapsuleModel = Annotated[ModelCard, Depends(_capsule_model)]
# For what is about digits, and not about pictures: the gallery, and what was measured over it.
OneDigitModel = Annotated[ModelCard, Depends(_one_digit_model)]
# For what is about pairs, and not about pictures.
PairModel = Annotated[ModelCard, Depends(_pair_model)]
PairCapsuleModel = Annotated[ModelCard, Depends(_pair_capsule_model)]
DrawnLayers = Annotated[TamperedPair, Depends(_tampered_pair)]
# An upright digit, and from where it is seen.
ViewedDigit = Annotated[SeenDigit, Depends(_viewed)]
ScatteredDigit = Annotated[SeenDigit, Depends(_scattered)]
# A picture of the model's size, and the same with what is changed in its routing.
Picture = Annotated[Drawing, Depends(_picture)]
Crop = Annotated[Box, Depends(_crop)]
Tampered = Annotated[TamperedDrawing, Depends(_tampered)]
