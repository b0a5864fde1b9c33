/** What the planes of votes show. @import { State, Trace, Traced } from "../types.js" */
import { argmax } from "../lib/math.js";
import { CLASSES, PRIMARY } from "../lib/network.js";
import { atPlayhead, shownClass } from "./selectors.js";

/** The longest class capsule besides one, after the last iteration. @param {Trace} trace @param {number} label */
export function runnerUp({ lengths, iterations }, label) {
  const last = lengths.slice((iterations - 1) * CLASSES);
  last[label] = -1;
  return argmax(last);
}

/** The two classes whose votes are shown. @param {State} state @returns {[number, number] | null} */
export function planeLabels(state) {
  const { trace, planeClasses } = state;
  const first = planeClasses[0] ?? shownClass(state);
  return trace && first !== null ? [first, planeClasses[1] ?? runnerUp(trace, first)] : null;
}

/** @type {WeakMap<Trace, Map<number, Float32Array>>} (R, P) by class: the playhead goes through them at every frame */
const columns = new WeakMap();

/** c_ij of all primary capsules to one class at the playhead. @param {Traced} state @param {number} label @returns {Float32Array} (P) */
export function couplingsTo({ trace, playhead }, label) {
  const byClass = columns.get(trace) ?? new Map();
  columns.set(trace, byClass);
  const column = byClass.get(label) ?? columnOf(trace, label);
  byClass.set(label, column);
  return atPlayhead(column, playhead, PRIMARY);
}

/** @param {Trace} trace @param {number} label */
const columnOf = ({ coupling_coefficients, iterations }, label) =>
  Float32Array.from({ length: iterations * PRIMARY }, (_, k) => coupling_coefficients[k * CLASSES + label]);
