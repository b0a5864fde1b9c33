"""Is the process alive; can it answer."""

from __future__ import annotations

from fastapi import APIRouter

from server.web import documentation
from server.web.dependencies import RunningServices
from server.web.schemas import Status

router = APIRouter(tags=["health"])


@router.get("/healthz", responses=documentation.errors())
async def healthz() -> Status:
    """Alive: the process answers."""
    return Status(status="ok")


@router.get("/readyz", responses=documentation.errors(503))
async def readyz(_: RunningServices) -> Status:
    """Ready: every model is loaded and warmed up."""
    return Status(status="ready")
