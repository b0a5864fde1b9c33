/** The maps of Conv1 side by side. @import { Palette } from "../types.js" */
import { maximum } from "../lib/math.js";
import { CONV1_MAPS, CONV1_SIZE } from "../lib/network.js";
import { css, paintPixels } from "./canvas.js";
import { ramp } from "./colour.js";

const PER_MAP = CONV1_SIZE * CONV1_SIZE;

/**
 * All maps below each other; made once for a trace, since it is 102,400 pixels.
 * @param {Float32Array} conv1 (256, 20, 20)
 * @param {Palette} palette
 */
export function paintMaps(conv1, palette) {
  const colour = mapRamp(conv1, palette);
  return paintPixels(CONV1_SIZE, CONV1_SIZE * CONV1_MAPS, (k) => colour(conv1[k]));
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {OffscreenCanvas} maps from `paintMaps`
 * @param {import("../layout/grid.js").Grid} grid
 * @param {Palette} palette
 * @param {number | null} highlighted
 */
export function drawMosaic(context, maps, grid, palette, highlighted) {
  const side = grid.cell - (grid.cell > 12 ? 1 : 0.5);
  const place = (/** @type {number} */ map) => ({
    x: grid.left + (map % grid.columns) * grid.cell,
    y: grid.top + Math.floor(map / grid.columns) * grid.cell,
  });
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  for (let map = 0; map < CONV1_MAPS; map++) {
    const { x, y } = place(map);
    context.drawImage(maps, 0, map * CONV1_SIZE, CONV1_SIZE, CONV1_SIZE, x, y, side, side);
  }
  if (highlighted === null) return;
  const { x, y } = place(highlighted);
  context.strokeStyle = css(palette.accent);
  context.lineWidth = 1.5;
  context.strokeRect(x - 0.75, y - 0.75, grid.cell, grid.cell);
}

/**
 * One map, large.
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} conv1 (256, 20, 20)
 * @param {number} map
 * @param {Palette} palette
 * @param {number} side
 */
export function drawMap(context, conv1, map, palette, side) {
  const colour = mapRamp(conv1, palette);
  context.imageSmoothingEnabled = false;
  const picture = paintPixels(CONV1_SIZE, CONV1_SIZE, (k) => colour(conv1[map * PER_MAP + k]));
  context.drawImage(picture, 0, 0, side, side);
}

/** The square root lifts the weak responses, which are most of them. @param {Float32Array} conv1 @param {Palette} palette */
function mapRamp(conv1, palette) {
  const most = maximum(conv1);
  const colour = ramp(palette.surface, palette.ink);
  return (/** @type {number} */ value) => colour(Math.sqrt(value / most));
}
