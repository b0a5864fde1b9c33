/** What the pictures of a primary capsule show, as lines of text for those who do not see them. */
/** @import { Sized } from "../capsules/geometry.js" */
import { decidedCoupling, evenCoupling } from "../capsules/coupling.js";
import { capital, fixed } from "../shell/format.js";
import { countWord } from "./numbers.js";
import { argmax, lengthOf, maximum } from "../shell/math.js";

/** @param {ArrayLike<number>} values @param {(value: number) => string} [format] */
export const numbersText = (values, format = (value) => fixed(value)) =>
  Array.from(values, (value) => format(value)).join(", ");

/**
 * A line for each class: the vote's length and its numbers.
 * @param {Sized} network
 * @param {Float32Array} votes (C, D)
 */
export const voteLines = ({ geometry: { poseDim }, classNames }, votes) =>
  classNames.map((name, label) => {
    const vote = votes.subarray(label * poseDim, (label + 1) * poseDim);
    return `Vote for ${name}, ${fixed(lengthOf(vote, 0, poseDim))} long: ${numbersText(vote)}`;
  });

/** Couplings closer to one another than this are the same as they are written, with three decimals. */
const SAME = 0.0005;

/** Whether all couplings are the same as they are written. @param {Float32Array} couplings */
export const areAlike = (couplings) =>
  maximum(couplings) - couplings.reduce((least, c) => Math.min(least, c), Infinity) < SAME;

/**
 * The class with the largest coupling of a primary capsule, or of several on average; null while none stands out.
 * @param {Sized} network
 * @param {Float32Array} couplings (C), which add up to 1
 */
export function favouriteOf({ geometry }, couplings) {
  const favourite = argmax(couplings);
  return couplings[favourite] - evenCoupling(geometry) < SAME ? null : favourite;
}

/**
 * Which class has the largest coupling of a primary capsule, at some point of the routing.
 * @param {Sized} network
 * @param {Float32Array} couplings (C)
 * @param {string} when "at iteration 2 of 3"
 */
export function favourText(network, couplings, when) {
  const favourite = favouriteOf(network, couplings);
  const c = fixed(maximum(couplings), 3);
  if (favourite === null) {
    return `${capital(when)}, all ${countWord(couplings.length)} of its couplings are equal: c = ${c}.`;
  }
  const most = `its largest coupling is c = ${c}, with class ${network.classNames[favourite]}`;
  return couplings[favourite] < decidedCoupling(network.geometry)
    ? `${capital(when)}, it is hardly decided: ${most}.`
    : `${capital(when)}, ${most}.`;
}
