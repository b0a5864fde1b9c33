/** The paper's Figure 4 for what is looked at: each number of the pose moved, and what that draws. */
/** @import { Perturbations } from "../../capsules/types.js" @import { Geometry } from "../../capsules/geometry.js" */
/** @import { Choice } from "../trace/choosing.js" @import { Network } from "../trace/network.js" */
/** @import { PartKind, WithParts } from "../trace/parts.js" */
/** @import { Traces } from "../trace/traces.js" @import { DecodingServices } from "./decoding.js" */
/** @import { Measured } from "./dimensions.js" */
/** @import { Store } from "../../shell/store.js" @import { Row } from "../../shell/link.js" */
import { choice } from "../../shell/link.js";
import { clamp } from "../../shell/math.js";
import { COLUMNS, MIDDLE, PAPER_STEP } from "../../capsules/reach.js";
import { foundPose, shownClass } from "../trace/choosing.js";
import { partOf } from "../trace/parts.js";
import { dimensionsOf, isUnmeasured } from "./dimensions.js";

/**
 * @typedef {object} Sweep
 * @property {"paper" | "class"} sweepReach of the grid: 0.25, or as far as the names were measured
 * @property {"number" | "change"} sweepOrder of the grid's rows
 * @property {number | null} chosenDimension whose evidence is shown
 * @property {{dimension: number, column: number} | null} hoveredCell of the grid
 */

/** @type {Sweep} */
export const initial = { sweepReach: "class", sweepOrder: "number", chosenDimension: null, hoveredCell: null };

/** @type {Row<Sweep>[]} */
export const link = [
  choice("grid", "how far the dimensions are changed", "sweepReach", ["class", "paper"]),
  choice("order", "the order of the rows", "sweepOrder", ["number", "change"]),
  {
    key: "dimension",
    what: "the chosen dimension",
    fields: ["chosenDimension"],
    write: ({ chosenDimension }) => (chosenDimension === null ? null : String(chosenDimension + 1)),
    read: (text) => ({ chosenDimension: text.whole(1, 1e4) - 1 }),
  },
];

/** @param {Sweep} state @param {Geometry} geometry @returns {Partial<Sweep>} */
export const fitted = ({ chosenDimension, hoveredCell }, { poseDim }) => ({
  ...(chosenDimension !== null && chosenDimension >= poseDim && { chosenDimension: null }),
  ...(hoveredCell && hoveredCell.dimension >= poseDim && { hoveredCell: null }),
});

export const cleared = { hoveredCell: null };

/** @typedef {Sweep & Choice & Traces & Network & Measured} SweepState */

/**
 * The grid of the shown class; over standard deviations only once these are known.
 * @type {PartKind<Perturbations, SweepState,
 *   DecodingServices & {fetchPerturbations: typeof import("../../api/client.js").fetchPerturbations}>}
 */
const GRID = {
  name: "perturbations",
  detail(state) {
    const reach = sweepReachOf(state);
    return reach === "paper" || dimensionsOf(state) ? `${shownClass(state)} ${reach}` : null;
  },
  async ask(services, drawing, trace, state) {
    const label = /** @type {number} */ (shownClass(state));
    if (sweepReachOf(state) === "paper") return services.fetchPerturbations(drawing, { ...trace, label });
    const offsets = sweepOffsets(state);
    const poses = sweepPoses(state);
    const perturbations = await services.fetchReconstructions(poses, { model: trace.model, label, dtype: "f16" });
    return { perturbations, offsets };
  },
};

/**
 * @param {Store<SweepState>} store
 * @param {DecodingServices & {fetchPerturbations: typeof import("../../api/client.js").fetchPerturbations}} _services
 * @param {{needPart: (kind: typeof GRID) => Promise<number>, needDimensions: () => Promise<number>}} others
 */
export const actions = (store, _services, others) => ({
  /** @returns {Promise<number>} milliseconds after which it is to be asked for again; 0 where it is not */
  async needPerturbations() {
    const state = store.get();
    const again = sweepReachOf(state) === "class" && !dimensionsOf(state) ? await others.needDimensions() : 0;
    return again || others.needPart(GRID);
  },

  /** @param {Sweep["sweepReach"]} sweepReach */
  setSweepReach: (sweepReach) => store.set({ sweepReach, hoveredCell: null }),

  /** @param {Sweep["sweepOrder"]} sweepOrder */
  setSweepOrder: (sweepOrder) => store.set({ sweepOrder }),

  /** @param {number | null} dimension */
  chooseDimension: (dimension) => {
    const last = (foundPose(store.get())?.length ?? Infinity) - 1;
    store.set({ chosenDimension: dimension === null ? null : clamp(dimension, 0, last) });
  },

  /** @param {Sweep["hoveredCell"]} hoveredCell */
  hoverCell: (hoveredCell) => store.set({ hoveredCell }),
});

/**
 * How the grid is moved: as chosen, but as the paper's where no deviations were measured.
 * @param {Sweep & Traces & Network} state
 */
export const sweepReachOf = (state) => (isUnmeasured(state) ? "paper" : state.sweepReach);

/**
 * The grid, where it is that of the drawing, the class and the reach there are now.
 * @param {SweepState & WithParts} state
 */
export const perturbationsNow = (state) => partOf(state, GRID);

/** How far the grid moves each number. @param {SweepState} state @returns {Float32Array} (D, 11) */
export function sweepOffsets(state) {
  const measured = sweepReachOf(state) === "class" ? dimensionsOf(state) : null;
  const poseDim = foundPose(state)?.length ?? 0;
  return Float32Array.from({ length: poseDim * COLUMNS }, (_, k) => {
    const steps = (k % COLUMNS) - MIDDLE;
    return measured
      ? (steps / MIDDLE) * measured.reach * measured.dimensions[Math.floor(k / COLUMNS)].deviation
      : steps * PAPER_STEP;
  });
}

/** The poses that the grid draws, row by row. @param {SweepState} state @returns {Float32Array[]} (D x 11) of (D) */
export function sweepPoses(state) {
  const found = foundPose(state);
  if (!found) return [];
  return Array.from(sweepOffsets(state), (offset, k) => {
    const pose = found.slice();
    pose[Math.floor(k / COLUMNS)] += offset;
    return pose;
  });
}
