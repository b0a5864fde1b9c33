"""The page itself."""

from __future__ import annotations

import re
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.templating import Jinja2Templates
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from server import documentation
from server.version import version

_ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = _ROOT / "templates"
STATIC = _ROOT / "static"
_STATIC_IMPORT = re.compile(r'^import [^;]*?"(\.[^"]+)";', re.MULTILINE)

# Below the figure, from top to bottom: each is templates/sections/NAME.html.
SECTIONS = (
    "votes",
    "procedure",
    "curves",
    "how-many",
    "matrices",
    "tamper",
    "perturbations",
    "masks",
    "between",
    "reading",
)

router = APIRouter(tags=["page"])


@router.get("/", response_class=Response, responses=documentation.errors() | documentation.html_response())
def page(request: Request) -> Response:
    """The page, which asks the rest of this interface."""
    context = {**request.app.state.assets, "sections": SECTIONS, "version": version()}
    templates: Jinja2Templates = request.app.state.templates
    return templates.TemplateResponse(request, "index.html", context, headers={"Cache-Control": "no-cache"})


def assets(static: Path) -> dict[str, list[str]]:
    """What the page fetches at once; found by reading all scripts, which a visit need not wait for."""
    return {"sheets": sheet_urls(static), "modules": module_urls(static)}


def sheet_urls(static: Path) -> list[str]:
    """The style sheets; what the others build on comes first."""
    first = ("tokens", "base")
    rest = sorted(path.stem for path in static.glob("css/*.css") if path.stem not in first)
    return [f"/static/css/{name}.css" for name in (*first, *rest)]


def module_urls(static: Path) -> list[str]:
    """The scripts that the page starts with, for it to fetch at once and not one import after another.

    They are what main.js imports, directly or not; what is imported by a call, `import("...")`, comes later.
    """
    found: set[Path] = set()
    waiting = [static / "js" / "main.js"]
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += [(module.parent / name).resolve() for name in _STATIC_IMPORT.findall(module.read_text())]
    return sorted(f"/static/{path.relative_to(static).as_posix()}" for path in found)


class FreshStaticFiles(StaticFiles):
    """Static files that a browser keeps but asks after each time, so that an upgrade shows at once."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response
