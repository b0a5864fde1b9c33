/** Couplings as heatmaps. @import { Palette } from "../types.js" */
import { CLASSES, PER_TYPE, PRIMARY, TYPES } from "../lib/network.js";
import { css, paintPixels } from "./canvas.js";
import { mix, ramp } from "./colour.js";

/** The colours of a coupling coefficient, 0 to 1. @param {Palette} palette */
export const couplingRamp = (palette) => ramp(mix(palette.surface, palette.line, 0.35), palette.accent);

/**
 * All couplings, a column for each of the 1152 primary capsules and a row for each class.
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} couplings (P, C)
 * @param {{width: number, height: number}} size in CSS pixels
 * @param {{palette: Palette, capsule: number | null}} look
 */
export function drawCouplings(context, couplings, { width, height }, { palette, capsule }) {
  const colour = couplingRamp(palette);
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
 * @param {{palette: Palette, type: number | null}} look
 */
export function drawTypeMeans(context, means, { width, height }, { palette, type }) {
  const colour = couplingRamp(palette);
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
  context.fillStyle = css(palette.surface);
  for (let type = 1; type < TYPES; type++) context.fillRect((type / TYPES) * width - 0.5, 0, 1, height);
}
