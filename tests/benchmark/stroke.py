"""One more point of a stroke: how soon its answer is on the screen, and what the page does for it.

Each measured point is one report of the mouse. Its answer is on the screen when the frame is done that follows the
last byte of the trace: the page tells its views of a new trace in the next frame. V8 counts the calls of each
function meanwhile ("precise coverage"); a module is entered when one of its functions is called. Compiled code does
not count the functions that it has inlined, so that the calls are counted in a browser that interprets everything.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from playwright.sync_api import Browser, CDPSession, Page

from tests.benchmark.answers import ANSWERS, CLOCK, time_of_last
from tests.benchmark.rows import Row, median
from tests.benchmark.waiting import until

STROKES = 30
COUNTED = 5  # strokes, whose median counts
MOST_CALLS = 60_000
MOST_MODULES = 25
INTERPRETED = "--js-flags=--jitless"


class Counted(NamedTuple):
    """What the page did from the pointer's event to the frame with the answer."""

    calls: int
    modules: list[str]  # those of ours that were entered


def time_rows(browser: Browser, address: str) -> list[Row]:
    times, script = _time_strokes(browser, address)
    return [
        Row("stroke to answer on the screen, median", median(times), "ms"),
        Row("stroke to answer on the screen, 95 %", sorted(times)[round(0.95 * (len(times) - 1))], "ms"),
        Row("script's own time of a point of a stroke", median(script), "ms"),
    ]


def count_rows(browser: Browser, address: str) -> list[Row]:
    """The rows of calls and modules, in a browser that was started with the flag `INTERPRETED`."""
    counted = count_strokes(browser, address)
    return [
        Row("calls per point of a stroke", median([count.calls for count in counted]), "calls", target=MOST_CALLS),
        Row(
            "modules entered per point of a stroke",
            median([len(count.modules) for count in counted]),
            "modules",
            target=MOST_MODULES,
        ),
    ]


def count_strokes(browser: Browser, address: str, strokes: int = COUNTED) -> list[Counted]:
    """The calls and modules of one point of each of several strokes."""
    page = _open(browser, address)
    devtools = page.context.new_cdp_session(page)
    counted = [_count(page, devtools, address, stroke) for stroke in range(strokes)]
    page.context.close()
    return counted


def _time_strokes(browser: Browser, address: str) -> tuple[list[float], list[float]]:
    """Milliseconds until each answer was painted, and milliseconds of script for it."""
    page = _open(browser, address)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")
    times, script = [], []
    for stroke in range(STROKES):
        _begin(page, stroke)
        before = _script_seconds(devtools)
        _move(page, stroke)
        times.append(time_of_last(page))
        _settle(page)
        script.append(1000 * (_script_seconds(devtools) - before))
        _end(page)
    page.context.close()
    return times, script


def _open(browser: Browser, address: str) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce").new_page()
    page.add_init_script(CLOCK)
    page.goto(f"{address}/#empty=1", wait_until="networkidle")
    for stroke in range(3):  # what is fetched or compiled with the first digits is not counted
        _begin(page, stroke)
        _move(page, stroke)
        _end(page)
    return page


def _place(page: Page, stroke: int, point: int) -> tuple[float, float]:
    """A place on the pad: each stroke is a short line downwards."""
    box = page.locator("#pad").bounding_box()
    if box is None:
        raise SystemExit("the page has no pad")
    x, y = 0.35 + 0.01 * (stroke % 30), 0.25 + 0.2 * point
    return box["x"] + x * box["width"], box["y"] + y * box["height"]


def _begin(page: Page, stroke: int) -> None:
    """Set the pen down, draw the first piece, and wait until the page has nothing more to do."""
    page.mouse.move(*_place(page, stroke, 0))
    page.evaluate("forgetMoves()")
    page.mouse.down()
    known = int(page.evaluate(ANSWERS))
    page.mouse.move(*_place(page, stroke, 1))
    until(page, f"{ANSWERS} > {known}")
    _settle(page)


def _move(page: Page, stroke: int) -> None:
    """One more point, and its answer."""
    known = int(page.evaluate(ANSWERS))
    page.mouse.move(*_place(page, stroke, 2))
    until(page, f"{ANSWERS} > {known}")


def _end(page: Page) -> None:
    page.mouse.up()
    page.keyboard.press("c")
    until(page, "document.getElementById('answer').textContent === '–'")


def _settle(page: Page) -> None:
    """What is told or asked a little later, such as the link in the address, has been done."""
    page.wait_for_timeout(500)


def _script_seconds(devtools: CDPSession) -> float:
    metrics = devtools.send("Performance.getMetrics")["metrics"]
    return float(next(metric["value"] for metric in metrics if metric["name"] == "ScriptDuration"))


def _count(page: Page, devtools: CDPSession, address: str, stroke: int) -> Counted:
    """The page stops when the answer has been painted: what it would do in later frames is not counted."""
    _begin(page, stroke)
    paused: list[Counted] = []

    def stop(_: dict[str, Any]) -> None:
        taken = devtools.send("Profiler.takePreciseCoverage")["result"]
        paused.append(_sum_up(taken, f"{address}/static/"))
        devtools.send("Debugger.resume")

    devtools.send("Profiler.enable")
    devtools.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": True})
    devtools.send("Debugger.enable")
    devtools.on("Debugger.paused", stop)
    page.evaluate("void (stopAtAnswer = true)")
    devtools.send("Profiler.takePreciseCoverage")  # from here on they are counted anew
    known = int(page.evaluate(ANSWERS))
    page.mouse.move(*_place(page, stroke, 2))
    until(page, f"{ANSWERS} > {known}")
    while not paused:
        page.wait_for_timeout(5)
    devtools.remove_listener("Debugger.paused", stop)
    page.evaluate("void (stopAtAnswer = false)")
    for command in ("Debugger.disable", "Profiler.stopPreciseCoverage", "Profiler.disable"):
        devtools.send(command)
    _end(page)
    return paused[0]


def _sum_up(scripts: list[dict[str, Any]], ours: str) -> Counted:
    calls, modules = 0, []
    for script in scripts:
        if not script["url"].startswith(ours):
            continue
        own = sum(int(function["ranges"][0]["count"]) for function in script["functions"])
        calls += own
        if own:
            modules.append(script["url"].removeprefix(ours).split("?")[0])
    return Counted(calls, sorted(modules))
