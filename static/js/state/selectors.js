/** @import { MeasuredKind, State, Trace, Traced } from "../types.js" */
import { contributions, lengthAt } from "../lib/contributions.js";
import { couplingReach } from "../lib/coupling.js";
import { rankOf } from "../lib/gauge.js";
import { inWords } from "../lib/interventions.js";
import { clamp, ease, lerp, lengthOf, squaredError, toLength } from "../lib/math.js";
import { CLASSES, IMAGE, PER_TYPE, POSE_DIM, PRIMARY, PRIMARY_DIM } from "../lib/network.js";
import { ownership } from "../lib/ownership.js";

/** The models that this page can ask about a drawing: those that see one digit. @param {State} state */
export const digitModels = ({ models }) => models.filter(({ task }) => task === "digit");

/**
 * Whether something was measured of the network that answers; null while that is not known.
 * @param {State} state
 * @param {MeasuredKind} kind
 * @returns {boolean | null}
 */
export const wasMeasured = ({ trace, models }, kind) => models.find(({ name }) => name === trace?.model)?.measured.includes(kind) ?? null;

/** The class that the dials and pictures are about. @param {State} state @returns {number | null} */
export const shownClass = (state) => state.selectedClass ?? state.trace?.label ?? null;

/** The class whose links are lit: the one under the pointer, else the chosen one. @param {State} state */
export const litClass = (state) => state.hoveredClass ?? shownClass(state);

/** The class whose share of the drawing is painted. @param {State} state */
export const ownedClass = (state) => state.hoveredClass ?? state.pinnedClass;

/** The one primary capsule that is looked at: of several that are pinned, the last. @param {State} state @returns {number | null} */
export const lookedAtCapsule = (state) => state.hoveredCapsule ?? (state.hoveredType === null ? (state.pinnedCapsules.at(-1) ?? null) : null);

/** The type that is looked at, while no capsule is. @param {State} state @returns {number | null} */
export const lookedAtType = (state) => (lookedAtCapsule(state) === null ? (state.hoveredType ?? state.pinnedType) : null);

/**
 * All primary capsules that are looked at: the one under the pointer, those of a type, or the pinned ones.
 * @param {State} state
 * @returns {readonly number[] | null} null where none is
 */
export function lookedAtCapsules(state) {
  if (state.hoveredCapsule !== null) return [state.hoveredCapsule];
  const type = lookedAtType(state);
  if (type !== null) return Array.from({ length: PER_TYPE }, (_, k) => type * PER_TYPE + k);
  return state.pinnedCapsules.length ? state.pinnedCapsules : null;
}

/**
 * Whether a class is pointed at: for as long it sets aside what is pinned, or its links would not be seen.
 * @param {State} state
 */
export const isClassPointedAt = ({ hoveredClass, hoveredCapsule, hoveredType }) => hoveredClass !== null && hoveredCapsule === null && hoveredType === null;

/** The capsules whose links alone are drawn. @param {State} state @returns {readonly number[] | null} null for all */
export const linkedCapsules = (state) => (isClassPointedAt(state) ? null : lookedAtCapsules(state));

/** What of the state decides what is looked at, to be watched. @param {State} state */
export const pointedAt = ({ hoveredCapsule, hoveredType, pinnedCapsules, pinnedType }) => [hoveredCapsule, hoveredType, pinnedCapsules, pinnedType];

/** The iteration, 1 to R, that the playhead stands on or has last passed. @param {State} state */
export const iterationOf = (state) => clamp(Math.floor(state.playhead + 1e-6), 1, state.trace?.iterations ?? state.iterations);

/** Whether the playhead stands before the last iteration, whose capsules the answer and the dials are of. @param {State} state */
export const isBeforeEnd = ({ trace, playhead }) => trace !== null && playhead < trace.iterations;

/**
 * The iterations between which the playhead stands: there what is shown is eased, and is of neither of them.
 * @param {State} state
 * @returns {[number, number] | null} null on an iteration
 */
export function passageOf(state) {
  const from = iterationOf(state);
  const last = state.trace?.iterations ?? state.iterations;
  return state.playhead - from > 1e-6 && from < last ? [from, from + 1] : null;
}

/** Where the playhead stands, in words. @param {State} state */
export function placeText(state) {
  const passage = passageOf(state);
  if (passage) return `from iteration ${passage[0]} to ${passage[1]}`;
  return `iteration ${iterationOf(state)} of ${state.trace?.iterations ?? state.iterations}`;
}

