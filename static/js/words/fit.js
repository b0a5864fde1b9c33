/** How well the winner's picture fits the drawing, in words. */
import { fixed, thousands, withArticle } from "../shell/format.js";

/** What the drawing is compared with in each kind of trials. @type {Record<string, string>} */
const ONE_OF = { letters: "a letter", doodles: "a doodle", noise: "a picture of noise" };

/**
 * @typedef {object} Ranks of a picture among the test digits
 * @property {number} rank per cent of the test digits that have a smaller error
 * @property {number} relativeRank per cent of the test digits whose error is a smaller share of their ink
 * @property {boolean} isBad
 */

/** How many of a hundred test digits fit better; never all. @param {Ranks} fit that is bad */
export const betterCount = ({ rank, relativeRank }) => Math.min(99, Math.floor(Math.max(rank, relativeRank)));

/** Beside how many of the test digits it fits worse or better. @param {Ranks} fit that is not bad */
export const comparedText = ({ rank }) =>
  `${rank >= 50 ? `worse than ${Math.floor(rank)}` : `better than ${Math.floor(100 - rank)}`} % of the test digits`;

/** @param {string} name of the winner @param {Ranks} fit */
export function verdictText(name, fit) {
  if (fit.isBad) {
    const measured = fit.relativeRank > fit.rank ? "for the ink it has, " : "";
    return `As ${withArticle(name)} your drawing fits badly: ${measured}${betterCount(fit)} of 100 test digits fit better. Perhaps it is no digit.`;
  }
  return `As ${withArticle(name)} your drawing fits ${comparedText(fit)}. Digits with little ink have smaller errors than digits with much ink.`;
}

/**
 * How reliable the error is.
 * @param {Record<string, number>} auc how often a drawing that is no digit has the larger error
 * @param {Record<string, number>} [counts] how many of each kind were tried
 */
export function trustText({ all: _, ...kinds }, counts = {}) {
  const [first, ...others] = Object.entries(kinds).map(
    ([kind, share]) => `${ONE_OF[kind] ?? kind} has the larger error ${percent(share)} % of the time`,
  );
  if (!first) return "";
  const rest = others.map((one) => `, ${one.replace("has the larger error ", "").replace(" of the time", "")}`);
  return `How reliable is this? Compared with a random test digit, ${first}${rest.join("")}${triedText(Object.keys(kinds), counts)}.`;
}

/**
 * How many were tried, where it is the same number of each kind.
 * @param {string[]} kinds
 * @param {Record<string, number>} counts
 */
function triedText([first, ...others], counts) {
  const count = counts[first];
  if (!count || others.some((kind) => counts[kind] !== count)) return "";
  return others.length ? ` (${thousands(count)} of each were tried)` : ` (${thousands(count)} were tried)`;
}

/** Never all of them, where it is nearly all. @param {number} share */
const percent = (share) => (share < 1 && share >= 0.9995 ? "> 99.9" : fixed(100 * share, 1));

/** Why there is no verdict. */
export const NOT_MEASURED = "For this network we have not measured how well test digits fit.";
export const NOT_ARRIVED = "The errors of the test digits have not arrived yet.";
export const ROUTING_EDITED = "There is no verdict: the test digits were measured with unedited routing.";

/** @param {number} trained @param {number} iterations as the drawing is routed now */
export const otherIterationsText = (trained, iterations) =>
  `There is no verdict: the test digits were measured with ${trained} iterations, not with ${iterations}.`;

/**
 * The picture of the errors, in words.
 * @param {{error: number, median: number, high: number}} shown `high` is the 99th percentile
 * @param {string} [whose]
 */
export const errorText = ({ error, median, high }, whose = "Your drawing") =>
  `${whose}’s error is ${fixed(error, 1)}. The median of the test digits is ${fixed(median, 1)}, the 99th percentile ${fixed(high, 1)}.`;

/** @param {boolean} isStretched */
export const masksText = (isStretched) =>
  isStretched
    ? "These are the capsules after the last iteration, each stretched to the winner’s length: only their directions differ."
    : "These are the capsules after the last iteration, at their own lengths. From a short one the decoder draws nearly the same picture, whatever its direction.";
