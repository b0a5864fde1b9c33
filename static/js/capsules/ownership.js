/** Which parts of the picture a class capsule owns. */
import { byPosition } from "./contributions.js";
import { receptiveField } from "./geometry.js";
import { maximum } from "../shell/math.js";
/** @import { Geometry, Patch } from "./geometry.js" */

/**
 * An illustration of where a class capsule's length comes from: what each primary capsule gives is spread over its
 * receptive field, weighted towards the field's middle, and the largest value is the length itself. Capsules that
 * pull back own nothing.
 * @param {Geometry} geometry
 * @param {Float32Array} contributions (P)
 * @param {number} length of the class capsule, in [0, 1)
 * @returns {Float32Array} (H, W) in [0, 1)
 */
export function ownership(geometry, contributions, length) {
  const owned = overFields(geometry, contributions);
  const scale = length / (maximum(owned) || 1);
  for (let k = 0; k < owned.length; k++) owned[k] *= scale;
  return owned;
}

/**
 * The same without the scale: the sum of what the capsules that look at a pixel give, each weighted by where in its
 * field the pixel lies. `model/explaining/overlap.py` has it as `spread`.
 * @param {Geometry} geometry
 * @param {Float32Array} contributions (P)
 * @returns {Float32Array} (H, W), from 0
 */
export function overFields(geometry, contributions) {
  const given = contributions.slice();
  for (let i = 0; i < given.length; i++) if (given[i] < 0) given[i] = 0;
  return spreadAll(geometry, byPosition(geometry, given), bell(geometry.field)); // all types at a position see the same
}

/**
 * A picture as receptive fields can place it at best: each is given the ink that it sees, weighted towards its middle,
 * and spreads that as `overFields` does. `model/explaining/overlap.py` has it as `through_fields`.
 * @param {Geometry} geometry
 * @param {ArrayLike<number>} picture (H, W)
 * @returns {Float32Array} (H, W), from 0
 */
export function throughFields(geometry, picture) {
  const weights = bell(geometry.field);
  const amounts = new Float32Array(geometry.perType);
  for (let position = 0; position < amounts.length; position++) {
    amounts[position] = seen(picture, geometry.width, receptiveField(geometry, position), weights);
  }
  return spreadAll(geometry, amounts, weights);
}

/** @param {Geometry} geometry @param {Float32Array} amounts (positions) @param {Float32Array} weights (size, size) */
function spreadAll(geometry, amounts, weights) {
  const owned = new Float32Array(geometry.pixels);
  for (let position = 0; position < amounts.length; position++) {
    spread(owned, geometry.width, receptiveField(geometry, position), weights, amounts[position]);
  }
  return owned;
}

/** How much of its capsule each pixel of a patch counts: most in the middle. @param {number} size side of the patch */
function bell(size) {
  const middle = (size - 1) / 2;
  const weights = new Float32Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const distance = Math.hypot(row - middle, column - middle) / (middle / 2);
      weights[row * size + column] = Math.exp((-distance * distance) / 2);
    }
  }
  return weights;
}

/**
 * @param {Float32Array} owned (H, W)
 * @param {number} width W
 * @param {Patch} patch
 * @param {Float32Array} weights (size, size)
 * @param {number} amount
 */
function spread(owned, width, { left, top, size }, weights, amount) {
  for (let row = 0; row < size; row++) {
    const start = (top + row) * width + left;
    for (let column = 0; column < size; column++) owned[start + column] += amount * weights[row * size + column];
  }
}

/**
 * The ink within a patch, weighted.
 * @param {ArrayLike<number>} picture (H, W)
 * @param {number} width W
 * @param {Patch} patch
 * @param {Float32Array} weights (size, size)
 */
function seen(picture, width, { left, top, size }, weights) {
  let sum = 0;
  for (let row = 0; row < size; row++) {
    const start = (top + row) * width + left;
    for (let column = 0; column < size; column++) sum += picture[start + column] * weights[row * size + column];
  }
  return sum;
}
