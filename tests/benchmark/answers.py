"""The time from a move of the mouse to the frame in which its answer is painted.

A message is delivered when the frame that is under way is done: the page tells its views of a new trace in the frame
after the last byte of the trace.
"""

from __future__ import annotations

from playwright.sync_api import Page

# To be run before the page's own scripts.
CLOCK = """(() => {
  let movedAt = null;
  window.answers = [];
  window.stopAtAnswer = false;
  addEventListener("pointermove", (event) => { movedAt ??= event.timeStamp; }, { capture: true });
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => {
    window.answers.push(performance.now() - data);
    if (window.stopAtAnswer) debugger;
  };
  const original = Response.prototype.arrayBuffer;
  Response.prototype.arrayBuffer = async function () {
    const body = await original.call(this);
    if (movedAt !== null && this.url.includes("/api/trace")) {
      const began = movedAt;
      movedAt = null;
      requestAnimationFrame(() => port2.postMessage(began));
    }
    return body;
  };
  window.forgetMoves = () => { movedAt = null; };
})();"""
ANSWERS = "answers.length"


def time_of_last(page: Page) -> float:
    """Milliseconds that the last answer took."""
    return float(page.evaluate("answers.at(-1)"))
