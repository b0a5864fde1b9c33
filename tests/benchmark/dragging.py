"""What a hand turns: the answers a second while a mouse drags a dial or a slider to and fro.

A mouse reports where it is 125 times a second, whatever the page does. Each report is therefore sent without waiting
for the one before; `page.mouse.move` waits, and so moves once a frame at most.
"""

from __future__ import annotations

import asyncio
import math
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Page, async_playwright

from tests.browser.chromium import FLAGS

REPORTS = 125  # of the mouse a second
SECONDS = 4
SWINGS = 5.0  # radians a second
EDGE = 20  # px of the dial at either end that the mouse stays away from
WARM_UP = 50  # moves that wait: meanwhile the page's WebSocket opens, until when dials are answered by POST


@dataclass(frozen=True, slots=True)
class Dragged:
    """A slider, and how its answers are counted."""

    address: str  # of the room
    slider: str  # its selector
    answers: str  # an expression: how many answers the page has shown since it was opened
    begin: str = ""  # a function that counts them, where the page itself does not


DIAL = Dragged("/#reach=wide", "#dial-1:enabled", "performance.getEntriesByName('capsnet:dial').length")
# An answer is counted when the viewpoint that it is of stands above it; the slower of the two networks counts.
TURN = Dragged(
    "/viewpoint",
    "#amount-rotation:enabled",
    "Math.min(...Object.values(shownAnswers))",
    """() => {
      window.shownAnswers = {"capsule-of": 0, "cnn-of": 0};
      for (const id of Object.keys(shownAnswers)) {
        new MutationObserver(() => { shownAnswers[id] += 1; }).observe(document.getElementById(id), {childList: true});
      }
    }""",
)


def answers_a_second(chromium: Path, address: str, dragged: Dragged) -> float:
    return asyncio.run(_measure(chromium, address, dragged))


async def _measure(chromium: Path, address: str, dragged: Dragged) -> float:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = await browser.new_page(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
        await page.goto(f"{address}{dragged.address}", wait_until="networkidle")
        if dragged.begin:
            await page.evaluate(dragged.begin)
        answers, seconds = await _drag(page, dragged)
        await browser.close()
    return answers / seconds


async def _drag(page: Page, dragged: Dragged) -> tuple[int, float]:
    """The answers that came, and how long the drag took."""
    box = await page.locator(dragged.slider).bounding_box()
    if box is None:
        raise SystemExit(f"the page has no {dragged.slider}")
    y, left, width = box["y"] + box["height"] / 2, box["x"] + EDGE, box["width"] - 2 * EDGE
    await page.mouse.move(left, y)
    await page.mouse.down()
    for move in range(WARM_UP):
        await page.mouse.move(left + width * (move % 10) / 10, y)
    before = int(await page.evaluate(dragged.answers))
    if not before:
        raise SystemExit(f"{dragged.slider} was dragged, and nothing is answered")
    begin = time.monotonic()
    await _swing(page, y, left, width)
    seconds = time.monotonic() - begin
    answers = int(await page.evaluate(dragged.answers)) - before
    await page.mouse.up()
    return answers, seconds


async def _swing(page: Page, y: float, left: float, width: float) -> None:
    """Drag from side to side for SECONDS; done when the page has had each report."""
    mouse = await page.context.new_cdp_session(page)
    begin = time.monotonic()
    async with asyncio.TaskGroup() as reports:
        for report in range(REPORTS * SECONDS):
            x = left + width * (1 + math.sin(SWINGS * report / REPORTS)) / 2
            where = {"type": "mouseMoved", "x": x, "y": y, "button": "left", "buttons": 1}
            reports.create_task(mouse.send("Input.dispatchMouseEvent", where))
            await asyncio.sleep(max(0, begin + (report + 1) / REPORTS - time.monotonic()))
