/** What the primary capsules give to the length of a class capsule. */
/** @import { Trace } from "../types.js" */
import { CLASSES, PER_TYPE, PRIMARY } from "./network.js";

/** The length of a class capsule. @param {Trace} trace @param {number} label @param {number} iteration 1 to R */
export const lengthAt = (trace, label, iteration) => trace.lengths[(iteration - 1) * CLASSES + label];

/**
 * What each gives: |s_j| is the sum over i of c_ij (û_j|i . v_j) / |v_j|, so each term is one capsule's part of it; it
 * is negative where a vote pulls back.
 * @param {Trace} trace
 * @param {number} label
 * @param {number} iteration 1 to R
 * @returns {Float32Array} (P)
 */
export function contributions(trace, label, iteration) {
  const base = (iteration - 1) * PRIMARY * CLASSES + label;
  const length = Math.max(lengthAt(trace, label, iteration), 1e-9);
  return Float32Array.from({ length: PRIMARY }, (_, i) => {
    const at = base + i * CLASSES;
    return (trace.coupling_coefficients[at] * trace.agreement[at]) / length;
  });
}

/** The sum over all types of what the capsules at each position of the grid have. @param {Float32Array} values (P) @returns {Float32Array} (36) */
export function byPosition(values) {
  const sums = new Float32Array(PER_TYPE);
  values.forEach((value, i) => (sums[i % PER_TYPE] += value));
  return sums;
}
