"""The page in a real browser: when it is interactive, what it loads, and how long a dial takes.

The page says both itself: it marks `capsnet:interactive` once, and measures `capsnet:dial` from each
dial's request to its answer.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from tests.benchmark.dragging import answers_a_second
from tests.benchmark.frames import frame_rows
from tests.benchmark.rows import Row, median
from tests.benchmark.waiting import until
from tests.browser.chromium import FLAGS, HELP, find_chromium

VISITS = 7
TURNS = 100  # of a dial
KEY_REPEAT_MS = 33

_INTERACTIVE = "performance.getEntriesByName('capsnet:interactive')[0]?.startTime"
_LOADED_BEFORE = """(interactive) => [...performance.getEntriesByType('resource'),
    ...performance.getEntriesByType('navigation')]
    .filter((entry) => entry.responseEnd <= interactive)
    .reduce((total, entry) => total + entry.transferSize, 0)"""
_DIALS = "performance.getEntriesByName('capsnet:dial')"


def page_rows(address: str) -> list[Row]:
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit(HELP)
    dragged = answers_a_second(chromium, address)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        visits = [_visit(browser, address) for _ in range(VISITS)]
        turns = _turn_a_dial(browser, address)
        frames = frame_rows(browser, address)
        browser.close()
    return [
        Row("page interactive after navigation", median([visit.interactive for visit in visits]), "ms", target=1500),
        Row("transferred until then", max(visit.page_bytes for visit in visits) / 1000, "KB"),
        Row("transferred with the first trace", max(visit.all_bytes for visit in visits) / 1000, "KB", target=500),
        Row("a dial's round trip in the browser", median(turns), "ms", target=5),
        Row("answers a second while a dial is dragged by the mouse", dragged, "/s", least=60),
        *frames,
    ]


class _Visit(NamedTuple):
    interactive: float  # ms after navigation
    page_bytes: int  # loaded by then
    all_bytes: int  # loaded when nothing loads any more


def _visit(browser: Browser, address: str) -> _Visit:
    """Open the page with an empty cache."""
    page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    sizes: list[int] = []

    def finished(event: dict[str, Any]) -> None:
        sizes.append(int(event["encodedDataLength"]))

    network.on("Network.loadingFinished", finished)
    page.goto(address, wait_until="networkidle")
    until(page, f"{_INTERACTIVE} !== undefined")
    interactive = float(page.evaluate(_INTERACTIVE))
    page_bytes = int(page.evaluate(_LOADED_BEFORE, interactive))
    page.context.close()
    return _Visit(interactive, page_bytes, sum(sizes))


def _turn_a_dial(browser: Browser, address: str) -> list[float]:
    """Turn the first dial back and forth by the keyboard, as fast as a key repeats.

    Until the page's WebSocket is open its dials are answered by POST: those turns are not counted. Nothing is
    asked of the page while it is measured, since that would take its main thread.
    """
    page = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce").new_page()
    page.goto(address, wait_until="networkidle")
    dial = page.locator("#dial-1:enabled")
    dial.focus()
    low, high = (abs(float(dial.get_attribute(end) or "")) for end in ("min", "max"))
    keys = ("ArrowRight", "ArrowLeft") if high > low else ("ArrowLeft", "ArrowRight")  # to where there is room
    until(page, f"{_DIALS}.length > 0", lambda: _press(page, keys, 0))
    page.evaluate("performance.clearMeasures('capsnet:dial')")
    for turn in range(TURNS):
        _press(page, keys, turn)
        page.wait_for_timeout(KEY_REPEAT_MS)
    until(page, f"{_DIALS}.length >= {TURNS // 2}")  # of turns that meet in one frame the newest wins
    durations: list[float] = page.evaluate(f"{_DIALS}.map((entry) => entry.duration)")
    return durations


def _press(page: Page, keys: tuple[str, str], turn: int) -> None:
    """Two steps there, two steps back."""
    page.keyboard.press(keys[turn % 4 // 2])
