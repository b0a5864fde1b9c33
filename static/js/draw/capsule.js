/** One primary capsule: its patch, its numbers, its votes. @import { Palette } from "../types.js" */
import { fixed } from "../lib/format.js";
import { maximum } from "../lib/math.js";
import { CLASSES, IMAGE, POSE_DIM } from "../lib/network.js";
import { css, paintPixels } from "./canvas.js";
import { ramp } from "./colour.js";
import { drawStrip } from "./strip.js";
import { typeface } from "./type.js";

const LABELS = 14;
/** A cell narrower than this has no room for a sign and two digits. */
const ROOM = 26;

/**
 * The part of the image that a capsule sees.
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} image (28, 28) in [0, 1]
 * @param {{left: number, top: number, size: number}} patch in pixels of the image
 * @param {Palette} palette
 * @param {number} side in CSS pixels
 */
export function drawField(context, image, { left, top, size }, palette, side) {
  const colour = ramp(palette.surface, palette.ink);
  const picture = paintPixels(size, size, (k) => colour(image[(top + Math.floor(k / size)) * IMAGE + left + (k % size)]));
  context.imageSmoothingEnabled = false;
  context.drawImage(picture, 0, 0, side, side);
  context.strokeStyle = css(palette.accent);
  context.strokeRect(0.5, 0.5, side - 1, side - 1);
}

/**
 * Signed numbers of a squashed capsule as bars from a middle line, which stands for 0; the box ends at ±1.
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} values each in (-1, 1)
 * @param {{width: number, height: number, palette: Palette}} look
 */
export function drawNumbers(context, values, { width, height, palette }) {
  const cell = width / values.length;
  const middle = (height - LABELS) / 2;
  context.font = typeface(10);
  context.textAlign = "center";
  context.textBaseline = "bottom";
  values.forEach((value, k) => {
    const bar = value * middle;
    context.fillStyle = css(value < 0 ? palette.negative : palette.positive);
    context.fillRect(k * cell + 2, middle - Math.max(0, bar), cell - 4, Math.abs(bar));
    context.fillStyle = css(palette.muted);
    context.fillText(fixed(value, cell < ROOM ? 1 : 2).replace("0.", "."), (k + 0.5) * cell, height);
  });
  context.fillStyle = css(palette.line);
  context.fillRect(0, middle, width, 1);
}

/**
 * A capsule's votes, a row for each class.
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} votes (C, D)
 * @param {{width: number, height: number, palette: Palette, lit: number | null}} look
 */
export function drawVotes(context, votes, { width, height, palette, lit }) {
  const reach = maximum(votes.map(Math.abs)) || 1;
  const row = height / CLASSES;
  context.font = typeface(10);
  context.textBaseline = "middle";
  for (let label = 0; label < CLASSES; label++) {
    context.fillStyle = css(label === lit ? palette.accent : palette.muted);
    context.fillText(String(label), 0, (label + 0.5) * row);
    const vote = votes.subarray(label * POSE_DIM, (label + 1) * POSE_DIM);
    drawStrip(context, vote, { left: LABELS, top: label * row, width: width - LABELS, height: row - 1 }, palette, reach);
  }
}
