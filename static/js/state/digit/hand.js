/** The hand on the dials, and what it takes back. */
/** @import { Choice } from "../trace/choosing.js" @import { Playback } from "../trace/playback.js" */
/** @import { Traces } from "../trace/traces.js" @import { Dials, DialSetting } from "./dials.js" */
/** @import { Store } from "../../shell/store.js" */
import { replaced } from "../../shell/arrays.js";
import { clamp, lengthOf, maximum } from "../../shell/math.js";
import { MOST_LENGTH, MOST_OFFSET } from "../../capsules/reach.js";
import { foundPose } from "../trace/choosing.js";
import { dialledPose, isDialled, offsetOf } from "./dials.js";

/** Turns of one dial that follow each other faster are taken back together. */
const SAME_TURN_MS = 1000;
const MOST_REMEMBERED = 100;

/** @typedef {Store<Dials & Traces & Choice & Playback>} HandStore */

/** @param {HandStore} store @param {() => void} refresh shows what the decoder draws from the pose as it then stands */
export function handActions(store, refresh) {
  const { turn, undoDials } = memory(store, refresh);

  /** @param {number} dimension @param {number} offset from the pose that the network found */
  function turnDial(dimension, offset) {
    const pose = foundPose(store.get());
    if (!pose) return;
    const offsets = Array.from(pose, (_, d) => offsetOf(store.get(), d));
    const turned = clamp(offset, -MOST_OFFSET, MOST_OFFSET);
    if (turned !== offsets[dimension]) turn(String(dimension), { offsets: replaced(offsets, dimension, turned) });
  }

  return {
    turnDial,

    undoDials,

    /** @param {number} dimension */
    resetDial: (dimension) => turnDial(dimension, 0),

    /**
     * Bring the pose to a length and keep it there: then its numbers turn its direction alone.
     * @param {number | null} length null lets it follow from the numbers
     */
    setPoseLength(length) {
      const poseLength = length === null ? null : clamp(length, 0, MOST_LENGTH);
      if (poseLength !== store.get().poseLength) turn(poseLength === null ? "let go" : "length", { poseLength });
    },

    /** Draw a capsule that is hardly there as if it were the longest: what its direction alone would mean. */
    lengthenPose() {
      const { trace } = store.get();
      if (!trace) return;
      const longest = maximum(trace.lengths.subarray(-trace.geometry.classes));
      turn("length", { poseLength: Math.min(longest, MOST_LENGTH) });
    },

    /** Keep the length that the pose has now, or let it go. @param {boolean} kept */
    keepLength(kept) {
      const pose = dialledPose(store.get());
      if (pose) turn("keep", { poseLength: kept ? Math.min(lengthOf(pose, 0, pose.length), MOST_LENGTH) : null });
    },

    resetDials() {
      if (isDialled(store.get())) turn("all", { offsets: [], poseLength: null });
    },

    /** All dials of the shown class at once. @param {number[]} offsets */
    dialTo(offsets) {
      turn("all", {
        offsets: offsets.map((offset) => clamp(Number(offset.toFixed(3)), -MOST_OFFSET, MOST_OFFSET)),
        poseLength: null,
      });
    },
  };
}

/**
 * Sets the dials so that it can be taken back.
 * @param {HandStore} store
 * @param {() => void} refresh shows what the decoder draws from the pose as it then stands
 */
function memory(store, refresh) {
  let lastTurn = { of: "", at: 0 };

  /** @param {Partial<Dials>} setting */
  function setDials(setting) {
    const { trace } = store.get();
    // They turn the last iteration's capsule: a picture of an earlier one would change by the routing, not by them.
    if (trace) store.setQuietly({ playhead: trace.iterations, playing: false });
    // The dials move together with their picture, in one frame: a frame of their own, begun as soon as the hand
    // moves, would keep the answer waiting until it is painted.
    store.setQuietly(setting);
    refresh();
  }

  /**
   * Set the dials so that it can be taken back. What one hand does to one dial is one turn.
   * @param {string} of what is turned
   * @param {Partial<DialSetting>} setting
   */
  function turn(of, setting) {
    const { offsets, poseLength, dialHistory } = store.get();
    const now = Date.now();
    const goesOn = dialHistory.length > 0 && lastTurn.of === of && now - lastTurn.at < SAME_TURN_MS;
    lastTurn = { of, at: now };
    const remembered = { dialHistory: [...dialHistory.slice(1 - MOST_REMEMBERED), { offsets, poseLength }] };
    setDials(goesOn ? setting : { ...setting, ...remembered });
  }

  return {
    turn,

    /** The dials as they stood before the last turn. */
    undoDials() {
      const { dialHistory } = store.get();
      const before = dialHistory.at(-1);
      if (!before) return;
      lastTurn = { of: "", at: 0 };
      store.setQuietly({ dialHistory: dialHistory.slice(0, -1) });
      setDials(before);
    },
  };
}
