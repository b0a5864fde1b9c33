/** Test errors over the number of training digits, both on logarithmic axes: a curve and its seeds for each network. */
/** @import { Palette } from "../shell/theme.js" @import { Mark } from "./intervals.js" */
/** @import { Curve, Point } from "../capsules/fewer-digits.js" */
import { thousands } from "../shell/format.js";
import { scaled, scaledAll, typeface } from "../shell/type.js";
import { logAxis } from "./axis.js";
import { css } from "./canvas.js";
import { drawMark } from "./intervals.js";

/** In pixels of a page of ordinary size; below stand the numbers of digits. */
const MARGIN = { left: 46, right: 22, top: 10, bottom: 24 };
/** Points of several networks that stand over each other are so far apart, and a seed's dot so far from its bar. */
const [APART, ASIDE, DOT] = [9, 3.25, 1.75];

/** @typedef {(value: number) => number} Scale @typedef {{x: Scale, y: Scale, palette: Palette}} Plot */

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly {curve: Curve, mark: Mark}[]} series with points
 * @param {{width: number, height: number, palette: Palette}} look
 */
export function drawFewerDigits(context, series, { width, height, palette }) {
  const { left, right, top, bottom } = scaledAll(MARGIN);
  const [end, foot, inset] = [width - right, height - bottom, scaled(APART)];
  const points = series.flatMap(({ curve }) => curve.points);
  const up = logAxis(
    Math.min(...points.map(({ range }) => range[0])),
    Math.max(...points.map(({ range }) => range[1])),
  );
  const counts = [...new Set(points.map(({ count }) => count))].sort((a, b) => a - b);
  const across = acrossOf(counts);
  const x = (/** @type {number} */ value) => left + inset + across(value) * (end - left - 2 * inset);
  const y = (/** @type {number} */ value) => top + (1 - up.position(value)) * (foot - top);

  context.font = typeface();
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { value, text } of up.ticks) {
    context.fillStyle = css(palette.line);
    context.fillRect(left, y(value), end - left, 0.75);
    context.fillStyle = css(palette.muted);
    context.fillText(`${text} %`, left - scaled(6), y(value));
  }
  writeCounts(context, counts, { x, y: () => foot, palette });

  const plots = series.map((_, k) => {
    const aside = (k - (series.length - 1) / 2) * scaled(APART);
    return { x: (/** @type {number} */ value) => x(value) + aside, y, palette };
  });
  // All lines lie below all points.
  series.forEach(({ curve, mark }, k) => joinPoints(context, curve.points, mark, plots[k]));
  series.forEach(({ curve, mark }, k) => curve.points.forEach((point) => drawPoint(context, point, mark, plots[k])));
}

/** A place in [0, 1] for each number of digits. @param {readonly number[]} counts ascending @returns {Scale} */
function acrossOf(counts) {
  const [low, high] = [Math.log(counts[0]), Math.log(counts[counts.length - 1])];
  return (value) => (high > low ? (Math.log(value) - low) / (high - low) : 0.5);
}

/** The numbers of digits that have room beside each other. @param {CanvasRenderingContext2D} context */
function writeCounts(context, /** @type {readonly number[]} */ counts, /** @type {Plot} */ { x, y, palette }) {
  const foot = y(0);
  let free = -Infinity;
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const count of counts) {
    context.fillStyle = css(palette.line);
    context.fillRect(x(count) - 0.5, foot, 1, scaled(4));
    const half = context.measureText(thousands(count)).width / 2;
    if (x(count) - half < free) continue;
    free = x(count) + half + scaled(4);
    context.fillStyle = css(palette.muted);
    context.fillText(thousands(count), x(count), foot + scaled(6));
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly Point[]} points
 * @param {Mark} mark
 * @param {Plot} plot
 */
function joinPoints(context, points, mark, { x, y }) {
  context.beginPath();
  for (const { count, mean } of points) context.lineTo(x(count), y(mean));
  context.strokeStyle = css(mark.colour, 0.45);
  context.lineWidth = 1;
  context.stroke();
}

/**
 * The mean, the bar from the lowest seed to the highest, and beside it a dot for each.
 * @param {CanvasRenderingContext2D} context
 * @param {Point} point
 * @param {Mark} mark
 * @param {Plot} plot
 */
function drawPoint(context, { count, mean, range: [low, high], errors }, mark, { x, y, palette }) {
  context.fillStyle = css(mark.colour);
  context.fillRect(x(count) - 0.75, y(high), 1.5, y(low) - y(high));
  drawMark(context, mark, palette, { x: x(count), y: y(mean) });
  if (errors.length === 1) return;
  context.fillStyle = css(palette.ink);
  for (const error of errors) {
    context.beginPath();
    context.arc(x(count) + scaled(ASIDE), y(error), scaled(DOT), 0, 2 * Math.PI);
    context.fill();
  }
}
