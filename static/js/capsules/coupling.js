/**
 * How strongly a coupling coefficient shows. The softmax makes c exponential in the routing logits, and it starts
 * at 1/C for each of the C classes: so it shows as log(C c), and 0 is where routing began.
 */
import { maximum } from "../shell/math.js";
/** @import { Geometry } from "./geometry.js" */

/** What each class gets while routing has not begun. @param {Geometry} geometry */
export const evenCoupling = ({ classes }) => 1 / classes;

/** A capsule whose largest coupling is below so many even ones has hardly decided. Most never go further. */
const DECIDED = 1.2;

/** The coupling from which a capsule has decided for a class. @param {Geometry} geometry */
export const decidedCoupling = (geometry) => DECIDED * evenCoupling(geometry);

/**
 * The part of the primary capsules that have decided for one class.
 * @param {Geometry} geometry
 * @param {Float32Array} couplings (P, C)
 * @param {number} label of the class
 * @returns {number} in [0, 1]
 */
export function decidedShare(geometry, couplings, label) {
  const { classes, primaries } = geometry;
  const least = decidedCoupling(geometry);
  let decided = 0;
  for (let at = label; at < couplings.length; at += classes) {
    if (couplings[at] >= least) decided += 1;
  }
  return decided / primaries;
}

/** A trace whose couplings never move still has a scale: it ends so many times above the even coupling. */
const LEAST_REACH = 1.1;
/** Smaller couplings are taken for this one: no logarithm of 0. */
const SMALLEST = 1e-9;

/**
 * The coupling coefficient that shows strongest: the largest of the trace.
 * @param {Geometry} geometry
 * @param {Float32Array} couplings
 */
export const couplingReach = (geometry, couplings) =>
  Math.max(LEAST_REACH * evenCoupling(geometry), maximum(couplings));

/**
 * How strongly each coupling shows: 1 at `reach`, 0 at the even coupling, -1 at as many times less.
 * @param {Geometry} geometry
 * @param {number} reach from `couplingReach`
 * @param {Float32Array} couplings of any shape
 * @returns {Float32Array} each in [-1, 1]
 */
export function couplingStrengths(geometry, reach, couplings) {
  const even = evenCoupling(geometry);
  const whole = Math.log(reach / even);
  const strengths = new Float32Array(couplings.length);
  for (let k = 0; k < couplings.length; k++) {
    const strength = Math.log(Math.max(couplings[k], SMALLEST) / even) / whole;
    strengths[k] = strength > 1 ? 1 : strength < -1 ? -1 : strength;
  }
  return strengths;
}

/**
 * The mean over each type's positions.
 * @param {Geometry} geometry
 * @param {Float32Array} couplings (P, C)
 * @returns {Float32Array} (types, C)
 */
export function meanByType({ types, perType, classes }, couplings) {
  const means = new Float32Array(types * classes);
  for (let k = 0; k < couplings.length; k++) {
    const type = Math.floor(k / (classes * perType));
    means[type * classes + (k % classes)] += couplings[k] / perType;
  }
  return means;
}
