/** The drawings that are kept, as the views and the actions see them. @import { Kept, Look, Source, State, Walk } from "../types.js" */
import { POSE_DIM } from "../lib/network.js";
import { STEPS } from "../lib/poses.js";

/** The drawing on the pad, then those that are kept; where none is, a test digit is suggested. @param {State} state @returns {Kept[]} */
export function slotsOf({ source, penWidth, kept, shelf }) {
  if (kept.length) return [{ source, penWidth }, ...kept];
  const own = source.kind === "digit" ? source.index : null;
  const others = shelf?.digits.filter(({ label, predicted }) => label === predicted).map(({ index }) => index) ?? [];
  const index = [shelf?.suggested ?? null, ...others].find((other) => other !== null && other !== own);
  return [{ source, penWidth }, ...(index == null ? [] : [{ source: /** @type {const} */ ({ kind: "digit", index }), penWidth }])];
}

/** Where a drawing is among those that are kept, or -1. @param {Kept[]} kept @param {Source} source */
export function indexOfKept(kept, source) {
  return kept.findIndex(({ source: other }) =>
    source.kind === "digit" ? other.kind === "digit" && other.index === source.index : other === source,
  );
}

/** The pose of one class. @param {Look} look @param {number} label */
export const poseOf = ({ class_capsules: capsules }, label) => capsules.subarray(label * POSE_DIM, (label + 1) * POSE_DIM);

/**
 * What a walk follows from; the network of the next trace counts while there is none.
 * @param {State} state
 * @returns {Walk["of"]}
 */
export const originOfWalk = ({ trace, model, iterations, interventions, kept, ends, walkAs }) => ({
  trace, model, iterations, interventions, kept, ends, walkAs,
});

/** The walk, where it is that of the drawings, the network, the ends and the class there are now. @param {State} state */
export function walkNow(state) {
  const { walk, ends, walkAs } = state;
  return walk && isOfDrawings(walk, state) && walk.of.ends === ends && walk.of.walkAs === walkAs ? walk : null;
}

/** @type {Walk["looks"]} */
const NO_LOOKS = [];

/** What the network made of the drawings there are now, as far as it is known. @param {State} state */
export const looksNow = (state) => (state.walk && isOfDrawings(state.walk, state) ? state.walk.looks : NO_LOOKS);

/** @param {Walk} walk @param {State} state */
function isOfDrawings({ of }, state) {
  /** @type {(keyof Walk["of"])[]} */
  const named = state.trace ? ["trace", "kept"] : ["trace", "kept", "model", "iterations", "interventions"];
  return named.every((name) => of[name] === state[name]);
}

/** The pose of a walk that is nearest. @param {number} walked in [0, 1] */
export const stepOf = (walked) => Math.round(walked * STEPS);
