"""A server over a copy of the site that a test may change: `python -m tests.browser.copied_site FOLDER [NAME ...]`.

Each further word names a room beside those that ship, with its figures after a colon: `second:votes,squash`.
"""

from __future__ import annotations

import shutil
import socket
import sys
from pathlib import Path

import uvicorn

from server.app import create_app
from server.rooms import ROOMS, Room
from server.settings import Settings
from server.web.site import Site


def copy_site(folder: Path) -> None:
    """The site's files, copied."""
    ours = Site()
    shutil.copytree(ours.templates, folder / "templates")
    shutil.copytree(ours.static, folder / "static")


class _Server(uvicorn.Server):
    """Prints its address once it answers."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        assert sockets
        print(f"http://127.0.0.1:{sockets[0].getsockname()[1]}", flush=True)


def _serve(folder: Path, rooms: list[str]) -> None:
    rows = []
    for name, figures in (room.split(":") for room in rooms):
        page = (f"rooms/{name}.html", f"rooms/{name}.js", tuple(figures.split(",")))
        rows.append(Room(name, f"/{name}", name.title(), f"The room “{name}”.", *page))
    site = Site((*ROOMS, *rows), folder / "templates", folder / "static")
    app = create_app(Settings(device="cpu", reload_assets=True), site=site)
    listener = socket.create_server(("127.0.0.1", 0))
    _Server(uvicorn.Config(app, log_level="warning", ws_per_message_deflate=False)).run([listener])


if __name__ == "__main__":
    _serve(Path(sys.argv[1]), sys.argv[2:])
