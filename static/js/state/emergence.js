/** What the decoder draws while the routing goes on. @import { State, Store } from "../types.js" */
import { CLASSES, IMAGE, POSE_DIM } from "../lib/network.js";
import { atPlayhead, isDialled, shownClass } from "./selectors.js";

/**
 * @param {Store} store
 * @param {import("./looking.js").Services["fetchReconstructions"]} fetchReconstructions
 */
export function emergenceActions(store, fetchReconstructions) {
  /** @type {{trace: import("../types.js").Trace | null, label: number | null}} */
  let asked = { trace: null, label: null };
  return {
    /** Once for each trace and class, when the playhead is somewhere else than on the last iteration. */
    async needEmergence() {
      const { trace } = store.get();
      const label = shownClass(store.get());
      if (!trace || label === null || isRouted(store.get()) || (asked.trace === trace && asked.label === label)) return;
      const mine = (asked = { trace, label });
      const poses = Array.from({ length: trace.iterations }, (_, r) => {
        const start = (r * CLASSES + label) * POSE_DIM;
        return trace.class_capsules.subarray(start, start + POSE_DIM);
      });
      try {
        const reconstructions = await fetchReconstructions(poses, { model: trace.model, label, dtype: "f16" });
        if (asked === mine) store.set({ emergence: { trace, label, reconstructions } });
      } catch (error) {
        asked = { trace: null, label: null }; // asked again when the playhead moves; the last iteration is drawn meanwhile
        console.info("the reconstruction does not follow the routing", error);
      }
    },
  };
}

/** Whether the playhead stands where the routing has ended. @param {State} state */
export const isRouted = ({ trace, playhead }) => !trace || playhead >= trace.iterations;

/** The reconstructions of all iterations, while one of them is shown; turned dials are about the last. @param {State} state */
export function emergenceOf(state) {
  const { trace, emergence } = state;
  const isShown = emergence?.trace === trace && emergence?.label === shownClass(state) && !isRouted(state) && !isDialled(state);
  return isShown ? emergence : null;
}

/** The picture under "Decoder": at the playhead, or as the dials stand. @param {State} state @returns {Float32Array | null} (28, 28) */
export function reconstructionNow(state) {
  const emergence = emergenceOf(state);
  return emergence ? atPlayhead(emergence.reconstructions, state.playhead, IMAGE * IMAGE) : state.reconstruction;
}
