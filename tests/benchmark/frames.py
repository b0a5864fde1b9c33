"""The animation: the script's own time a frame, the frames a second, and how soon the votes are there.

All that the page does while it plays it does in callbacks of `requestAnimationFrame`: the playhead's step and the
store's telling of the views. The browser's clock around each callback, added up for each frame, is therefore the
script's own time of it, and costs the page two readings of a clock a callback. What the browser does after the
script, laying out and painting, is not in it; the frames a second hold that too, since each frame waits for it.

The page itself measures `capsnet:capsule`, from the question for the votes of a drawing to the frame in which the
capsule that is looked at shows its own, and `capsnet:votes`, the same for the planes of two classes. `capsnet:wholes`
begins with the drawing's trace and ends with the votes as pictures.
"""

from __future__ import annotations

from typing import NamedTuple

from playwright.sync_api import Browser, Page

from tests.benchmark.rows import Row, attempt, median
from tests.benchmark.waiting import until

ITERATIONS = 10
SECONDS = 6  # of playing that are measured
DRAWINGS = 12  # whose votes are asked for

_CLOCK = """(() => {
  const original = window.requestAnimationFrame.bind(window);
  const frames = new Map(); // the time that the browser gives a frame -> milliseconds in its callbacks
  window.requestAnimationFrame = (callback) => original((now) => {
    const begin = performance.now();
    callback(now);
    frames.set(now, (frames.get(now) ?? 0) + performance.now() - begin);
  });
  window.takeFrames = () => {
    const taken = [...frames];
    frames.clear();
    return taken;
  };
})();"""
_VOTES = "performance.getEntriesByName('capsnet:capsule')"
_PLANES = "performance.getEntriesByName('capsnet:votes')"
_WHOLES = "performance.getEntriesByName('capsnet:wholes')"


class Animation(NamedTuple):
    """What was measured while the routing played."""

    script: float  # ms a frame, the median
    rate: float  # frames a second


def frame_rows(browser: Browser, address: str) -> list[Row]:
    return [
        *attempt("frames while 10 iterations play", lambda: _figure_rows(browser, address)),
        *attempt("frames with the planes of the votes in view", lambda: _planes_rows(browser, address)),
        *attempt("votes of a capsule", lambda: _capsule_rows(browser, address)),
        *attempt("votes for two classes", lambda: _votes_rows(browser, address)),
        *attempt("votes as pictures", lambda: _wholes_rows(browser, address)),
    ]


def _figure_rows(browser: Browser, address: str) -> list[Row]:
    animation = _play(browser, address)
    return [
        Row("script's own time of a frame while 10 iterations play", animation.script, "ms", target=4),
        Row("frames a second meanwhile", animation.rate, "/s", least=30),
    ]


def _planes_rows(browser: Browser, address: str) -> list[Row]:
    animation = _play(browser, address, section="votes")
    return [
        Row("script's own time of a frame with the planes of the votes in view", animation.script, "ms"),
        Row("frames a second meanwhile", animation.rate, "/s"),
    ]


def _capsule_rows(browser: Browser, address: str) -> list[Row]:
    duration = _ask_for_votes(browser, address)
    return [Row("votes of a capsule, from the question to the screen", duration, "ms", target=150)]


def _votes_rows(browser: Browser, address: str) -> list[Row]:
    duration = _ask_in_view(browser, address, "votes", _PLANES)
    return [Row("votes for two classes, from the question to the planes", duration, "ms", target=150)]


def _wholes_rows(browser: Browser, address: str) -> list[Row]:
    duration = _ask_in_view(browser, address, "wholes", _WHOLES)
    return [Row("votes as pictures, from the drawing's trace to the pictures", duration, "ms", target=150)]


def _play(browser: Browser, address: str, section: str = "figure") -> Animation:
    """At 1280 x 720, with the links above the threshold that the page begins with, scrolled to a part of the page."""
    page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    page.add_init_script(_CLOCK)
    _open(page, address, f"digit=18&iterations={ITERATIONS}&at=1")
    page.locator(f"#{section}").evaluate("(part) => part.scrollIntoView()")
    page.wait_for_timeout(1000)  # a section below comes, and asks for what it shows
    page.keyboard.press("p")
    page.wait_for_timeout(1500)  # the first frames compile, and the first iteration stands
    page.evaluate("void takeFrames()")
    page.wait_for_timeout(1000 * SECONDS)  # nothing is asked of the page meanwhile
    frames: list[tuple[float, float]] = page.evaluate("takeFrames()")
    page.context.close()
    begin, end = frames[0][0], frames[-1][0]
    return Animation(median([script for _, script in frames]), 1000 * (len(frames) - 1) / (end - begin))


def _ask_for_votes(browser: Browser, address: str) -> float:
    """The median over drawings, each a test digit whose capsule is looked at by keyboard."""
    page = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce").new_page()
    for digit in range(DRAWINGS):
        _open(page, address, f"digit={digit}")
        page.locator("#primary").focus()
        page.keyboard.press("ArrowRight")
        until(page, f"{_VOTES}.length > {digit}")
        page.keyboard.press("Tab")  # away: the next drawing's votes are not asked for before its capsule is looked at
    durations: list[float] = page.evaluate(f"{_VOTES}.map((entry) => entry.duration)")
    page.context.close()
    return median(durations)


def _ask_in_view(browser: Browser, address: str, section: str, entries: str) -> float:
    """The median over drawings, each a test digit, with a section in view; the first also fetches its scripts."""
    page = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce").new_page()
    _open(page, address, "digit=0")
    page.locator(f"#{section}").evaluate("(part) => part.scrollIntoView()")
    for digit in range(DRAWINGS):
        _open(page, address, f"digit={digit}")
        until(page, f"{entries}.length > {digit}")
    durations: list[float] = page.evaluate(f"{entries}.map((entry) => entry.duration)")
    page.context.close()
    return median(durations)


def _open(page: Page, address: str, link: str) -> None:
    """Another link on the same page is another state, not another visit."""
    page.goto(f"{address}/#{link}", wait_until="networkidle")
    until(page, "document.getElementById('answer').textContent !== '–'")
