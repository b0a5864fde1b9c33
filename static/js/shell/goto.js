/** The way to a figure further down, and back. */

import { joinFragment, splitFragment } from "./fragment.js";

/**
 * Bring a figure to the top of the screen, as a step that the browser's "Back" takes back: the address names the
 * figure.
 * @param {Element} figure
 */
export function goTo(figure) {
  const focus = document.activeElement?.id;
  history.replaceState({ ...history.state, y: scrollY, focus }, "");
  const { state } = splitFragment(location.hash);
  history.pushState({ visit: history.state?.visit }, "", joinFragment(figure.id, state));
  arriveAt(figure);
}

/** The same by the id of a figure of the room; nothing happens where the room has none. @param {string} id */
export function goToFigure(id) {
  const figure = document.getElementById(id);
  if (figure) goTo(figure);
}

/** Where "Back" leads after a jump. @param {{y?: number, focus?: string}} left as `goTo` left it */
export function goBack({ y, focus }) {
  if (y === undefined) return;
  scrollTo(0, y);
  if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
}

/** Bring a figure to the top of the screen, and the keyboard into it. @param {Element} figure */
export function arriveAt(figure) {
  const title = figure.querySelector("h2");
  if (!title) return;
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
  figure.scrollIntoView({ block: "start" });
  // Figures on the way are filled as they are passed, and may grow: once they have, this one is found again.
  const found = new ResizeObserver(() => figure.scrollIntoView({ block: "start" }));
  found.observe(document.body);
  for (const end of ["wheel", "pointerdown", "keydown", "popstate"]) {
    addEventListener(end, () => found.disconnect(), { once: true });
  }
  setTimeout(() => found.disconnect(), 3000);
}
