/** A grid of buttons that stay pressed, over a picture of what they choose. */
import { clamp } from "../lib/math.js";
import { arrowOf, element } from "./dom.js";

/**
 * One button of the grid is in the order of the Tab key; the arrow keys go from one to the next.
 * @param {HTMLElement} root
 * @param {object} grid
 * @param {number} grid.count
 * @param {number} grid.columns
 * @param {(k: number) => string} grid.nameOf
 * @param {(k: number) => void} grid.toggle
 * @param {(k: number | null) => void} [grid.point] the one under the pointer, or with the focus, or none
 * @returns {(isPressed: (k: number) => boolean) => void} shows which are pressed
 */
export function toggleGrid(root, { count, columns, nameOf, toggle, point = () => {} }) {
  const buttons = Array.from({ length: count }, (_, k) => {
    const button = element("button", { type: "button", tabIndex: k ? -1 : 0, "aria-label": nameOf(k), "aria-pressed": false, title: nameOf(k) });
    button.addEventListener("click", () => toggle(k));
    button.addEventListener("pointerenter", () => point(k));
    button.addEventListener("pointerleave", () => point(null));
    button.addEventListener("focus", () => {
      for (const other of buttons) other.tabIndex = other === button ? 0 : -1;
      if (button.matches(":focus-visible")) point(k);
    });
    button.addEventListener("blur", () => point(null));
    button.addEventListener("keydown", (event) => {
      const arrow = arrowOf(event);
      if (!arrow) return;
      event.preventDefault();
      const column = clamp((k % columns) + arrow[0], 0, columns - 1);
      const row = clamp(Math.floor(k / columns) + arrow[1], 0, count / columns - 1);
      buttons[row * columns + column].focus();
    });
    return button;
  });
  root.append(element("div", { className: "toggles" }, ...buttons));
  return (isPressed) => buttons.forEach((button, k) => (button.ariaPressed = String(isPressed(k))));
}
