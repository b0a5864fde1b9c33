"""Waiting for the page without sleeping: its content policy forbids what `page.wait_for_function` does inside."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from playwright.sync_api import Locator, Page, expect

PATIENCE_SECONDS = 60  # for a machine that is busy with something else

# Counts what the page has under way: requests, bodies being read, drawings being packed. One ends a task after it
# has been answered, so that the work that follows from it is counted before it is not.
WORK_COUNTER = """
(() => {
  let pending = 0;
  const count = (owner, name) => {
    const original = owner[name];
    owner[name] = function (...given) {
      const promise = original.apply(this, given);
      const done = () => setTimeout(() => pending--);
      pending++;
      promise.then(done, done);
      return promise;
    };
  };
  count(window, "fetch");
  count(window, "createImageBitmap");
  count(Response.prototype, "arrayBuffer");
  count(Response.prototype, "json");
  count(OffscreenCanvas.prototype, "convertToBlob");
  window.workUnderWay = () => pending;
})();
"""

_TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))"


def until(holds: Callable[[], bool], what: str) -> None:
    """Ask again and again until it holds. It must ask the page: what Playwright keeps of it stands still meanwhile."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, f"waited in vain until {what}"


# What parts of the page have under way: what a part asks for once the drawing stands still is marked in the document
# from the change on. What is asked again since no answer came is left out: it may never come.
_UNDER_WAY = """
workUnderWay() + [...document.querySelectorAll("[data-asking]")].reduce(
  (sum, { dataset }) => sum + Number(dataset.asking) - Number(dataset.again ?? 0), 0)
"""


def at_rest(page: Page) -> None:
    """Wait until everything asked for was answered and drawn. Frames of the dials' socket are not counted."""
    _until_none(page, "workUnderWay()")


def settled(page: Page) -> None:
    """At rest, and nothing is left that will be asked once the drawing stands still: a quarter of a second longer."""
    _until_none(page, _UNDER_WAY)


def _until_none(page: Page, count: str) -> None:
    def resting() -> bool:
        if page.evaluate(count):
            page.evaluate(_TWO_FRAMES)
            return False
        page.evaluate(_TWO_FRAMES)
        return not page.evaluate(count)

    until(resting, "the page has nothing more to do")


def frames(page: Page) -> None:
    """Wait for two frames: what was to be drawn has been drawn."""
    page.evaluate(_TWO_FRAMES)


def address(page: Page) -> str:
    """The page's own address. What Playwright keeps of it stands still while it is not asked."""
    href: str = page.evaluate("location.href")
    return href


def written(page: Page) -> str:
    """The page's own address with all that it holds by now: it is written when the page is left, and else a little
    after the last change.
    """
    href: str = page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide')) && location.href")
    return href


def until_held(page: Page, held: Sequence[object], count: int = 1) -> None:
    """Wait until a test that keeps messages back holds so many. Playwright learns of them while it asks the page."""

    def holds() -> bool:
        frames(page)
        return len(held) >= count

    until(holds, f"{count} held back")


def open_digit(page: Page, index: int = 0, rest: str = "") -> None:
    """The page with a test digit on it, its routing at the last iteration and not playing."""
    page.goto(f"/#digit={index}{rest}")
    expect(page.locator("#answer")).not_to_have_text("–")
    at_rest(page)


def open_section(page: Page, name: str) -> None:
    """Scroll to a section below the figure and wait for its scripts: before they come its controls do nothing."""
    section = page.locator(f"#{name}")
    section.scroll_into_view_if_needed()
    expect(section).to_have_attribute("data-ready", "")
    section.scroll_into_view_if_needed()  # it may have grown


def open_saving(page: Page) -> Locator:
    """Open the menu of what can be saved, and wait for its choices.

    The page first comes to rest where the button is: parts that grow meanwhile could move the button away
    between press and release.
    """
    button, menu = page.locator("#save"), page.locator("#saving")
    button.scroll_into_view_if_needed()
    settled(page)
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(menu.get_by_role("button").first).to_be_visible()
    return menu
