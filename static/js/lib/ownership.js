/** Which parts of the picture a class capsule owns. */
import { byPosition } from "./contributions.js";
import { maximum } from "./math.js";
import { IMAGE, receptiveField } from "./network.js";

/**
 * An illustration of where a class capsule's length comes from: what each primary capsule gives is spread over its
 * receptive field, weighted towards the field's middle, and the largest value is the length itself. Capsules that
 * pull back own nothing.
 * @param {Float32Array} contributions (P)
 * @param {number} length of the class capsule, in [0, 1)
 * @returns {Float32Array} (28, 28) in [0, 1)
 */
export function ownership(contributions, length) {
  const owned = new Float32Array(IMAGE * IMAGE);
  // All types at a position see the same patch.
  const amounts = byPosition(contributions.map((amount) => Math.max(0, amount)));
  amounts.forEach((amount, position) => spread(owned, receptiveField(position), amount));
  const most = maximum(owned) || 1;
  return owned.map((value) => (length * value) / most);
}

/**
 * @param {Float32Array} owned (28, 28)
 * @param {{left: number, top: number, size: number}} patch
 * @param {number} amount
 */
function spread(owned, { left, top, size }, amount) {
  const middle = (size - 1) / 2;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const distance = Math.hypot(row - middle, column - middle) / (middle / 2);
      owned[(top + row) * IMAGE + left + column] += amount * Math.exp((-distance * distance) / 2);
    }
  }
}
