/** Shares with their intervals over a measure, a series for each way to read. */
/** @import { Palette, Rgb } from "../shell/theme.js" @import { Axis } from "./axis.js" */
import { scaled, scaledAll, typeface } from "../shell/type.js";
import { css } from "./canvas.js";

/** In pixels of a page of ordinary size; below stand the numbers of the axis, and how many there are of each. */
const MARGIN = { left: 42, right: 26, top: 20, bottom: 40 };
/** Points of several series that stand over each other are so far apart. */
const APART = 7;
const RADIUS = 3.75;
/** A count needs so much room. */
const COUNT_WIDTH = 38;

/** @typedef {"disc" | "ring" | "square" | "diamond"} Shape */
/** @typedef {{shape: Shape, colour: Rgb, isHollow?: boolean}} Mark how a series is drawn; a ring is always hollow */

/**
 * @typedef {object} Interval
 * @property {number} low where its range of the measure begins
 * @property {number} high where it ends
 * @property {number} share in per cent
 * @property {readonly [number, number]} interval in per cent
 * @property {string} count how many there are
 *
 * @param {CanvasRenderingContext2D} context
 * @param {{mark: Mark, points: readonly Interval[]}[]} series
 * @param {object} look
 * @param {number} look.width
 * @param {number} look.height
 * @param {Palette} look.palette
 * @param {Axis} look.across
 * @param {Axis} look.up in per cent
 * @param {{value: number, name: string} | null} look.at a place that is marked
 * @param {string} look.counted what the counts are of
 */
export function drawIntervals(context, series, { width, height, palette, across, up, at, counted }) {
  const { left, right, top, bottom } = scaledAll(MARGIN);
  const [end, foot] = [width - right, height - bottom];
  const x = (/** @type {number} */ value) => left + across.position(value) * (end - left);
  const y = (/** @type {number} */ value) => top + (1 - up.position(value)) * (foot - top);
  const plot = { x, y, left, end, top, foot, palette };
  if (at) drawPlace(context, at, series[0].points, plot);
  drawAxes(context, plot, { across, up });
  writeCounts(context, series[0].points, counted, plot);
  const plots = series.map((_, k) => {
    const aside = (k - (series.length - 1) / 2) * scaled(APART);
    return { ...plot, x: (/** @type {number} */ value) => x(value) + aside };
  });
  // All lines lie below all points.
  series.forEach(({ mark, points }, k) => joinPoints(context, points, mark, plots[k]));
  series.forEach(({ mark, points }, k) => drawPoints(context, points, mark, plots[k]));
}

/**
 * @typedef {(value: number) => number} Scale
 * @typedef {{x: Scale, y: Scale, left: number, end: number, top: number, foot: number, palette: Palette}} Plot
 *
 * @param {CanvasRenderingContext2D} context
 * @param {Plot} plot
 * @param {{across: Axis, up: Axis}} axes
 */
function drawAxes(context, { x, y, left, end, foot, palette }, { across, up }) {
  context.font = typeface();
  context.fillStyle = css(palette.muted);
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { value, text } of up.ticks) context.fillText(text, left - 6, y(value));
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const { value, text } of across.ticks) context.fillText(text, x(value), foot + scaled(5));
  context.fillStyle = css(palette.line);
  for (const { value } of up.ticks) context.fillRect(left, y(value), end - left, 0.75);
  for (const { value } of across.ticks) context.fillRect(x(value) - 0.5, foot, 1, scaled(4));
}

/**
 * How many there are of each, where all have room.
 * @param {CanvasRenderingContext2D} context
 * @param {readonly Interval[]} points
 * @param {string} name of what is counted
 * @param {Plot} plot
 */
function writeCounts(context, points, name, { x, left, foot, palette }) {
  if (points.some(({ low, high }) => x(high) - x(low) < scaled(COUNT_WIDTH))) return;
  const below = foot + scaled(22);
  context.fillStyle = css(palette.muted);
  for (const { low, high, count } of points) context.fillText(count, x((low + high) / 2), below);
  context.textAlign = "right";
  context.fillText(name, left - 6, below);
}

/**
 * The marked place, and the range that it lies in.
 * @param {CanvasRenderingContext2D} context
 * @param {{value: number, name: string}} at
 * @param {readonly Interval[]} points
 * @param {Plot} plot
 */
function drawPlace(context, { value, name }, points, { x, left, end, top, foot, palette }) {
  const range =
    points.find(({ low, high }) => value >= low && value < high) ?? points.find(({ high }) => value === high);
  context.fillStyle = css(palette.line, 0.5);
  if (range) context.fillRect(x(range.low), top, x(range.high) - x(range.low), foot - top);
  context.fillStyle = css(palette.ink);
  context.fillRect(x(value) - 0.75, top, 1.5, foot - top);
  context.font = typeface();
  context.textBaseline = "bottom";
  const half = context.measureText(name).width / 2;
  context.textAlign = "center";
  context.fillText(name, Math.min(end - half, Math.max(left + half, x(value))), top - 3);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly Interval[]} points
 * @param {Mark} mark
 * @param {Plot} plot
 */
function joinPoints(context, points, mark, { x, y }) {
  context.beginPath();
  for (const point of points) context.lineTo(x(middleOf(point)), y(point.share));
  context.strokeStyle = css(mark.colour, 0.45);
  context.lineWidth = 1;
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly Interval[]} points
 * @param {Mark} mark
 * @param {Plot} plot
 */
function drawPoints(context, points, mark, { x, y, palette }) {
  context.fillStyle = css(mark.colour);
  for (const point of points) {
    const [low, high] = point.interval;
    context.fillRect(x(middleOf(point)) - 0.75, y(high), 1.5, y(low) - y(high));
  }
  for (const point of points) drawMark(context, mark, palette, { x: x(middleOf(point)), y: y(point.share) });
}

/** @param {Interval} point */
const middleOf = ({ low, high }) => (low + high) / 2;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Mark} mark
 * @param {Palette} palette
 * @param {{x: number, y: number}} place of its middle
 */
export function drawMark(context, { shape, colour, isHollow = shape === "ring" }, { surface }, { x, y }) {
  const radius = scaled(RADIUS);
  context.beginPath();
  if (shape === "square") context.rect(x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8);
  else if (shape === "diamond") {
    for (const [right, down] of [
      [0, -1.3],
      [1.3, 0],
      [0, 1.3],
      [-1.3, 0],
    ]) {
      context.lineTo(x + right * radius, y + down * radius);
    }
    context.closePath();
  } else context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = css(isHollow ? surface : colour);
  context.fill();
  context.strokeStyle = css(isHollow ? colour : surface);
  context.lineWidth = 1.5;
  context.stroke();
}
