/** What the decoder draws while nobody turns a dial: of the shown class as found, and while the routing goes on. */
/** @import { Trace } from "../../capsules/types.js" @import { Choice } from "../trace/choosing.js" */
/** @import { PartKind, WithParts } from "../trace/parts.js" @import { Playback } from "../trace/playback.js" */
/** @import { Traces } from "../trace/traces.js" @import { Troubles } from "../trace/troubles.js" */
/** @import { Dials } from "./dials.js" */
/** @import { Store } from "../../shell/store.js" */
import { untilAnswered } from "../../shell/persisting.js";
import { foundPose, shownClass } from "../trace/choosing.js";
import { isMissed, partOf } from "../trace/parts.js";
import { atPlayhead, isBeforeEnd } from "../trace/playhead.js";
import { isDialled } from "./dials.js";

/** @typedef {{fetchReconstructions: typeof import("../../api/client.js").fetchReconstructions}} DecodingServices */

/**
 * The shown class as found, (H, W): the trace brings that of the predicted class alone.
 * @type {PartKind<Float32Array, Choice & Traces, DecodingServices>}
 */
const FOUND = {
  name: "found",
  detail: (state) => (shownClass(state) === state.trace?.label ? null : String(shownClass(state))),
  ask({ fetchReconstructions }, _drawing, { model }, state) {
    const [label, pose] = [/** @type {number} */ (shownClass(state)), /** @type {Float32Array} */ (foundPose(state))];
    return fetchReconstructions([pose], { model, label });
  },
};

/**
 * The shown class at each iteration, (R, H, W).
 * @type {PartKind<Float32Array, Choice & Traces & Playback & Dials, DecodingServices>}
 */
const ITERATIONS = {
  name: "decoded",
  detail: (state) => (shownClass(state) === null ? null : String(shownClass(state))),
  ask({ fetchReconstructions }, _drawing, trace, state) {
    const label = /** @type {number} */ (shownClass(state));
    return fetchReconstructions(posesOf(trace, label), { model: trace.model, label, dtype: "f16" });
  },
};

/**
 * The pose of a class at each iteration.
 * @param {Trace} trace
 * @param {number} label
 * @returns {Float32Array[]} (R) of (D)
 */
function posesOf({ class_capsules: capsules, iterations, geometry: { classes, poseDim } }, label) {
  return Array.from({ length: iterations }, (_, r) => {
    const start = (r * classes + label) * poseDim;
    return capsules.subarray(start, start + poseDim);
  });
}

/**
 * @param {Store<Choice & Traces & Playback & Dials>} store
 * @param {DecodingServices} _services
 * @param {{needPart: (kind: PartKind<any, any, any>) => Promise<number>}} others
 */
export const actions = (store, _services, others) => ({
  needFound: untilAnswered(() => others.needPart(FOUND)),

  /** Once for each trace and class, when the playhead is before the last iteration and no dial is turned. */
  needIterationReconstructions: untilAnswered(async () =>
    followsRouting(store.get()) ? others.needPart(ITERATIONS) : 0,
  ),
});

/**
 * What the decoder draws of the shown class while no dial is turned.
 * @param {Choice & Traces & WithParts} state
 * @returns {Float32Array | null} (H, W)
 */
export const foundReconstruction = (state) =>
  shownClass(state) === state.trace?.label ? (state.trace?.reconstruction ?? null) : partOf(state, FOUND);

/**
 * Whether the decoder is to draw the capsule of the playhead: before the last iteration, while no dial is turned. Dials
 * turn the capsule of the last.
 * @param {Playback & Traces & Dials} state
 */
export const followsRouting = (state) => isBeforeEnd(state) && !isDialled(state);

/**
 * The pictures of all iterations of what is shown, (R, H, W); null where they are not there.
 * @param {Choice & Traces & Playback & Dials & WithParts & Troubles} state
 */
export const iterationReconstructions = (state) => partOf(state, ITERATIONS);

/**
 * Whether the picture is, or will be in a moment, that of the playhead.
 * @param {Choice & Traces & Playback & Dials & WithParts & Troubles} state
 */
export const showsIteration = (state) => followsRouting(state) && !isMissed(state, ITERATIONS);

/**
 * The picture under "Decoder": at the playhead, or as the dials stand.
 * @param {Choice & Traces & Playback & Dials & WithParts & Troubles} state
 * @returns {Float32Array | null} (H, W); null where it is not there yet
 */
export function reconstructionNow(state) {
  const { trace, playhead, reconstruction } = state;
  if (!trace || !showsIteration(state)) return reconstruction;
  const all = iterationReconstructions(state);
  return all && atPlayhead(all, playhead, trace.geometry.pixels);
}
