"""What browsers must know of the scripts before they run: the import map, and what a script needs at once."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable

from server.web.assets import Assets

_STATIC_IMPORT = re.compile(r'^(?:import|export) (?:[^;"()]*? from )?"(\.[^"]+)";', re.MULTILINE)


def import_map(assets: Assets, root: str) -> str:
    """The import map, as JSON that may stand in a document.

    A script imports "./store.js". The map sends the browser to store.HASH.js, so that scripts are kept for good and
    name each other plainly. `root` leads from the document to the site's root.
    """
    imports = {f"{root}static/{name}": f"{root}static/{assets.hashed(name)}" for name in assets.names(".js")}
    return json.dumps({"imports": imports}, separators=(",", ":")).replace("<", "\\u003c")


def needed_at_once(assets: Assets, script: str) -> list[str]:
    """The script, and all that it imports, directly or not; what it imports by a call comes later.

    The document names them all, so that the browser fetches them side by side and not one import after another.
    Raises KeyError where a script imports one that is not there.
    """
    found: set[str] = set()
    waiting = [script]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            folder = posixpath.dirname(name)
            imported = _STATIC_IMPORT.findall(assets.text(name))
            waiting += [posixpath.normpath(posixpath.join(folder, address)) for address in imported]
    return sorted(found)


def needed_later(assets: Assets, script: str, figures: Iterable[str]) -> dict[str, list[str]]:
    """For each figure of a room, the scripts that it needs beside those of the room, without js/ and .js.

    The script of the figure NAME is js/figures/NAME/NAME.js. A figure without a script is left out.
    """
    at_once = set(needed_at_once(assets, script))
    scripts = {name: f"js/figures/{name}/{name}.js" for name in figures}
    return {
        name: [_plain(other) for other in needed_at_once(assets, own) if other not in at_once]
        for name, own in scripts.items()
        if own in assets
    }


def _plain(script: str) -> str:
    return script.removeprefix("js/").removesuffix(".js")
