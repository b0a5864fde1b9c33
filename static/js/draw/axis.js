/** Vertical axes: where a value stands between the bottom, 0, and the top, 1, and what is written beside it. */
import { LARGEST_ENTROPY } from "../lib/convergence.js";
import { fixed, powerOfTen } from "../lib/format.js";
import { clamp } from "../lib/math.js";

/**
 * @typedef {{value: number, text: string}} Tick
 * @typedef {object} Axis
 * @property {(value: number) => number} position in [0, 1]
 * @property {Tick[]} ticks from the bottom to the top
 */

/** Where the axis of values in [0, 1] may end: the first of these that none passes. */
const TOPS = [0.2, 0.5, 1];

/** From 0 to the next of a few round ends. @param {number} most @returns {Axis} */
export function unitAxis(most) {
  const top = TOPS.find((end) => most <= end) ?? 1;
  return linearAxis(0, top, [0, top / 2, top]);
}

/** From 0 to the next 1, 2 or 5 times a power of ten. @param {number} most above 0 @returns {Axis} */
export function roundAxis(most) {
  const decade = 10 ** Math.floor(Math.log10(most));
  const top = ([1, 2, 5].find((digit) => most <= digit * decade) ?? 10) * decade;
  return linearAxis(0, top, [0, top / 2, top]);
}

/** @param {number} low @param {number} high @param {number[]} ticks @returns {Axis} */
export function linearAxis(low, high, ticks) {
  return {
    position: (value) => clamp((value - low) / (high - low), 0, 1),
    ticks: ticks.map((value) => ({ value, text: Number.isInteger(value * 10) ? String(value) : fixed(value) })),
  };
}

/** From a whole number of bits, 3 or fewer, to log2(10). @param {number} least @returns {Axis} */
export function entropyAxis(least) {
  const low = Math.min(3, Math.floor(least));
  return linearAxis(low, LARGEST_ENTROPY, [...Array.from({ length: 4 - low }, (_, k) => low + k), LARGEST_ENTROPY]);
}

/** Whole decades around positive values. @param {number} least @param {number} most @returns {Axis} */
export function decadesAxis(least, most) {
  const low = Math.floor(Math.log10(Math.max(least, 1e-9)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(most, 1e-9))));
  return {
    position: (value) => clamp((Math.log10(Math.max(value, 1e-9)) - low) / (high - low), 0, 1),
    ticks: Array.from({ length: high - low + 1 }, (_, k) => ({ value: 10 ** (low + k), text: powerOfTen(low + k) })),
  };
}
