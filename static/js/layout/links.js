/** Which links are drawn, and how strongly. */
import { CLASSES, PRIMARY } from "../lib/network.js";

/** Opacity comes in this many steps, so that all links of a step are painted as one path. */
export const OPACITY_STEPS = 8;

/**
 * @typedef {object} Link
 * @property {number} capsule
 * @property {number} label
 * @property {number} step 1 to OPACITY_STEPS
 */

/**
 * The links whose coupling coefficient reaches the threshold. A capsule that is looked at shows all of its ten.
 * @param {Float32Array} couplings (P, C)
 * @param {number} threshold
 * @param {number | null} capsule the one that is looked at; then only its links are listed
 * @param {(coupling: number) => number} strength in [-1, 1]
 * @returns {Link[]}
 */
export function listLinks(couplings, threshold, capsule, strength) {
  /** @type {Link[]} */
  const links = [];
  const [from, to] = capsule === null ? [0, PRIMARY] : [capsule, capsule + 1];
  const least = capsule === null ? threshold : 0;
  // Of one capsule all links are shown, also those below 1/10: then the steps stand for the whole scale.
  const stepOf = capsule === null ? strength : (/** @type {number} */ coupling) => (strength(coupling) + 1) / 2;
  for (let i = from; i < to; i++) {
    for (let label = 0; label < CLASSES; label++) {
      const coupling = couplings[i * CLASSES + label];
      if (coupling < least) continue;
      links.push({ capsule: i, label, step: Math.max(1, Math.ceil(stepOf(coupling) * OPACITY_STEPS)) });
    }
  }
  return links;
}
