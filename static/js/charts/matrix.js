/** Couplings as heatmaps. */
/** @import { Palette } from "../shell/theme.js" @import { Geometry } from "../capsules/geometry.js" */
import { couplingStrengths } from "../capsules/coupling.js";
import { mappedPart } from "./maps.js";
import { css } from "./canvas.js";
import { paintSigned } from "./pixels.js";
import { typeface } from "../shell/type.js";

/**
 * How strongly couplings show, turned over: a row for each class.
 * @param {Geometry} geometry
 * @param {number} reach the coupling that shows strongest
 * @param {Float32Array} couplings (columns, C)
 * @returns {Float32Array} (C, columns) in [-1, 1]: orange above the even coupling, blue below
 */
function strengthRows(geometry, reach, couplings) {
  const { classes } = geometry;
  const strengths = couplingStrengths(geometry, reach, couplings);
  const columns = couplings.length / classes;
  const rows = new Float32Array(couplings.length);
  for (let label = 0; label < classes; label++) {
    for (let k = 0; k < columns; k++) rows[label * columns + k] = strengths[k * classes + label];
  }
  return rows;
}

/**
 * All couplings, a column for each primary capsule and a row for each class.
 * @param {Geometry} geometry
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} couplings (P, C)
 * @param {{width: number, height: number}} size in CSS pixels
 * @param {{palette: Palette, reach: number, capsules: readonly number[] | null}} look
 */
export function drawCouplings(geometry, context, couplings, { width, height }, { palette, reach, capsules }) {
  const { primaries, classes, types } = geometry;
  const sheet = paintSigned(primaries, classes, strengthRows(geometry, reach, couplings), 1, palette);
  context.imageSmoothingEnabled = width < primaries;
  context.drawImage(sheet, 0, 0, width, height);
  context.fillStyle = css(palette.line);
  for (let type = 1; type < types; type++) context.fillRect((type / types) * width - 0.5, 0, 1, height);
  context.strokeStyle = css(palette.ink);
  context.lineWidth = 1;
  for (const [from, to] of runsOf(capsules ?? [])) {
    context.strokeRect((from / primaries) * width - 1.5, 0.5, ((to - from) / primaries) * width + 3, height - 1);
  }
}

/**
 * Neighbours in one frame: where each run of consecutive numbers begins and ends.
 * @param {readonly number[]} capsules
 */
function runsOf(capsules) {
  /** @type {[number, number][]} */
  const runs = [];
  for (const capsule of [...capsules].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.[1] === capsule) last[1]++;
    else runs.push([capsule, capsule + 1]);
  }
  return runs;
}

/**
 * The mean coupling of each capsule type: a column for each type, a row for each class.
 * @param {Geometry} geometry
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} means (types, C)
 * @param {{width: number, height: number}} size
 * @param {{palette: Palette, reach: number, type: number | null}} look
 */
export function drawTypeMeans(geometry, context, means, { width, height }, { palette, reach, type }) {
  const { types, classes } = geometry;
  const sheet = paintSigned(types, classes, strengthRows(geometry, reach, means), 1, palette);
  context.imageSmoothingEnabled = false;
  context.drawImage(sheet, 0, 0, width, height);
  if (type === null) return;
  context.strokeStyle = css(palette.ink);
  context.strokeRect((type / types) * width + 0.5, 0.5, width / types - 1, height - 1);
}

/**
 * The couplings of one type's capsules to each class, as a map of positions with the drawing's ink over it.
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} couplings (P, C)
 * @param {{image: Float32Array, classNames: readonly string[], type: number, capsule: number | null}} shown
 * @param {import("./maps.js").TypeMaps} maps where each map stands
 * @param {{palette: Palette, reach: number}} look
 */
export function drawTypeMaps(context, couplings, { image, classNames, type, capsule }, maps, { palette, reach }) {
  const { geometry, width, height, places } = maps;
  const { classes, perType, rows, columns } = geometry;
  const own = couplings.subarray(type * perType * classes, (type + 1) * perType * classes);
  const strengths = strengthRows(geometry, reach, own);
  context.font = typeface();
  context.textBaseline = "bottom";
  for (let label = 0; label < classes; label++) {
    const { x, y } = places[label];
    const map = strengths.subarray(label * perType, (label + 1) * perType);
    context.imageSmoothingEnabled = false;
    context.drawImage(paintSigned(columns, rows, map, 1, palette), x, y, width, height);
    drawInk(context, image, maps, { x, y, palette });
    context.fillStyle = css(palette.muted);
    context.fillText(classNames[label], x, y - 2, width);
    context.strokeStyle = css(palette.line);
    context.lineWidth = 1;
    context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
    if (capsule === null || Math.floor(capsule / perType) !== type) continue;
    framePosition(context, capsule % perType, maps, { x, y, palette });
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} position
 * @param {import("./maps.js").TypeMaps} maps
 * @param {{x: number, y: number, palette: Palette}} place of one map
 */
function framePosition(context, position, { geometry: { columns }, cell }, { x, y, palette }) {
  context.strokeStyle = css(palette.ink);
  context.lineWidth = 1.5;
  context.strokeRect(x + (position % columns) * cell, y + Math.floor(position / columns) * cell, cell, cell);
}

/**
 * The ink of the image under one map, as dots: the larger, the more ink.
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} image (H, W) in [0, 1]
 * @param {import("./maps.js").TypeMaps} maps
 * @param {{x: number, y: number, palette: Palette}} place of one map
 */
function drawInk(context, image, { geometry, pixel }, { x, y, palette }) {
  const { left, top, right, bottom } = mappedPart(geometry);
  context.fillStyle = css(palette.ink, 0.55);
  for (let row = Math.ceil(top); row < Math.floor(bottom); row++) {
    // whole pixels
    for (let column = Math.ceil(left); column < Math.floor(right); column++) {
      const size = image[row * geometry.width + column] * pixel * 0.6;
      if (size < 0.4) continue;
      const [middleX, middleY] = [x + (column + 0.5 - left) * pixel, y + (row + 0.5 - top) * pixel];
      context.fillRect(middleX - size / 2, middleY - size / 2, size, size);
    }
  }
}
