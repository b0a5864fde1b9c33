/** What is said of edited routing: what was edited, and what that changes. */
/** @import { Geometry, Sized } from "../capsules/geometry.js" @import { Interventions } from "../capsules/types.js" */
import { silencedCount } from "../capsules/interventions.js";
import { countWord } from "./numbers.js";
import { capital, fixed, lengthText, signed, thousands } from "../shell/format.js";

/** As the presets are called before there is a drawing. */
export const PRESET_NAMES = ["Without routing", "Silence the ten strongest", "Start in favour of another class"];

export const NO_DRAWING = "There is no drawing yet.";
export const NO_EDITS = "No edits yet.";
export const ALL_SILENT = "At least one primary capsule must be left to vote.";
export const NONE_LEFT =
  "All other couplings of this capsule are fixed, so this one takes what is left of 1. Release one first.";

/**
 * The edits in a few words: "12 capsules silenced, no routing".
 * @param {Sized} network
 * @param {Interventions} interventions
 */
export function editsText({ geometry, classNames }, interventions) {
  const { couplings, logits, uniform, random } = interventions;
  const silenced = silencedCount(geometry, interventions);
  const labels = [...new Set(logits.map(({ label }) => label))].sort((a, b) => a - b);
  return [
    silenced && `${counted(silenced, "capsule")} silenced`,
    couplings.length && `${counted(couplings.length, "coupling")} fixed`,
    labels.length && `b set for ${labels.map((label) => classNames[label]).join(" and ")}`,
    uniform && "no routing",
    random && randomText(random),
  ]
    .filter(Boolean)
    .join(", ");
}

/** "random couplings, seed 3, spread 1.0" @param {import("../capsules/types.js").RandomCouplings} random */
export const randomText = ({ seed, spread }) => `random couplings (seed ${seed}, spread ${fixed(spread, 1)})`;

/** @param {number} count @param {string} noun */
const counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/**
 * The mark on the first screen.
 * @param {string} edits in words
 * @param {{edited: string, unedited: string} | null} answers null until they are known
 */
export function markText(edits, answers) {
  if (!answers) return `Edited routing: ${edits}.`;
  const { edited, unedited } = answers;
  return `Edited routing: ${edits}. The unedited routing ${edited === unedited ? "also gives" : "gives"} ${unedited}.`;
}

/** One class after the last iteration. @typedef {{name: string, edited: number, unedited: number}} Lengths */

/**
 * What the edits change after the last iteration.
 * @param {string} edits in words
 * @param {Lengths} was the class that wins unedited
 * @param {Lengths} is the class that wins edited
 */
export function outcomeText(edits, was, is) {
  const isSame = was.name === is.name;
  const answer = isSame ? `The answer stays ${was.name}.` : `The answer changes from ${was.name} to ${is.name}.`;
  const lengths = (isSame ? [was] : [was, is]).map(
    ({ name, edited, unedited }) => `${name} has length ${lengthText(edited)} (unedited ${lengthText(unedited)})`,
  );
  return `Edited routing: ${edits}. ${answer} After the last iteration: ${lengths.join(", ")}.`;
}

/** One class, as it is read aloud. @param {Lengths} lengths */
export const pairText = ({ name, edited, unedited }) =>
  `Class ${name}: unedited ${lengthText(unedited)}, edited ${lengthText(edited)}`;

/** The ends and the middle of a scale of changes. @param {number} reach @param {number} [digits] */
export const changeScaleText = (reach, digits) =>
  `from ${signed(-reach, digits)} through 0 to ${signed(reach, digits)}`;

/** A change that is none as it is written, with three decimals. @param {number} change */
const isNothing = (change) => Math.abs(change) < 0.0005;

/**
 * The map of the couplings' changes, in words.
 * @param {Geometry} geometry
 * @param {{type: number, name: string, change: number}} largest
 * @param {string} when "at iteration 2 of 3"
 */
export function typeChangesText({ types, classes }, { type, name, change }, when) {
  const map = `Change of the mean coupling ${when}, ${types} types by ${classes} classes.`;
  return isNothing(change)
    ? `${map} No coupling changes.`
    : `${map} The largest change: type ${type + 1} with class ${name}, ${signed(change, 3)}.`;
}

/**
 * The map of the support's changes, in words.
 * @param {string} name of the class
 * @param {number} sum of all changes
 * @param {{row: number, column: number, change: number}} largest
 * @param {string} when "at iteration 2 of 3"
 */
export function positionChangesText(name, sum, { row, column, change }, when) {
  const map = `Change of the support for ${name} by position of the grid, ${when}: ${signed(sum)} in total.`;
  return isNothing(change)
    ? map
    : `${map} The largest change: row ${row + 1}, column ${column + 1}, ${signed(change, 3)}.`;
}

/**
 * @param {{name: string, first: number, last: number, classes: number}} shown lengths of the winner after the first
 *   and the last iteration
 */
export const withoutRoutingText = ({ name, first, last, classes }) =>
  `Every vote counts the same, c = 1/${classes}. The capsule of ${name} stays ${lengthText(first)} long; routing makes it ${lengthText(last)}. For most drawings the answer stays the same.`;

/**
 * @param {{name: string, few: number, primaries: number, share: number}} shown `share` of the positive support
 */
export const silenceText = ({ name, few, primaries, share }) =>
  `${capital(countWord(few))} of the ${thousands(primaries)} primary capsules give ${Math.round(100 * share)} % of the positive support for ${name}. Are they needed? Silence them: others may take over. This replaces your other edits.`;

/**
 * @param {{name: string, logit: number, coupling: number, even: number}} shown the class that routing favours at first
 */
export const favourText = ({ name, logit, coupling, even }) =>
  `${name} is the runner-up. With b = ${logit} for it, every capsule starts with c = ${fixed(coupling)} for ${name} instead of ${fixed(even)}.`;
