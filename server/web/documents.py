"""The document of each room, rendered and compressed once: nothing in it depends on who asks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, meta
from markupsafe import Markup
from starlette.datastructures import Headers
from starlette.responses import Response

from server.rooms import Room
from server.version import version
from server.web.assets import ASK_AGAIN, Assets, Stored
from server.web.middleware import content_security_policy
from server.web.modules import import_map, needed_at_once, needed_later

# They stand in the document itself: one must act before the first paint, the other must not itself go missing.
INLINE_SCRIPTS = ("js/shell/theme-before-paint.js", "js/shell/boot.js")
_FIRST_SHEETS = ["css/tokens.css", "css/base.css"]


@dataclass(frozen=True)
class Document:
    """A rendered document and the policy that allows the scripts in it."""

    stored: Stored
    policy: str

    def answer(self, asked: Headers) -> Response:
        headers = {"Cache-Control": ASK_AGAIN, "Content-Security-Policy": self.policy}
        return self.stored.answer(asked, headers)


@dataclass(frozen=True)
class Links:
    """Addresses that only the one who runs a server knows; empty where unknown."""

    public: str = ""  # where visitors reach the site, with a slash at its end
    source: str = ""  # where its code can be read
    framed_by: str = "'self'"  # sites that may show the page in a frame, as the policy's frame-ancestors takes them


def environment(templates: Path) -> Environment:
    """Jinja over a folder of templates; a name that nobody gave is an error."""
    loader = FileSystemLoader(templates, encoding="utf-8")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def render(room: Room, rooms: Sequence[Room], jinja: Environment, assets: Assets, links: Links) -> Document:
    """A room's document. Raises jinja2.TemplateError or KeyError where a file that it needs is not there."""
    mapped = import_map(assets, room.root)
    inline = [assets.text(name) for name in INLINE_SCRIPTS]
    page = jinja.get_template(room.template).render(
        room=room,
        rooms=rooms,
        root=room.root,
        build=assets.build(),
        links=links,
        version=version(),
        asset=lambda name: f"{room.root}static/{assets.hashed(name)}",
        sheets=sheets(room, jinja, assets),
        script=f"js/{room.script}",
        modules=needed_at_once(assets, f"js/{room.script}"),
        later=json.dumps(needed_later(assets, f"js/{room.script}", room.figures), separators=(",", ":")),
        import_map=Markup(mapped),  # noqa: S704  # our own files, and "<" is escaped
        inline_scripts=[Markup(script) for script in inline],  # noqa: S704  # our own files
    )
    return Document(Stored.of(page.encode(), ".html"), content_security_policy([mapped, *inline], links.framed_by))


def sheets(room: Room, jinja: Environment, assets: Assets) -> list[str]:
    """The style sheets of a room: those of every room, its figures', its own. A later one may refine an earlier one."""
    everywhere = [name for name in assets.names(".css") if name.count("/") == 1 and name not in _FIRST_SHEETS]
    own = [*(f"css/figures/{name}.css" for name in figures(room, jinja)), f"css/rooms/{room.name}.css"]
    return [*_FIRST_SHEETS, *everywhere, *(name for name in own if name in assets)]


def figures(room: Room, jinja: Environment) -> list[str]:
    """The figures that the room's template places by name, and those of its row, each once."""
    assert jinja.loader is not None
    source, _, _ = jinja.loader.get_source(jinja, room.template)
    included = sorted(filter(None, meta.find_referenced_templates(jinja.parse(source))))
    placed = [name.removeprefix("figures/").removesuffix(".html") for name in included if name.startswith("figures/")]
    return list(dict.fromkeys([*placed, *room.figures]))
