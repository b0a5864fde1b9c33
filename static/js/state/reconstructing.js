/** What the decoder draws while the routing goes on. @import { State, Store, Trace } from "../types.js" */
import { CLASSES, IMAGE, POSE_DIM } from "../lib/network.js";
import { atPlayhead, isBeforeEnd, isDialled, shownClass } from "./selectors.js";

/**
 * @param {Store} store
 * @param {import("./looking.js").Services["fetchReconstructions"]} fetchReconstructions
 */
export function reconstructingActions(store, fetchReconstructions) {
  /** @type {{trace: Trace, label: number} | null} */
  let asked = null;
  return {
    /** Once for each trace and class, when the playhead is before the last iteration and no dial is turned. */
    async needIterationReconstructions() {
      const { trace } = store.get();
      const label = shownClass(store.get());
      if (!trace || label === null || !followsRouting(store.get()) || (asked?.trace === trace && asked.label === label)) return;
      const mine = (asked = { trace, label });
      /** @type {Float32Array | null} */
      let reconstructions = null;
      try {
        reconstructions = await fetchReconstructions(posesOf(trace, label), { model: trace.model, label, dtype: "f16" });
      } catch (error) {
        console.info("the reconstruction does not follow the routing", error);
        if (asked === mine) asked = null; // asked again at the next iteration
      }
      const now = store.get();
      if (now.trace === trace && shownClass(now) === label) store.set({ iterationReconstructions: { trace, label, reconstructions } });
    },
  };
}

/** The pose of a class at each iteration. @param {Trace} trace @param {number} label @returns {Float32Array[]} (R) of (D) */
function posesOf({ class_capsules: capsules, iterations }, label) {
  return Array.from({ length: iterations }, (_, r) => {
    const start = (r * CLASSES + label) * POSE_DIM;
    return capsules.subarray(start, start + POSE_DIM);
  });
}

/**
 * Whether the decoder is to draw the capsule of the playhead: before the last iteration, while no dial is turned. Dials
 * turn the capsule of the last.
 * @param {State} state
 */
export const followsRouting = (state) => isBeforeEnd(state) && !isDialled(state);

/**
 * The reconstructions of all iterations of what is shown; null where they are not there, yet or at all.
 * @param {State} state
 */
function known(state) {
  const { iterationReconstructions: last } = state;
  return last?.trace === state.trace && last?.label === shownClass(state) ? last : null;
}

/** Whether the picture is, or will be in a moment, that of the playhead. @param {State} state */
export const showsIteration = (state) => followsRouting(state) && known(state)?.reconstructions !== null;

/**
 * The picture under "Decoder": at the playhead, or as the dials stand.
 * @param {State} state
 * @returns {Float32Array | null} (28, 28); null where it is not there yet
 */
export function reconstructionNow(state) {
  if (!followsRouting(state)) return state.reconstruction;
  const iterations = known(state);
  if (!iterations) return null;
  return iterations.reconstructions ? atPlayhead(iterations.reconstructions, state.playhead, IMAGE * IMAGE) : state.reconstruction;
}
