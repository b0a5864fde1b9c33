"""The application: nothing is made at import, everything in `create_app` and its lifespan."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.templating import Jinja2Templates

from model.datasets import shipped_test_digits
from model.memory import keep_freed_memory
from server import errors
from server.dependencies import Services
from server.engine import Engine
from server.gallery import Gallery
from server.measured import Measurements
from server.middleware import GzipPage, SecurityHeaders
from server.routers import dials, digits, health, inference, measured, models, page
from server.settings import Settings
from server.version import version

_DESCRIPTION = """A capsule network (Sabour, Frosst and Hinton 2017) that shows its work.

Tensors travel as safetensors, or as JSON where `Accept` asks for it. `WS /api/dials?model=` takes binary frames of
72 bytes (u32 sequence, u32 label, 16 x f32 pose, little-endian) and answers the newest with 3144 bytes (u32 sequence,
u32 label, 784 x f32 reconstruction); a malformed frame is answered with a text frame that holds an error.
"""


def create_app(settings: Settings | None = None, services: Services | None = None) -> FastAPI:
    """An app of its own, with its own models, worker and settings.

    Without services it loads them when it starts. Those that are given become its own: it closes them when it stops.
    """
    app = FastAPI(
        title="CapsNet Explorer",
        version=version(),
        description=_DESCRIPTION,
        lifespan=partial(_lifespan, services),
        docs_url=None,  # they would load their scripts from a CDN
        redoc_url=None,
        generate_unique_id_function=_operation_id,
    )
    app.state.settings = settings or Settings()
    app.state.services = None
    app.state.assets = page.assets(page.STATIC)
    app.state.templates = Jinja2Templates(page.TEMPLATES)
    errors.install(app)
    app.add_middleware(GzipPage)
    app.add_middleware(SecurityHeaders)
    for module in (health, models, inference, digits, measured, dials, page):
        app.include_router(module.router)
    app.mount("/static", page.FreshStaticFiles(directory=page.STATIC), name="static")
    return app


def load_services(settings: Settings) -> Services:
    """Every model and the test digits. Raises UserError or OSError where that fails."""
    keep_freed_memory()
    engine = Engine.load(settings)
    measurements = Measurements.load((model.card for model in engine.models.values()), settings.measured_dir)
    return Services(engine, Gallery(shipped_test_digits()), measurements)


@asynccontextmanager
async def _lifespan(loaded: Services | None, app: FastAPI) -> AsyncIterator[None]:
    """Load and warm every model once, before the first request is accepted."""
    services = await asyncio.to_thread(load_services, app.state.settings) if loaded is None else loaded
    try:
        await services.engine.warm_up()
        app.state.services = services
        yield
    finally:
        services.engine.close()


def _operation_id(route: APIRoute) -> str:
    return route.name
