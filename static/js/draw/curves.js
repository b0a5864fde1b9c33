/** Lines over iterations, of routing or epochs, with axes. @import { Palette } from "../types.js" @import { Axis } from "./axis.js" */
import { maximum } from "../lib/math.js";
import { CLASSES } from "../lib/network.js";
import { unitAxis } from "./axis.js";
import { css } from "./canvas.js";
import { typeface } from "./type.js";

const MARGIN = { left: 28, right: 26, top: 6, bottom: 18 };
/** A curve that ends lower than this, of the axis, is named only where it is lit. */
const LEAST_NAMED = 0.15;
/** Of more iterations than this only every second, third ... has its number, counted back from the last. */
const MOST_NUMBERED = 12;

/**
 * @typedef {object} Curve
 * @property {ArrayLike<number>} values one for each iteration
 * @property {string} name
 * @property {boolean} lit
 * @property {{low: ArrayLike<number>, high: ArrayLike<number>}} [spread] a band around the curve
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Curve[]} curves
 * @param {{width: number, height: number, palette: Palette, playhead: number, axis?: Axis}} look without an axis the
 *   values are in [0, 1]
 */
export function drawCurves(context, curves, { width, height, palette, playhead, axis }) {
  const iterations = curves[0].values.length;
  const { position, ticks } = axis ?? unitAxis(Math.max(...curves.map(({ values }) => maximum(values))));
  const x = (/** @type {number} */ iteration) =>
    MARGIN.left + ((iteration - 1) / Math.max(1, iterations - 1)) * (width - MARGIN.left - MARGIN.right);
  const y = (/** @type {number} */ value) => MARGIN.top + (1 - position(value)) * (height - MARGIN.top - MARGIN.bottom);
  drawAxes(context, { x, y, iterations, palette, ticks });
  context.fillStyle = css(palette.line, 0.8);
  context.fillRect(x(playhead) - 0.5, MARGIN.top, 1, height - MARGIN.top - MARGIN.bottom);
  for (const { spread } of curves) if (spread) drawSpread(context, spread, { x, y, palette });
  for (const curve of [...curves].sort((a, b) => Number(a.lit) - Number(b.lit))) drawCurve(context, curve, { x, y, palette });
  const named = curves.filter(({ values, lit }) => lit || position(values[iterations - 1]) >= LEAST_NAMED);
  nameCurves(context, named, { x: x(iterations) + 6, y, palette });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {NonNullable<Curve["spread"]>} spread
 * @param {{x: Scale, y: Scale, palette: Palette}} look
 */
function drawSpread(context, { low, high }, { x, y, palette }) {
  context.beginPath();
  for (let k = 0; k < high.length; k++) context.lineTo(x(k + 1), y(high[k]));
  for (let k = low.length - 1; k >= 0; k--) context.lineTo(x(k + 1), y(low[k]));
  context.fillStyle = css(palette.accent, 0.16);
  context.fill();
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
 * Write the names at the curves' ends, the lit one first; one that would cover another is left out.
 * @param {CanvasRenderingContext2D} context
 * @param {Curve[]} curves
 * @param {{x: number, y: Scale, palette: Palette}} look
 */
function nameCurves(context, curves, { x, y, palette }) {
  /** @type {number[]} */
  const taken = [];
  context.textAlign = "left";
  context.textBaseline = "middle";
  for (const { values, name, lit } of [...curves].sort((a, b) => Number(b.lit) - Number(a.lit))) {
    const end = values[values.length - 1];
    if (!lit && taken.some((other) => Math.abs(other - y(end)) < 9)) continue;
    taken.push(y(end));
    context.fillStyle = css(lit ? palette.accent : palette.muted);
    context.fillText(name, x, y(end));
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{x: Scale, y: Scale, iterations: number, palette: Palette, ticks: Axis["ticks"]}} look
 */
function drawAxes(context, { x, y, iterations, palette, ticks }) {
  context.font = typeface(10);
  context.fillStyle = css(palette.muted);
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { value, text } of ticks) context.fillText(text, x(1) - 6, y(value));
  context.textAlign = "center";
  context.textBaseline = "top";
  const step = Math.ceil(iterations / MOST_NUMBERED);
  for (let k = iterations; k >= 1; k -= step) context.fillText(String(k), x(k), y(ticks[0].value) + 5);
  context.fillStyle = css(palette.line);
  for (const { value } of ticks) context.fillRect(x(1), y(value), x(iterations) - x(1), 0.5);
}

/** Ten curves out of (R, C). @param {Float32Array} values @param {number} iterations @param {number | null} lit the class that stands out @returns {Curve[]} */
export function classCurves(values, iterations, lit) {
  return Array.from({ length: CLASSES }, (_, label) => ({
    name: String(label),
    lit: label === lit,
    values: Float32Array.from({ length: iterations }, (_unused, r) => values[r * CLASSES + label]),
  }));
}
