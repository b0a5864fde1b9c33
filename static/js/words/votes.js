/** What is said of the votes on their planes. @import { Geometry } from "../capsules/geometry.js" */
import { capital, fixed, lengthEquation, thousands } from "../shell/format.js";
import { argmax } from "../shell/math.js";
import { areAlike } from "./spoken.js";

export const POSITION_LEGEND =
  "size: the coupling; colour: where the capsule looks, from left to right and top to bottom";

export const SUPPORT_LEGEND =
  "orange: adds to the length of v; blue: takes from it; area: how much, on one scale for both planes; grey: hardly anything";

/** @param {Geometry} geometry */
export const typeLegend = ({ types }) => `size: the coupling; colour: the capsule’s type, 1 to ${types}`;

/** @param {{when: string, length: number, inPlane: number, sum: number}} shown `when` is "iteration 2 of 3" */
export const planeText = ({ when, length, inPlane, sum }) =>
  `${capital(when)}: ${lengthEquation(length)}. In this plane v has length ${fixed(inPlane)} and s has length ${fixed(sum)}`;

/** @param {ArrayLike<number>} variance (2), parts of the votes' squared lengths */
export const axesText = (variance) =>
  `axis 1 holds ${fixed(100 * variance[0], 1)} % of the votes’ squared length, axis 2 ${fixed(100 * variance[1], 1)} %`;

/**
 * A plane at rest, for those who do not see it.
 * @param {object} shown
 * @param {string} shown.name of the class
 * @param {string} shown.numbers the text of `planeText`
 * @param {Float32Array} shown.couplings (P) to the class
 * @param {number | null} shown.capsule the one that is pointed at
 */
export function planeSaid({ name, numbers, couplings, capsule }) {
  const strongest = argmax(couplings);
  const c = fixed(couplings[strongest], 3);
  const largest = areAlike(couplings)
    ? `All couplings to it are c = ${c}.`
    : `Capsule ${strongest + 1} has the largest coupling, c = ${c}.`;
  const own = capsule === null ? "" : ` You point at capsule ${capsule + 1}: c = ${fixed(couplings[capsule], 3)}.`;
  return `The ${thousands(couplings.length)} votes for ${name}. ${numbers}. ${largest}${own} Arrow keys move from vote to vote, Enter pins a capsule.`;
}
