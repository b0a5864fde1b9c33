/** What the pictures of a primary capsule show, as lines of text for those who do not see them. */
import { EVEN } from "./coupling.js";
import { fixed } from "./format.js";
import { argmax, lengthOf, maximum } from "./math.js";
import { CLASSES, POSE_DIM } from "./network.js";

/** @param {ArrayLike<number>} values @param {(value: number) => string} [format] */
export const numbersText = (values, format = (value) => fixed(value)) => Array.from(values, (value) => format(value)).join(", ");

/** A line for each class: the vote's length and its numbers. @param {Float32Array} votes (C, D) */
export function voteLines(votes) {
  return Array.from({ length: CLASSES }, (_, label) => {
    const vote = votes.subarray(label * POSE_DIM, (label + 1) * POSE_DIM);
    return `Vote for ${label}, ${fixed(lengthOf(vote, 0, POSE_DIM))} long: ${numbersText(vote)}`;
  });
}

/** Couplings closer to one another than this are the same as they are written, with three decimals. */
const SAME = 0.0005;
/** A capsule whose largest coupling is below this has hardly decided: most never do more. */
const DECIDED = 0.12;

/** Whether all couplings are the same as they are written. @param {Float32Array} couplings */
export const areAlike = (couplings) => maximum(couplings) - couplings.reduce((least, c) => Math.min(least, c), Infinity) < SAME;

/** The class that a primary capsule, or several in the mean, give most to; null while none stands out. @param {Float32Array} couplings (C), which add up to 1 */
export function favouriteOf(couplings) {
  const favourite = argmax(couplings);
  return couplings[favourite] - EVEN < SAME ? null : favourite;
}

/** Which class a primary capsule gives most to. @param {Float32Array} couplings (C) */
export function favourText(couplings) {
  const favourite = favouriteOf(couplings);
  const c = fixed(maximum(couplings), 3);
  if (favourite === null) return `It gives all ten the same, c = ${c}.`;
  return couplings[favourite] < DECIDED ? `Hardly decided, it gives most to ${favourite}: c = ${c}.` : `Now it gives most to ${favourite}: c = ${c}.`;
}
