/** Where the primary capsules stand, and where their links to the class capsules begin and end. */
/** @import { Geometry } from "../capsules/geometry.js" */
import { capsuleAddress, capsuleIndex } from "../capsules/geometry.js";
import { clamp } from "../shell/math.js";
import { fitGrid } from "./grid.js";

/** Share of a type's square that its capsules fill; the rest keeps the types apart. */
const FILL = 0.86;

/**
 * @typedef {object} Theatre in CSS pixels
 * @property {Geometry} geometry
 * @property {number} width
 * @property {number} height
 * @property {number} cell side of one primary capsule
 * @property {Float32Array} x (P) left edge of each primary capsule
 * @property {Float32Array} y (P) top edge
 * @property {import("./grid.js").Grid} types the squares of the types
 * @property {number} linkStart where the field of links begins
 * @property {number} linkEnd x of the class capsules' anchors
 * @property {Float32Array} anchors (C) the heights at which the links to each class capsule end
 */

/**
 * @param {Geometry} geometry
 * @param {number} width of the whole field
 * @param {number} height
 * @param {number} capsulesWidth of the part, at its left, that the primary capsules stand in
 * @returns {Theatre}
 */
export function theatreLayout(geometry, width, height, capsulesWidth) {
  const { primaries, perType, classes, columns } = geometry;
  const types = fitGrid(geometry.types, capsulesWidth, height);
  const { cell, marginX, marginY } = within(geometry, types);
  const [x, y] = [new Float32Array(primaries), new Float32Array(primaries)];
  for (let i = 0; i < primaries; i++) {
    const [type, position] = [Math.floor(i / perType), i % perType];
    x[i] = types.left + (type % types.columns) * types.cell + marginX + (position % columns) * cell;
    y[i] = types.top + Math.floor(type / types.columns) * types.cell + marginY + Math.floor(position / columns) * cell;
  }
  const anchors = Float32Array.from({ length: classes }, (_, label) => ((label + 0.5) / classes) * height);
  const linkStart = types.left + types.columns * types.cell;
  return { geometry, width, height, cell, x, y, types, linkStart, linkEnd: width, anchors };
}

/**
 * How the capsules of one type stand in its square: in the middle, also where the grid of positions is no square.
 * @param {Geometry} geometry
 * @param {import("./grid.js").Grid} types
 */
function within({ rows, columns }, types) {
  const cell = (types.cell * FILL) / Math.max(rows, columns);
  return { cell, marginX: (types.cell - cell * columns) / 2, marginY: (types.cell - cell * rows) / 2 };
}

/**
 * The primary capsule at a point, if there is one.
 * @param {Theatre} theatre
 * @param {number} px
 * @param {number} py
 * @param {{isFinger?: boolean}} [options] a finger between the capsules of a type and the next means the nearest
 */
export function capsuleAt({ geometry, types }, px, py, { isFinger = false } = {}) {
  const [typeColumn, typeRow] = [Math.floor((px - types.left) / types.cell), Math.floor((py - types.top) / types.cell)];
  const type = typeRow * types.columns + typeColumn;
  if (typeColumn < 0 || typeColumn >= types.columns || type < 0 || type >= geometry.types) return null;
  const { cell, marginX, marginY } = within(geometry, types);
  const nearest = (/** @type {number} */ place, /** @type {number} */ count) =>
    isFinger ? clamp(place, 0, count - 1) : place;
  const column = nearest(Math.floor((px - types.left - typeColumn * types.cell - marginX) / cell), geometry.columns);
  const row = nearest(Math.floor((py - types.top - typeRow * types.cell - marginY) / cell), geometry.rows);
  if (column < 0 || row < 0 || column >= geometry.columns || row >= geometry.rows) return null;
  return capsuleIndex(geometry, { type, row, column });
}

/**
 * The capsule next to one, across the borders of types as they stand on the page.
 * @param {Theatre} theatre
 * @param {number} index
 * @param {number} right -1, 0 or 1
 * @param {number} down -1, 0 or 1
 * @returns {number} the same capsule at the edge of the field
 */
export function neighbour({ geometry, types }, index, right, down) {
  const { rows, columns } = geometry;
  const { type, row, column } = capsuleAddress(geometry, index);
  const x = (type % types.columns) * columns + column + right;
  const y = Math.floor(type / types.columns) * rows + row + down;
  const nextType = Math.floor(y / rows) * types.columns + Math.floor(x / columns);
  if (x < 0 || y < 0 || x >= types.columns * columns || nextType >= geometry.types) return index;
  return capsuleIndex(geometry, { type: nextType, row: y % rows, column: x % columns });
}
