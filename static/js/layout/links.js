/** Which links are drawn, and how strongly. */
import { CLASSES, FEW_CAPSULES, PER_TYPE, PRIMARY, TYPES } from "../lib/network.js";

/** Opacity comes in this many steps, so that all links of a step are painted as one path. */
export const OPACITY_STEPS = 8;

/**
 * @typedef {object} Link
 * @property {number} capsule
 * @property {number} label
 * @property {number} step 1 to OPACITY_STEPS
 */

/**
 * The links whose coupling coefficient reaches the threshold. Few capsules that are looked at show all of their ten.
 * @param {Float32Array} couplings (P, C)
 * @param {number} threshold
 * @param {readonly number[] | null} capsules those that are looked at; then only their links are listed
 * @param {(coupling: number) => number} strength in [-1, 1]
 * @returns {Link[]}
 */
export function listLinks(couplings, threshold, capsules, strength) {
  /** @type {Link[]} */
  const links = [];
  const few = capsules !== null && capsules.length <= FEW_CAPSULES; // more are a type, whose links obey the threshold
  const least = few ? 0 : threshold;
  // Of few capsules all links are shown, also those below 1/10: then the steps stand for the whole scale.
  const stepOf = few ? (/** @type {number} */ coupling) => (strength(coupling) + 1) / 2 : strength;
  const count = capsules?.length ?? PRIMARY;
  for (let k = 0; k < count; k++) {
    const i = capsules?.[k] ?? k;
    for (let label = 0; label < CLASSES; label++) {
      const coupling = couplings[i * CLASSES + label];
      if (coupling < least) continue;
      links.push({ capsule: i, label, step: Math.max(1, Math.ceil(stepOf(coupling) * OPACITY_STEPS)) });
    }
  }
  return links;
}

/** Opacity of the links that stand for all while all are alike. */
const EVEN_STEP = OPACITY_STEPS / 2;
/** Of the way to the second iteration, after which they are gone. */
const EVEN_UNTIL = 0.5;

/**
 * While all couplings are alike no link stands out, and all 11,520 would be a grey area: one capsule of each type shows
 * that it sends as much to every class. On the way to the second iteration these links fade.
 * @param {number} playhead
 * @returns {Link[]}
 */
export function evenLinks(playhead) {
  const step = Math.ceil(EVEN_STEP * (1 - (playhead - 1) / EVEN_UNTIL));
  if (step < 1) return [];
  const middle = Math.floor(PER_TYPE / 2) + 3;
  return Array.from({ length: TYPES * CLASSES }, (_, k) => ({ capsule: Math.floor(k / CLASSES) * PER_TYPE + middle, label: k % CLASSES, step }));
}
