/** Which links are drawn, how strongly, and which of them is near. */
/** @import { Geometry } from "../capsules/geometry.js" @import { Theatre } from "./theatre.js" */
import { couplingStrengths } from "../capsules/coupling.js";
import { FEW_CAPSULES } from "../capsules/limits.js";

/** Opacity comes in this many steps, so that all links of a step are painted as one path. */
export const OPACITY_STEPS = 8;

/**
 * @typedef {object} Links the k-th link goes from capsules[k] to labels[k]
 * @property {Uint32Array} capsules (count)
 * @property {Uint16Array} labels (count)
 * @property {Uint8Array} steps (count) of opacity, 1 to OPACITY_STEPS
 */

/**
 * The links whose coupling coefficient reaches the threshold. Few capsules that are looked at show all of theirs.
 * @param {Geometry} geometry
 * @param {Float32Array} couplings (P, C)
 * @param {number} threshold
 * @param {readonly number[] | null} looked the capsules that are looked at; then only their links are listed
 * @param {number} reach the coupling coefficient that shows strongest
 * @returns {Links}
 */
export function listLinks(geometry, couplings, threshold, looked, reach) {
  const { primaries, classes } = geometry;
  const few = looked !== null && looked.length <= FEW_CAPSULES; // more are a type, whose links obey the threshold
  const least = few ? 0 : threshold;
  const from = looked?.length ?? primaries;
  const capsules = new Uint32Array(from * classes);
  const labels = new Uint16Array(from * classes);
  const listed = new Float32Array(from * classes);
  let count = 0;
  for (let k = 0; k < from; k++) {
    const capsule = looked ? looked[k] : k;
    for (let label = 0, at = capsule * classes; label < classes; label++, at++) {
      if (couplings[at] < least) continue;
      capsules[count] = capsule;
      labels[count] = label;
      listed[count++] = couplings[at];
    }
  }
  const strengths = couplingStrengths(geometry, reach, listed.subarray(0, count));
  return { capsules: capsules.subarray(0, count), labels: labels.subarray(0, count), steps: stepsOf(strengths, few) };
}

/**
 * Of few capsules all links are shown, also those below the even coupling: then the steps stand for the whole scale.
 * @param {Float32Array} strengths each in [-1, 1]
 * @param {boolean} whole
 */
function stepsOf(strengths, whole) {
  const steps = new Uint8Array(strengths.length);
  for (let k = 0; k < steps.length; k++) {
    const share = whole ? (strengths[k] + 1) / 2 : strengths[k];
    steps[k] = Math.max(1, Math.ceil(share * OPACITY_STEPS));
  }
  return steps;
}

/** Opacity of the links that stand for all while all are alike. */
const EVEN_STEP = OPACITY_STEPS / 2;
/** Of the way to the second iteration, after which they are gone. */
const EVEN_UNTIL = 0.5;

/**
 * While all couplings are alike no link stands out, and all of them would be a grey area: one capsule of each type
 * shows
 * that it sends as much to every class. On the way to the second iteration these links fade.
 * @param {Geometry} geometry
 * @param {number} playhead
 * @returns {Links}
 */
export function evenLinks({ types, classes, rows, columns, perType }, playhead) {
  const step = Math.ceil(EVEN_STEP * (1 - (playhead - 1) / EVEN_UNTIL));
  const count = step < 1 ? 0 : types * classes;
  const middle = Math.floor(rows / 2) * columns + Math.floor(columns / 2);
  return {
    capsules: Uint32Array.from({ length: count }, (_, k) => Math.floor(k / classes) * perType + middle),
    labels: Uint16Array.from({ length: count }, (_, k) => k % classes),
    steps: new Uint8Array(count).fill(Math.max(0, step)),
  };
}

/** Halvings until the place on a curve is known to less than a pixel of the widest screen. */
const HALVINGS = 13;

/**
 * The link next to a place, if one is near; of several that lie as near, the strongest.
 * @param {Links} links
 * @param {Theatre} theatre
 * @param {number} px
 * @param {number} py
 * @param {number} within in CSS pixels, up or down
 * @returns {number | null} its number in the list
 */
export function nearestLink({ capsules, labels, steps }, theatre, px, py, within) {
  const { x, y, cell, linkStart, linkEnd, anchors } = theatre;
  let [best, least] = [/** @type {number | null} */ (null), within];
  for (let k = 0; k < capsules.length; k++) {
    const [beginX, beginY, endY] = [x[capsules[k]] + cell, y[capsules[k]] + cell / 2, anchors[labels[k]]];
    if (px <= beginX || px >= linkEnd || py < Math.min(beginY, endY) - within || py > Math.max(beginY, endY) + within) {
      continue;
    }
    const t = timeAt(px, beginX, (Math.max(beginX, linkStart) + linkEnd) / 2, linkEnd);
    const at = beginY + (endY - beginY) * t * t * (3 - 2 * t);
    const distance = Math.abs(at - py) - steps[k] / OPACITY_STEPS; // a strong one is drawn over a weak one
    if (distance < least) [best, least] = [k, distance];
  }
  return best;
}

/**
 * How far along its curve a link is at a place: both inner points of the curve stand at `middle`.
 * @param {number} px
 * @param {number} begin
 * @param {number} middle
 * @param {number} end
 */
function timeAt(px, begin, middle, end) {
  let [low, high] = [0, 1];
  for (let n = 0; n < HALVINGS; n++) {
    const t = (low + high) / 2;
    const s = 1 - t;
    const at = s * s * s * begin + 3 * s * t * middle + t * t * t * end;
    if (at < px) low = t;
    else high = t;
  }
  return (low + high) / 2;
}