/** The beginning of the names of files that are saved: the model, the answer and the iteration. @param {Traced} state */
export function fileStem(state) {
  const { model, label, iterations, interventions } = state.trace;
  return `capsnet-${model}-reads-${label}-iteration-${iterationOf(state)}-of-${iterations}${interventions ? "-tampered" : ""}`;
}

/** What stands below a saved picture. @param {Traced} state */
export function savedCaption(state) {
  const { model, label, iterations, interventions } = state.trace;
  const tampered = interventions ? `; tampered with: ${inWords(interventions)}` : "";
  return `CapsNet Explorer: model ${model}, which reads ${label}; iteration ${iterationOf(state)} of ${iterations}${tampered}`;
}

/** The pose of the shown class as the network found it. @param {State} state @returns {Float32Array | null} (D) */
export function foundPose(state) {
  const label = shownClass(state);
  if (!state.trace || label === null) return null;
  const start = ((state.trace.iterations - 1) * CLASSES + label) * POSE_DIM;
  return state.trace.class_capsules.subarray(start, start + POSE_DIM);
}

/**
 * Whether the routing is the one that the network learnt with, untouched: what its lengths mean was learnt with that.
 * @param {{trace: Trace, models: State["models"]}} state
 */
export function isAsTrained({ trace, models }) {
  const trained = models.find(({ name }) => name === trace.model)?.routing_iterations ?? trace.iterations;
  return !trace.interventions && trained === trace.iterations;
}

/**
 * How well the winning class explains the drawing, beside the test digits; null where that was not measured: not for
 * this model, not for this number of iterations, or not for a routing that is tampered with.
 * @param {State} state
 */
export function fitOf({ trace, gauge, models }) {
  if (!trace || !isAsTrained({ trace, models }) || gauge?.model !== trace.model) return null;
  const error = squaredError(trace.reconstruction, trace.image);
  return { error, quantiles: gauge.quantiles, rank: rankOf(gauge.quantiles, error) };
}

/** The pose with the dials as they stand. @param {State} state @returns {Float32Array | null} (D) */
export function dialledPose(state) {
  const turned = foundPose(state)?.map((number, d) => number + state.offsets[d]) ?? null;
  return turned && state.poseLength !== null ? toLength(turned, state.poseLength) : turned;
}

/** @param {State} state */
export const isDialled = (state) => state.poseLength !== null || state.offsets.some((offset) => offset !== 0);

/** What the decoder draws of the shown class while no dial is turned. @param {State} state @returns {Float32Array | null} */
export const foundReconstruction = (state) =>
  shownClass(state) === state.trace?.label ? (state.trace?.reconstruction ?? null) : state.foundReconstruction;

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

/** @type {WeakMap<Trace, {playhead: number, couplings: Float32Array}>} several views ask in each frame */
const lastCouplings = new WeakMap();

/** @param {Traced} state @returns {Float32Array} (P, C) */
export function couplingsNow({ trace, playhead }) {
  const last = lastCouplings.get(trace);
  if (last?.playhead === playhead) return last.couplings;
  const couplings = atPlayhead(trace.coupling_coefficients, playhead, PRIMARY * CLASSES);
  lastCouplings.set(trace, { playhead, couplings });
  return couplings;
}

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

/** @type {WeakMap<Trace, Map<number, Float32Array>>} */
const owned = new WeakMap();

/**
 * Which parts of the picture a class capsule owns at the playhead, eased from iteration to iteration.
 * @param {Traced} state
 * @param {number} label
 * @returns {Float32Array} (28, 28) in [0, 1)
 */
export function ownershipNow({ trace, playhead }, label) {
  const byClass = owned.get(trace) ?? new Map();
  owned.set(trace, byClass);
  const maps = byClass.get(label) ?? ownershipMaps(trace, label);
  byClass.set(label, maps);
  return atPlayhead(maps, playhead, IMAGE * IMAGE);
}

/** @param {Trace} trace @param {number} label @returns {Float32Array} (R, 28, 28) */
function ownershipMaps(trace, label) {
  const maps = new Float32Array(trace.iterations * IMAGE * IMAGE);
  for (let r = 1; r <= trace.iterations; r++) {
    maps.set(ownership(contributions(trace, label, r), lengthAt(trace, label, r)), (r - 1) * IMAGE * IMAGE);
  }
  return maps;
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
