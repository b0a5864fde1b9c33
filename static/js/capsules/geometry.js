/** The sizes of one network, as its card tells them, and where its capsules look. */
/** @import { Model } from "./types.js" */

/**
 * @typedef {import("./types.js").Geometry} Geometry
 * @typedef {import("./types.js").Sized} Sized
 *
 * @typedef {{type: number, row: number, column: number}} CapsuleAddress
 * @typedef {{left: number, top: number, size: number}} Patch of the image, in pixels
 */

/** @type {WeakMap<Model["geometry"], Readonly<Geometry>>} */
const known = new WeakMap();

/**
 * The geometry of a model; the same object each time for the same card. A network without capsules has none of any
 * kind: those sizes are 0.
 * @param {Pick<Model, "geometry">} card as /api/models gives it
 * @returns {Readonly<Geometry>}
 */
export function geometryOf({ geometry: told }) {
  const made = known.get(told) ?? Object.freeze(measure(told));
  known.set(told, made);
  return made;
}

/** @param {Model["geometry"]} told @returns {Geometry} */
function measure(told) {
  const [height, width] = told.image;
  const [maps, mapHeight, mapWidth] = told.conv1 ?? [0, 0, 0];
  const [rows, columns] = told.grid ?? [0, 0];
  return {
    height,
    width,
    pixels: height * width,
    maps,
    mapHeight,
    mapWidth,
    kernel: told.kernel_size,
    stride: told.primary_stride ?? 0,
    types: told.primary_types ?? 0,
    rows,
    columns,
    perType: rows * columns,
    primaries: told.primary_count ?? 0,
    primaryDim: told.primary_dim ?? 0,
    classes: told.classes,
    poseDim: told.pose_dim ?? 0,
    field: 2 * told.kernel_size - 1, // two kernels, one after the other; the first goes pixel by pixel
  };
}

/** @param {Geometry} geometry @param {number} index of a primary capsule, from 0 @returns {CapsuleAddress} */
export function capsuleAddress({ perType, columns }, index) {
  const position = index % perType;
  return { type: Math.floor(index / perType), row: Math.floor(position / columns), column: position % columns };
}

/** @param {Geometry} geometry @param {CapsuleAddress} address @returns {number} the index */
export const capsuleIndex = ({ perType, columns }, { type, row, column }) => type * perType + row * columns + column;

/**
 * The patch of the image that a primary capsule sees; a position of the grid, from 0, sees the same.
 * @param {Geometry} geometry
 * @param {number} index
 * @returns {Patch}
 */
export function receptiveField(geometry, index) {
  const { row, column } = capsuleAddress(geometry, index);
  return { left: column * geometry.stride, top: row * geometry.stride, size: geometry.field };
}
