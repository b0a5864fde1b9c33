"""The page itself."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.templating import Jinja2Templates
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from server import documentation
from server.version import version

_ROOT = Path(__file__).parent.parent.parent
TEMPLATES = _ROOT / "templates"
STATIC = _ROOT / "static"

router = APIRouter(tags=["page"])


@router.get("/", response_class=Response, responses=documentation.errors() | documentation.html_response())
def page(request: Request) -> Response:
    """The page, which asks the rest of this interface."""
    context = {"modules": module_urls(STATIC), "version": version()}
    templates: Jinja2Templates = request.app.state.templates
    return templates.TemplateResponse(request, "index.html", context, headers={"Cache-Control": "no-cache"})


def module_urls(static: Path) -> list[str]:
    """The scripts below static/js, for the page to fetch at once and not one import after another."""
    return sorted(f"/static/{path.relative_to(static).as_posix()}" for path in static.glob("js/**/*.js"))


class FreshStaticFiles(StaticFiles):
    """Static files that a browser keeps but asks after each time, so that an upgrade shows at once."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response
