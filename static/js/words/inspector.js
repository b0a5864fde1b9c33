/** What the inspector says of each thing that can be looked at. The figures hand over the numbers. */
import { capital, fixed, lengthText } from "../shell/format.js";
import { countWord } from "./numbers.js";
import { byHand } from "./pointing.js";

export const READING = "Reading …";

export const nothingYet = () =>
  `Draw a digit on the pad, or choose a test digit. The network answers while you draw. Then ${byHand("point at", "tap")} any square or bar to find out what it is.`;

/** A length at an iteration. @typedef {{iteration: number, length: number}} LengthAt */

/**
 * @param {{map: number, places: string, strongest: number}} shown `places` "20 × 20", `strongest` the largest response
 */
export const mapText = ({ map, places, strongest }) =>
  `Where kernel ${map + 1} finds its pattern in the picture: one response at each of ${places} positions. Orange: ink there makes the response larger; blue: smaller. The largest response here is ${fixed(strongest)}.`;

/**
 * @param {object} shown
 * @param {{types: number, rows: number, columns: number, perType: number, classes: number}} shown.geometry
 * @param {{row: number, column: number, length: number}} shown.longest its longest capsule
 * @param {string | null} shown.favourite the class with the largest mean coupling; null while none stands out
 * @param {number} shown.coupling the largest mean coupling
 * @param {string} shown.when "at iteration 2 of 3"
 */
export function typeText({ geometry: { rows, columns, perType, classes }, longest, favourite, coupling, when }) {
  const c = fixed(coupling, 3);
  const largest =
    favourite === null ? `is the same with all ${countWord(classes)} classes` : `is largest with class ${favourite}`;
  return `These capsules look for one pattern at ${rows} × ${columns} positions. The longest is at row ${longest.row + 1}, column ${longest.column + 1}: length ${lengthText(longest.length)}. ${capital(when)}, the mean coupling over all ${perType} positions ${largest}: c = ${c}.`;
}

/**
 * @param {object} shown
 * @param {{type: number, row: number, column: number}} shown.address
 * @param {number} shown.length
 * @param {string} shown.favour where its largest coupling goes, as a sentence
 * @param {string} shown.support what it adds to the selected class, as a sentence
 * @param {boolean} shown.isSilenced
 */
export function capsuleText({ address: { type, row, column }, length, favour, support, isSilenced }) {
  const place = `Type ${type + 1}, row ${row + 1}, column ${column + 1}, length ${lengthText(length)}.`;
  if (isSilenced) return `${place} You silenced it: u = 0, so all its votes are 0. ${favour}`;
  return `${place} ${favour} ${support}`;
}

/** A share of support that is smaller is written as this. */
const LEAST_SHARE = 0.001;

/**
 * What a primary capsule does for a class.
 * @param {string} name of the class
 * @param {number} share of all positive support; negative where it opposes
 */
export function supportText(name, share) {
  if (share < 0) return `It opposes ${name}.`;
  const part = share < LEAST_SHARE ? "less than 0.1" : fixed(100 * share, 1);
  return `It makes up ${part} % of the positive support for ${name}.`;
}

/**
 * What the length of a class capsule means, and where its supporters look.
 * @param {object} shown
 * @param {string} shown.name of the class
 * @param {string} shown.lengths "is 0.96 at iteration 3 of 3"
 * @param {boolean} shown.isFaint whether it is too short for its supporters to be painted on the drawing
 * @param {number} shown.count how many supporters are listed and ringed
 * @param {number} shown.field the side of a receptive field, in pixels
 */
export function classText({ name, lengths, isFaint, count, field }) {
  const where = isFaint
    ? `It is almost zero${count ? `; ${count === 1 ? "this one adds" : `these ${countWord(count)} add`} most to what is left` : ""}.`
    : `Orange: roughly where its supporters look, each one’s support spread over its ${field} × ${field} pixels.`;
  return `Its length ${lengths}: all votes for ${name}, added up and squashed. Long means that the weighted votes do not cancel: a few strong ones or many weak ones. Training asks for 0.9 or more from the right class and 0.1 or less from the others. It is no calibrated probability: it depends on the number of iterations, and a scribble can be long, too. ${where}`;
}

/** Of the capsules that made a class. @param {string} name */
export const supportersCaption = (name) => `the ten that support ${name} most: share of its support`;

/** One of them. @param {number} capsule @param {number} share */
export const supporterText = (capsule, share) => `capsule ${capsule + 1}: ${fixed(100 * share, 1)} %`;

/** The way to them. */
export const WAY_TO_SUPPORTERS = "Show them";

/**
 * @param {LengthAt[]} lengths of one class capsule: one at an iteration, two between iterations
 * @param {number} iterations R
 */
