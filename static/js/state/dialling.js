/** Actions that turn the dials and choose the class that they belong to. @import { DialSetting, Store } from "../types.js" */
import { RETRY_MS } from "../lib/errors.js";
import { clamp, lengthOf, maximum } from "../lib/math.js";
import { CLASSES } from "../lib/network.js";
import { MOST_LENGTH, MOST_OFFSET } from "../lib/reach.js";
import { NO_OFFSETS, untouchedDials } from "./initial.js";
import { dialledPose, foundPose, isDialled, shownClass } from "./selectors.js";

/** Turns of one dial that follow each other faster are taken back together. */
const SAME_TURN_MS = 1000;
const MOST_REMEMBERED = 100;

/**
 * @param {Store} store
 * @param {object} line to the server
 * @param {(request: import("../api/dials.js").DialRequest) => void} line.send asks for a reconstruction
 * @param {() => void} line.cancel forgets what was asked for
 * @param {import("./looking.js").Services["fetchReconstructions"]} fetchReconstructions
 */
export function diallingActions(store, { send, cancel }, fetchReconstructions) {
  let lastTurn = { of: "", at: 0 };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let again;

  /** Show what the decoder draws from the pose as it stands. */
  function refresh() {
    clearTimeout(again);
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

  /** A server that was too busy is asked once more for the pose as it then stands. */
  function sendLater() {
    clearTimeout(again);
    again = setTimeout(refresh, RETRY_MS);
  }

  /** @param {Partial<import("../types.js").State>} setting */
  function setDials(setting) {
    const { trace } = store.get();
    // They turn the capsule of the last iteration: a picture of an earlier one would change by the routing, not by them.
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

  /** @param {number} dimension @param {number} offset from the pose that the network found */
  function turnDial(dimension, offset) {
    const { offsets } = store.get();
    const turned = clamp(offset, -MOST_OFFSET, MOST_OFFSET);
    if (turned !== offsets[dimension]) turn(String(dimension), { offsets: offsets.with(dimension, turned) });
  }

  /** Of a class that was not predicted nobody has drawn yet what the network found. */
  async function needFound() {
    const state = store.get();
    const { trace } = state;
    const [label, pose] = [shownClass(state), foundPose(state)];
    if (!trace || !pose || label === null || label === trace.label) return;
    try {
      const drawn = await fetchReconstructions([pose], { model: trace.model, label });
      const now = store.get();
      if (now.trace === trace && shownClass(now) === label) store.set({ foundReconstruction: drawn });
    } catch (error) {
      console.info("without the reconstruction as it was found there is no outline of it", error);
    }
  }

  /** The dials of another digit or class: what is under way for the one before is forgotten. */
  function renew() {
    cancel();
    refresh();
    needFound();
  }

  return {
    renew,
    sendLater,
    turnDial,

    /** @param {number} dimension */
    resetDial: (dimension) => turnDial(dimension, 0),

    /**
     * Bring the pose to a length and keep it there: then the sixteen turn its direction alone.
     * @param {number | null} length null lets it follow from the sixteen numbers
     */
    setPoseLength(length) {
      const poseLength = length === null ? null : clamp(length, 0, MOST_LENGTH);
      if (poseLength !== store.get().poseLength) turn(poseLength === null ? "let go" : "length", { poseLength });
    },

    /** Draw a capsule that is hardly there as if it were the longest: what its direction alone would mean. */
    lengthenPose() {
      const { trace } = store.get();
      if (trace) turn("length", { poseLength: Math.min(maximum(trace.lengths.subarray(-CLASSES)), MOST_LENGTH) });
    },

    /** Keep the length that the pose has now, or let it go. @param {boolean} kept */
    keepLength(kept) {
      const pose = dialledPose(store.get());
      if (pose) turn("keep", { poseLength: kept ? Math.min(lengthOf(pose, 0, pose.length), MOST_LENGTH) : null });
    },

    resetDials() {
      if (isDialled(store.get())) turn("all", { offsets: [...NO_OFFSETS], poseLength: null });
    },

    /** The dials as they stood before the last turn. */
    undoDials() {
      const { dialHistory } = store.get();
      const before = dialHistory.at(-1);
      if (!before) return;
      lastTurn = { of: "", at: 0 };
      store.setQuietly({ dialHistory: dialHistory.slice(0, -1) });
      setDials(before);
    },

    /** All dials of the shown class at once. @param {number[]} offsets */
    dialTo(offsets) {
      turn("all", { offsets: offsets.map((offset) => clamp(Number(offset.toFixed(3)), -MOST_OFFSET, MOST_OFFSET)), poseLength: null });
    },

    /** @param {number | null} label null follows the prediction */
    selectClass(label) {
      const { trace, selectedClass } = store.get();
      const chosen = label === trace?.label ? null : label;
      if (chosen === selectedClass) return;
      store.set({ selectedClass: chosen, foundReconstruction: null, ...untouchedDials() });
      renew();
    },
  };
}
