/** Actions that turn the dials and choose the class that they belong to. @import { Store } from "../types.js" */
import { clamp } from "../lib/math.js";
import { DIAL_REACH, NO_OFFSETS } from "./initial.js";
import { dialledPose, isDialled, shownClass } from "./selectors.js";

/**
 * @param {Store} store
 * @param {(request: import("../api/dials.js").DialRequest) => void} send asks for a reconstruction
 * @param {() => void} cancel forgets what was asked for
 */
export function diallingActions(store, send, cancel) {
  /** Show what the decoder draws from the pose as it stands. */
  function refresh() {
    const state = store.get();
    const label = shownClass(state);
    const pose = dialledPose(state);
    if (!state.trace || !pose || label === null) return;
    if (label === state.trace.label && !isDialled(state)) {
      cancel();
      store.set({ reconstruction: state.trace.reconstruction });
    } else {
      send({ pose, label, model: state.trace.model });
    }
  }

  /** @param {number[]} offsets */
  function setOffsets(offsets) {
    // The dials move together with their picture, in one frame: a frame of their own, begun as soon as the hand
    // moves, would keep the answer waiting until it is painted.
    store.setQuietly({ offsets });
    refresh();
  }

  return {
    refresh,

    /** @param {number} dimension @param {number} offset from the pose that the network found */
    turnDial(dimension, offset) {
      setOffsets(store.get().offsets.with(dimension, clamp(offset, -DIAL_REACH, DIAL_REACH)));
    },

    /** @param {number} dimension */
    resetDial: (dimension) => setOffsets(store.get().offsets.with(dimension, 0)),

    /** All dials at once, of that class; each as far as it reaches. @param {number} label @param {number[]} offsets */
    dialTo(label, offsets) {
      store.set({ selectedClass: label === store.get().trace?.label ? null : label });
      setOffsets(offsets.map((offset) => clamp(Math.round(offset * 100) / 100, -DIAL_REACH, DIAL_REACH)));
    },

    resetDials: () => setOffsets([...NO_OFFSETS]),

    /** @param {number | null} label null follows the prediction */
    selectClass(label) {
      const { trace, selectedClass } = store.get();
      const chosen = label === trace?.label ? null : label;
      if (chosen === selectedClass) return;
      store.set({ selectedClass: chosen });
      setOffsets([...NO_OFFSETS]);
    },
  };
}
