/** A grid of buttons that stay pressed, over a picture of what they choose. */
import { clamp } from "../shell/math.js";
import { arrowOf, element } from "./dom.js";

/**
 * One button of the grid is in the order of the Tab key; the arrow keys go from one to the next.
 * @param {HTMLElement} root
 * @param {object} acts
 * @param {(k: number) => void} acts.toggle
 * @param {(k: number | null) => void} [acts.point] the one under the pointer, or with the focus, or none
 */
export function toggleGrid(root, { toggle, point = () => {} }) {
  const place = element("div", { className: "toggles" });
  root.append(place);
  /** @type {HTMLButtonElement[]} */
  let buttons = [];
  return {
    /**
     * Make the buttons anew: a network may have more or fewer of what they choose.
     * @param {number} count
     * @param {number} columns
     * @param {(k: number) => string} nameOf
     */
    build(count, columns, nameOf) {
      buttons = Array.from({ length: count }, (_, k) => makeButton(k, nameOf(k), { toggle, point }));
      place.style.gridTemplateColumns = `repeat(${columns || 1}, 1fr)`;
      place.replaceChildren(...buttons);
      moveByKeys(buttons, columns);
    },

    /** Show which are pressed. @param {(k: number) => boolean} isPressed */
    press: (isPressed) => buttons.forEach((button, k) => (button.ariaPressed = String(isPressed(k)))),
  };
}

/**
 * @param {number} k
 * @param {string} name
 * @param {{toggle: (k: number) => void, point: (k: number | null) => void}} acts
 */
function makeButton(k, name, { toggle, point }) {
  const button = element("button", {
    type: "button",
    tabIndex: k ? -1 : 0,
    "aria-label": name,
    "aria-pressed": false,
    title: name,
  });
  button.addEventListener("click", () => toggle(k));
  button.addEventListener("pointerenter", () => point(k));
  button.addEventListener("pointerleave", () => point(null));
  button.addEventListener("focus", () => button.matches(":focus-visible") && point(k));
  button.addEventListener("blur", () => point(null));
  return button;
}

/** @param {HTMLButtonElement[]} buttons @param {number} columns */
function moveByKeys(buttons, columns) {
  const lastRow = Math.ceil(buttons.length / columns) - 1;
  buttons.forEach((button, k) => {
    button.addEventListener("focus", () => {
      for (const other of buttons) other.tabIndex = other === button ? 0 : -1;
    });
    button.addEventListener("keydown", (event) => {
      const arrow = arrowOf(event);
      if (!arrow) return;
      event.preventDefault();
      const column = clamp((k % columns) + arrow[0], 0, columns - 1);
      const row = clamp(Math.floor(k / columns) + arrow[1], 0, lastRow);
      buttons[Math.min(row * columns + column, buttons.length - 1)].focus();
    });
  });
}
