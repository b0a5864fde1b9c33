/** A picture of the size that a network sees, and what is laid over it. @import { Palette } from "../shell/theme.js" */
/** @import { Geometry, Patch } from "../capsules/geometry.js" */
import { css } from "./canvas.js";
import { paintOwned, paintShades, paintSigned } from "./pixels.js";

/** @typedef {{left: number, top: number, size: number}} Box a square, in CSS pixels; a picture stands in its middle */

/**
 * Where a picture stands in a box, and how long one of its pixels is there.
 * @param {Geometry} geometry
 * @param {Box} box
 */
export function pictureIn({ width, height }, { left, top, size }) {
  const pixel = size / Math.max(width, height);
  return {
    left: left + (size - width * pixel) / 2,
    top: top + (size - height * pixel) / 2,
    width: width * pixel,
    height: height * pixel,
    pixel,
  };
}

/**
 * @param {Geometry} geometry
 * @param {CanvasRenderingContext2D} context
 * @param {ArrayLike<number>} values (H, W) in [0, 1]
 * @param {Palette} palette
 * @param {Box} box
 */
export function drawPicture(geometry, context, values, palette, box) {
  place(geometry, context, paintShades(geometry.width, geometry.height, values, palette), box);
}

/**
 * A picture whose ink is tinted where `owned` is large.
 * @param {Geometry} geometry
 * @param {CanvasRenderingContext2D} context
 * @param {ArrayLike<number>} values (H, W) in [0, 1]
 * @param {ArrayLike<number>} owned (H, W) in [0, 1]
 * @param {Palette} palette
 * @param {Box} box
 */
export function drawOwned(geometry, context, values, owned, palette, box) {
  place(geometry, context, paintOwned(geometry.width, geometry.height, values, owned, palette), box);
}

/**
 * The difference of two pictures: blue where ink went, orange where it came.
 * @param {Geometry} geometry
 * @param {CanvasRenderingContext2D} context
 * @param {ArrayLike<number>} after (H, W)
 * @param {ArrayLike<number>} before (H, W)
 * @param {Palette} palette
 * @param {Box} box
 */
export function drawDifference(geometry, context, after, before, palette, box) {
  const change = new Float32Array(geometry.pixels);
  for (let k = 0; k < change.length; k++) change[k] = after[k] - before[k];
  place(geometry, context, paintSigned(geometry.width, geometry.height, change, 1, palette), box);
}

/**
 * The outline of another picture.
 * @param {Geometry} geometry
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} outline from `outlineOf`
 * @param {Palette} palette
 * @param {number} side of the box at the context's origin, in CSS pixels
 */
export function drawOutline(geometry, context, outline, palette, side) {
  const { left, top, pixel } = pictureIn(geometry, { left: 0, top: 0, size: side });
  context.beginPath();
  for (let k = 0; k < outline.length; k += 4) {
    context.moveTo(left + outline[k] * pixel, top + outline[k + 1] * pixel);
    context.lineTo(left + outline[k + 2] * pixel, top + outline[k + 3] * pixel);
  }
  context.strokeStyle = css(palette.negative);
  context.lineWidth = 1.25;
  context.stroke();
}

/**
 * A frame around a patch of the picture.
 * @param {Geometry} geometry
 * @param {CanvasRenderingContext2D} context
 * @param {Patch} patch in pixels of the picture
 * @param {Palette} palette
 * @param {number} side of the box at the context's origin, in CSS pixels
 */
export function drawPatch(geometry, context, patch, palette, side) {
  const { left, top, pixel } = pictureIn(geometry, { left: 0, top: 0, size: side });
  const [x, y, size] = [left + patch.left * pixel, top + patch.top * pixel, patch.size * pixel];
  context.strokeStyle = css(palette.accent);
  context.lineWidth = 1.5;
  context.strokeRect(x + 0.75, y + 0.75, size - 1.5, size - 1.5);
}

/**
 * @param {Geometry} geometry
 * @param {CanvasRenderingContext2D} context
 * @param {OffscreenCanvas} picture
 * @param {Box} box
 */
function place(geometry, context, picture, box) {
  const { left, top, width, height } = pictureIn(geometry, box);
  context.imageSmoothingEnabled = false;
  context.drawImage(picture, left, top, width, height);
}
