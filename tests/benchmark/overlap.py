"""A digit that is dragged over another one: how soon the answer is on the screen."""

from __future__ import annotations

from playwright.sync_api import Browser, Page

from tests.benchmark.answers import ANSWERS, CLOCK, time_of_last
from tests.benchmark.rows import Row, median
from tests.benchmark.waiting import until

MOVES = 40
WARM_UP = 5  # what is fetched or compiled with the first moves is not counted


def drag_rows(browser: Browser, address: str) -> list[Row]:
    times = _drag(browser, address)
    return [
        Row("a digit dragged over another to answer on the screen, median", median(times), "ms"),
        Row(
            "a digit dragged over another to answer on the screen, 95 %",
            sorted(times)[round(0.95 * (len(times) - 1))],
            "ms",
        ),
    ]


def _drag(browser: Browser, address: str) -> list[float]:
    """Drag to and fro, a pixel of the network at a time, each once the one before is answered."""
    page = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce").new_page()
    page.add_init_script(CLOCK)
    page.goto(f"{address}/overlap", wait_until="networkidle")
    left, top, pixel = _place(page)
    page.mouse.move(left, top)
    page.mouse.down()
    times = []
    for move in range(MOVES + WARM_UP):
        known = int(page.evaluate(ANSWERS))
        page.evaluate("forgetMoves()")
        page.mouse.move(left + pixel * (1 + move % 2), top)
        until(page, f"{ANSWERS} > {known}")
        if move >= WARM_UP:
            times.append(time_of_last(page))
        page.wait_for_timeout(100)  # what is told a little later is done
    page.mouse.up()
    page.context.close()
    return times


def _place(page: Page) -> tuple[float, float, float]:
    """A place in the middle of the sum, and how long one of its pixels is."""
    box = page.locator("#sum").bounding_box()
    side = int(
        page.evaluate(
            "fetch('api/models').then((answer) => answer.json())"
            ".then(({models}) => models.find(({task}) => task === 'pair').geometry.image[1])"
        )
    )
    if box is None:
        raise SystemExit("the page has no picture of a sum")
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, box["width"] / side
