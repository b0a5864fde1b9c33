/** One primary capsule: its patch, its numbers, its votes. @import { Palette } from "../shell/theme.js" */
/** @import { Geometry, Patch, Sized } from "../capsules/geometry.js" */
import { fixed } from "../shell/format.js";
import { css } from "./canvas.js";
import { paintShades } from "./pixels.js";
import { drawStrip } from "./strip.js";
import { scaled, typeface } from "../shell/type.js";

/** Room for the names and numbers, in pixels of a page of ordinary size. */
const LABELS = 15;
/** A cell narrower than this has no room for a sign and two digits. */
const ROOM = 29;

/**
 * The part of the image that a capsule sees.
 * @param {Geometry} geometry
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} image (H, W) in [0, 1]
 * @param {Patch} patch in pixels of the image
 * @param {Palette} palette
 * @param {number} side in CSS pixels
 */
export function drawField({ width }, context, image, { left, top, size }, palette, side) {
  const seen = new Float32Array(size * size);
  for (let row = 0; row < size; row++) {
    const start = (top + row) * width + left;
    seen.set(image.subarray(start, start + size), row * size);
  }
  const picture = paintShades(size, size, seen, palette);
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
  const middle = (height - scaled(LABELS)) / 2;
  context.font = typeface();
  context.textAlign = "center";
  context.textBaseline = "bottom";
  values.forEach((value, k) => {
    const bar = value * middle;
    context.fillStyle = css(value < 0 ? palette.negative : palette.positive);
    context.fillRect(k * cell + 2, middle - Math.max(0, bar), cell - 4, Math.abs(bar));
    context.fillStyle = css(palette.muted);
    context.fillText(fixed(value, cell < scaled(ROOM) ? 1 : 2).replace("0.", "."), (k + 0.5) * cell, height);
  });
  context.fillStyle = css(palette.line);
  context.fillRect(0, middle, width, 1);
}

/**
 * A capsule's votes, a row for each class. All capsules share a scale, so that a short one looks as hesitant as it is.
 * @param {Sized} network
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} votes (C, D)
 * @param {{width: number, height: number, palette: Palette, lit: number | null, reach: number}} look `reach` ends the
 *   scale
 */
export function drawVotes(
  { geometry: { classes, poseDim }, classNames },
  context,
  votes,
  { width, height, palette, lit, reach },
) {
  const row = height / classes;
  const left = scaled(LABELS);
  context.font = typeface();
  context.textBaseline = "middle";
  for (let label = 0; label < classes; label++) {
    context.fillStyle = css(label === lit ? palette.accent : palette.muted);
    context.fillText(classNames[label], 0, (label + 0.5) * row, left - 3);
    const vote = votes.subarray(label * poseDim, (label + 1) * poseDim);
    drawStrip(context, vote, { left, top: label * row, width: width - left, height: row - 1 }, palette, reach);
  }
}
