/** What the name of a number of a pose rests on, and why not on another measure; model/naming.py gives the names. */
import { fixed } from "./format.js";

/** @import { Dimension, Evidence } from "../types.js" */

const NO_EFFECT = "no visible effect";
const SHIFTS = ["x", "y"];
/** What a measure is called on the page, where that is not its name in the file. @type {Record<string, string>} */
const TITLES = {
  thickness: "stroke thickness",
  length: "stroke length",
  loop: "size of the loop",
  area: "amount of ink",
  x: "shift to the side",
  y: "shift up or down",
};

/** @param {string} measure its name in the file */
export const titleOf = (measure) => TITLES[measure] ?? measure;

// Where fewer pixels change over the whole dial, its effect was measured, and is hard to see.
const SLIGHT = 0.1;

/** Whether a number has an effect that is hard to see. @param {Pick<Dimension, "name" | "changed">} dimension */
export const isSlight = ({ name, changed }) => name !== NO_EFFECT && changed < SLIGHT;

/** What is to be added to the words on a number. @param {Pick<Dimension, "name" | "changed">} dimension */
export const slightness = (dimension) => (isSlight(dimension) ? `; hard to see: ${fixed(100 * dimension.changed, 0)} % of the pixels change over the dial` : "");

/** One sentence or two. @param {Pick<Dimension, "name" | "measure" | "strength" | "evidence">} dimension */
export function restsOn({ name, measure, strength, evidence }) {
  if (name === NO_EFFECT) return "";
  if (measure === null) return "No measure of shape both follows it closely, |r| from 0.8, and makes half of the change.";
  return `The name rests on the ${titleOf(measure)}, |r| = ${fixed(strength ?? 0)}.${whyNotTheClosest(evidence, measure)}`;
}

/**
 * A measure is weighed by how much of the picture's change it would make alone, not by how closely it follows; and ink
 * and shifts, which a change of shape brings with it, name a number only where no measure of shape does.
 * @param {readonly Evidence[]} evidence
 * @param {string} named the measure that the name rests on
 */
function whyNotTheClosest(evidence, named) {
  const closest = evidence.reduce((best, one) => (Math.abs(one.r) > Math.abs(best.r) ? one : best));
  if (closest.measure === named) return "";
  return ` The ${titleOf(closest.measure)} follows it more closely, |r| = ${fixed(Math.abs(closest.r))}, but ${shortfall(closest.measure, named)}.`;
}

/** @param {string} closest @param {string} named */
function shortfall(closest, named) {
  if (closest === "area") return "ink changes with every other measure, and names a number only where none of them does";
  if (SHIFTS.includes(closest) && !SHIFTS.includes(named)) return "it comes with any change of shape, and names a number only where none is found";
  return "alone would make less of the picture’s change";
}
