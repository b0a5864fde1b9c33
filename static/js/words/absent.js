/** What two decoded classes show, in words. */
import { fixed, lengthText } from "../shell/format.js";

/**
 * @typedef {object} Decoded one class that was decoded
 * @property {string} name
 * @property {boolean | null} isThere whether the picture holds such a digit; null where that is not known
 * @property {boolean} isRead whether its capsule is one of the two longest
 * @property {number} length of its capsule, as it was found
 * @property {number} strongest pixel that is drawn, in [0, 1], 1 being full ink
 * @property {readonly number[]} errors against the layers that are not empty
 */

/**
 * @param {Decoded} decoded
 * @param {number | null} full the length that the capsule was stretched to; null where it is as it was found
 */
export function decodedTold(decoded, full) {
  return full === null ? foundTold(decoded) : stretchedTold(decoded, full);
}

/** @param {Decoded} decoded */
function foundTold({ name, isThere, isRead, length, strongest }) {
  const long = `${lengthText(length)} long`;
  const drawn = `its strongest pixel is ${fixed(strongest)}`;
  if (isThere === null) return `The capsule of ${name} is ${long}; ${drawn}.`;
  if (isThere) {
    return isRead
      ? `${name} is in the picture: its capsule is ${long}; ${drawn}.`
      : `${name} is in the picture, but its capsule is only ${long}: the network does not read it.`;
  }
  return isRead
    ? `${name} is not in the picture, yet its capsule is ${long}: the network reads one.`
    : `${name} is not in the picture. Its capsule is ${long}, which says so; ${drawn}.`;
}

/** @param {Decoded} decoded @param {number} full */
function stretchedTold({ name, isThere, length, strongest, errors }, full) {
  if (length >= full) return `The capsule of ${name} is the longest: it is drawn as it was found.`;
  const drawn = `from ${lengthText(length)} to ${lengthText(full)}, and its strongest pixel is ${fixed(strongest)}`;
  if (isThere !== false) return `The capsule of ${name} is stretched ${drawn}.`;
  const missed = errors.length ? ` It misses the nearer digit by Σ² = ${fixed(Math.min(...errors), 1)}.` : "";
  return `${name} is not in the picture, however strongly it is drawn: its capsule is stretched ${drawn}.${missed}`;
}

/** What the option says of its length. @param {number | null} full null while there is no picture */
export const fullTold = (full) =>
  full === null
    ? "Full length is that of the longest capsule of the picture."
    : `Full length is that of the longest capsule of this picture: ${lengthText(full)}.`;
