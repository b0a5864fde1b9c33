/** A map of one type's positions for each class, on the axes of the image. */
/** @import { Geometry } from "../capsules/geometry.js" */

const GAP = 12;
const LABEL = 19;
/** A narrower page has the maps in two rows. */
const NARROW = 620;

/**
 * @typedef {object} TypeMaps in CSS pixels
 * @property {Geometry} geometry
 * @property {number} width of one map
 * @property {number} height of one map
 * @property {number} cell side of one position
 * @property {number} pixel side of one pixel of the image
 * @property {{x: number, y: number}[]} places (C) where each map stands
 * @property {number} total height of all
 */

/**
 * The part of the image under a map: a position stands on the pixels around the middle of its receptive field.
 * @param {Geometry} geometry
 * @returns {{left: number, top: number, right: number, bottom: number}} in pixels of the image
 */
export function mappedPart({ field, stride, rows, columns }) {
  const from = field / 2 - stride / 2;
  return { left: from, top: from, right: from + columns * stride, bottom: from + rows * stride };
}

/** @param {Geometry} geometry @param {number} pageWidth in CSS pixels @returns {TypeMaps} */
export function typeMaps(geometry, pageWidth) {
  const { classes, rows, columns, stride } = geometry;
  const perRow = pageWidth < NARROW ? Math.ceil(classes / 2) : classes;
  const width = (pageWidth - GAP * (perRow - 1)) / perRow;
  const cell = width / columns;
  const height = cell * rows;
  const places = Array.from({ length: classes }, (_, label) => ({
    x: (label % perRow) * (width + GAP),
    y: Math.floor(label / perRow) * (height + LABEL + 4) + LABEL,
  }));
  const total = Math.ceil(classes / perRow) * (height + LABEL + 4);
  return { geometry, width, height, cell, pixel: cell / stride, places, total };
}

/** The position of the grid, from 0, at a point. @param {TypeMaps} maps @param {number} x @param {number} y */
export function placeAt({ geometry: { columns, perType }, width, height, cell, places }, x, y) {
  const map = places.find((place) => x >= place.x && x < place.x + width && y >= place.y && y < place.y + height);
  if (!map) return null;
  return Math.min(perType - 1, Math.floor((y - map.y) / cell) * columns + Math.floor((x - map.x) / cell));
}
