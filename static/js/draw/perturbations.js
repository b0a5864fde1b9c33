/** The grid of Figure 4. @import { Palette, Perturbations } from "../types.js" */
import { IMAGE } from "../lib/network.js";
import { paintPixels } from "./canvas.js";
import { ramp } from "./colour.js";

const PIXELS = IMAGE * IMAGE;

/**
 * One dimension's row of pictures, from the smallest offset to the largest.
 * @param {CanvasRenderingContext2D} context
 * @param {Perturbations} perturbations
 * @param {number} dimension
 * @param {{width: number, height: number, palette: Palette}} look
 */
export function drawSweep(context, { perturbations, offsets }, dimension, { width, height, palette }) {
  const colour = ramp(palette.surface, palette.ink);
  const cell = width / offsets.length;
  context.imageSmoothingEnabled = true;
  for (let k = 0; k < offsets.length; k++) {
    const start = (dimension * offsets.length + k) * PIXELS;
    const picture = paintPixels(IMAGE, IMAGE, (p) => colour(perturbations[start + p]));
    context.drawImage(picture, k * cell, 0, cell - 2, height);
  }
}
