"""A first visit and a reload: how soon the page can be used, what comes over the line, how much is asked for.

The page marks `capsnet:interactive` once its room has started. A first visit has an empty cache; a reload has all that
the visit before it left there.
"""

from __future__ import annotations

from typing import NamedTuple

from playwright.sync_api import Browser, Page

from tests.benchmark.rows import Row, median
from tests.benchmark.waiting import until
from tests.browser.network import Network

VISITS = 7
SLOW_LINE_MS = 80  # added to each answer

_INTERACTIVE = "performance.getEntriesByName('capsnet:interactive')[0]?.startTime"


class Opened(NamedTuple):
    """What was measured of one opening of the page, until it asked for nothing more."""

    interactive: float  # ms after navigation
    requests: int  # answered over the network
    kilobytes: float  # heads and bodies, as they were sent


class Visit(NamedTuple):
    first: Opened
    reload: Opened


def visit_rows(browser: Browser, address: str) -> list[Row]:
    """The rows for a line without and with latency."""
    near = [_visit(browser, address, 0) for _ in range(VISITS)]
    far = [_visit(browser, address, SLOW_LINE_MS) for _ in range(VISITS)]
    return [
        Row("page interactive, first visit", _interactive([visit.first for visit in near]), "ms", target=1500),
        Row("page interactive, reload", _interactive([visit.reload for visit in near]), "ms"),
        Row(f"the same first visit, {SLOW_LINE_MS} ms of latency", _interactive([visit.first for visit in far]), "ms"),
        Row(
            f"the same reload, {SLOW_LINE_MS} ms of latency",
            _interactive([visit.reload for visit in far]),
            "ms",
            target=1000,
        ),
        Row("transferred by a first visit", max(visit.first.kilobytes for visit in near), "KB", target=500),
        Row("requests of a first visit", max(visit.first.requests for visit in near), ""),
        Row("requests of a reload", max(visit.reload.requests for visit in near), "", target=10),
        Row("transferred by a reload", max(visit.reload.kilobytes for visit in near), "KB"),
    ]


def _interactive(opened: list[Opened]) -> float:
    return median([each.interactive for each in opened])


def _visit(browser: Browser, address: str, latency_ms: float) -> Visit:
    """Open the page with an empty cache, and once more."""
    page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    network = Network(page, latency_ms)
    page.goto(address, wait_until="networkidle")
    first = _opened(page, network)
    network.forget()
    page.reload(wait_until="networkidle")
    reload = _opened(page, network)
    page.context.close()
    return Visit(first, reload)


def _opened(page: Page, network: Network) -> Opened:
    until(page, f"{_INTERACTIVE} !== undefined")
    return Opened(float(page.evaluate(_INTERACTIVE)), len(network.paths), network.total_bytes / 1000)
