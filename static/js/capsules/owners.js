/** Which of two digits ink is given to, and how much of it rightly. `model/explaining/overlap.py` counts the same. */
import { INK } from "./overlap.js";

/** A pixel of at least so much ink surely belongs to its digit. */
export const STRONG_INK = 0.5;

/** Whose a pixel of ink is. @enum {number} */
export const WHOSE = /** @type {const} */ ({ NOBODY: 0, A: 1, B: 2 });

/**
 * Two maps of the picture, (H, W) each: how much of a pixel speaks for A, and how much for B.
 * @typedef {{a: ArrayLike<number>, b: ArrayLike<number>}} Maps
 */

/**
 * Why it cannot be told how much ink goes to the right digit: a layer is empty; the classes are not those of the
 * layers; somebody chose the classes, and it is not known what the layers are; or no ink belongs to one digit alone.
 * @typedef {"empty" | "classes" | "unknown" | "shared"} Reason
 */

/**
 * The pixels that are ink of one layer alone: at least STRONG_INK there, and below INK in the other layer.
 * @param {Maps} layers in [0, 1]
 * @returns {Uint8Array} (H, W) of WHOSE; nobody's where both have ink, or neither has enough
 */
export function exclusiveInk({ a, b }) {
  const exclusive = new Uint8Array(a.length);
  for (let k = 0; k < exclusive.length; k++) {
    if (a[k] >= STRONG_INK && b[k] < INK) exclusive[k] = WHOSE.A;
    else if (b[k] >= STRONG_INK && a[k] < INK) exclusive[k] = WHOSE.B;
  }
  return exclusive;
}

/**
 * Whose a pixel is by two maps: the larger wins, and where both are equal it is nobody's.
 * @param {Maps} maps
 * @param {number} k
 */
const givenTo = ({ a, b }, k) => (a[k] > b[k] ? WHOSE.A : a[k] < b[k] ? WHOSE.B : WHOSE.NOBODY);

/**
 * The exclusive ink that is not given to its own digit.
 * @param {Maps} maps
 * @param {Uint8Array} exclusive (H, W) of WHOSE
 * @returns {Uint8Array} (H, W) of WHOSE: whose it is, else 0
 */
export const wronglyGiven = (maps, exclusive) =>
  exclusive.map((own, k) => (own !== WHOSE.NOBODY && givenTo(maps, k) !== own ? own : WHOSE.NOBODY));

/**
 * @typedef {{right: number, pixels: number}} Given how many pixels of exclusive ink there are, and go to their digit
 *
 * @param {Maps} maps
 * @param {Uint8Array} exclusive (H, W) of WHOSE
 * @returns {Given}
 */
export function rightlyGiven(maps, exclusive) {
  const pixels = exclusive.filter(Boolean).length;
  return { right: pixels - wronglyGiven(maps, exclusive).filter(Boolean).length, pixels };
}
