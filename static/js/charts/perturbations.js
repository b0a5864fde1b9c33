/** The grid of Figure 4. */
/** @import { Palette } from "../shell/theme.js" @import { Perturbations } from "../capsules/types.js" */
/** @import { Geometry } from "../capsules/geometry.js" */
import { pictureAt } from "../capsules/perturbations.js";
import { paintShades } from "./pixels.js";

/**
 * One dimension's row of pictures, from the smallest offset to the largest.
 * @param {Geometry} geometry
 * @param {CanvasRenderingContext2D} context
 * @param {Perturbations} grid
 * @param {number} dimension
 * @param {{width: number, height: number, palette: Palette}} look
 */
export function drawSweep(geometry, context, grid, dimension, { width, height, palette }) {
  const columns = grid.offsets.length / geometry.poseDim;
  const cell = width / columns;
  context.imageSmoothingEnabled = true;
  for (let column = 0; column < columns; column++) {
    const picture = paintShades(geometry.width, geometry.height, pictureAt(geometry, grid, dimension, column), palette);
    context.drawImage(picture, column * cell, 0, cell - 2, height);
  }
}
