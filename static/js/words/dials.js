/** What is said of the dials and of what was measured of each dimension. */
/** @import { Dimension, Dimensions } from "../capsules/types.js" */
import { capital, fixed, thousands } from "../shell/format.js";
import { isSlight, restsOn } from "./naming.js";

export const CHOOSE_A_ROW =
  "Choose a row to see what this dimension does to pictures. We measured it on training digits.";
export const UNMEASURED =
  "For this network we have not measured what the dimensions do. The dials go ±\u00a00.5 around the original.";
export const LENGTH_HINT = "length: the direction stays; near 0 the decoder draws nearly the same for every pose";

/**
 * How far the dials go, and which pose they turn while the routing plays.
 * @param {object} shown
 * @param {string} shown.name of the class
 * @param {boolean} shown.ofClass whether they go as far as the digits of the class do
 * @param {number | null} shown.reach in standard deviations; null while it is not known
 * @param {boolean} shown.isUnmeasured
 * @param {boolean} shown.isBeforeEnd whether the rest of the page shows an earlier iteration
 */
export function reachText({ name, ofClass, reach, isUnmeasured, isBeforeEnd }) {
  const when = isBeforeEnd ? "after the last iteration; " : "";
  if (isUnmeasured) return `${when}range: ±\u00a00.5; this network’s dimensions have not been measured`;
  const end = reach === null ? "" : `: ±\u00a0${reach}\u00a0σ`;
  return ofClass ? `${when}range of the ${name}s${end}` : `${when}range: ±\u00a00.5 around the original`;
}

/**
 * @param {{ofClass: boolean, reach: number | null, swept: number | null, isUnmeasured: boolean}} shown as in
 *   `reachText`; `swept` is the number of training digits that gave the names, null while it is not known
 */
export function reachTitle({ ofClass, reach, swept, isUnmeasured }) {
  const names = `A name says what changed most in ${swept === null ? "" : `${thousands(swept)} `}training digits when this dial was turned to the right; yours may differ. “No clear effect”: no measure changed enough to see it. Names in italics: the effect is hard to see.`;
  if (ofClass) {
    return `Each dial covers the training digits of this class: ${reach === null ? "" : `${reach} `}standard deviations (σ) to either side of their mean. The names were measured on a range as wide. ${names} Press for ±\u00a00.5.`;
  }
  const ends = "Each dial goes 0.5 to either side. The outer marks are the paper’s ±\u00a00.25.";
  return isUnmeasured ? ends : `${ends} ${names} Press for the range of the class.`;
}

/**
 * One dimension in short, below the dials; the dial itself bears the name.
 * @param {number} dimension from 0
 * @param {Dimension} measured
 */
export function hintText(dimension, measured) {
  return `${dimension + 1}: ${measured.detail}${slightText(measured)}`;
}

/** The choice of the class's range for the grid. @param {number | null} reach in standard deviations */
export const sweepReachText = (reach) =>
  reach === null
    ? "the range of the class, on which the names were measured"
    : `±\u00a0${reach} standard deviations (σ), on which the names were measured`;

/**
 * One dimension in full.
 * @param {number} dimension from 0
 * @param {string} name "" for none
 * @param {Dimension | undefined} measured
 */
export function dimensionText(dimension, name, measured) {
  if (!measured) return `dimension ${dimension + 1}${name ? `, ${name}` : ""}`;
  return `${dimension + 1} ${name}: ${measured.detail}${slightText(measured)}`;
}

/** @param {Dimension} measured */
const slightText = (measured) => (isSlight(measured) ? "; hard to see" : "");

/**
 * What a dimension does, and where its name comes from.
 * @param {Dimension} dimension
 * @param {string} name that it bears on the page
 */
export function evidenceText(dimension, name) {
  const given = name === dimension.name ? "" : `Measured as “${dimension.name}”. `;
  return `${given}${capital(dimension.detail)}${slightText(dimension)}. ${restsOn(dimension)}`;
}

/** How it was measured. @param {Dimensions} measured @param {string} name of the class */
export const sourceText = ({ digits, swept, reach }, name) =>
  `Mean and standard deviation (σ) come from ${thousands(digits)} training digits of class ${name}. For ${thousands(swept)} of them we changed only this dimension, from −${reach} to +${reach}\u00a0σ around its own value, and measured every reconstruction. The curves are averages, the changes medians. The spread of a measure is its standard deviation over real digits of the class, or what is just visible where that is more. The name comes from these digits, not from yours.`;

/**
 * How the class is spread over a dimension.
 * @param {string} name of the class
 * @param {number} reach in standard deviations
 * @param {number} own the drawing's number
 */
export const spreadText = (name, reach, own) =>
  `training digits of class ${name}, with their mean and ±\u00a0${reach}\u00a0σ; your drawing is at ${fixed(own)}`;

/** @param {{mean: number, deviation: number}} spread @param {number} own */
export const spreadSaid = ({ mean, deviation }, own) =>
  `Mean ${fixed(mean)}, standard deviation ${fixed(deviation, 3)}; your drawing ${fixed(own)}`;

/** Where the picture changes. @param {string} place its name */
export const placeText = (place) =>
  `your drawing: the last picture minus the first. The ring marks where training digits change most: ${place}`;
