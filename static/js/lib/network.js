/** The sizes of the paper's network, and where its capsules look. */

export const IMAGE = 28;
export const PIXELS = IMAGE * IMAGE;
export const CONV1_MAPS = 256;
export const CONV1_SIZE = 20;
export const TYPES = 32;
export const GRID = 6;
export const PER_TYPE = GRID * GRID;
export const PRIMARY = TYPES * PER_TYPE;
export const PRIMARY_DIM = 8;
export const CLASSES = 10;
export const POSE_DIM = 16;
export const MAX_ITERATIONS = 10;

/** So few capsules can be told apart when they are looked at side by side: as many are pinned, and drawn boldly. */
export const FEW_CAPSULES = 4;

const KERNEL = 9;
const STRIDE = 2;

/** Side of the patch of the image that one primary capsule sees: two 9 x 9 kernels, one after the other. */
export const RECEPTIVE_FIELD = 2 * KERNEL - 1;

/**
 * @typedef {{type: number, row: number, column: number}} CapsuleAddress
 * @param {number} index 0 to 1151, type-major
 * @returns {CapsuleAddress}
 */
export function capsuleAddress(index) {
  const position = index % PER_TYPE;
  return { type: Math.floor(index / PER_TYPE), row: Math.floor(position / GRID), column: position % GRID };
}

/** @param {CapsuleAddress} address */
export function capsuleIndex({ type, row, column }) {
  return type * PER_TYPE + row * GRID + column;
}

/**
 * The patch of the 28 x 28 image that a primary capsule sees.
 * @param {number} index
 * @returns {{left: number, top: number, size: number}} in pixels of the image
 */
export function receptiveField(index) {
  const { row, column } = capsuleAddress(index);
  return { left: column * STRIDE, top: row * STRIDE, size: RECEPTIVE_FIELD };
}
