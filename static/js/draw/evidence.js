/** What was measured of one number of a pose, as plots. @import { Dimension, Evidence, Palette } from "../types.js" */
import { fixed, signed } from "../lib/format.js";
import { clamp, maximum } from "../lib/math.js";
import { IMAGE } from "../lib/network.js";
import { REACH_DEVIATIONS } from "../lib/reach.js";
import { css } from "./canvas.js";
import { typeface } from "./type.js";

const MARGIN = { left: 34, right: 8, top: 8, bottom: 16 };
/** A measure that changes less than this is no news, and its axis says so. @type {Record<string, number>} */
const LEAST_SPAN = { px: 1, "°": 10, "px²": 10 };

/** @typedef {{width: number, height: number, palette: Palette}} Look */

/**
 * One measure of the picture while the number moves.
 * @param {CanvasRenderingContext2D} context
 * @param {Evidence} evidence
 * @param {number[]} offsets in standard deviations
 * @param {Look & {lit: boolean}} look
 */
export function drawMeasure(context, { unit, values }, offsets, { width, height, palette, lit }) {
  const [least, most] = [-maximum(values.map((value) => -value)), maximum(values)];
  const span = Math.max(most - least, LEAST_SPAN[unit] ?? 0);
  const [low, high] = [(least + most - span) / 2, (least + most + span) / 2];
  const x = scale(offsets[0], offsets[offsets.length - 1], MARGIN.left, width - MARGIN.right);
  const y = scale(low, high, height - MARGIN.bottom, MARGIN.top);
  drawAxis(context, [offsets[0], 0, offsets[offsets.length - 1]].map((offset) => ({ at: x(offset), text: `${signed(offset, 0)} σ` })), { width, height, palette });
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const value of [low, high]) context.fillText(fixed(value, span < 20 ? 1 : 0), MARGIN.left - 5, y(value));
  context.beginPath();
  values.forEach((value, k) => context.lineTo(x(offsets[k]), y(value)));
  context.strokeStyle = css(lit ? palette.accent : palette.ink, lit ? 1 : 0.7);
  context.lineWidth = lit ? 2 : 1.25;
  context.stroke();
}

/**
 * How the digits of the class are spread over the number, and where this digit stands among them.
 * @param {CanvasRenderingContext2D} context
 * @param {Dimension} dimension
 * @param {number} found this digit's
 * @param {Look} look
 */
export function drawSpread(context, { mean, deviation, histogram: { low, high, counts } }, found, { width, height, palette }) {
  const x = scale(Math.min(low, found), Math.max(high, found), MARGIN.left, width - MARGIN.right);
  const y = scale(0, maximum(counts) || 1, height - MARGIN.bottom, MARGIN.top);
  const bin = (high - low) / counts.length;
  context.fillStyle = css(palette.negative, 0.4);
  counts.forEach((count, k) => context.fillRect(x(low + k * bin), y(count), x(low + bin) - x(low) - 0.5, y(0) - y(count)));
  const ends = [mean - REACH_DEVIATIONS * deviation, mean, mean + REACH_DEVIATIONS * deviation];
  drawAxis(context, ends.map((value) => ({ at: x(value), text: fixed(value) })), { width, height, palette });
  context.fillStyle = css(palette.accent);
  context.fillRect(x(found) - 1, MARGIN.top, 2, y(0) - MARGIN.top);
}

/**
 * A ring where a picture changes.
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number}} place in pixels of the picture
 * @param {Palette} palette
 * @param {number} side of the shown picture in CSS pixels
 */
export function drawPlace(context, { x, y }, palette, side) {
  const scaled = side / IMAGE;
  context.beginPath();
  context.arc((x + 0.5) * scaled, (y + 0.5) * scaled, 3 * scaled, 0, 2 * Math.PI);
  context.strokeStyle = css(palette.ink);
  context.lineWidth = 1.5;
  context.stroke();
}

/** @param {number} low @param {number} high @param {number} start @param {number} end */
function scale(low, high, start, end) {
  return (/** @type {number} */ value) => start + ((value - low) / (high - low || 1)) * (end - start);
}

/** @param {CanvasRenderingContext2D} context @param {{at: number, text: string}[]} ticks @param {Look} look */
function drawAxis(context, ticks, { width, height, palette }) {
  const line = height - MARGIN.bottom;
  context.fillStyle = css(palette.line);
  context.fillRect(MARGIN.left, line, width - MARGIN.left - MARGIN.right, 1);
  for (const { at } of ticks) context.fillRect(at - 0.5, MARGIN.top, 1, line - MARGIN.top);
  context.font = typeface(10);
  context.fillStyle = css(palette.muted);
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const { at, text } of ticks) context.fillText(text, clamp(at, 12, width - 14), line + 4);
}
