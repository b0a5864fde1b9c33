/** Numbers that follow from a trace alone. Each is worked out once, when it is first asked for. */
/** @import { Trace } from "../../capsules/types.js" */
import { contributions, lengthAt } from "../../capsules/contributions.js";
import { couplingReach } from "../../capsules/coupling.js";
import { shareOf, strongest } from "../../capsules/difference.js";
import { ownership } from "../../capsules/ownership.js";
import { argmax } from "../../shell/math.js";

/**
 * @template T
 * @param {(trace: Trace) => T} make
 * @returns {(trace: Trace) => T}
 */
function once(make) {
  /** @type {WeakMap<Trace, T>} */
  const made = new WeakMap();
  return (trace) => {
    const known = made.get(trace) ?? make(trace);
    made.set(trace, known);
    return known;
  };
}

/**
 * @template T
 * @param {(trace: Trace, label: number) => T} make
 * @returns {(trace: Trace, label: number) => T}
 */
function onceByClass(make) {
  const byClass = once(() => /** @type {Map<number, T>} */ (new Map()));
  return (trace, label) => {
    const made = byClass(trace);
    const known = made.get(label) ?? make(trace, label);
    made.set(label, known);
    return known;
  };
}

/** The largest coupling coefficient of all iterations, where the colour scale ends. */
export const reachOf = once((trace) => couplingReach(trace.geometry, trace.coupling_coefficients));

/** The lengths of the primary capsules, (P) in [0, 1). */
export const primaryLengthsOf = once(({ primary_capsules: capsules, geometry: { primaries, primaryDim } }) => {
  const lengths = new Float32Array(primaries);
  for (let i = 0, at = 0; i < primaries; i++) {
    let sum = 0;
    for (let d = 0; d < primaryDim; d++, at++) sum += capsules[at] * capsules[at];
    lengths[i] = Math.sqrt(sum);
  }
  return lengths;
});

/** Which parts of the picture a class capsule owns after each iteration, (R, H, W) in [0, 1). */
export const ownershipMaps = onceByClass((trace, label) => {
  const { iterations, geometry } = trace;
  const maps = new Float32Array(iterations * geometry.pixels);
  for (let r = 1; r <= iterations; r++) {
    const owned = ownership(geometry, contributions(trace, label, r), lengthAt(trace, label, r));
    maps.set(owned, (r - 1) * geometry.pixels);
  }
  return maps;
});

/** ‖s_j‖ of each class after each iteration, (R, C): the sum of what the primary capsules contribute. */
export const sumLengths = once((trace) => {
  const { iterations, geometry } = trace;
  return Float32Array.from({ length: iterations * geometry.classes }, (_, k) => {
    const [r, label] = [Math.floor(k / geometry.classes), k % geometry.classes];
    return contributions(trace, label, r + 1).reduce((sum, term) => sum + term, 0);
  });
});

/** c_ij of all primary capsules to one class, (R, P). */
export const couplingColumn = onceByClass(({ coupling_coefficients: c, iterations, geometry }, label) =>
  Float32Array.from({ length: iterations * geometry.primaries }, (_, k) => c[k * geometry.classes + label]),
);

/** What all primary capsules contribute to one class, (R, P). */
export const supportColumn = onceByClass((trace, label) => {
  const { iterations, geometry } = trace;
  const column = new Float32Array(iterations * geometry.primaries);
  for (let r = 0; r < iterations; r++) column.set(contributions(trace, label, r + 1), r * geometry.primaries);
  return column;
});

/** The primary capsule that contributes most to a class after the last iteration. */
export const loudest = onceByClass((trace, label) => argmax(contributions(trace, label, trace.iterations)));

/** So many capsules are said to have made a class capsule. */
const SUPPORTERS = 10;

/** @typedef {{capsule: number, share: number}} Supporter `share` of the positive support for the class */

/** The capsules that contribute most to a class, after each iteration (R), the strongest first. */
export const supporters = onceByClass((trace, label) =>
  Array.from({ length: trace.iterations }, (_, r) => {
    const terms = contributions(trace, label, r + 1);
    return strongest(terms, SUPPORTERS)
      .filter((capsule) => terms[capsule] > 0)
      .map((capsule) => ({ capsule, share: shareOf(terms, [capsule]) }));
  }),
);

/** The longest class capsule besides one, after the last iteration. @param {Trace} trace @param {number} label */
export function runnerUp({ lengths, geometry: { classes } }, label) {
  const last = lengths.slice(-classes);
  last[label] = -1;
  return argmax(last);
}

/**
 * c_ij of one primary capsule over the iterations.
 * @param {Trace} trace
 * @param {number} capsule
 * @returns {Float32Array} (R, C)
 */
export function couplingHistory({ coupling_coefficients, iterations, geometry: { primaries, classes } }, capsule) {
  const history = new Float32Array(iterations * classes);
  for (let r = 0; r < iterations; r++) {
    const start = (r * primaries + capsule) * classes;
    history.set(coupling_coefficients.subarray(start, start + classes), r * classes);
  }
  return history;
}
