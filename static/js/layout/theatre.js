/** Where the primary capsules stand, and where their links to the class capsules begin and end. */
import { CLASSES, GRID, PRIMARY, TYPES, capsuleAddress, capsuleIndex } from "../lib/network.js";
import { fitGrid } from "./grid.js";

/** Share of a type's square that its 6 x 6 capsules fill; the rest keeps the types apart. */
const FILL = 0.86;

/**
 * @typedef {object} Theatre in CSS pixels
 * @property {number} width
 * @property {number} height
 * @property {number} cell side of one primary capsule
 * @property {Float32Array} x (P) left edge of each primary capsule
 * @property {Float32Array} y (P) top edge
 * @property {import("./grid.js").Grid} types the squares of the 32 types
 * @property {number} linkStart where the field of links begins
 * @property {number} linkEnd x of the class capsules' anchors
 */

/**
 * @param {number} width of the whole field
 * @param {number} height
 * @param {number} capsulesWidth of the part, at its left, that the primary capsules stand in
 * @returns {Theatre}
 */
export function theatreLayout(width, height, capsulesWidth) {
  const types = fitGrid(TYPES, capsulesWidth, height);
  const cell = (types.cell * FILL) / GRID;
  const margin = (types.cell - cell * GRID) / 2;
  const [x, y] = [new Float32Array(PRIMARY), new Float32Array(PRIMARY)];
  for (let i = 0; i < PRIMARY; i++) {
    const { type, row, column } = capsuleAddress(i);
    x[i] = types.left + (type % types.columns) * types.cell + margin + column * cell;
    y[i] = types.top + Math.floor(type / types.columns) * types.cell + margin + row * cell;
  }
  const linkStart = types.left + types.columns * types.cell;
  return { width, height, cell, x, y, types, linkStart, linkEnd: width };
}

/** The height at which the links to a class capsule end. @param {Theatre} theatre @param {number} label */
export const anchorY = ({ height }, label) => ((label + 0.5) / CLASSES) * height;

/** The primary capsule at a point, if there is one. @param {Theatre} theatre @param {number} px @param {number} py */
export function capsuleAt({ types, cell }, px, py) {
  const [column, row] = [Math.floor((px - types.left) / types.cell), Math.floor((py - types.top) / types.cell)];
  const type = row * types.columns + column;
  if (column < 0 || column >= types.columns || type < 0 || type >= TYPES) return null;
  const margin = (types.cell - cell * GRID) / 2;
  const inType = [
    Math.floor((px - types.left - column * types.cell - margin) / cell),
    Math.floor((py - types.top - row * types.cell - margin) / cell),
  ];
  if (inType.some((part) => part < 0 || part >= GRID)) return null;
  return capsuleIndex({ type, column: inType[0], row: inType[1] });
}

/**
 * The capsule next to one, across the borders of types as they stand on the page.
 * @param {Theatre} theatre
 * @param {number} index
 * @param {number} right -1, 0 or 1
 * @param {number} down -1, 0 or 1
 * @returns {number} the same capsule at the edge of the field
 */
export function neighbour({ types }, index, right, down) {
  const { type, row, column } = capsuleAddress(index);
  const x = (type % types.columns) * GRID + column + right;
  const y = Math.floor(type / types.columns) * GRID + row + down;
  const nextType = Math.floor(y / GRID) * types.columns + Math.floor(x / GRID);
  if (x < 0 || y < 0 || x >= types.columns * GRID || nextType >= TYPES) return index;
  return capsuleIndex({ type: nextType, row: y % GRID, column: x % GRID });
}
