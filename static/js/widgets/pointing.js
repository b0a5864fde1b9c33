/** How a picture of many parts is asked what they are: by pointer, and by the keyboard. */
/** @import { Context } from "./dom.js" @import { Pointing } from "../state/trace/pointing.js" */
import { lookedAtCapsule } from "../state/trace/pointing.js";
import { arrowOf } from "./dom.js";

/**
 * The part under the pointer, or that the arrow keys have come to, is looked at; a click or Enter pins it.
 * @param {HTMLCanvasElement} canvas
 * @param {{letGo: () => void}} actions
 * @param {object} parts
 * @param {(event: MouseEvent) => number | null} parts.at the part there
 * @param {() => number} parts.looked the part that is looked at: where the keyboard goes on, or begins
 * @param {(part: number, arrow: number[]) => number | null} parts.towards the next part, steps to the right and down
 * @param {(part: number | null) => void} parts.hover
 * @param {(part: number) => void} parts.pin
 */
export function asksParts(canvas, actions, { at, looked, towards, hover, pin }) {
  canvas.addEventListener("pointermove", (event) => hover(at(event)));
  canvas.addEventListener("pointerleave", () => hover(null));
  canvas.addEventListener("click", (event) => {
    const part = at(event);
    if (part !== null) pin(part);
  });
  canvas.addEventListener("focus", () => canvas.matches(":focus-visible") && hover(looked()));
  canvas.addEventListener("blur", () => hover(null));
  canvas.addEventListener("keydown", (event) => {
    const arrow = arrowOf(event);
    const next = arrow && towards(looked(), arrow);
    if (next !== null) hover(next);
    else if (event.key === "Enter") pin(looked());
    else if (event.key === "Escape") actions.letGo();
    else return;
    event.preventDefault();
  });
}

/**
 * @typedef {{letGo: () => void, hoverCapsule: (capsule: number | null) => void,
 *   pinCapsule: (capsule: number) => void}} CapsuleActions
 */

/**
 * The same where the parts are primary capsules.
 * @param {HTMLCanvasElement} canvas
 * @param {Context<Pointing, CapsuleActions>} context
 * @param {object} capsules
 * @param {(event: MouseEvent) => number | null} capsules.at
 * @param {(capsule: number, arrow: number[]) => number | null} capsules.towards
 * @param {() => number} [capsules.first] where the keyboard begins
 */
export function asksCapsules(canvas, { store, actions }, { at, towards, first = () => 0 }) {
  asksParts(canvas, actions, {
    at,
    towards,
    looked: () => lookedAtCapsule(store.get()) ?? first(),
    hover: actions.hoverCapsule,
    pin: actions.pinCapsule,
  });
}
