/** A panel that opens below the button that calls it (`popovertarget`), within the screen. */
import { clamp } from "../lib/math.js";

const MARGIN = 8;

/**
 * @param {HTMLButtonElement} button
 * @param {HTMLElement} panel
 * @param {() => void} fill called before it opens
 */
export function opensBelow(button, panel, fill) {
  panel.addEventListener("beforetoggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState === "open") fill();
  });
  panel.addEventListener("toggle", () => {
    if (!panel.matches(":popover-open")) return;
    const { bottom, right } = button.getBoundingClientRect();
    panel.style.top = `${bottom + 4}px`;
    panel.style.left = `${clamp(right - panel.offsetWidth, MARGIN, innerWidth - panel.offsetWidth - MARGIN)}px`;
    panel.querySelector("button")?.focus();
  });
}
