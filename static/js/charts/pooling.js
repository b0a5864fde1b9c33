/** One map before its pooling: its windows, and in each a ring around its largest number. */
/** @import { Maps } from "../capsules/types.js" @import { Palette } from "../shell/theme.js" */
import { NOWHERE, WINDOW } from "../capsules/pooling.js";
import { css } from "./canvas.js";
import { paintShades } from "./pixels.js";

/**
 * A map alone, the darker the larger, in the upper left corner.
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} map (height, width), none below 0
 * @param {Pick<Maps, "height" | "width">} size of the map
 * @param {{side: number, most: number, palette: Palette}} look `side` of the box in CSS pixels; `most` is drawn as ink
 * @returns {number} how long one of its numbers is there
 */
export function drawMap(context, map, { height, width }, { side, most, palette }) {
  const cell = side / Math.max(height, width);
  const sheet = paintShades(
    width,
    height,
    map.map((value) => value / (most || 1)),
    palette,
  );
  context.imageSmoothingEnabled = false;
  context.drawImage(sheet, 0, 0, cell * width, cell * height);
  return cell;
}

/**
 * The windows over such a map.
 * @param {CanvasRenderingContext2D} context
 * @param {Int32Array} places of the largest numbers, from `largestPlaces`
 * @param {Pick<Maps, "height" | "width">} size of the map
 * @param {{cell: number, palette: Palette}} look
 */
export function drawWindows(context, places, { height, width }, { cell, palette }) {
  context.strokeStyle = css(palette.muted, 0.45);
  context.lineWidth = 0.5;
  context.beginPath();
  for (let row = WINDOW; row < height; row += WINDOW) line(context, 0, row * cell, width * cell, row * cell);
  for (let column = WINDOW; column < width; column += WINDOW) {
    line(context, column * cell, 0, column * cell, height * cell);
  }
  context.stroke();
  context.strokeStyle = css(palette.accent);
  context.lineWidth = 1.5;
  const inset = Math.max(0.75, 0.12 * cell);
  for (const place of places) {
    if (place === NOWHERE) continue;
    const [x, y] = [(place % width) * cell, Math.floor(place / width) * cell];
    context.strokeRect(x + inset, y + inset, cell - 2 * inset, cell - 2 * inset);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} x
 * @param {number} y
 * @param {number} toX
 * @param {number} toY
 */
function line(context, x, y, toX, toY) {
  context.moveTo(x, y);
  context.lineTo(toX, toY);
}
