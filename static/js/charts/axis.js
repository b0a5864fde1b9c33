/** Vertical axes: where a value stands between the bottom, 0, and the top, 1, and what is written beside it. */
/** @import { Geometry } from "../capsules/geometry.js" */
import { largestEntropy } from "../capsules/convergence.js";
import { fixed, powerOfTen } from "../shell/format.js";
import { clamp } from "../shell/math.js";

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
  const decade = 10 ** Math.floor(Math.log10(most || 1)); // where all is 0, the axis goes to 1
  const top = ([1, 2, 5].find((digit) => most <= digit * decade) ?? 10) * decade;
  return linearAxis(0, top, [0, top / 2, top]);
}

/** From 0 % to the next ten per cent. @param {number} most in per cent, above 0 @returns {Axis} */
export function percentAxis(most) {
  const top = Math.min(100, 10 * Math.ceil(most / 10));
  const step = top > 50 ? 20 : 10;
  const { position } = linearAxis(0, top, []);
  const ticks = Array.from({ length: Math.floor(top / step) + 1 }, (_, k) => k * step);
  return { position, ticks: ticks.map((value) => ({ value, text: `${value} %` })) };
}

/** @param {number} low @param {number} high @param {number[]} ticks @returns {Axis} */
export function linearAxis(low, high, ticks) {
  return {
    position: (value) => clamp((value - low) / (high - low), 0, 1),
    ticks: ticks.map((value) => ({ value, text: Number.isInteger(value * 10) ? String(value) : fixed(value) })),
  };
}

/**
 * From a whole number of bits to the largest entropy that there can be: log2(C).
 * @param {Geometry} geometry
 * @param {number} least
 * @returns {Axis}
 */
export function entropyAxis(geometry, least) {
  const top = largestEntropy(geometry);
  const high = Math.ceil(top) - 1; // the last whole number below the top
  const low = Math.min(high, Math.floor(least));
  return linearAxis(low, top, [...Array.from({ length: high - low + 1 }, (_, k) => low + k), top]);
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

/** Where a logarithmic axis of per cent may begin and end, and has its ticks. */
const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];

/**
 * A logarithmic axis of per cent between the nearest 1, 2 or 5 times a power of ten.
 * @param {number} least in per cent; below 0.01 it lies on the edge
 * @param {number} most in per cent, at most 100
 * @returns {Axis}
 */
export function logAxis(least, most) {
  const first = clamp(STEPS.filter((step) => step <= least).length - 1, 0, STEPS.length - 2);
  const last = Math.max(first + 1, STEPS.filter((step) => step < most).length);
  const ticks = STEPS.slice(first, last + 1);
  const [low, high] = [Math.log(ticks[0]), Math.log(ticks[ticks.length - 1])];
  return {
    position: (value) => clamp((Math.log(Math.max(value, STEPS[0])) - low) / (high - low), 0, 1),
    ticks: ticks.map((value) => ({ value, text: String(value) })),
  };
}
