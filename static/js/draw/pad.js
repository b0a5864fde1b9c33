/** @import { Palette, Stroke } from "../types.js" */
import { inkStrokes } from "../lib/strokes.js";
import { css } from "./canvas.js";

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Stroke[]} strokes
 * @param {{side: number, penWidth: number, palette: Palette}} look `penWidth` in parts of the side
 */
export function drawStrokes(context, strokes, { side, penWidth, palette }) {
  context.strokeStyle = css(palette.ink);
  inkStrokes(context, strokes, side, penWidth);
}

/**
 * The pen of the keyboard: a ring where it stands, filled while it is down.
 * @param {CanvasRenderingContext2D} context
 * @param {import("../types.js").Point} point
 * @param {{side: number, penWidth: number, palette: Palette, down: boolean}} look
 */
export function drawKeyboardPen(context, [x, y], { side, penWidth, palette, down }) {
  context.beginPath();
  context.arc(x * side, y * side, (penWidth * side) / 2, 0, 2 * Math.PI);
  context.strokeStyle = css(palette.accent);
  context.fillStyle = css(palette.accent, 0.5);
  context.lineWidth = 2;
  if (down) context.fill();
  context.stroke();
}
