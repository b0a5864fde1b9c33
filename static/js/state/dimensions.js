/** What the numbers of a pose mean: the measured ranges and names, the visitor's own names, and the grid over them. */
/** @import { Dimensions, State, Store } from "../types.js" */
import { clamp } from "../lib/math.js";
import { POSE_DIM } from "../lib/network.js";
import { COLUMNS, DIAL_REACH, MIDDLE, PAPER_STEP, REACH_DEVIATIONS } from "../lib/reach.js";
import { foundPose, shownClass, wasMeasured } from "./selectors.js";

export const LONGEST_NAME = 40;

/** What was measured of the shown class, or null while it is not known or was not measured. @param {State} state */
export function dimensionsOf(state) {
  const { dimensions, trace } = state;
  const fits = dimensions && dimensions.model === trace?.model && dimensions.label === shownClass(state);
  return fits ? dimensions : null;
}

/** Whether it is known that nothing was measured. @param {State} state */
export const isUnmeasured = (state) => wasMeasured(state, "dimensions") === false;

/**
 * How far each dial goes, from what was found: over the digits of its class, the found number always among them, or
 * as far as the wide dials go; and where a dial stands further out, as far as it stands.
 * @param {State} state
 * @returns {{low: number, high: number}[]} (D), in whole hundredths
 */
export function dialRanges(state) {
  const measured = state.dialReach === "class" ? dimensionsOf(state)?.dimensions : null;
  const found = foundPose(state);
  return state.offsets.map((offset, d) => {
    let [low, high] = [-DIAL_REACH, DIAL_REACH];
    if (measured && found) {
      const { mean, deviation } = measured[d];
      low = Math.min(0, mean - REACH_DEVIATIONS * deviation - found[d]);
      high = Math.max(0, mean + REACH_DEVIATIONS * deviation - found[d]);
    }
    return { low: Math.floor(100 * Math.min(low, offset) + 1e-6) / 100, high: Math.ceil(100 * Math.max(high, offset) - 1e-6) / 100 };
  });
}

/** The key of a name that the visitor gives. @param {number} label @param {number} dimension */
export const nameKey = (label, dimension) => `${label}.${dimension}`;

/** What a dial is called: by the visitor, or as measured, or not at all. @param {State} state @param {number} dimension */
export function dialName(state, dimension) {
  const label = shownClass(state);
  const given = label === null ? undefined : state.dialNames[nameKey(label, dimension)];
  return given ?? dimensionsOf(state)?.dimensions[dimension].name ?? "";
}

/** How the grid is moved: as chosen, but as the paper's where no deviations were measured. @param {State} state */
export const sweepReachOf = (state) => (isUnmeasured(state) ? "paper" : state.sweepReach);

/** The grid, where it is that of the drawing, the class and the reach there are now. @param {State} state */
export function perturbationsNow(state) {
  const { perturbations, trace } = state;
  const of = perturbations?.of;
  return of && of.trace === trace && of.label === shownClass(state) && of.reach === sweepReachOf(state) ? perturbations : null;
}

/** How far the grid moves each number. @param {State} state @returns {Float32Array} (D, 11) */
export function sweepOffsets(state) {
  const measured = sweepReachOf(state) === "class" ? dimensionsOf(state)?.dimensions : null;
  return Float32Array.from({ length: POSE_DIM * COLUMNS }, (_, k) => {
    const steps = (k % COLUMNS) - MIDDLE;
    return measured ? (steps / MIDDLE) * REACH_DEVIATIONS * measured[Math.floor(k / COLUMNS)].deviation : steps * PAPER_STEP;
  });
}

/** The poses that the grid draws, row by row. @param {State} state @returns {Float32Array[]} (D x 11) of (D) */
export function sweepPoses(state) {
  const found = foundPose(state);
  if (!found) return [];
  return Array.from(sweepOffsets(state), (offset, k) => found.with(Math.floor(k / COLUMNS), found[Math.floor(k / COLUMNS)] + offset));
}

/** A name as it is kept: one line, not too long. @param {string} text */
export const tidyName = (text) => text.replace(/\s+/g, " ").trim().slice(0, LONGEST_NAME);

/** @param {Store} store @param {import("./looking.js").Services["fetchDimensions"]} fetchDimensions */
export function dimensionActions(store, fetchDimensions) {
  /** @type {Map<string, Promise<Dimensions>>} */
  const asked = new Map();

  return {
    /** What was measured of the shown class; each class of each network is asked for once. */
    async needDimensions() {
      const { trace } = store.get();
      const label = shownClass(store.get());
      if (!trace || label === null || !wasMeasured(store.get(), "dimensions")) return;
      const { model } = trace;
      const key = `${model} ${label}`;
      const asking = asked.get(key) ?? fetchDimensions({ model, label });
      asked.set(key, asking);
      try {
        const dimensions = await asking;
        const now = store.get();
        if (now.trace?.model === model && shownClass(now) === label && now.dimensions !== dimensions) store.set({ dimensions });
      } catch (error) {
        asked.delete(key); // with the next digit it is asked for again
        console.info("the dials go without the ranges and names of their class", error);
      }
    },

    /** @param {number} dimension @param {string} text empty for the measured name */
    renameDial(dimension, text) {
      const { dialNames } = store.get();
      const label = shownClass(store.get());
      if (label === null) return;
      const { [nameKey(label, dimension)]: _, ...others } = dialNames;
      const name = tidyName(text);
      store.set({ dialNames: name ? { ...others, [nameKey(label, dimension)]: name } : others });
    },

    /** @param {State["dialReach"]} dialReach */
    setDialReach: (dialReach) => store.set({ dialReach }),

    /** @param {State["sweepReach"]} sweepReach */
    setSweepReach: (sweepReach) => store.set({ sweepReach, hoveredCell: null }),

    /** @param {State["sweepOrder"]} sweepOrder */
    setSweepOrder: (sweepOrder) => store.set({ sweepOrder }),

    /** @param {number | null} dimension */
    chooseDimension: (dimension) => store.set({ chosenDimension: dimension === null ? null : clamp(dimension, 0, POSE_DIM - 1) }),

    /** @param {State["hoveredCell"]} hoveredCell */
    hoverCell: (hoveredCell) => store.set({ hoveredCell }),

    /** @param {boolean} ghost */
    setGhost: (ghost) => store.set({ ghost }),

    /** @param {State["compareWith"]} compareWith */
    setCompareWith: (compareWith) => store.set({ compareWith }),
  };
}
