/** What can be silenced, and what that changes. @import { Palette } from "../shell/theme.js" */
/** @import { Geometry } from "../capsules/geometry.js" */
import { css } from "./canvas.js";
import { pictureIn } from "./picture.js";
import { paintShades, paintSigned, paintTint } from "./pixels.js";

/** Share of a type's box that the lengths of its capsules fill. */
const FILL = 0.82;
/** A line for every so many types, to count by. */
const COUNTED = 4;

/**
 * The lengths of each type's capsules, in boxes side by side.
 * @param {Geometry} geometry
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} lengths (P) in [0, 1)
 * @param {{width: number, height: number, columns: number, palette: Palette}} look
 */
export function drawTypes({ types, perType, rows, columns: across }, context, lengths, look) {
  const { width, height, columns, palette } = look;
  const [boxWidth, boxHeight] = [width / columns, height / Math.ceil(types / columns)];
  const cell = (Math.min(boxWidth, boxHeight) * FILL) / Math.max(rows, across);
  const [wide, high] = [cell * across, cell * rows];
  context.imageSmoothingEnabled = false;
  for (let type = 0; type < types; type++) {
    const left = (type % columns) * boxWidth + (boxWidth - wide) / 2;
    const top = Math.floor(type / columns) * boxHeight + (boxHeight - high) / 2;
    const own = lengths.subarray(type * perType, (type + 1) * perType);
    context.drawImage(paintShades(across, rows, own, palette), left, top, wide, high);
    context.strokeStyle = css(palette.line);
    context.strokeRect(left - 0.5, top - 0.5, wide + 1, high + 1);
  }
}

/**
 * Changes of couplings: a column for each type, a row for each class; orange is more, blue less.
 * @param {Geometry} geometry
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} changes (types, C)
 * @param {{width: number, height: number, palette: Palette, reach: number}} look
 */
export function drawTypeChanges({ types, classes }, context, changes, { width, height, palette, reach }) {
  const byClass = changes.map((_, k) => changes[(k % types) * classes + Math.floor(k / types)]);
  context.imageSmoothingEnabled = false;
  context.drawImage(paintSigned(types, classes, byClass, reach, palette), 0, 0, width, height);
  context.fillStyle = css(palette.line);
  for (let type = 0; type <= types; type += COUNTED) {
    context.fillRect(Math.min((type / types) * width, width - 1), 0, 1, height);
  }
}

/** How much of the change the ink of the drawing covers. */
const INK = 0.35;

/**
 * Changes of the positions, stretched over the drawing, whose ink stays visible.
 * @param {Geometry} geometry
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} changes (positions)
 * @param {Float32Array} image (H, W) in [0, 1]
 * @param {{size: number, palette: Palette, reach: number}} look
 */
export function drawPositionChanges(geometry, context, changes, image, { size, palette, reach }) {
  const { left, top, width, height } = pictureIn(geometry, { left: 0, top: 0, size });
  context.imageSmoothingEnabled = false;
  context.drawImage(paintSigned(geometry.columns, geometry.rows, changes, reach, palette), left, top, width, height);
  const ink = image.map((value) => INK * value);
  context.drawImage(paintTint(geometry.width, geometry.height, ink, palette.ink), left, top, width, height);
}
