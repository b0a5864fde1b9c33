/** Lines over iterations, of routing or epochs, or over offsets, with axes. */
/** @import { Palette, Rgb } from "../shell/theme.js" */
/** @import { Sized } from "../capsules/geometry.js" @import { Axis } from "./axis.js" */
import { clamp, maximum } from "../shell/math.js";
import { unitAxis } from "./axis.js";
import { css } from "./canvas.js";
import { scaled, scaledAll, typeface } from "../shell/type.js";

/** In pixels of a page of ordinary size. */
const MARGIN = { left: 36, right: 26, top: 8, bottom: 21 };
/** A curve that ends lower than this, of the axis, is named only where it is lit. */
const LEAST_NAMED = 0.15;
/** Names of curves and numbers of iterations stand at least so far from each other. */
const APART = { down: 12, across: 20 };

/**
 * The plot between its axes, in CSS pixels, and where its places stand: 1, 2, 3 … from left to right.
 * @param {{width: number, height: number}} size of the canvas
 * @param {number} places
 */
export function plotIn({ width, height }, places) {
  const { left, right: after, top, bottom: below } = scaledAll(MARGIN);
  const [right, bottom] = [width - after, height - below];
  const step = (right - left) / Math.max(1, places - 1);
  return {
    left,
    right,
    top,
    bottom,
    step,
    /** @param {number} place */
    x: (place) => left + (place - 1) * step,
    /** The place that is nearest to an x. @param {number} x */
    placeAt: (x) => clamp(Math.round((x - left) / step) + 1, 1, places),
  };
}

/**
 * @typedef {object} Curve
 * @property {ArrayLike<number>} values one for each iteration
 * @property {string} name
 * @property {boolean} lit
 * @property {Rgb} [colour] its own; else that of a lit curve or of one that recedes
 * @property {{low: ArrayLike<number>, high: ArrayLike<number>}} [spread] a band around the curve
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Curve[]} curves
 * @param {{width: number, height: number, palette: Palette, playhead: number | null, axis?: Axis,
 *   numbers?: readonly string[]}} look without an axis the values are in [0, 1]; `numbers` stand below the places, ""
 *   for none, where they are not 1, 2, 3 …
 */
export function drawCurves(context, curves, { width, height, palette, playhead, axis, numbers }) {
  const iterations = curves[0].values.length;
  const { position, ticks } = axis ?? unitAxis(Math.max(...curves.map(({ values }) => maximum(values))));
  const { x, top, bottom } = plotIn({ width, height }, iterations);
  const y = (/** @type {number} */ value) => top + (1 - position(value)) * (bottom - top);
  drawAxes(context, { x, y, iterations, palette, ticks, numbers });
  if (playhead !== null) {
    context.fillStyle = css(palette.line, 0.8);
    context.fillRect(x(playhead) - 0.5, top, 1, bottom - top);
  }
  for (const { spread } of curves) if (spread) drawSpread(context, spread, { x, y, palette });
  for (const curve of [...curves].sort((a, b) => Number(a.lit) - Number(b.lit))) {
    drawCurve(context, curve, { x, y, palette });
  }
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
function drawCurve(context, { values, lit, colour }, { x, y, palette }) {
  context.beginPath();
  for (let k = 0; k < values.length; k++) context.lineTo(x(k + 1), y(values[k]));
  context.strokeStyle = css(colour ?? (lit ? palette.accent : palette.muted), lit ? 1 : 0.55);
  context.lineWidth = lit ? 2 : 1;
  context.stroke();
  context.fillStyle = context.strokeStyle;
  for (let k = 0; k < values.length; k++) context.fillRect(x(k + 1) - 1.5, y(values[k]) - 1.5, 3, 3);
}

/**
 * Write the names at the curves' ends. Of several that end together none is named but the lit one: a name there would
 * stand for one of them only, and beside an axis a lone "0" reads as a value.
 * @param {CanvasRenderingContext2D} context
 * @param {Curve[]} curves
 * @param {{x: number, y: Scale, palette: Palette}} look
 */
function nameCurves(context, curves, { x, y, palette }) {
  context.textAlign = "left";
  context.textBaseline = "middle";
  const ends = curves.map(({ values }) => y(values[values.length - 1]));
  for (const k of namedAlone(
    ends,
    curves.map(({ lit }) => lit),
    scaled(APART.down),
  )) {
    const { name, lit } = curves[k];
    context.fillStyle = css(lit ? palette.accent : palette.muted);
    context.fillText(name, x, ends[k], scaled(MARGIN.right) - 6);
  }
}

/**
 * Which of several curves have room for their names.
 * @param {number[]} ends where they end
 * @param {boolean[]} lit
 * @param {number} apart so far must two names be
 * @returns {number[]}
 */
export const namedAlone = (ends, lit, apart) =>
  [...ends.keys()].filter((k) => lit[k] || ends.every((end, other) => other === k || Math.abs(end - ends[k]) >= apart));

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{x: Scale, y: Scale, iterations: number, palette: Palette, ticks: Axis["ticks"],
 *   numbers?: readonly string[]}} look
 */
function drawAxes(context, { x, y, iterations, palette, ticks, numbers }) {
  context.font = typeface();
  context.fillStyle = css(palette.muted);
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { value, text } of ticks) context.fillText(text, x(1) - 6, y(value));
  context.textAlign = "center";
  context.textBaseline = "top";
  const below = y(ticks[0].value) + 5;
  if (numbers) numbers.forEach((number, k) => context.fillText(number, x(k + 1), below));
  else {
    // Where there is no room for all numbers, every second, third … stands, counted back from the last.
    const step = Math.ceil(scaled(APART.across) / Math.max(1, x(2) - x(1)));
    for (let k = iterations; k >= 1; k -= step) context.fillText(String(k), x(k), below);
  }
  context.fillStyle = css(palette.line);
  for (const { value } of ticks) context.fillRect(x(1), y(value), x(iterations) - x(1), 0.5);
}

/**
 * A curve for each class.
 * @param {Sized} network
 * @param {Float32Array} values (R, C)
 * @param {number | null} lit the class that stands out
 * @returns {Curve[]}
 */
export function classCurves({ geometry: { classes }, classNames }, values, lit) {
  return classNames.map((name, label) => {
    const own = new Float32Array(values.length / classes);
    for (let r = 0; r < own.length; r++) own[r] = values[r * classes + label];
    return { name, lit: label === lit, values: own };
  });
}
