/** @import { State, Trace, Traced } from "../types.js" */
import { couplingReach } from "../lib/coupling.js";
import { rankOf } from "../lib/gauge.js";
import { clamp, ease, lerp, lengthOf, squaredError } from "../lib/math.js";
import { CLASSES, POSE_DIM, PRIMARY, PRIMARY_DIM } from "../lib/network.js";

/** The class that the dials and pictures are about. @param {State} state @returns {number | null} */
export const shownClass = (state) => state.selectedClass ?? state.trace?.label ?? null;

/** The class whose links are lit: the one under the pointer, else the chosen one. @param {State} state */
export const litClass = (state) => state.hoveredClass ?? shownClass(state);

/** The primary capsule that is looked at. @param {State} state @returns {number | null} */
export const lookedAtCapsule = (state) => state.hoveredCapsule ?? state.pinnedCapsule;

/** The iteration, 1 to R, that the playhead stands on or has last passed. @param {State} state */
export const iterationOf = (state) => clamp(Math.floor(state.playhead + 1e-6), 1, state.trace?.iterations ?? state.iterations);

/** The pose of the shown class as the network found it. @param {State} state @returns {Float32Array | null} (D) */
export function foundPose(state) {
  const label = shownClass(state);
  if (!state.trace || label === null) return null;
  const start = ((state.trace.iterations - 1) * CLASSES + label) * POSE_DIM;
  return state.trace.class_capsules.subarray(start, start + POSE_DIM);
}

/**
 * How well the winning class explains the drawing, beside the test digits; null where that was not measured: not for
 * this model, or not for this number of iterations.
 * @param {State} state
 */
export function fitOf({ trace, gauge, models }) {
  if (!trace || gauge?.model !== trace.model || !gauge.quantiles) return null;
  const trained = models.find(({ name }) => name === trace.model)?.routing_iterations ?? trace.iterations;
  if (trained !== trace.iterations) return null;
  const error = squaredError(trace.reconstruction, trace.image);
  return { error, quantiles: gauge.quantiles, rank: rankOf(gauge.quantiles, error) };
}

/** The pose with the dials as they stand. @param {State} state @returns {Float32Array | null} (D) */
export function dialledPose(state) {
  return foundPose(state)?.map((number, d) => number + state.offsets[d]) ?? null;
}

/** @param {State} state */
export const isDialled = (state) => state.offsets.some((offset) => offset !== 0);

/**
 * A tensor with the axis R first, at the playhead: eased between the two iterations around it.
 * @param {Float32Array} values (R, count)
 * @param {number} playhead
 * @param {number} count
 * @returns {Float32Array} (count)
 */
export function atPlayhead(values, playhead, count) {
  const last = values.length / count - 1;
  const before = clamp(Math.floor(playhead) - 1, 0, last);
  const t = ease(clamp(playhead - 1 - before, 0, 1));
  const from = values.subarray(before * count, (before + 1) * count);
  if (t === 0 || before === last) return from;
  const to = values.subarray((before + 1) * count, (before + 2) * count);
  return from.map((value, k) => lerp(value, to[k], t));
}

/** @param {Traced} state @returns {Float32Array} (P, C) */
export const couplingsNow = ({ trace, playhead }) => atPlayhead(trace.coupling_coefficients, playhead, PRIMARY * CLASSES);

/** @param {Traced} state @returns {Float32Array} (C) */
export const lengthsNow = ({ trace, playhead }) => atPlayhead(trace.lengths, playhead, CLASSES);

/** @param {Traced} state @returns {Float32Array} (C, D) */
export const capsulesNow = ({ trace, playhead }) => atPlayhead(trace.class_capsules, playhead, CLASSES * POSE_DIM);

/** @type {WeakMap<Trace, number>} */
const reaches = new WeakMap();

/** The largest coupling coefficient of all iterations, where the colour scale ends. @param {Trace} trace */
export function reachOf(trace) {
  const reach = reaches.get(trace) ?? couplingReach(trace.coupling_coefficients);
  reaches.set(trace, reach);
  return reach;
}

/** @type {WeakMap<Trace, Float32Array>} */
const primaryLengths = new WeakMap();

/** The lengths of the primary capsules. @param {Trace} trace @returns {Float32Array} (P) in [0, 1) */
export function primaryLengthsOf(trace) {
  let lengths = primaryLengths.get(trace);
  if (!lengths) {
    const { primary_capsules } = trace;
    lengths = Float32Array.from({ length: PRIMARY }, (_, i) => lengthOf(primary_capsules, i * PRIMARY_DIM, PRIMARY_DIM));
    primaryLengths.set(trace, lengths);
  }
  return lengths;
}

/** The length of a class capsule. @param {Trace} trace @param {number} label @param {number} iteration 1 to R */
export const lengthAt = (trace, label, iteration) => trace.lengths[(iteration - 1) * CLASSES + label];

/**
 * What each primary capsule gives to the length of a class capsule: |s_j| is the sum over i of
 * c_ij (û_j|i . v_j) / |v_j|, so each term is one capsule's part of it; it is negative where a vote pulls back.
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

/**
 * c_ij of one primary capsule over the iterations.
 * @param {Trace} trace
 * @param {number} capsule
 * @returns {Float32Array} (R, C)
 */
export function couplingHistory(trace, capsule) {
  return Float32Array.from({ length: trace.iterations * CLASSES }, (_, k) => {
    const iteration = Math.floor(k / CLASSES);
    return trace.coupling_coefficients[(iteration * PRIMARY + capsule) * CLASSES + (k % CLASSES)];
  });
}
