/** The drawings that are kept, as the views and the actions see them. @import { Kept, Look, Source, State } from "../types.js" */
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

/** The pose of a walk that is nearest. @param {number} walked in [0, 1] */
export const stepOf = (walked) => Math.round(walked * STEPS);
