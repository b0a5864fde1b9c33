/** What the planes of votes show. @import { State, Trace } from "../types.js" */
import { argmax } from "../lib/math.js";
import { CLASSES, PRIMARY } from "../lib/network.js";
import { shownClass } from "./selectors.js";

/**
 * c_ij of all primary capsules to one class, over the iterations.
 * @param {Trace} trace
 * @param {number} label
 * @returns {Float32Array} (R, P)
 */
export function couplingsTo({ coupling_coefficients, iterations }, label) {
  return Float32Array.from({ length: iterations * PRIMARY }, (_, k) => coupling_coefficients[k * CLASSES + label]);
}

/** The longest class capsule besides one, after the last iteration. @param {Trace} trace @param {number} label */
export function runnerUp({ lengths, iterations }, label) {
  const last = lengths.slice((iterations - 1) * CLASSES);
  last[label] = -1;
  return argmax(last);
}

/** The two classes whose votes are shown on planes. @param {State} state @returns {[number, number] | null} */
export function planeLabels(state) {
  const { trace, planeClasses } = state;
  const first = planeClasses[0] ?? shownClass(state);
  return trace && first !== null ? [first, planeClasses[1] ?? runnerUp(trace, first)] : null;
}
