/** Numbers of the upright picture beside those of the present one. @import { Palette } from "../shell/theme.js" */
/** @import { Maps } from "../capsules/types.js" */
import { maximum } from "../shell/math.js";
import { scaled, typeface } from "../shell/type.js";
import { css } from "./canvas.js";
import { fitGrid } from "./grid.js";
import { paintShades } from "./pixels.js";

/** @typedef {{width: number, height: number, palette: Palette}} Look */

/** Room for the numbers of the columns, and the radius of a dot, in pixels of a page of ordinary size. */
const [LABELS, DOT] = [16, 3];
/** The scale reaches at least so far, and so it rarely changes under the hand. */
const LEAST_REACH = 0.5;

/**
 * A column for each number: a hollow dot where it was, a filled one where it is, a line between them.
 * @param {CanvasRenderingContext2D} context
 * @param {ArrayLike<number>} now (D)
 * @param {ArrayLike<number>} upright (D)
 * @param {Look} look
 */
export function drawChanges(context, now, upright, { width, height, palette }) {
  const reach = Math.max(LEAST_REACH, ...[now, upright].flatMap((all) => Array.from(all, Math.abs)));
  const radius = scaled(DOT);
  const bottom = height - scaled(LABELS);
  const [cell, middle] = [width / now.length, bottom / 2];
  const y = (/** @type {number} */ value) => middle - (value / reach) * (middle - radius - 1);
  context.fillStyle = css(palette.line);
  context.fillRect(0, middle - 0.5, width, 1);
  context.font = typeface();
  context.textAlign = "center";
  context.textBaseline = "bottom";
  context.lineWidth = 1.5;
  for (let k = 0; k < now.length; k++) {
    const x = (k + 0.5) * cell;
    context.fillStyle = css(palette.muted);
    context.fillText(String(k + 1), x, height, cell);
    context.strokeStyle = css(palette.accent);
    line(context, x, y(upright[k]), y(now[k]));
    dot(context, x, y(upright[k]), radius);
    context.fillStyle = css(palette.surface);
    context.fill();
    context.strokeStyle = css(palette.muted);
    context.stroke();
    dot(context, x, y(now[k]), radius);
    context.fillStyle = css(palette.accent);
    context.fill();
  }
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} from @param {number} to */
function line(context, x, from, to) {
  context.beginPath();
  context.moveTo(x, from);
  context.lineTo(x, to);
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} radius */
function dot(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
}

/**
 * Many numbers from 0 upwards as thin bars from a line: those of now above it, those of the upright picture below.
 * @param {CanvasRenderingContext2D} context
 * @param {ArrayLike<number>} now (F)
 * @param {ArrayLike<number>} upright (F)
 * @param {Look} look
 */
export function drawMirrored(context, now, upright, { width, height, palette }) {
  const most = Math.max(maximum(now), maximum(upright)) || 1;
  const [cell, middle] = [width / now.length, height / 2];
  const bar = Math.max(0.75, cell - 0.75);
  for (let k = 0; k < now.length; k++) {
    const [up, down] = [now[k], upright[k]].map((value) => (Math.max(0, value) / most) * (middle - 1));
    context.fillStyle = css(palette.accent);
    context.fillRect(k * cell, middle - up, bar, up);
    context.fillStyle = css(palette.muted);
    context.fillRect(k * cell, middle, bar, down);
  }
  context.fillStyle = css(palette.line);
  context.fillRect(0, middle - 0.5, width, 1);
}

/**
 * Maps side by side, the darker the larger; the scale is that of all maps together.
 * @param {CanvasRenderingContext2D} context
 * @param {Maps} maps
 * @param {Look} look
 */
export function drawMaps(context, { count, height: rows, width: columns, values }, { width, height, palette }) {
  const most = maximum(values) || 1;
  const sheet = paintShades(
    columns,
    rows * count,
    values.map((value) => value / most),
    palette,
  );
  const grid = fitGrid(count, width, height);
  const side = grid.cell - 1;
  const scale = side / Math.max(columns, rows);
  context.imageSmoothingEnabled = false;
  for (let map = 0; map < count; map++) {
    const x = (map % grid.columns) * grid.cell;
    const y = Math.floor(map / grid.columns) * grid.cell;
    context.strokeStyle = css(palette.line);
    context.lineWidth = 0.5;
    context.strokeRect(x + 0.25, y + 0.25, side - 0.5, side - 0.5);
    context.drawImage(sheet, 0, map * rows, columns, rows, x, y, scale * columns, scale * rows);
  }
}
