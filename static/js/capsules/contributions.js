/** What the primary capsules give to the length of a class capsule. */
/** @import { Trace } from "./types.js" @import { Geometry } from "./geometry.js" */

/** The length of a class capsule. @param {Trace} trace @param {number} label @param {number} iteration 1 to R */
export const lengthAt = ({ lengths, geometry }, label, iteration) =>
  lengths[(iteration - 1) * geometry.classes + label];

/**
 * The lengths of all class capsules after the last iteration.
 * @param {Pick<Trace, "lengths" | "geometry">} trace
 * @returns {Float32Array} (C) a view of the trace's
 */
export const lastLengths = ({ lengths, geometry: { classes } }) => lengths.subarray(lengths.length - classes);

/**
 * What each gives: |s_j| is the sum over i of c_ij (û_j|i . v_j) / |v_j|, so each term is one capsule's part of it; it
 * is negative where a vote pulls back.
 * @param {Trace} trace
 * @param {number} label
 * @param {number} iteration 1 to R
 * @returns {Float32Array} (P)
 */
export function contributions(trace, label, iteration) {
  const { coupling_coefficients: couplings, agreement } = trace;
  const { primaries, classes } = trace.geometry;
  const length = Math.max(lengthAt(trace, label, iteration), 1e-9);
  const terms = new Float32Array(primaries);
  let at = (iteration - 1) * primaries * classes + label;
  for (let i = 0; i < primaries; i++, at += classes) terms[i] = (couplings[at] * agreement[at]) / length;
  return terms;
}

/**
 * The sum over all types of what the capsules at each position of the grid have.
 * @param {Geometry} geometry
 * @param {Float32Array} values (P)
 * @returns {Float32Array} (positions), row by row
 */
export function byPosition({ perType }, values) {
  const sums = new Float32Array(perType);
  for (let i = 0; i < values.length; i++) sums[i % perType] += values[i];
  return sums;
}
