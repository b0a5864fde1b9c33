/** What a sweep shows, in words. */
import { fixed } from "../shell/format.js";
import { countWord } from "./numbers.js";

/** Where a digit is moved to, along each axis. */
const SIDES = { right: ["left", "right"], down: ["up", "down"] };

/**
 * @typedef {object} At what a sweep gives at one offset
 * @property {"A" | "B"} moved
 * @property {"right" | "down"} axis
 * @property {number} offset in pixels
 * @property {readonly [string, string]} names of the classes that are followed, of A and of B
 * @property {readonly [number, number]} lengths of their capsules
 * @property {readonly [number, number]} errors of their reconstructions
 * @property {readonly [boolean, boolean] | null} read whether A and B are read; null where it is not known what they
 *   are
 */

/**
 * The numbers at the present offset.
 * @param {At} at
 */
export function atText({ moved, axis, offset, names, lengths, errors, read }) {
  const numbers = [0, 1].map((k) => `${names[k]} is ${fixed(lengths[k], 3)} long, Σ² ${fixed(errors[k], 1)}`);
  return `${moved} ${placeText(axis, offset)}: ${numbers.join("; ")}.${read ? ` ${readText(read)}` : ""}`;
}

/** @param {"right" | "down"} axis @param {number} offset */
const placeText = (axis, offset) => (offset === 0 ? "in the middle" : offsetText(axis, offset));

/** "3 pixels to the left" of the middle, "1 pixel up". @param {"right" | "down"} axis @param {number} offset */
function offsetText(axis, offset) {
  const side = SIDES[axis][offset < 0 ? 0 : 1];
  const pixels = `${Math.abs(offset)} pixel${Math.abs(offset) === 1 ? "" : "s"}`;
  return `${pixels} ${axis === "right" ? "to the " : ""}${side}`;
}

/** @param {readonly [boolean, boolean]} read */
function readText([a, b]) {
  if (a && b) return "Both digits are read.";
  if (!a && !b) return "Neither digit is read.";
  return `Only ${a ? "A" : "B"} is read.`;
}

/**
 * How often both, one and none of the two are read.
 * @param {readonly [a: readonly boolean[], b: readonly boolean[]]} read (2, N)
 * @param {boolean} areAlike whether both are of one class
 */
export function readTold([a, b], areAlike) {
  if (areAlike) {
    const count = a.filter(Boolean).length;
    return `Both digits are of one class, which has one capsule. It is read at ${count} of ${a.length} offsets.`;
  }
  const counts = [0, 0, 0];
  a.forEach((isRead, n) => counts[Number(isRead) + Number(b[n])]++);
  const [none, one, both] = counts;
  if (both === a.length) return `Both digits are read at all ${a.length} offsets.`;
  return `Of ${a.length} offsets, both digits are read at ${both}, one at ${one}, none at ${none}.`;
}

/**
 * Where the digit lies beyond what was swept.
 * @param {"A" | "B"} moved
 * @param {"right" | "down"} axis
 * @param {number} offset
 */
export const beyondText = (moved, axis, offset) => `${moved} lies ${offsetText(axis, offset)}, beyond this sweep.`;

/** What the shade means. @param {number | null} trained the farthest shift in training; null where it is not known */
export const shadeTold = (trained) =>
  trained === null
    ? ""
    : `Shaded: more than ${countWord(trained)} pixels from the middle. In training no digit was moved that far.`;

/** Why there is no sweep. @param {boolean} isEmpty whether one of the layers is empty */
export const noSweepText = (isEmpty) => (isEmpty ? "A sweep needs a digit on each pad." : "");

/** What the numbers below the plots are. @param {"A" | "B"} moved @param {"right" | "down"} axis */
export const axisText = (moved, axis) =>
  `offset of ${moved} in pixels, ${axis === "right" ? "right of" : "below"} the middle positive`;
