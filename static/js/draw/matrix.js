/** Couplings as heatmaps. @import { Palette } from "../types.js" */
import { couplingScale } from "../lib/coupling.js";
import { CLASSES, PER_TYPE, PRIMARY, TYPES } from "../lib/network.js";
import { css, paintPixels } from "./canvas.js";
import { diverging } from "./colour.js";

/**
 * The colours of a coupling coefficient: orange above 1/10, blue below.
 * @param {Palette} palette
 * @param {number} reach the largest
 */
function couplingColours(palette, reach) {
  const [colour, scale] = [diverging(palette, 1), couplingScale(reach)];
  return (/** @type {number} */ coupling) => colour(scale(coupling));
}

/**
 * All couplings, a column for each of the 1152 primary capsules and a row for each class.
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} couplings (P, C)
 * @param {{width: number, height: number}} size in CSS pixels
 * @param {{palette: Palette, reach: number, capsule: number | null}} look
 */
export function drawCouplings(context, couplings, { width, height }, { palette, reach, capsule }) {
  const colour = couplingColours(palette, reach);
  const sheet = paintPixels(PRIMARY, CLASSES, (k) => colour(couplings[(k % PRIMARY) * CLASSES + Math.floor(k / PRIMARY)]));
  context.imageSmoothingEnabled = width < PRIMARY;
  context.drawImage(sheet, 0, 0, width, height);
  drawTypeBorders(context, width, height, palette);
  if (capsule === null) return;
  context.strokeStyle = css(palette.ink);
  context.lineWidth = 1;
  context.strokeRect((capsule / PRIMARY) * width - 1.5, 0.5, width / PRIMARY + 3, height - 1);
}

/**
 * The mean coupling of each capsule type: 32 columns, 10 rows.
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} means (32, C)
 * @param {{width: number, height: number}} size
 * @param {{palette: Palette, reach: number, type: number | null}} look
 */
export function drawTypeMeans(context, means, { width, height }, { palette, reach, type }) {
  const colour = couplingColours(palette, reach);
  const sheet = paintPixels(TYPES, CLASSES, (k) => colour(means[(k % TYPES) * CLASSES + Math.floor(k / TYPES)]));
  context.imageSmoothingEnabled = false;
  context.drawImage(sheet, 0, 0, width, height);
  if (type === null) return;
  context.strokeStyle = css(palette.ink);
  context.strokeRect((type / TYPES) * width + 0.5, 0.5, width / TYPES - 1, height - 1);
}

/** @param {Float32Array} couplings (P, C) @returns {Float32Array} (32, C), the mean over each type's 36 positions */
export function meanByType(couplings) {
  const means = new Float32Array(TYPES * CLASSES);
  for (let k = 0; k < couplings.length; k++) {
    const type = Math.floor(k / (CLASSES * PER_TYPE));
    means[type * CLASSES + (k % CLASSES)] += couplings[k] / PER_TYPE;
  }
  return means;
}

/** @param {CanvasRenderingContext2D} context @param {number} width @param {number} height @param {Palette} palette */
function drawTypeBorders(context, width, height, palette) {
  context.fillStyle = css(palette.line);
  for (let type = 1; type < TYPES; type++) context.fillRect((type / TYPES) * width - 0.5, 0, 1, height);
}
