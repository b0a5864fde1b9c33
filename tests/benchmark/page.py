"""The page in a real browser: its start, its dials, its frames and its strokes.

The page itself measures `capsnet:dial`, from each dial's request to its answer.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.benchmark.dragging import DIAL, TURN, answers_a_second
from tests.benchmark.frames import frame_rows
from tests.benchmark.overlap import drag_rows
from tests.benchmark.rows import Row, attempt, median
from tests.benchmark.stroke import INTERPRETED, count_rows, time_rows
from tests.benchmark.visits import visit_rows
from tests.benchmark.waiting import until
from tests.browser.chromium import FLAGS, HELP, find_chromium

TURNS = 100  # of a dial
KEY_REPEAT_MS = 33

_DIALS = "performance.getEntriesByName('capsnet:dial')"


def page_rows(address: str) -> list[Row]:
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit(HELP)
    rows = attempt("answers while a dial is dragged", lambda: _dial_dragged_rows(chromium, address))
    rows += attempt("answers while a digit is turned", lambda: _turned_rows(chromium, address))
    return rows + attempt("the page in a browser", lambda: _browser_rows(chromium, address))


def _browser_rows(chromium: Path, address: str) -> list[Row]:
    """Each measurement has a browser of its own: one that fails leaves nothing open for the next."""
    works: dict[str, Callable[[Browser], list[Row]]] = {
        "visits of the page": lambda browser: visit_rows(browser, address),
        "a dial's round trip in the browser": lambda browser: _dial_rows(browser, address),
        "frames while the routing plays": lambda browser: frame_rows(browser, address),
        "one more point of a stroke, in time": lambda browser: time_rows(browser, address),
        "a digit dragged over another": lambda browser: drag_rows(browser, address),
    }
    with sync_playwright() as playwright:
        rows = [row for name, work in works.items() for row in in_browser(name, playwright, chromium, FLAGS, work)]
        return rows + in_browser(
            "one more point of a stroke, in calls",
            playwright,
            chromium,
            [*FLAGS, INTERPRETED],
            lambda browser: count_rows(browser, address),
        )


def in_browser(
    name: str, playwright: Playwright, chromium: Path, flags: list[str], measure: Callable[[Browser], list[Row]]
) -> list[Row]:
    """The rows that a measurement gives in a browser that is opened for it and closed after it, whatever happens."""

    def rows() -> list[Row]:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        try:
            return measure(browser)
        finally:
            browser.close()

    return attempt(name, rows)


def _dial_dragged_rows(chromium: Path, address: str) -> list[Row]:
    dragged = answers_a_second(chromium, address, DIAL)
    return [Row("answers a second while a dial is dragged by the mouse", dragged, "/s", least=60)]


def _turned_rows(chromium: Path, address: str) -> list[Row]:
    turned = answers_a_second(chromium, address, TURN)
    return [Row("answers a second of both networks while a digit is turned", turned, "/s", least=30)]


def _dial_rows(browser: Browser, address: str) -> list[Row]:
    return [Row("a dial's round trip in the browser", median(_turn_a_dial(browser, address)), "ms", target=5)]


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
