"""The application: nothing is made at import, everything in `create_app` and its lifespan."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI
from fastapi.routing import APIRoute

from model.data.catalogue import DATA_SETS
from model.data.photographs import warm_up
from model.errors import UserError
from model.network.fast.memory import keep_freed_memory
from server.hosts.local import LocalHost
from server.routers import dials, digits, health, inference, measured, models, page, pairs, sweep, viewpoints
from server.settings import Settings
from server.version import version
from server.web import errors
from server.web.affine import load_affine
from server.web.dependencies import Services
from server.web.documents import Links
from server.web.draining import DrainBodies
from server.web.files import Files
from server.web.gallery import Gallery
from server.web.measured import Measurements
from server.web.middleware import AnswerHead, EndQuietly, GzipWords, SecurityHeaders
from server.web.names import KnownNames, names_of
from server.web.pair_gallery import PairGallery
from server.web.prefix import UnderPrefix
from server.web.site import Publisher, Site

_DESCRIPTION = """A capsule network (Sabour, Frosst and Hinton 2017) that shows its work.

Tensors travel as safetensors, or as JSON if `Accept` asks for it.

`WS /api/dials?model=` takes binary frames, little-endian: u32 sequence, u32 label, D x f32 pose. It answers the newest
one: u32 sequence, u32 label, H*W x f32 reconstruction. It answers a malformed frame with a text frame that holds an
error.

Any path answers 421 to a host name that is not the server's (`--allowed-hosts`).

Each model has its own sizes. `geometry` in `/api/models` gives them: H x W `image`, P `primary_count`, d `primary_dim`,
C `classes`, D `pose_dim`, M x h x w `conv1`. R is the number of routing iterations.
"""


def create_app(settings: Settings | None = None, services: Services | None = None, site: Site | None = None) -> FastAPI:
    """An app of its own, with its own models, worker and settings.

    Without services it loads them when it starts. Those that are given become its own: it closes them when it stops.
    Without a site it serves the rooms of `server.rooms`.
    """
    settings, site = settings or Settings(), site or Site()
    app = FastAPI(
        title="CapsNet Explorer",
        version=version(),
        description=_DESCRIPTION,
        lifespan=partial(_lifespan, services),
        docs_url=None,  # they would load their scripts from a CDN
        redoc_url=None,
        redirect_slashes=False,  # it would redirect to an address of this server's, and past a proxy's prefix
        generate_unique_id_function=_operation_id,
    )
    app.state.settings = settings
    app.state.services = None
    links = Links(settings.public_url, settings.source_url, settings.frame_ancestors)
    app.state.publisher = Publisher(site, links, follow_edits=settings.reload_assets)
    errors.install(app)
    _add_middleware(app, settings)
    app.include_router(page.router(site.rooms))
    for module in (health, models, inference, digits, pairs, sweep, viewpoints, measured, dials):
        app.include_router(module.router)
    return app


def _add_middleware(app: FastAPI, settings: Settings) -> None:
    """From the inside to the outside: the last one meets a request first."""
    app.add_middleware(GzipWords)
    app.add_middleware(Files, publisher=app.state.publisher)
    app.add_middleware(UnderPrefix, prefix=settings.root_path)
    app.add_middleware(KnownNames, allowed=names_of(settings))
    app.add_middleware(SecurityHeaders, frame_ancestors=settings.frame_ancestors)
    app.add_middleware(AnswerHead)
    app.add_middleware(DrainBodies)
    app.add_middleware(EndQuietly)


def load_services(settings: Settings) -> Services:
    """Every model and the test digits. Raises UserError or OSError where that fails."""
    keep_freed_memory()
    host = LocalHost.load(settings)
    default = host.cards[settings.default_model]
    if not default.sees_one_digit:
        raise UserError(f"the default model must take drawings, and {default.name!r} sees two digits at once")
    if not default.has_capsules:
        raise UserError(f"the default model must have capsules, and {default.name!r} has none")
    measurements = Measurements.load(host.cards.values(), settings.measured_dir)
    cards = host.cards.values()
    data_sets = {name: DATA_SETS[name].test() for name in {card.data_set for card in cards}}
    of_pairs = {card.data_set: data_sets[card.data_set] for card in cards if not card.sees_one_digit}
    affine = load_affine(settings.measured_dir)
    return Services(host, Gallery(data_sets), PairGallery(of_pairs), measurements, affine)


@asynccontextmanager
async def _lifespan(loaded: Services | None, app: FastAPI) -> AsyncIterator[None]:
    """Load and warm every model once, before the first request is accepted."""
    services = await asyncio.to_thread(load_services, app.state.settings) if loaded is None else loaded
    try:
        await services.host.warm_up()
        await asyncio.to_thread(warm_up)
        app.state.services = services
        yield
    finally:
        services.host.close()


def _operation_id(route: APIRoute) -> str:
    return route.name
