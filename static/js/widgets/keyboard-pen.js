/** The pen of the keyboard. */
/** @import { Point } from "../capsules/types.js" @import { PenActions } from "./pointer-pen.js" */
import { clamp } from "../shell/math.js";
import { arrowOf, partIn } from "./dom.js";

/** Of the pad's side, at each press of an arrow. */
const KEY_STEP = 1 / 20;

/** @typedef {PenActions & {isPenDown: () => boolean, undo: () => void, letGo: () => void}} KeyboardPenActions */

/**
 * A pen that the arrow keys move and the space bar lifts.
 * @param {HTMLCanvasElement} canvas
 * @param {KeyboardPenActions} actions
 * @param {() => void} redraw
 */
export function keyboardPen(canvas, actions, redraw) {
  const pen = { point: /** @type {Point} */ ([0.5, 0.2]), shown: false };
  const said = partIn(document, "said", HTMLElement);

  /** @param {number[]} arrow @param {boolean} small */
  function move([right, down], small) {
    const step = small ? KEY_STEP / 4 : KEY_STEP;
    pen.point = [clamp(pen.point[0] + right * step, 0.03, 0.97), clamp(pen.point[1] + down * step, 0.03, 0.97)];
    actions.continueStroke([pen.point]);
  }

  canvas.addEventListener("keydown", (event) => {
    const arrow = arrowOf(event);
    if (arrow) move(arrow, event.shiftKey);
    else if (event.key === " ") {
      if (actions.isPenDown()) actions.endStroke();
      else actions.beginStroke(pen.point);
      said.textContent = actions.isPenDown() ? "pen down" : "pen up";
    } else if (event.key === "Backspace") actions.undo();
    else if (event.key === "Escape") actions.letGo();
    else return;
    event.preventDefault();
    event.stopPropagation();
    pen.shown = true;
    redraw();
  });
  canvas.addEventListener("blur", () => {
    if (pen.shown) actions.endStroke();
    pen.shown = false;
    redraw();
  });
  return pen;
}
