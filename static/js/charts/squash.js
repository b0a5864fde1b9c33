/** The squash as a curve, ‖v‖ over ‖s‖, with a point for each class capsule. */
/** @import { Palette } from "../shell/theme.js" */
import { squashed } from "../capsules/squash.js";
import { typeface } from "../shell/type.js";
import { css } from "./canvas.js";

const MARGIN = { left: 34, right: 20, top: 20, bottom: 34 };
/** Lines that the curve is drawn with. */
const STEPS = 120;

/**
 * @typedef {{length: number, name: string, lit: boolean}} SquashPoint `length` is ‖s‖
 *
 * @param {CanvasRenderingContext2D} context
 * @param {SquashPoint[]} points
 * @param {{width: number, height: number, palette: Palette}} look
 */
export function drawSquash(context, points, { width, height, palette }) {
  const end = Math.max(2, Math.ceil(Math.max(...points.map(({ length }) => length))));
  const x = (/** @type {number} */ s) => MARGIN.left + (s / end) * (width - MARGIN.left - MARGIN.right);
  const y = (/** @type {number} */ v) => height - MARGIN.bottom - v * (height - MARGIN.top - MARGIN.bottom);
  drawAxes(context, { x, y, end, palette });
  context.beginPath();
  for (let k = 0; k <= STEPS; k++) context.lineTo(x((k / STEPS) * end), y(squashed((k / STEPS) * end)));
  context.strokeStyle = css(palette.muted);
  context.lineWidth = 1.5;
  context.stroke();
  for (const point of [...points].sort((a, b) => Number(a.lit) - Number(b.lit))) {
    drawPoint(context, point, { x, y, palette });
  }
}

/**
 * @typedef {(value: number) => number} Scale
 * @param {CanvasRenderingContext2D} context
 * @param {{x: Scale, y: Scale, end: number, palette: Palette}} look
 */
function drawAxes(context, { x, y, end, palette }) {
  context.font = typeface();
  context.fillStyle = css(palette.muted);
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const v of [0, 0.5, 1]) context.fillText(String(v), x(0) - 6, y(v));
  context.textAlign = "center";
  context.textBaseline = "top";
  for (let s = 0; s <= end; s += Math.ceil(end / 6)) context.fillText(String(s), x(s), y(0) + 6);
  context.textAlign = "right";
  context.textBaseline = "bottom";
  context.fillText("‖s‖", x(end), y(0) - 4);
  context.textAlign = "left";
  context.fillText("‖v‖", x(0) + 4, y(1) - 2);
  context.fillStyle = css(palette.line);
  for (const v of [0, 0.5, 1]) context.fillRect(x(0), y(v), x(end) - x(0), 0.5);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {SquashPoint} point
 * @param {{x: Scale, y: Scale, palette: Palette}} look
 */
function drawPoint(context, { length, name, lit }, { x, y, palette }) {
  const [left, top] = [x(length), y(squashed(length))];
  context.beginPath();
  context.arc(left, top, lit ? 5 : 3, 0, 2 * Math.PI);
  context.fillStyle = css(lit ? palette.accent : palette.ink, lit ? 1 : 0.5);
  context.fill();
  if (!lit) return;
  context.textAlign = "left";
  context.textBaseline = "top";
  context.fillText(name, left + 8, top + 6);
}
