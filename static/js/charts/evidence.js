/** What was measured of one number of a pose, as plots. */
/** @import { Dimension, Evidence } from "../capsules/types.js" @import { Palette } from "../shell/theme.js" */
import { fixed, signed } from "../shell/format.js";
import { clamp, maximum } from "../shell/math.js";
import { pictureIn } from "./picture.js";
/** @import { Geometry } from "../capsules/geometry.js" */
import { css } from "./canvas.js";
import { scaledAll, typeface } from "../shell/type.js";

/** In pixels of a page of ordinary size. */
const MARGIN = { left: 42, right: 14, top: 9, bottom: 21 };
/** Between two numbers of an axis. */
const GAP = 5;
/** A measure that changes less than this is no news, and its axis says so. @type {Record<string, number>} */
const LEAST_SPAN = { px: 1, "°": 10, "": 0.2 };

/** @typedef {{width: number, height: number, palette: Palette}} Look */

/**
 * One measure of the picture while the number moves.
 * @param {CanvasRenderingContext2D} context
 * @param {Evidence} evidence
 * @param {number[]} offsets in standard deviations
 * @param {Look & {lit: boolean}} look
 */
export function drawMeasure(context, { unit, values }, offsets, { width, height, palette, lit }) {
  const margin = scaledAll(MARGIN);
  const [least, most] = [-maximum(values.map((value) => -value)), maximum(values)];
  const span = Math.max(most - least, LEAST_SPAN[unit] ?? 0);
  const [low, high] = [(least + most - span) / 2, (least + most + span) / 2];
  const x = scale(offsets[0], offsets[offsets.length - 1], margin.left, width - margin.right);
  const y = scale(low, high, height - margin.bottom, margin.top);
  drawAxis(
    context,
    [offsets[0], 0, offsets[offsets.length - 1]].map((offset) => ({
      at: x(offset),
      text: `${signed(offset, 0)}\u00a0σ`,
    })),
    { width, height, palette },
  );
  context.textAlign = "right";
  context.textBaseline = "middle";
  const digits = span < 1 ? 2 : span < 20 ? 1 : 0;
  for (const value of [low, high]) context.fillText(fixed(value, digits), margin.left - 5, y(value));
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
 * @param {Look & {reach: number}} look `reach` in standard deviations, to where the axis is marked
 */
export function drawSpread(
  context,
  { mean, deviation, histogram: { low, high, counts } },
  found,
  { width, height, palette, reach },
) {
  const margin = scaledAll(MARGIN);
  const x = scale(Math.min(low, found), Math.max(high, found), margin.left, width - margin.right);
  const y = scale(0, maximum(counts) || 1, height - margin.bottom, margin.top);
  const bin = (high - low) / counts.length;
  context.fillStyle = css(palette.negative, 0.4);
  counts.forEach((count, k) =>
    context.fillRect(x(low + k * bin), y(count), x(low + bin) - x(low) - 0.5, y(0) - y(count)),
  );
  const ends = [mean - reach * deviation, mean, mean + reach * deviation];
  drawAxis(
    context,
    ends.map((value) => ({ at: x(value), text: fixed(value) })),
    { width, height, palette },
  );
  context.fillStyle = css(palette.accent);
  context.fillRect(x(found) - 1, margin.top, 2, y(0) - margin.top);
}

/**
 * A ring where a picture changes.
 * @param {Geometry} geometry
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number}} place in pixels of the picture
 * @param {Palette} palette
 * @param {number} side of the shown picture in CSS pixels
 */
export function drawPlace(geometry, context, { x, y }, palette, side) {
  const { left, top, pixel } = pictureIn(geometry, { left: 0, top: 0, size: side });
  context.beginPath();
  context.arc(left + (x + 0.5) * pixel, top + (y + 0.5) * pixel, 3 * pixel, 0, 2 * Math.PI);
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
  const margin = scaledAll(MARGIN);
  const line = height - margin.bottom;
  context.fillStyle = css(palette.line);
  context.fillRect(margin.left, line, width - margin.left - margin.right, 1);
  for (const { at } of ticks) context.fillRect(at - 0.5, margin.top, 1, line - margin.top);
  context.font = typeface();
  context.fillStyle = css(palette.muted);
  context.textAlign = "center";
  context.textBaseline = "top";
  const [first, ...others] = ticks.map(({ at, text }) => {
    const half = context.measureText(text).width / 2;
    return { text, half, middle: clamp(at, half, width - half) };
  });
  const last = others.pop();
  const fits = others.every(
    ({ middle, half }) =>
      middle - half > first.middle + first.half + GAP && last && middle + half + GAP < last.middle - last.half,
  );
  for (const { text, middle } of [first, ...(fits ? others : []), ...(last ? [last] : [])]) {
    context.fillText(text, middle, line + 4);
  }
}
