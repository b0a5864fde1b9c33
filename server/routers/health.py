"""Is the process alive; can it answer."""

from __future__ import annotations

from fastapi import APIRouter

from server import documentation
from server.dependencies import RunningServices
from server.schemas import Status

router = APIRouter(tags=["health"])


@router.get("/healthz", responses=documentation.errors())
async def healthz() -> Status:
    """Liveness: the process answers."""
    return Status(status="ok")


@router.get("/readyz", responses=documentation.errors(503))
async def readyz(_: RunningServices) -> Status:
    """Readiness: every model is loaded and warmed up."""
    return Status(status="ready")
