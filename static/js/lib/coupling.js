/**
 * How strongly a coupling coefficient shows. The softmax makes c exponential in the routing logits, and it starts
 * at 1/10 for each of the ten classes: so it shows as log(c / 0.1), and 0 is where routing began.
 */
import { clamp, maximum } from "./math.js";
import { CLASSES, PER_TYPE, TYPES } from "./network.js";

export const EVEN = 1 / CLASSES;

/** A trace whose couplings never move still has a scale. */
const LEAST_REACH = 0.11;

/** The coupling coefficient that shows strongest: the largest of the trace. @param {Float32Array} couplings @returns {number} */
export const couplingReach = (couplings) => Math.max(LEAST_REACH, maximum(couplings));

/**
 * @param {number} reach from `couplingReach`
 * @returns {(coupling: number) => number} in [-1, 1]: 1 at `reach`, 0 at 1/10, -1 at as many times less
 */
export function couplingScale(reach) {
  const whole = Math.log(reach / EVEN);
  return (coupling) => clamp(Math.log(Math.max(coupling, 1e-9) / EVEN) / whole, -1, 1);
}

/** @param {Float32Array} couplings (P, C) @returns {Float32Array} (32, C), the mean over each type's 36 positions */
export function meanByType(couplings) {
  const means = new Float32Array(TYPES * CLASSES);
  for (let k = 0; k < couplings.length; k++) {
    const type = Math.floor(k / (CLASSES * PER_TYPE));
    means[type * CLASSES + (k % CLASSES)] += couplings[k] / PER_TYPE;
  }
  return means;
}
