/** Lines over the iterations, with axes. @import { Palette } from "../types.js" */
import { maximum } from "../lib/math.js";
import { css } from "./canvas.js";

/** Where the axis may end: the first of these that no value passes. */
const TOPS = [0.2, 0.5, 1];

const MARGIN = { left: 26, right: 26, top: 6, bottom: 18 };

/**
 * @typedef {object} Curve
 * @property {ArrayLike<number>} values one for each iteration, in [0, 1]
 * @property {string} name
 * @property {boolean} lit
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Curve[]} curves
 * @param {{width: number, height: number, palette: Palette, playhead: number}} look
 */
export function drawCurves(context, curves, { width, height, palette, playhead }) {
  const iterations = curves[0].values.length;
  const most = Math.max(...curves.map(({ values }) => maximum(values)));
  const top = TOPS.find((end) => most <= end) ?? 1;
  const x = (/** @type {number} */ iteration) =>
    MARGIN.left + ((iteration - 1) / Math.max(1, iterations - 1)) * (width - MARGIN.left - MARGIN.right);
  const y = (/** @type {number} */ value) => MARGIN.top + (1 - value / top) * (height - MARGIN.top - MARGIN.bottom);
  drawAxes(context, { x, y, iterations, palette, ticks: [0, top / 2, top] });
  context.fillStyle = css(palette.line, 0.8);
  context.fillRect(x(playhead) - 0.5, y(top), 1, y(0) - y(top));
  for (const curve of [...curves].sort((a, b) => Number(a.lit) - Number(b.lit))) drawCurve(context, curve, { x, y, palette });
  nameCurves(context, curves, { x: x(iterations) + 6, y, palette, least: top * 0.15 });
}

/**
 * @typedef {(value: number) => number} Scale
 * @param {CanvasRenderingContext2D} context
 * @param {Curve} curve
 * @param {{x: Scale, y: Scale, palette: Palette}} look
 */
function drawCurve(context, { values, lit }, { x, y, palette }) {
  context.beginPath();
  for (let k = 0; k < values.length; k++) context.lineTo(x(k + 1), y(values[k]));
  context.strokeStyle = css(lit ? palette.accent : palette.muted, lit ? 1 : 0.55);
  context.lineWidth = lit ? 2 : 1;
  context.stroke();
  context.fillStyle = context.strokeStyle;
  for (let k = 0; k < values.length; k++) context.fillRect(x(k + 1) - 1.5, y(values[k]) - 1.5, 3, 3);
}

/**
 * Write the names at the curves' ends, the lit one first; a name that would cover another, or a curve that stays
 * near 0, goes without.
 * @param {CanvasRenderingContext2D} context
 * @param {Curve[]} curves
 * @param {{x: number, y: Scale, palette: Palette, least: number}} look
 */
function nameCurves(context, curves, { x, y, palette, least }) {
  /** @type {number[]} */
  const taken = [];
  context.textAlign = "left";
  context.textBaseline = "middle";
  for (const { values, name, lit } of [...curves].sort((a, b) => Number(b.lit) - Number(a.lit))) {
    const end = values[values.length - 1];
    if (!lit && (end < least || taken.some((other) => Math.abs(other - y(end)) < 9))) continue;
    taken.push(y(end));
    context.fillStyle = css(lit ? palette.accent : palette.muted);
    context.fillText(name, x, y(end));
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{x: Scale, y: Scale, iterations: number, palette: Palette, ticks: number[]}} look
 */
function drawAxes(context, { x, y, iterations, palette, ticks }) {
  context.font = "10px system-ui, sans-serif";
  context.fillStyle = css(palette.muted);
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const tick of ticks) context.fillText(String(tick), x(1) - 6, y(tick));
  context.textAlign = "center";
  context.textBaseline = "top";
  for (let k = 1; k <= iterations; k++) context.fillText(String(k), x(k), y(0) + 5);
  context.fillStyle = css(palette.line);
  for (const tick of ticks) context.fillRect(x(1), y(tick), x(iterations) - x(1), 0.5);
}
