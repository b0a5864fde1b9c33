/** How a class capsule grows while parts are added, and how one coupling goes over the iterations. */
/** @import { Palette } from "../shell/theme.js" */
import { thousands } from "../shell/format.js";
import { clamp } from "../shell/math.js";
import { css } from "./canvas.js";
import { scaled, scaledAll, typeface } from "../shell/type.js";

/** In pixels of a page of ordinary size. */
const MARGIN = { left: 16, right: 8, top: 8, bottom: 18 };

/**
 * The length of the sum against the number of parts, which stands on a logarithmic axis.
 * @param {CanvasRenderingContext2D} context
 * @param {{counts: ArrayLike<number>, lengths: ArrayLike<number>, place: number}} sums (S) each; one is shown
 * @param {{width: number, height: number, palette: Palette, lit: boolean}} look
 */
export function drawGrowth(context, { counts, lengths, place }, { width, height, palette, lit }) {
  const margin = scaledAll(MARGIN);
  const most = counts[counts.length - 1];
  const across = width - margin.left - margin.right;
  const down = height - margin.top - margin.bottom;
  const x = (/** @type {number} */ k) => margin.left + (Math.log(counts[k]) / Math.log(Math.max(2, most))) * across;
  const y = (/** @type {number} */ length) => margin.top + (1 - length) * down;
  context.font = typeface();
  context.fillStyle = css(palette.muted);
  context.textBaseline = "middle";
  context.textAlign = "right";
  for (const level of [0, 1]) context.fillText(String(level), margin.left - 4, y(level));
  context.textBaseline = "bottom";
  context.textAlign = "left";
  context.fillText("1", margin.left, height);
  context.textAlign = "right";
  context.fillText(`${thousands(most)} parts`, width - margin.right, height);
  context.fillStyle = css(palette.line);
  for (const level of [0, 0.5, 1]) context.fillRect(margin.left, y(level), across, 1);
  const colour = lit ? palette.accent : palette.ink;
  strokeCurve(context, lengths, { x, y, colour: css(colour, 0.35), to: lengths.length - 1 });
  strokeCurve(context, lengths, { x, y, colour: css(colour), to: place });
  context.fillStyle = css(colour);
  context.beginPath();
  context.arc(x(place), y(lengths[place]), scaled(3.5), 0, 2 * Math.PI);
  context.fill();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {ArrayLike<number>} values
 * @param {{x: (k: number) => number, y: (value: number) => number, colour: string, to: number}} look
 */
function strokeCurve(context, values, { x, y, colour, to }) {
  context.beginPath();
  for (let k = 0; k <= to; k++) context.lineTo(x(k), y(values[k]));
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.stroke();
}

/**
 * One coupling over the iterations, with a grey line where all begin.
 * @param {CanvasRenderingContext2D} context
 * @param {ArrayLike<number>} values (R)
 * @param {{width: number, height: number, palette: Palette, reach: number, even: number, at: number}} look `reach` ends
 *   the scale, which begins at 0; `at` is the iteration of the dot, from 1
 */
export function drawCouplingLine(context, values, { width, height, palette, reach, even, at }) {
  const inset = 3;
  const x = (/** @type {number} */ k) => inset + (k / Math.max(1, values.length - 1)) * (width - 2 * inset);
  const y = (/** @type {number} */ value) => height - inset - clamp(value / reach, 0, 1) * (height - 2 * inset);
  context.fillStyle = css(palette.line);
  context.fillRect(0, y(even) - 0.5, width, 1);
  strokeCurve(context, values, { x, y, colour: css(palette.ink, 0.8), to: values.length - 1 });
  context.fillStyle = css(palette.ink);
  context.beginPath();
  context.arc(x(at - 1), y(values[at - 1]), 2.5, 0, 2 * Math.PI);
  context.fill();
}
