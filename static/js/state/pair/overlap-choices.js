/** What the figure "How much overlap matters" shows: by which measure, of which pairs, and the classes asked about. */
/** @import { Geometry } from "../../capsules/geometry.js" @import { Store } from "../../shell/store.js" */
/** @import { Measure, Placement } from "../../capsules/overlap-study.js" */
import { MEASURES, PLACEMENTS } from "../../capsules/overlap-study.js";
import { choice } from "../../shell/link.js";

/**
 * @typedef {object} ShownOverlapStudy
 * @property {Measure} overlapMeasure
 * @property {Placement} overlapPlacement
 * @property {readonly [number, number] | null} askedClasses two classes under the pointer or with the focus
 */

/** @type {ShownOverlapStudy} */
export const initial = { overlapMeasure: MEASURES[0], overlapPlacement: PLACEMENTS[0], askedClasses: null };

export const link = [
  choice("by", "the measure of overlap", "overlapMeasure", MEASURES),
  choice("pairs", "which pairs were measured", "overlapPlacement", PLACEMENTS),
];

/** @param {ShownOverlapStudy} state @param {Geometry} geometry */
export const fitted = ({ askedClasses }, { classes }) =>
  askedClasses?.some((label) => label >= classes) ? { askedClasses: null } : {};

/** @param {Store<ShownOverlapStudy>} store */
export const actions = (store) => ({
  /** @param {Measure} overlapMeasure */
  sortOverlapBy: (overlapMeasure) => store.set({ overlapMeasure }),

  /** @param {Placement} overlapPlacement */
  showOverlapOf: (overlapPlacement) => store.set({ overlapPlacement }),

  /** @param {readonly [number, number] | null} askedClasses */
  askClasses: (askedClasses) => store.set({ askedClasses }),
});
