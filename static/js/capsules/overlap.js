/**
 * Two digits over each other: their sum, and how far they overlap. `model/explaining/overlap.py` counts the same of two
 * layers with ink. Where one has none, it counts 0; here there is no overlap to tell.
 */
/** @import { Geometry } from "./geometry.js" @import { Trace } from "./types.js" */
import { lastLengths } from "./contributions.js";

/** @typedef {[down: number, right: number]} Offset in pixels, from the middle of the picture */

/** A pixel of so much ink belongs to a digit: fainter ink counts as none. As in `model/data/preprocess.py`. */
export const INK = 0.1;

/** Whether anything can be seen in a picture, or in a layer. @param {Float32Array} picture (H, W) in [0, 1] */
export const hasInk = (picture) => picture.some((value) => value >= INK);

/**
 * One of two layers.
 * @param {Geometry} geometry
 * @param {Float32Array} layers (2, H, W)
 * @param {number} k 0 or 1
 * @returns {Float32Array} (H, W)
 */
export const layerOf = ({ pixels }, layers, k) => layers.subarray(k * pixels, (k + 1) * pixels);

/**
 * A digit in the middle of a picture, then moved by whole pixels, as `lay` in `model/data/pairs.py` does.
 * @param {Pick<Geometry, "height" | "width" | "pixels">} geometry
 * @param {readonly (readonly number[])[]} rows (h, w) of the digit
 * @param {readonly [down: number, right: number]} offset in pixels from the middle
 * @returns {Float32Array} (H, W)
 */
export function laid({ height, width, pixels }, rows, [down, right]) {
  const result = new Float32Array(pixels);
  const top = Math.floor((height - rows.length) / 2) + down;
  rows.forEach((row, y) => {
    const left = Math.floor((width - row.length) / 2) + right;
    if (top + y < 0 || top + y >= height) return;
    row.forEach((value, x) => {
      if (left + x >= 0 && left + x < width) result[(top + y) * width + left + x] = value;
    });
  });
  return result;
}

/**
 * A picture moved by whole pixels; what leaves it is lost, what comes in is empty.
 * @param {Geometry} geometry
 * @param {Float32Array} picture (H, W)
 * @param {readonly [down: number, right: number]} by in pixels
 * @returns {Float32Array} (H, W)
 */
export function moved({ height, width, pixels }, picture, [down, right]) {
  const result = new Float32Array(pixels);
  const [top, bottom] = [Math.max(0, down), Math.min(height, height + down)];
  const [left, end] = [Math.max(0, right), Math.min(width, width + right)];
  if (left >= end) return result;
  for (let row = top; row < bottom; row++) {
    const from = (row - down) * width - right;
    result.set(picture.subarray(from + left, from + end), row * width + left);
  }
  return result;
}

/**
 * What the network sees: the ink of both, at most 1.
 * @param {Float32Array} a (H, W) in [0, 1]
 * @param {Float32Array} b (H, W) in [0, 1]
 * @returns {Float32Array} (H, W) in [0, 1]
 */
export const sumOf = (a, b) => a.map((value, k) => Math.min(1, value + b[k]));

/**
 * @typedef {object} Overlap
 * @property {number} ink that both share, of the one with less of it, in [0, 1]
 * @property {number} box intersection over union of the boxes around their ink, in [0, 1]
 *
 * @param {Geometry} geometry
 * @param {Float32Array} a (H, W) in [0, 1]
 * @param {Float32Array} b (H, W) in [0, 1]
 * @returns {Overlap | null} null where one of them has no ink (`hasInk`)
 */
export function overlapOf(geometry, a, b) {
  const [boxA, boxB] = [boxOf(geometry, a), boxOf(geometry, b)];
  if (!boxA || !boxB) return null;
  let [shared, inkA, inkB] = [0, 0, 0];
  for (let k = 0; k < a.length; k++) {
    shared += Math.min(a[k], b[k]);
    inkA += a[k];
    inkB += b[k];
  }
  const common = areaOf({
    top: Math.max(boxA.top, boxB.top),
    left: Math.max(boxA.left, boxB.left),
    bottom: Math.min(boxA.bottom, boxB.bottom),
    right: Math.min(boxA.right, boxB.right),
  });
  return { ink: shared / Math.min(inkA, inkB), box: common / (areaOf(boxA) + areaOf(boxB) - common) };
}

/**
 * @typedef {{top: number, left: number, bottom: number, right: number}} InkBox in pixels; bottom and right lie outside
 */

/**
 * The box around the ink.
 * @param {Geometry} geometry
 * @param {Float32Array} picture (H, W)
 * @returns {InkBox | null} null without ink (`hasInk`)
 */
export function boxOf({ width }, picture) {
  const box = { top: Infinity, left: Infinity, bottom: 0, right: 0 };
  picture.forEach((value, k) => {
    if (value < INK) return;
    const [row, column] = [Math.floor(k / width), k % width];
    box.top = Math.min(box.top, row);
    box.left = Math.min(box.left, column);
    box.bottom = Math.max(box.bottom, row + 1);
    box.right = Math.max(box.right, column + 1);
  });
  return box.bottom ? box : null;
}

/** @param {InkBox} box */
const areaOf = ({ top, left, bottom, right }) => Math.max(0, bottom - top) * Math.max(0, right - left);

/**
 * The two longest class capsules after the last iteration, the longest first.
 * @param {Pick<Trace, "lengths" | "geometry">} trace
 * @returns {[number, number]}
 */
export function twoLongest(trace) {
  const last = [...lastLengths(trace)];
  const [first, second] = last.map((_, label) => label).sort((a, b) => last[b] - last[a] || a - b);
  return [first, second];
}
