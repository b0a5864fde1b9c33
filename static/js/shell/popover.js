/**
 * A panel that opens below the button that calls it, within the screen. It closes by the same button, by Escape, by a
 * press anywhere else, and where the focus goes elsewhere. Browsers have had `popover` only since 2024.
 */
import { clamp } from "./math.js";

const MARGIN = 8;
const GAP = 4;

/**
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} panel
 * @param {() => void} fill called before it opens
 * @param {AbortSignal} [signal] aborts when the part is taken off the page
 * @returns {() => void} closes it
 */
export function opensBelow(button, panel, fill, signal) {
  const isOutside = (/** @type {EventTarget | null} */ target) =>
    !(target instanceof Node) || !(panel.contains(target) || button.contains(target));

  /** @param {boolean} isOpen */
  function show(isOpen) {
    if (isOpen) fill();
    panel.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
  }

  function open() {
    show(true);
    const { bottom, right } = button.getBoundingClientRect();
    const top = bottom + GAP;
    panel.style.top = `${top}px`;
    panel.style.maxHeight = `${innerHeight - top - MARGIN}px`;
    panel.style.left = `${clamp(right - panel.offsetWidth, MARGIN, innerWidth - panel.offsetWidth - MARGIN)}px`;
    panel.querySelector("button")?.focus();
  }

  /** The focus returns to the button, unless it has gone elsewhere. */
  function close() {
    if (panel.hidden) return;
    const returns = panel.contains(document.activeElement);
    show(false);
    if (returns) button.focus({ preventScroll: true });
  }

  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => (panel.hidden ? open() : close()), { signal });
  panel.addEventListener("focusout", ({ relatedTarget: next }) => next && isOutside(next) && show(false), { signal });
  document.addEventListener("pointerdown", ({ target }) => isOutside(target) && close(), { signal, capture: true });
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || panel.hidden) return;
      event.preventDefault(); // what is open it closes, and nothing else
      close();
    },
    { signal, capture: true },
  );
  return close;
}
