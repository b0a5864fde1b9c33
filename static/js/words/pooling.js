/** Activations that changed places, in words. */
import { fixed, lengthText, powerOfTen, withArticle } from "../shell/format.js";

/** So many digits tell any two numbers of 32 bits apart. */
const ALL_DIGITS = 9;

/** A number of 32 bits with all its digits. @param {number} value not below 0 */
export function allDigits(value) {
  if (value === 0 || value >= 1e-4) return value.toPrecision(ALL_DIGITS);
  const [digits, exponent] = value.toExponential(ALL_DIGITS - 1).split("e");
  return `${digits} × ${powerOfTen(Number(exponent))}`;
}

/** A share as per cent, never rounded to all or to nothing. @param {number} share in [0, 1] */
function shareText(share) {
  const text = `${fixed(100 * share, 1)} %`;
  if (text === "100.0 %" && share < 1) return "more than 99.9 %";
  return text === "0.0 %" && share > 0 ? "less than 0.1 %" : text;
}

/**
 * In how many windows of a map the largest number moved.
 * @param {number} map from 1
 * @param {{moved: number, windows: number}} counts
 */
export const movedText = (map, { moved, windows }) =>
  windows === 0
    ? `Map ${map} has equal numbers in each window: there is nothing to move.`
    : `Map ${map}: in ${moved} of the ${windows} windows whose numbers differ, the largest now stands elsewhere.`;

/**
 * What the CNN answers before and after.
 * @param {ArrayLike<number>} before (C) probabilities
 * @param {ArrayLike<number>} after (C)
 */
export function equalText(before, after) {
  const changes = Array.from(before, (value, k) => Math.abs(value - after[k])).filter(Boolean);
  return changes.length === 0
    ? `All ${before.length} probabilities are equal, to their last digit. It is built so: after the pooling, the numbers are the same.`
    : `${changes.length} of ${before.length} probabilities changed, at most by ${allDigits(Math.max(...changes))}.`;
}

/**
 * How much of the scattered maps pictures explain.
 * @param {{residual: number, ofDigit: number, own: number}} left shares of squares that are left: of the scattered maps
 *   by the picture that was found, and by the digit's own; of the maps before by the digit's own
 */
export const imaginedText = ({ residual, ofDigit, own }) =>
  `The picture that was found explains ${explained(residual)} of the scattered maps, measured in squares. The picture that the ` +
  `CNN saw explains ${explained(ofDigit)} of them, and ${own === 0 ? "all" : explained(own)} of its own maps.`;

/** @param {number} left a share */
const explained = (left) => (left >= 1 ? "nothing" : left === 0 ? "all" : shareText(1 - left));

/**
 * What the capsule network answers before and after.
 * @param {object} answers
 * @param {[string, string]} answers.read names of the classes that are read
 * @param {[number, number]} answers.lengths of the capsule of the class that is read before
 * @param {number} answers.moved how far its pose moved, in parts of its length
 * @param {number} answers.angle in degrees
 */
export function capsuleText({ read: [before, after], lengths, moved, angle }) {
  if (moved === 0) return `It still reads ${withArticle(before)}, and nothing changed.`;
  const reads =
    before === after
      ? `It still reads ${withArticle(before)}`
      : `It read ${withArticle(before)} and reads ${withArticle(after)} now`;
  return (
    `${reads}. The length of the ${before} went from ${lengthText(lengths[0])} to ${lengthText(lengths[1])}. Its pose turned by ` +
    `${fixed(angle, 1)}° and moved by ${shareText(moved)} of its length.`
  );
}

/**
 * What a CNN throws away after the windows.
 * @param {boolean} isGlobal whether it keeps of each of its last maps the largest number alone
 */
export const keptText = (isGlobal) =>
  isGlobal
    ? "This CNN goes further: of each of its last maps it keeps the largest number alone, wherever that stands. Yet it is not blind to place, as its R² for “Down” above shows."
    : "This CNN does not throw away where its windows lie: its hidden layer has a weight for each of them.";
