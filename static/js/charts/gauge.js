/** A scale of errors: a dot for each hundredth of the test digits, and where the present one stands. */
/** @import { Palette } from "../shell/theme.js" */
import { fixed } from "../shell/format.js";
import { css } from "./canvas.js";
import { scaledAll, typeface } from "../shell/type.js";

/** In pixels of a page of ordinary size. */
const MARGIN = { side: 10, top: 27, bottom: 22 };
/** Columns of dots up to the 99th percentile. */
const COLUMNS = 36;
const MARKS = /** @type {[quantile: number, name: string][]} */ ([
  [50, "half"],
  [90, "90 %"],
  [99, "99 %"],
]);

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{error: number, quantiles: number[]}} fit the error at 0, 1, .. 100 % of the test digits
 * @param {{width: number, height: number, palette: Palette, called?: string}} look
 */
export function drawGauge(context, { error, quantiles }, { width, height, palette, called = "this drawing" }) {
  const margin = scaledAll(MARGIN);
  const end = 1.05 * Math.max(quantiles[99], error);
  const x = (/** @type {number} */ value) => margin.side + (Math.min(value, end) / end) * (width - 2 * margin.side);
  const floor = height - margin.bottom;
  drawDots(context, quantiles, { x, floor, palette, top: margin.top });
  drawScale(context, quantiles, { x, floor, width, palette });
  context.fillStyle = css(palette.accent);
  context.fillRect(x(error) - 1, margin.top - 8, 2, floor - margin.top + 8);
  context.font = typeface("600");
  context.textBaseline = "top";
  context.textAlign = x(error) > width / 2 ? "right" : "left";
  context.fillText(`${called}: ${fixed(error, 1)}`, x(error) + (x(error) > width / 2 ? 3 : -3), 2);
}

/**
 * One dot for each hundredth of the digits, at the middle of its two quantiles; those of one column stand on each
 * other.
 * @param {CanvasRenderingContext2D} context
 * @param {number[]} quantiles
 * @param {{x: (value: number) => number, floor: number, top: number, palette: Palette}} look
 */
function drawDots(context, quantiles, { x, floor, top, palette }) {
  const column = (x(quantiles[99]) - x(0)) / COLUMNS;
  const heights = new Map();
  const dots = quantiles.slice(1).map((quantile, k) => {
    const place = Math.floor((x((quantile + quantiles[k]) / 2) - x(0)) / column);
    const row = heights.get(place) ?? 0;
    heights.set(place, row + 1);
    return { place, row };
  });
  const size = Math.min(column, (floor - top) / Math.max(...heights.values()));
  context.fillStyle = css(palette.muted, 0.65);
  for (const { place, row } of dots) {
    context.beginPath();
    context.arc(x(0) + (place + 0.5) * column, floor - (row + 0.5) * size, Math.max(1, size / 2 - 0.5), 0, 2 * Math.PI);
    context.fill();
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number[]} quantiles
 * @param {{x: (value: number) => number, floor: number, width: number, palette: Palette}} look
 */
function drawScale(context, quantiles, { x, floor, width, palette }) {
  context.fillStyle = css(palette.line);
  context.fillRect(x(0), floor, width - 2 * x(0), 1);
  context.font = typeface();
  context.textBaseline = "top";
  let free = 0; // names that would cover the one before are left out
  for (const [quantile, name] of MARKS) {
    const place = x(quantiles[quantile]);
    context.fillStyle = css(palette.muted);
    context.fillRect(place - 0.5, floor - 3, 1, 7);
    const text = `${name}: ${fixed(quantiles[quantile], 1)}`;
    const half = context.measureText(text).width / 2;
    const middle = Math.min(Math.max(place, half), width - half);
    if (middle - half < free) continue;
    free = middle + half + 6;
    context.textAlign = "center";
    context.fillText(text, middle, floor + 6);
  }
}
