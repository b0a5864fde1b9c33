"""The site as it is served: the files and the documents of all rooms."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from server.rooms import ROOMS, Room
from server.web.assets import Assets
from server.web.documents import Document, Links, environment, render

_ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Site:
    """What a site is made of."""

    rooms: tuple[Room, ...] = ROOMS
    templates: Path = _ROOT / "templates"
    static: Path = _ROOT / "static"


@dataclass(frozen=True)
class Published:
    """A site read and rendered: its files, and the document of each room by the room's name."""

    assets: Assets
    documents: dict[str, Document]

    @classmethod
    def of(cls, site: Site, links: Links) -> Published:
        assets = Assets(site.static)
        jinja = environment(site.templates)
        documents = {room.name: render(room, site.rooms, jinja, assets, links) for room in site.rooms}
        return cls(assets, documents)


class Publisher:
    """Publishes a site when the server starts; on request again whenever one of its files was edited."""

    def __init__(self, site: Site, links: Links, *, follow_edits: bool) -> None:
        self._site, self._links, self._follow_edits = site, links, follow_edits
        self._edits = self._last_edits()
        self.published = Published.of(site, links)

    def document(self, name: str) -> Document:
        """A room's document. It names the files of its own time, so this is where edits are looked for."""
        if self._follow_edits and (edits := self._last_edits()) != self._edits:
            self.published, self._edits = Published.of(self._site, self._links), edits
        return self.published.documents[name]

    def _last_edits(self) -> dict[Path, int]:
        """When each file was last written, in nanoseconds."""
        folders = (self._site.static, self._site.templates)
        found: dict[Path, int] = {}
        for path in (path for folder in folders for path in folder.rglob("*")):
            with contextlib.suppress(FileNotFoundError):  # an editor's own file, gone again meanwhile
                if path.is_file():
                    found[path] = path.stat().st_mtime_ns
        return found
