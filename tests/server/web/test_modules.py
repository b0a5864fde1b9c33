"""The import map and the preloads, read from the scripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from server.web.assets import Assets
from server.web.modules import import_map, needed_at_once, needed_later

SCRIPTS = {
    "js/rooms/room.js": 'import {\n  a,\n} from "../a.js";\nimport "./side.js";\n'
    'export const later = () => import("../later.js");\n',
    "js/rooms/side.js": 'export { b } from "../b.js";\n',
    "js/a.js": '/** @import { B } from "./types.js" */\nimport { b } from "./b.js";\n// import "./c.js";\n',
    "js/b.js": 'import { a } from "./a.js";\n',
    "js/later.js": "",
    "js/types.js": "",
    "js/figures/votes/votes.js": 'import "./plane.js";\nimport { b } from "../../b.js";\n',
    "js/figures/votes/plane.js": "",
    "js/lost.js": 'import "./nowhere.js";\n',
}


@pytest.fixture
def assets(tmp_path: Path) -> Assets:
    for name, text in SCRIPTS.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return Assets(tmp_path)


def test_what_a_script_imports_is_needed_at_once_and_what_it_asks_for_later_is_not(assets: Assets) -> None:
    assert needed_at_once(assets, "js/rooms/room.js") == ["js/a.js", "js/b.js", "js/rooms/room.js", "js/rooms/side.js"]


def test_an_import_that_leads_nowhere_is_an_error(assets: Assets) -> None:
    with pytest.raises(KeyError, match=r"js/nowhere\.js"):
        needed_at_once(assets, "js/lost.js")


def test_a_figure_needs_its_scripts_but_for_those_that_the_room_brings(assets: Assets) -> None:
    later = needed_later(assets, "js/rooms/room.js", ["votes", "without-a-script"])
    assert later == {"votes": ["figures/votes/plane", "figures/votes/votes"]}


@pytest.mark.parametrize("root", ["./", "../"])
def test_the_map_leads_from_each_script_to_its_hashed_name(assets: Assets, root: str) -> None:
    imports = json.loads(import_map(assets, root))["imports"]
    assert imports == {f"{root}static/{name}": f"{root}static/{assets.hashed(name)}" for name in SCRIPTS}
