/** What can be silenced, and what that changes. @import { Palette } from "../types.js" */
import { CLASSES, GRID, IMAGE, PER_TYPE, TYPES } from "../lib/network.js";
import { css, paintPixels } from "./canvas.js";
import { diverging, mix, ramp } from "./colour.js";

/** Share of a type's box that its 6 x 6 lengths fill. */
const FILL = 0.82;

/**
 * The lengths of each type's 36 capsules, in boxes side by side.
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} lengths (P) in [0, 1)
 * @param {{width: number, height: number, columns: number, palette: Palette}} look
 */
export function drawTypes(context, lengths, { width, height, columns, palette }) {
  const colour = ramp(palette.surface, palette.ink);
  const [boxWidth, boxHeight] = [width / columns, height / (TYPES / columns)];
  const side = Math.min(boxWidth, boxHeight) * FILL;
  context.imageSmoothingEnabled = false;
  for (let type = 0; type < TYPES; type++) {
    const left = (type % columns) * boxWidth + (boxWidth - side) / 2;
    const top = Math.floor(type / columns) * boxHeight + (boxHeight - side) / 2;
    context.drawImage(paintPixels(GRID, GRID, (position) => colour(lengths[type * PER_TYPE + position])), left, top, side, side);
    context.strokeStyle = css(palette.line);
    context.strokeRect(left - 0.5, top - 0.5, side + 1, side + 1);
  }
}

/**
 * Changes of couplings: 32 columns of types, 10 rows of classes; orange is more, blue less.
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} changes (32, C)
 * @param {{width: number, height: number, palette: Palette, reach: number}} look
 */
export function drawTypeChanges(context, changes, { width, height, palette, reach }) {
  const colour = diverging(palette, reach);
  const sheet = paintPixels(TYPES, CLASSES, (k) => colour(changes[(k % TYPES) * CLASSES + Math.floor(k / TYPES)]));
  context.imageSmoothingEnabled = false;
  context.drawImage(sheet, 0, 0, width, height);
  context.fillStyle = css(palette.line);
  for (let type = 0; type <= TYPES; type += 4) context.fillRect(Math.min((type / TYPES) * width, width - 1), 0, 1, height);
}

/** Fine enough for both grids: a position is 14 of its pixels, a pixel of the drawing 3. */
const FINE = 84;
/** How much of the change the ink of the drawing covers. */
const INK = 0.35;

/**
 * Changes of the 36 positions, stretched over the drawing, whose ink stays visible.
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} changes (36)
 * @param {Float32Array} image (28, 28) in [0, 1]
 * @param {{size: number, palette: Palette, reach: number}} look
 */
export function drawPositionChanges(context, changes, image, { size, palette, reach }) {
  const colour = diverging(palette, reach);
  const picture = paintPixels(FINE, FINE, (k) => {
    const [row, column] = [Math.floor(k / FINE), k % FINE];
    const position = Math.floor((row * GRID) / FINE) * GRID + Math.floor((column * GRID) / FINE);
    const ink = image[Math.floor((row * IMAGE) / FINE) * IMAGE + Math.floor((column * IMAGE) / FINE)];
    return mix(colour(changes[position]), palette.ink, INK * ink);
  });
  context.imageSmoothingEnabled = false;
  context.drawImage(picture, 0, 0, size, size);
}
