/** Shares on a line, with their intervals: a row of a dot plot, and the axis of all rows. */
/** @import { Palette } from "../shell/theme.js" @import { Axis } from "./axis.js" */
/** @import { Mark } from "./intervals.js" */
import { scaled, typeface } from "../shell/type.js";
import { linearAxis } from "./axis.js";
import { css } from "./canvas.js";
import { drawMark } from "./intervals.js";

/** Room for half a number beside both ends of the axis, in pixels of a page of ordinary size. */
const BESIDE = 22;
const STEP = 10;

/** @typedef {{mark: Mark, share: number, interval: readonly [number, number] | null}} Dot in per cent */

/** From the ten per cent below the least to 100 %. @param {number} least in per cent @returns {Axis} */
export function sharesAxis(least) {
  const low = Math.max(0, Math.min(100 - STEP, STEP * Math.floor((least - 1) / STEP)));
  const ticks = Array.from({ length: (100 - low) / STEP + 1 }, (_, k) => low + STEP * k);
  return linearAxis(low, 100, ticks);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly Dot[]} dots the later over the earlier
 * @param {{width: number, height: number, palette: Palette, axis: Axis}} look
 */
export function drawDots(context, dots, { width, height, palette, axis }) {
  const x = scaleOf(width, axis);
  const middle = height / 2;
  context.fillStyle = css(palette.line);
  for (const { value } of axis.ticks) context.fillRect(x(value) - 0.375, 0, 0.75, height);
  const places = dots.map(({ share }) => x(share));
  context.fillStyle = css(palette.muted, 0.5);
  context.fillRect(Math.min(...places), middle - 0.5, Math.max(...places) - Math.min(...places), 1);
  for (const { mark, interval } of dots) {
    context.fillStyle = css(mark.colour);
    if (interval) context.fillRect(x(interval[0]), middle - 1, x(interval[1]) - x(interval[0]), 2);
  }
  dots.forEach(({ mark }, k) => drawMark(context, mark, palette, { x: places[k], y: middle }));
}

/**
 * The numbers of the axis, as many as have room.
 * @param {CanvasRenderingContext2D} context
 * @param {{width: number, height: number, palette: Palette, axis: Axis}} look
 */
export function drawDotsAxis(context, { width, height, palette, axis }) {
  const x = scaleOf(width, axis);
  context.font = typeface();
  context.fillStyle = css(palette.muted);
  context.textAlign = "center";
  context.textBaseline = "middle";
  const { ticks } = axis;
  const apart = (x(ticks[ticks.length - 1].value) - x(ticks[0].value)) / (ticks.length - 1);
  const every = Math.ceil((1.5 * context.measureText("100").width) / apart);
  ticks
    .filter((_, k) => (ticks.length - 1 - k) % every === 0)
    .forEach(({ value, text }) => context.fillText(text, x(value), height / 2));
}

/** @param {number} width @param {Axis} axis */
function scaleOf(width, axis) {
  const beside = scaled(BESIDE);
  return (/** @type {number} */ value) => beside + axis.position(value) * (width - 2 * beside);
}
