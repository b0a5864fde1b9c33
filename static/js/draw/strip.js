/** A row of signed numbers as coloured squares. @import { Palette } from "../types.js" */
import { css } from "./canvas.js";
import { diverging } from "./colour.js";

/**
 * @param {CanvasRenderingContext2D} context
 * @param {ArrayLike<number>} values
 * @param {{left: number, top: number, width: number, height: number}} box
 * @param {Palette} palette
 * @param {number} reach the value of the strongest colour
 */
export function drawStrip(context, values, { left, top, width, height }, palette, reach) {
  const colour = diverging(palette, reach);
  const cell = width / values.length;
  for (let k = 0; k < values.length; k++) {
    context.fillStyle = css(colour(values[k]));
    context.fillRect(left + k * cell, top, cell - 1, height);
  }
}