export function lengthsText(lengths, iterations) {
  const [first, second] = lengths;
  if (!second) return `is ${lengthText(first.length)} at iteration ${first.iteration} of ${iterations}`;
  return `goes from ${lengthText(first.length)} to ${lengthText(second.length)} between iterations ${first.iteration} and ${second.iteration} of ${iterations}`;
}

/** @param {string} name of the selected class @param {[LengthAt, LengthAt]} lengths of its capsule */
export const passageText = (name, [before, after]) =>
  `Between two iterations the page only interpolates. The network computes nothing there. The capsule of ${name} is ${lengthText(before.length)} long at iteration ${before.iteration} and ${lengthText(after.length)} at iteration ${after.iteration}.`;

/**
 * The first iteration, while nothing else was set.
 * @param {string} name
 * @param {number} length
 * @param {number} classes
 */
export const evenText = (name, length, classes) =>
  `Every primary capsule gives each class the same share, c = 1/${classes} exactly. The capsule of ${name} is already ${lengthText(length)} long.`;

/**
 * @param {object} shown
 * @param {number} shown.iteration from 1
 * @param {"none" | "couplings" | "off" | "random"} shown.edits whether the couplings or first logits are edited, or
 *   routing is off, with uniform or random couplings
 * @param {number} shown.largest coupling
 * @param {string} shown.name of the selected class
 * @param {number} shown.length of its capsule
 * @param {number} shown.classes how many there are
 * @param {number} shown.decided the part of the primary capsules whose coupling to it is 1.2 times the even one, or
 *   more
 * @param {number} shown.share of its positive support that comes from the strongest capsules
 * @param {number} shown.opposed what opposing votes take away, as a part of the positive support
 * @param {number} shown.count how many these are
 * @param {string} shown.routed what routing changed, as a sentence; "" where that is not to be said
 */
export function iterationText(shown) {
  const { largest, name, length, share, opposed, count, routed } = shown;
  const told = `${happens(shown)} The largest coupling is ${fixed(largest)}. The capsule of ${name} is ${lengthText(length)} long. Of all that lengthens it, ${count} capsules give ${Math.round(100 * share)} %. Votes that point against it take back ${Math.round(100 * opposed)} %.`;
  return routed ? `${told} ${routed}` : told;
}

/**
 * @param {{iteration: number, edits: "none" | "couplings" | "off" | "random", name: string, classes: number,
 *   decided: number}} shown
 */
function happens({ iteration, edits, name, classes, decided }) {
  if (edits === "off") return "You switched routing off: every iteration uses the couplings of the first.";
  if (edits === "random") return "You switched routing off: every iteration uses the same random couplings.";
  if (edits === "couplings" && iteration === 1) return "Routing begins with your edits.";
  if (edits === "couplings") {
    return "Your edits still count. Each primary capsule also gives a larger share to the classes that agree with its votes.";
  }
  return decidedText(name, classes, decided);
}

/**
 * How many primary capsules have moved towards a class.
 * @param {string} name
 * @param {number} classes
 * @param {number} decided a part of 1
 */
function decidedText(name, classes, decided) {
  if (decided === 0) return `No primary capsule gives ${name} clearly more than 1/${classes}.`;
  const part = decided < LEAST_SHARE ? "Less than 0.1" : fixed(100 * decided, 1);
  return `${part} % of the primary capsules now give ${name} clearly more than 1/${classes}.`;
}

/**
 * Whether routing matters for this drawing: iteration 1 is what the network says without it.
 * @param {object} shown
 * @param {number} shown.before the length of the selected class's capsule after iteration 1
 * @param {string} shown.first the answer after iteration 1
 * @param {string} shown.last the answer after the last iteration
 * @param {boolean} [shown.isPair] of two digits the longest capsule is half of the answer
 */
export const routedText = ({ before, first, last, isPair = false }) =>
  `At iteration 1 it was ${lengthText(before)} long, and the ${isPair ? "longest capsule" : "answer"} was ${first === last ? "already" : "still"} ${first}.`;

/**
 * What else can be asked.
 * @param {number} classes
 * @param {string} name of the shown class
 * @param {{hasDials: boolean}} room
 */
export const questions = (classes, name, { hasDials }) => [
  byHand(
    `Point at a primary capsule to see its pixels, numbers and ${countWord(classes)} votes. Click to pin up to four.`,
    `Tap a primary capsule to see its pixels, numbers and ${countWord(classes)} votes. Up to four stay pinned.`,
  ),
  byHand(
    `Point at a class to see its supporters. Click to ${hasDials ? "get its dials" : "select it"}.`,
    `Tap a class to see its supporters and to ${hasDials ? "get its dials" : "select it"}.`,
  ),
  `Play the routing: watch couplings move away from 1/${classes} where votes agree.`,
  `A dark square is a long capsule; it need not decide anything. Rings mark the ten that support ${name} most.`,
];
