/** A 28 x 28 picture, and what is laid over it. @import { Palette } from "../types.js" */
import { IMAGE } from "../lib/network.js";
import { css, paintPixels } from "./canvas.js";
import { diverging, mix, ramp } from "./colour.js";

/**
 * @param {CanvasRenderingContext2D} context
 * @param {ArrayLike<number>} values (28, 28) in [0, 1]
 * @param {Palette} palette
 * @param {{left: number, top: number, size: number}} box in CSS pixels
 */
export function drawPicture(context, values, palette, { left, top, size }) {
  const colour = ramp(palette.surface, palette.ink);
  place(context, paintPixels(IMAGE, IMAGE, (k) => colour(values[k])), left, top, size);
}

/**
 * A picture whose ink is tinted where `owned` is large.
 * @param {CanvasRenderingContext2D} context
 * @param {ArrayLike<number>} values (28, 28) in [0, 1]
 * @param {ArrayLike<number>} owned (28, 28) in [0, 1]
 * @param {Palette} palette
 * @param {{left: number, top: number, size: number}} box in CSS pixels
 */
export function drawOwned(context, values, owned, palette, { left, top, size }) {
  const faint = mix(palette.surface, palette.ink, 0.35);
  const picture = paintPixels(IMAGE, IMAGE, (k) =>
    mix(palette.surface, mix(faint, palette.accent, owned[k]), Math.max(values[k], 0.25 * owned[k])),
  );
  place(context, picture, left, top, size);
}

/**
 * The difference of two pictures: blue where ink went, orange where it came.
 * @param {CanvasRenderingContext2D} context
 * @param {ArrayLike<number>} after (28, 28)
 * @param {ArrayLike<number>} before (28, 28)
 * @param {Palette} palette
 * @param {{left: number, top: number, size: number}} box
 */
export function drawDifference(context, after, before, palette, { left, top, size }) {
  const colour = diverging(palette, 1);
  place(context, paintPixels(IMAGE, IMAGE, (k) => colour(after[k] - before[k])), left, top, size);
}

/**
 * The outline of another picture.
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} outline from `outlineOf`
 * @param {Palette} palette
 * @param {number} side of the shown picture in CSS pixels
 */
export function drawOutline(context, outline, palette, side) {
  const scale = side / IMAGE;
  context.beginPath();
  for (let k = 0; k < outline.length; k += 4) {
    context.moveTo(outline[k] * scale, outline[k + 1] * scale);
    context.lineTo(outline[k + 2] * scale, outline[k + 3] * scale);
  }
  context.strokeStyle = css(palette.negative);
  context.lineWidth = 1.25;
  context.stroke();
}

/**
 * A frame around a patch of the picture.
 * @param {CanvasRenderingContext2D} context
 * @param {{left: number, top: number, size: number}} patch in pixels of the picture
 * @param {Palette} palette
 * @param {number} side of the shown picture in CSS pixels
 */
export function drawPatch(context, patch, palette, side) {
  const scale = side / IMAGE;
  context.strokeStyle = css(palette.accent);
  context.lineWidth = 1.5;
  context.strokeRect(patch.left * scale + 0.75, patch.top * scale + 0.75, patch.size * scale - 1.5, patch.size * scale - 1.5);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {OffscreenCanvas} picture
 * @param {number} left @param {number} top @param {number} size
 */
function place(context, picture, left, top, size) {
  context.imageSmoothingEnabled = false;
  context.drawImage(picture, left, top, size, size);
}
