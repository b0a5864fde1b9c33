/** Couplings as heatmaps. @import { Palette } from "../types.js" */
import { couplingScale } from "../lib/coupling.js";
import { CLASSES, GRID, IMAGE, PER_TYPE, PRIMARY, TYPES } from "../lib/network.js";
import { MAP_FROM, MAP_TO } from "../layout/maps.js";
import { css, paintPixels } from "./canvas.js";
import { diverging } from "./colour.js";
import { typeface } from "./type.js";

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
 * @param {{palette: Palette, reach: number, capsules: readonly number[] | null}} look
 */
export function drawCouplings(context, couplings, { width, height }, { palette, reach, capsules }) {
  const colour = couplingColours(palette, reach);
  const sheet = paintPixels(PRIMARY, CLASSES, (k) => colour(couplings[(k % PRIMARY) * CLASSES + Math.floor(k / PRIMARY)]));
  context.imageSmoothingEnabled = width < PRIMARY;
  context.drawImage(sheet, 0, 0, width, height);
  drawTypeBorders(context, width, height, palette);
  context.strokeStyle = css(palette.ink);
  context.lineWidth = 1;
  for (const [from, to] of runsOf(capsules ?? [])) {
    context.strokeRect((from / PRIMARY) * width - 1.5, 0.5, ((to - from) / PRIMARY) * width + 3, height - 1);
  }
}

/** Neighbours in one frame: where each run of consecutive numbers begins and ends. @param {readonly number[]} capsules */
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

/**
 * The couplings of one type's capsules to each class, as ten maps of 6 x 6 positions with the drawing's ink over them.
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} couplings (P, C)
 * @param {{image: Float32Array, type: number, capsule: number | null}} shown
 * @param {import("../layout/maps.js").TypeMaps} maps where each map stands
 * @param {{palette: Palette, reach: number}} look
 */
export function drawTypeMaps(context, couplings, { image, type, capsule }, maps, { palette, reach }) {
  const colour = couplingColours(palette, reach);
  const { side, pixel } = maps;
  context.font = typeface(11);
  context.textBaseline = "bottom";
  for (let label = 0; label < CLASSES; label++) {
    const { x, y } = maps.places[label];
    const sheet = paintPixels(GRID, GRID, (k) => colour(couplings[(type * PER_TYPE + k) * CLASSES + label]));
    context.imageSmoothingEnabled = false;
    context.drawImage(sheet, x, y, side, side);
    drawInk(context, image, { x, y, pixel, palette });
    context.fillStyle = css(palette.muted);
    context.fillText(String(label), x, y - 2);
    context.strokeStyle = css(palette.line);
    context.lineWidth = 1;
    context.strokeRect(x + 0.5, y + 0.5, side - 1, side - 1);
    if (capsule === null || Math.floor(capsule / PER_TYPE) !== type) continue;
    const cell = side / GRID;
    const position = capsule % PER_TYPE;
    context.strokeStyle = css(palette.ink);
    context.lineWidth = 1.5;
    context.strokeRect(x + (position % GRID) * cell, y + Math.floor(position / GRID) * cell, cell, cell);
  }
}

/**
 * The ink of the image under one map, as dots: the larger, the more ink.
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} image (28, 28) in [0, 1]
 * @param {{x: number, y: number, pixel: number, palette: Palette}} place
 */
function drawInk(context, image, { x, y, pixel, palette }) {
  context.fillStyle = css(palette.ink, 0.55);
  const [from, to] = [Math.ceil(MAP_FROM), Math.floor(MAP_TO)]; // whole pixels
  for (let row = from; row < to; row++) {
    for (let column = from; column < to; column++) {
      const size = image[row * IMAGE + column] * pixel * 0.6;
      if (size < 0.4) continue;
      context.fillRect(x + (column + 0.5 - MAP_FROM) * pixel - size / 2, y + (row + 0.5 - MAP_FROM) * pixel - size / 2, size, size);
    }
  }
}

/** @param {CanvasRenderingContext2D} context @param {number} width @param {number} height @param {Palette} palette */
function drawTypeBorders(context, width, height, palette) {
  context.fillStyle = css(palette.line);
  for (let type = 1; type < TYPES; type++) context.fillRect((type / TYPES) * width - 0.5, 0, 1, height);
}
