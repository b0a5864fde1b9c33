/** What stands at the playhead. */
/** @import { Trace } from "../../capsules/types.js" */
/** @import { Playback } from "./playback.js" @import { Traced, Traces } from "./traces.js" */
import { clamp, ease } from "../../shell/math.js";

/** @typedef {Traced & Pick<Playback, "playhead">} At a trace, and where in its routing */

/**
 * The iteration, 1 to R, that the playhead stands on or has last passed.
 * @param {Playback & Pick<Traces, "trace">} state
 */
export const iterationOf = (state) =>
  clamp(Math.floor(state.playhead + 1e-6), 1, state.trace?.iterations ?? state.iterations);

/**
 * Whether the playhead stands before the last iteration, whose capsules the answer and the dials are of.
 * @param {Playback & Pick<Traces, "trace">} state
 */
export const isBeforeEnd = ({ trace, playhead }) => trace !== null && playhead < trace.iterations;

/**
 * The iterations between which the playhead stands: there what is shown is eased, and is of neither of them.
 * @param {Playback & Pick<Traces, "trace">} state
 * @returns {[number, number] | null} null on an iteration
 */
export function passageOf(state) {
  const from = iterationOf(state);
  const last = state.trace?.iterations ?? state.iterations;
  return state.playhead - from > 1e-6 && from < last ? [from, from + 1] : null;
}

/** Where the playhead stands, in words. @param {Playback & Pick<Traces, "trace">} state */
export function placeText(state) {
  const passage = passageOf(state);
  if (passage) return `from iteration ${passage[0]} to ${passage[1]}`;
  return `iteration ${iterationOf(state)} of ${state.trace?.iterations ?? state.iterations}`;
}

/** The same within a sentence. @param {Playback & Pick<Traces, "trace">} state */
export function whenText(state) {
  const passage = passageOf(state);
  return passage ? `between iterations ${passage[0]} and ${passage[1]}` : `at ${placeText(state)}`;
}

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
  const between = new Float32Array(count);
  for (let k = 0; k < count; k++) between[k] = from[k] + (to[k] - from[k]) * t;
  return between;
}

/** @type {WeakMap<Trace, {playhead: number, couplings: Float32Array}>} several figures ask in each frame */
const lastCouplings = new WeakMap();

/** @param {At} state @returns {Float32Array} (P, C) */
export function couplingsNow({ trace, playhead }) {
  const last = lastCouplings.get(trace);
  if (last?.playhead === playhead) return last.couplings;
  const { primaries, classes } = trace.geometry;
  const couplings = atPlayhead(trace.coupling_coefficients, playhead, primaries * classes);
  lastCouplings.set(trace, { playhead, couplings });
  return couplings;
}

/** @param {At} state @returns {Float32Array} (C) */
export const lengthsNow = ({ trace, playhead }) => atPlayhead(trace.lengths, playhead, trace.geometry.classes);

/** @param {At} state @returns {Float32Array} (C, D) */
export const capsulesNow = ({ trace, playhead }) =>
  atPlayhead(trace.class_capsules, playhead, trace.geometry.classes * trace.geometry.poseDim);
