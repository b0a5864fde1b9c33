/** The maps of Conv1 side by side. */
/** @import { Palette } from "../shell/theme.js" @import { Trace } from "../capsules/types.js" */
/** @import { Geometry } from "../capsules/geometry.js" */
import { maximum } from "../shell/math.js";
import { css } from "./canvas.js";
import { paintBytes, rootTable } from "./pixels.js";

/**
 * All maps below each other; made once for a trace, since it is some hundred thousand pixels.
 * @param {Trace} trace
 * @param {Palette} palette
 */
export function paintMaps({ conv1, geometry: { maps, mapWidth, mapHeight } }, palette) {
  return paintBytes(mapWidth, mapHeight * maps, conv1, rootTable(maximum(conv1), palette));
}

/**
 * @param {Geometry} geometry
 * @param {CanvasRenderingContext2D} context
 * @param {OffscreenCanvas} sheet from `paintMaps`
 * @param {import("./grid.js").Grid} grid
 * @param {Palette} palette
 * @param {number | null} highlighted
 */
export function drawMosaic({ maps, mapWidth, mapHeight }, context, sheet, grid, palette, highlighted) {
  const room = grid.cell - (grid.cell > 12 ? 1 : 0.5);
  const scale = room / Math.max(mapWidth, mapHeight);
  const [width, height] = [scale * mapWidth, scale * mapHeight];
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  for (let map = 0; map < maps; map++) {
    const x = grid.left + (map % grid.columns) * grid.cell;
    const y = grid.top + Math.floor(map / grid.columns) * grid.cell;
    context.drawImage(sheet, 0, map * mapHeight, mapWidth, mapHeight, x, y, width, height);
  }
  if (highlighted === null) return;
  const x = grid.left + (highlighted % grid.columns) * grid.cell;
  const y = grid.top + Math.floor(highlighted / grid.columns) * grid.cell;
  context.strokeStyle = css(palette.accent);
  context.lineWidth = 1.5;
  context.strokeRect(x - 0.75, y - 0.75, grid.cell, grid.cell);
}

/**
 * One map, large; its brightest response is that of all maps.
 * @param {CanvasRenderingContext2D} context
 * @param {Trace} trace
 * @param {number} map
 * @param {Palette} palette
 * @param {number} side of the square that it is put into
 */
export function drawMap(context, { conv1, geometry: { mapWidth, mapHeight } }, map, palette, side) {
  const size = mapWidth * mapHeight;
  const own = conv1.subarray(map * size, (map + 1) * size);
  const picture = paintBytes(mapWidth, mapHeight, own, rootTable(maximum(conv1), palette));
  const scale = side / Math.max(mapWidth, mapHeight);
  context.imageSmoothingEnabled = false;
  context.drawImage(picture, 0, 0, scale * mapWidth, scale * mapHeight);
}
