/** Digits turned, sheared, stretched and moved as affNIST is made: what was measured, and what the paper reports. */
import { wilson } from "./intervals.js";

/**
 * @typedef {object} AffineRow one network, as GET /api/affine-accuracy sends it
 * @property {string} model
 * @property {string} title
 * @property {string} architecture
 * @property {number} parameter_count
 * @property {number} frame
 * @property {number} epochs
 * @property {string} trained_by
 * @property {string} first_weights
 * @property {number} seed
 * @property {number} digits
 * @property {number} unturned of them that are read rightly in the middle of the frame
 * @property {number} affine of them that are read rightly turned, sheared, stretched and moved
 * @property {string} command
 *
 * @typedef {{index: number, label: number, unturned: number[][], affine: number[][]}} AffineExample levels 0..255
 * @typedef {{rows: AffineRow[], examples: AffineExample[]}} AffineStudy
 *
 * @typedef {{share: number, interval: readonly [number, number] | null}} Counted within [0, 1]; the paper gives no
 *   interval
 * @typedef {"capsnet" | "cnn" | null} Counterpart which of the paper's two networks it can be held against
 * @typedef {{row: AffineRow, unturned: Counted, affine: Counted, counterpart: Counterpart}} Measured
 */

/** Sabour, Frosst and Hinton 2017, section 5.1: shares of moved test digits, and of affNIST. */
export const PAPER = /** @type {const} */ ({
  capsnet: { unturned: { share: 0.9923, interval: null }, affine: { share: 0.79, interval: null } },
  cnn: { unturned: { share: 0.9922, interval: null }, affine: { share: 0.66, interval: null } },
});

/** In this order; others follow. The paper's CNN pools the largest numbers, as `cnn-pooling` does. */
const ORDER = ["capsnet", "cnn-average", "cnn-pooling"];

/** @type {Record<string, Counterpart>} */
const COUNTERPARTS = { capsnet: "capsnet", "cnn-pooling": "cnn" };

/** @param {AffineStudy} study @returns {Measured[]} the capsule network first */
export const measuredOf = ({ rows }) =>
  rows
    .map((row) => ({
      row,
      unturned: counted(row.unturned, row.digits),
      affine: counted(row.affine, row.digits),
      counterpart: COUNTERPARTS[row.architecture] ?? null,
    }))
    .sort((a, b) => rank(a.row) - rank(b.row));

/** @param {AffineRow} row */
function rank({ architecture }) {
  const place = ORDER.indexOf(architecture);
  return place < 0 ? ORDER.length : place;
}

/** @param {number} right @param {number} digits @returns {Counted} */
const counted = (right, digits) => ({ share: right / digits, interval: wilson(right, digits) });
