/** Curves over the amounts of one transformation: shares of test digits with their intervals, or one digit's scores. */
/** @import { Palette } from "../shell/theme.js" @import { Axis } from "./axis.js" */
/** @import { Mark } from "./intervals.js" */
import { clamp } from "../shell/math.js";
import { scaled, scaledAll, typeface } from "../shell/type.js";
import { css } from "./canvas.js";
import { drawMark } from "./intervals.js";

/** In pixels of a page of ordinary size. */
const MARGIN = { left: 54, right: 20, top: 10, bottom: 24 };
/** Marks of several curves at one amount stand so far apart, and written amounts have so much room between them. */
const [APART, BETWEEN] = [4, 8];

/**
 * The plot between its axes, in CSS pixels.
 * @param {{width: number, height: number}} size of the canvas
 * @param {readonly number[]} amounts ascending
 */
export function amountsIn({ width, height }, amounts) {
  const { left, right: after, top, bottom: below } = scaledAll(MARGIN);
  const [right, bottom] = [width - after, height - below];
  const [low, high] = [amounts[0], amounts[amounts.length - 1]];
  return {
    left,
    right,
    top,
    bottom,
    /** What lies beyond the amounts stands at the edge. @param {number} amount */
    x: (amount) => left + (clamp(amount, low, high) - low) * ((right - left) / (high - low)),
    /** @param {number} x */
    amountAt: (x) => clamp(low + ((x - left) / (right - left)) * (high - low), low, high),
  };
}

/**
 * Which amounts are written below the axis, where not all have room: every second, third … from rest on.
 * @param {number} count of amounts
 * @param {{rest: number, apart: number, room: number}} look `rest` is the place of rest; `apart` two neighbours stand;
 *   so much `room` one needs
 * @returns {number[]} their places
 */
export function writtenPlaces(count, { rest, apart, room }) {
  const step = Math.max(1, Math.ceil(room / Math.max(1, apart)));
  return Array.from({ length: count }, (_, k) => k).filter((k) => (k - rest) % step === 0);
}

/**
 * @typedef {object} Dot
 * @property {number} amount
 * @property {number} value
 * @property {readonly [low: number, high: number]} [interval]
 * @property {boolean} [isHollow]
 *
 * @typedef {{mark: Mark, dots: readonly Dot[], present?: number | null}} AmountCurve `present` its value now
 *
 * @param {CanvasRenderingContext2D} context
 * @param {readonly AmountCurve[]} curves the first one is drawn last
 * @param {object} look
 * @param {number} look.width
 * @param {number} look.height
 * @param {Palette} look.palette
 * @param {readonly number[]} look.amounts ascending
 * @param {readonly string[]} look.texts of the amounts
 * @param {number} look.rest the place of rest among them
 * @param {Axis} look.up
 * @param {number | null} look.level a value that is marked by a dashed line
 * @param {number} look.at where the digit is
 */
export function drawHowFar(context, curves, look) {
  const { width, height, palette, amounts, up, at } = look;
  const plot = amountsIn({ width, height }, amounts);
  const { x, top, bottom } = plot;
  const y = (/** @type {number} */ value) => top + (1 - up.position(value)) * (bottom - top);
  drawAxes(context, { ...plot, y }, look);
  const here = x(at);
  context.fillStyle = css(palette.ink);
  context.fillRect(here - 0.75, top, 1.5, bottom - top);
  const aside = (/** @type {number} */ k) => (k - (curves.length - 1) / 2) * scaled(APART);
  const placed = curves
    .map(({ mark, dots, present }, k) => ({
      mark,
      present,
      dots: dots.map((dot) => ({ ...dot, at: { x: x(dot.amount) + aside(k), y: y(dot.value) } })),
    }))
    .reverse();
  for (const { mark, dots } of placed) {
    context.beginPath();
    for (const { at: place } of dots) context.lineTo(place.x, place.y);
    context.strokeStyle = css(mark.colour, 0.55);
    context.lineWidth = 1.25;
    context.stroke();
  }
  for (const { mark, dots, present } of placed) {
    context.fillStyle = css(mark.colour);
    for (const { interval, at: place } of dots) {
      if (interval) context.fillRect(place.x - 0.75, y(interval[1]), 1.5, y(interval[0]) - y(interval[1]));
    }
    for (const { isHollow, at: place } of dots) drawMark(context, { ...mark, isHollow }, palette, place);
    if (present !== null && present !== undefined) circle(context, { x: here, y: y(present) }, css(mark.colour));
  }
}

/** @param {CanvasRenderingContext2D} context @param {{x: number, y: number}} place @param {string} colour */
function circle(context, { x, y }, colour) {
  context.beginPath();
  context.arc(x, y, scaled(7), 0, 2 * Math.PI);
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {ReturnType<typeof amountsIn> & {y: (value: number) => number}} plot
 * @param {Parameters<typeof drawHowFar>[2]} look
 */
function drawAxes(context, { x, y, left, right, bottom }, { palette, amounts, texts, rest, up, level }) {
  context.font = typeface();
  context.fillStyle = css(palette.muted);
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { value, text } of up.ticks) context.fillText(text, left - scaled(8), y(value));
  context.textAlign = "center";
  context.textBaseline = "top";
  const room = Math.max(...texts.map((text) => context.measureText(text).width)) + scaled(BETWEEN);
  const apart = (right - left) / Math.max(1, amounts.length - 1);
  for (const k of writtenPlaces(amounts.length, { rest, apart, room })) {
    context.fillText(texts[k], x(amounts[k]), bottom + scaled(6));
  }
  context.fillStyle = css(palette.line);
  for (const { value } of up.ticks) context.fillRect(left, y(value), right - left, 0.75);
  for (const amount of amounts) context.fillRect(x(amount) - 0.5, bottom, 1, scaled(4));
  if (level === null) return;
  context.beginPath();
  context.moveTo(left, y(level));
  context.lineTo(right, y(level));
  context.strokeStyle = css(palette.muted);
  context.lineWidth = 1;
  context.setLineDash([scaled(4), scaled(4)]);
  context.stroke();
  context.setLineDash([]);
}
