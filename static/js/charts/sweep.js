/** What a sweep gives at each offset: curves, and which of the two digits is read. */
/** @import { Palette } from "../shell/theme.js" @import { Axis } from "./axis.js" */
/** @import { Curve } from "./curves.js" */
import { fixed } from "../shell/format.js";
import { scaled, typeface } from "../shell/type.js";
import { css } from "./canvas.js";
import { drawCurves, plotIn } from "./curves.js";

/** Every so many pixels an offset is written. */
const WRITTEN = 4;
/** How large the dots are on the curves at the present offset, in pixels of a page of ordinary size. */
const DOT = 4.5;

/**
 * @typedef {object} SweepLook
 * @property {number} width
 * @property {number} height
 * @property {Palette} palette
 * @property {ArrayLike<number>} offsets (N) whole pixels, from the least to the largest
 * @property {number | null} at where the digit lies among them; null beside them
 * @property {number | null} trained the farthest shift in training; null where it is not known
 */

/**
 * Curves over the offsets; what lies beyond training is shaded, and the present offset is marked.
 * @param {CanvasRenderingContext2D} context
 * @param {Curve[]} curves
 * @param {SweepLook & {axis: Axis}} look
 */
export function drawSweep(context, curves, { axis, ...look }) {
  const { width, height, palette, offsets, at } = look;
  shadeUntrained(context, look);
  const numbers = Array.from(offsets, (offset) => (offset % WRITTEN === 0 ? fixed(offset, 0) : ""));
  drawCurves(context, curves, { width, height, palette, playhead: null, axis, numbers });
  if (at === null) return;
  markPlace(context, look, at);
  const { x, top, bottom } = plotIn(look, offsets.length);
  for (const { values, lit, colour = palette.ink } of curves) {
    if (!lit) continue;
    context.beginPath();
    context.arc(x(at + 1), top + (1 - axis.position(values[at])) * (bottom - top), scaled(DOT), 0, 2 * Math.PI);
    context.fillStyle = css(colour);
    context.fill();
    context.strokeStyle = css(palette.surface);
    context.lineWidth = 1.5;
    context.stroke();
  }
}

/**
 * Two rows of cells, one for each digit, full where it is read.
 * @param {CanvasRenderingContext2D} context
 * @param {readonly [a: readonly boolean[], b: readonly boolean[]]} read (2, N)
 * @param {SweepLook & {names: readonly string[]}} look `names` stand before the rows
 */
export function drawRead(context, read, { names, ...look }) {
  const { height, palette, offsets, at } = look;
  shadeUntrained(context, look, { toTheEdges: true });
  const { x, step, left } = plotIn(look, offsets.length);
  const row = height / read.length;
  context.font = typeface();
  context.textAlign = "right";
  context.textBaseline = "middle";
  context.lineWidth = 1;
  read.forEach((own, k) => {
    const colour = k === 0 ? palette.first : palette.second;
    context.fillStyle = css(palette.muted);
    context.fillText(names[k], left - step / 2 - 4, (k + 0.5) * row);
    own.forEach((isRead, n) => {
      const [cellX, cellY] = [x(n + 1) - step / 2 + 1.5, k * row + 1.5];
      context.fillStyle = css(colour);
      context.strokeStyle = css(isRead ? colour : palette.line);
      if (isRead) context.fillRect(cellX, cellY, step - 3, row - 3);
      context.strokeRect(cellX, cellY, step - 3, row - 3);
    });
  });
  if (at === null) return;
  context.strokeStyle = css(palette.ink);
  context.lineWidth = 1.5;
  context.strokeRect(x(at + 1) - step / 2 + 0.75, 0.75, step - 1.5, height - 1.5);
}

/** @param {CanvasRenderingContext2D} context @param {SweepLook} look @param {number} at */
function markPlace(context, look, at) {
  const { x, top, bottom } = plotIn(look, look.offsets.length);
  context.fillStyle = css(look.palette.ink);
  context.fillRect(Math.round(x(at + 1)) - 1, top, 2, bottom - top);
}

/**
 * The offsets on both sides that are farther from the middle than those of training.
 * @param {CanvasRenderingContext2D} context
 * @param {SweepLook} look
 * @param {{toTheEdges?: boolean}} [options] of the canvas, and not of the plot
 */
function shadeUntrained(context, look, { toTheEdges = false } = {}) {
  const { width, height, offsets, trained, palette } = look;
  if (trained === null) return;
  const { x, step, left, right, top, bottom } = plotIn({ width, height }, offsets.length);
  const [upper, lower] = toTheEdges ? [0, height] : [top, bottom];
  const [first, last] = toTheEdges ? [left - step / 2, right + step / 2] : [left, right];
  const seen = Array.from(offsets, Math.abs).map((far) => far <= trained);
  const from = Math.max(first, x(seen.indexOf(true) + 1) - step / 2);
  const to = Math.min(last, x(seen.lastIndexOf(true) + 1) + step / 2);
  context.fillStyle = css(palette.line, 0.45);
  context.fillRect(first, upper, from - first, lower - upper);
  context.fillRect(to, upper, last - to, lower - upper);
}
