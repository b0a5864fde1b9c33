/** The drawings that are kept, and the walk between two of them. */
/** @import { Look } from "../../capsules/types.js" @import { Geometry } from "../../capsules/geometry.js" */
/** @import { Digit } from "../../api/client.js" @import { Source } from "../../api/drawing.js" */
/** @import { Network } from "../trace/network.js" @import { Playback } from "../trace/playback.js" */
/** @import { Tampering } from "../trace/tamper.js" @import { Traces } from "../trace/traces.js" */
/** @import { Sources } from "./source.js" @import { Keepsakes, Kept } from "./keptlink.js" */
import { STEPS } from "../../capsules/poses.js";
import { FIRST, KEPT_ROWS } from "./keptlink.js";

/**
 * @typedef {object} Walk from the pose of drawing A to that of drawing B
 * @property {WalkOrigin} of what it was made from
 * @property {(Look | null)[]} looks one for each drawing: the one on the pad, then those that are kept
 * @property {number} label the class whose capsules are meant
 * @property {Float32Array[]} poses from A to B in equal steps; empty where the two have no class in common
 * @property {Float32Array | null} pictures (poses, H, W)
 * @property {Mean | null} mean of all drawings of that class
 *
 * @typedef {Pick<Traces & Network & Playback & Tampering & Keeping, "trace" | "model" | "iterations" | "interventions"
 *   | "kept"
 *   | "ends" | "walkAs">} WalkOrigin
 *
 * @typedef {object} Mean
 * @property {number} count
 * @property {Float32Array} picture (H, W), what the mean pose draws
 * @property {Float32Array} image (H, W), the mean of what the network saw
 *
 * @typedef {object} Shelf test digits of one class, to keep
 * @property {Digit[]} digits
 * @property {number} label
 * @property {string} model
 * @property {number} page
 * @property {number} pages
 * @property {number | null} suggested index of the digit to walk to while none is kept
 *
 * @typedef {object} Walking
 * @property {Walk | null} walk
 * @property {string} walkTrouble why there is no walk
 * @property {Shelf | null} shelf
 * @property {number} shelfPage
 *
 * @typedef {Keepsakes & Walking} Keeping
 *
 * @typedef {Keeping & Sources & Traces & Network & Playback & Tampering} KeepingState
 */

/** So many drawings are kept at most, beside the one on the pad. */
export { MOST_KEPT } from "./keptlink.js";

/** @type {Keeping} */
export const initial = {
  ...FIRST,
  walk: null,
  walkTrouble: "",
  shelf: null,
  shelfPage: 0,
};

export const link = KEPT_ROWS;

/** What was drawn of a drawing goes with it; what was kept stays. */
export const cleared = { walk: null, walkTrouble: "" };

/** @param {Keeping} state @param {Geometry} geometry @returns {Partial<Keeping>} */
export const fitted = ({ walkAs }, { classes }) => ((walkAs ?? 0) < classes ? {} : { walkAs: null });

/**
 * The drawing on the pad, then those that are kept; where none is, a test digit is suggested.
 * @param {Keeping & Sources} state
 * @returns {Kept[]}
 */
export function slotsOf({ source, penWidth, kept, shelf }) {
  if (kept.length) return [{ source, penWidth }, ...kept];
  const own = source.kind === "digit" ? source.index : null;
  const others = shelf?.digits.filter(({ label, predicted }) => label === predicted).map(({ index }) => index) ?? [];
  const index = [shelf?.suggested ?? null, ...others].find((other) => other !== null && other !== own);
  return [
    { source, penWidth },
    ...(index === undefined || index === null
      ? []
      : [{ source: /** @type {const} */ ({ kind: "digit", index }), penWidth }]),
  ];
}

/** Where a drawing is among those that are kept, or -1. @param {readonly Kept[]} kept @param {Source} source */
export function indexOfKept(kept, source) {
  return kept.findIndex(({ source: other }) =>
    source.kind === "digit" ? other.kind === "digit" && other.index === source.index : other === source,
  );
}

/** The pose of one class. @param {Look} look @param {number} label @returns {Float32Array} (D) */
export const poseOf = ({ class_capsules: capsules, geometry: { poseDim } }, label) =>
  capsules.subarray(label * poseDim, (label + 1) * poseDim);

/**
 * What a walk follows from; the network of the next trace counts while there is none.
 * @param {WalkOrigin} state
 * @returns {WalkOrigin}
 */
export const originOfWalk = ({ trace, model, iterations, interventions, kept, ends, walkAs }) => ({
  trace,
  model,
  iterations,
  interventions,
  kept,
  ends,
  walkAs,
});

/**
 * The walk, where it is that of the drawings, the network, the ends and the class there are now.
 * @param {KeepingState} state
 */
export function walkNow(state) {
  const { walk, ends, walkAs } = state;
  return walk && isOfDrawings(walk, state) && walk.of.ends === ends && walk.of.walkAs === walkAs ? walk : null;
}

/** @type {Walk["looks"]} */
const NO_LOOKS = [];

/** What the network made of the drawings there are now, as far as it is known. @param {KeepingState} state */
export const looksNow = (state) => (state.walk && isOfDrawings(state.walk, state) ? state.walk.looks : NO_LOOKS);

/** @param {Walk} walk @param {KeepingState} state */
function isOfDrawings({ of }, state) {
  /** @type {(keyof WalkOrigin)[]} */
  const named = state.trace ? ["trace", "kept"] : ["trace", "kept", "model", "iterations", "interventions"];
  return named.every((name) => of[name] === state[name]);
}

/** The pose of a walk that is nearest. @param {number} walked in [0, 1] */
export const stepOf = (walked) => Math.round(walked * STEPS);
