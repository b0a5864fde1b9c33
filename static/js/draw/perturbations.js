/** The grid of Figure 4. @import { Palette, Perturbations } from "../types.js" */
import { IMAGE, POSE_DIM } from "../lib/network.js";
import { pictureAt } from "../lib/sweeps.js";
import { paintPixels } from "./canvas.js";
import { ramp } from "./colour.js";

/**
 * One dimension's row of pictures, from the smallest offset to the largest.
 * @param {CanvasRenderingContext2D} context
 * @param {Perturbations} grid
 * @param {number} dimension
 * @param {{width: number, height: number, palette: Palette}} look
 */
export function drawSweep(context, grid, dimension, { width, height, palette }) {
  const colour = ramp(palette.surface, palette.ink);
  const columns = grid.offsets.length / POSE_DIM;
  const cell = width / columns;
  context.imageSmoothingEnabled = true;
  for (let column = 0; column < columns; column++) {
    const values = pictureAt(grid, dimension, column);
    context.drawImage(paintPixels(IMAGE, IMAGE, (p) => colour(values[p])), column * cell, 0, cell - 2, height);
  }
}
