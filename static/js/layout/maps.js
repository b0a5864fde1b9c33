/** Ten maps of 6 x 6 places, one for each class, on the axes of the image. */
import { CLASSES, GRID, PER_TYPE, receptiveField } from "../lib/network.js";

const GAP = 12;
const LABEL = 16;
const PIXELS_PER_PLACE = receptiveField(1).left;

/** A place stands on the pixels around the middle of its receptive field: the maps show this part of the image. */
export const MAP_FROM = receptiveField(0).size / 2 - PIXELS_PER_PLACE / 2;
export const MAP_TO = MAP_FROM + GRID * PIXELS_PER_PLACE;

/**
 * @typedef {object} TypeMaps
 * @property {number} side of one map in CSS pixels
 * @property {number} pixel side of one pixel of the image
 * @property {{x: number, y: number}[]} places of the ten maps
 * @property {number} height of all
 */

/** @param {number} width @returns {TypeMaps} */
export function typeMaps(width) {
  const columns = width < 620 ? CLASSES / 2 : CLASSES;
  const side = (width - GAP * (columns - 1)) / columns;
  const places = Array.from({ length: CLASSES }, (_, label) => ({
    x: (label % columns) * (side + GAP),
    y: Math.floor(label / columns) * (side + LABEL + 4) + LABEL,
  }));
  return { side, pixel: side / (GRID * PIXELS_PER_PLACE), places, height: (CLASSES / columns) * (side + LABEL + 4) };
}

/** The place, 0 to 35, at a point. @param {TypeMaps} maps @param {number} x @param {number} y */
export function placeAt({ side, places }, x, y) {
  const map = places.find((place) => x >= place.x && x < place.x + side && y >= place.y && y < place.y + side);
  if (!map) return null;
  const cell = side / GRID;
  return Math.min(PER_TYPE - 1, Math.floor((y - map.y) / cell) * GRID + Math.floor((x - map.x) / cell));
}
