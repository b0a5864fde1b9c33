/** What the pictures of a primary capsule show, as lines of text for those who do not see them. */
import { fixed } from "./format.js";
import { lengthOf } from "./math.js";
import { CLASSES, POSE_DIM } from "./network.js";

/** @param {Float32Array} values */
export const numbersText = (values) => Array.from(values, (value) => fixed(value)).join(", ");

/** A line for each class: the vote's length and its numbers. @param {Float32Array} votes (C, D) */
export function voteLines(votes) {
  return Array.from({ length: CLASSES }, (_, label) => {
    const vote = votes.subarray(label * POSE_DIM, (label + 1) * POSE_DIM);
    return `Vote for ${label}, ${fixed(lengthOf(vote, 0, POSE_DIM))} long: ${numbersText(vote)}`;
  });
}
