/** A row of signed numbers as coloured squares. @import { Palette } from "../shell/theme.js" */
import { LAST, signedRamps } from "./colour.js";

/**
 * @param {CanvasRenderingContext2D} context
 * @param {ArrayLike<number>} values
 * @param {{left: number, top: number, width: number, height: number}} box
 * @param {Palette} palette
 * @param {number} reach the value of the strongest colour
 */
export function drawStrip(context, values, { left, top, width, height }, palette, reach) {
  const { up, down } = signedRamps(palette);
  const cell = width / values.length;
  for (let k = 0; k < values.length; k++) {
    const place = (Math.min(Math.abs(values[k]) / reach, 1) * LAST + 0.5) | 0;
    context.fillStyle = (values[k] < 0 ? down : up).styles[place];
    context.fillRect(left + k * cell, top, cell - 1, height);
  }
}
