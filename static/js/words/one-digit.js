/** What a network for one digit makes of two: what is told, and what follows. */
import { CLEAR_LENGTH } from "../capsules/limits.js";
import { fixed, lengthText, withArticle } from "../shell/format.js";
import { betterCount, comparedText } from "./fit.js";
/** @import { Ranks } from "./fit.js" */

/**
 * @typedef {Ranks & {error: number}} Fit as `state/trace/gauge` has it
 *
 * @typedef {object} Known what one of the two digits is
 * @property {number} label
 * @property {"label" | "network"} by whom: the test digit is labelled so, or this network read the drawing alone, in
 *   full size
 *
 * @typedef {object} Reading of one picture
 * @property {number} label
 * @property {ArrayLike<number>} lengths (C)
 * @property {Fit | null} fit null where it is not known
 */

/** How well a picture fits, in a narrow place. @param {Fit | null} fit */
export function fitText(fit) {
  if (!fit) return "";
  return fit.isBad ? `fits badly: ${betterCount(fit)} of 100 test digits fit better` : `fits ${comparedText(fit)}`;
}

/**
 * What follows from what was read.
 * @param {object} read
 * @param {Reading} read.sum
 * @param {readonly (Reading | null)[]} read.alone each digit by itself at the same size; null where one is missing
 * @param {readonly (Known | null)[]} read.truths what the two digits are; null for one that is missing or not known
 * @param {readonly string[]} read.names of the classes
 * @returns {string[]} sentences
 */
export function conclusions({ sum, alone, truths, names }) {
  const isPair = alone.every(Boolean);
  const texts = [isPair ? pairText(sum, truths, names) : singleText(sum, truths, names), surenessText(sum)];
  if (sum.fit) texts.push(isPair ? warningText(sum.fit) : singleFitText(sum.fit));
  if (isPair) texts.push(sizeText(/** @type {Reading[]} */ (alone), truths, names));
  return texts;
}

/** @param {Reading} sum @param {readonly (Known | null)[]} truths @param {readonly string[]} names */
function pairText({ label, lengths }, [a, b], names) {
  const name = names[label];
  const answer = `It answers ${name}`;
  if (!a || !b) return `${answer}.`;
  const source = sourceText([a, b]);
  if (a.label !== label && b.label !== label) return `${answer}. Neither of the two is ${withArticle(name)}.${source}`;
  const other = a.label === label ? b.label : a.label;
  if (other === label) return `${answer}, and both are.${source}`;
  return `${answer}: one of the two. The capsule of the other, ${withArticle(names[other])}, has length ${lengthText(lengths[other])}.${source}`;
}

/** @param {Reading} sum @param {readonly (Known | null)[]} truths @param {readonly string[]} names */
function singleText({ label }, truths, names) {
  const known = truths.find(Boolean);
  const answer = `There is one digit in the picture. The network answers ${names[label]}`;
  return !known || known.label === label
    ? `${answer}.`
    : `${answer}, but it is ${withArticle(names[known.label])}.${sourceText([known])}`;
}

/** What a claim about drawings rests on; "" of test digits, which are labelled. @param {readonly Known[]} truths */
const sourceText = (truths) =>
  truths.some(({ by }) => by === "network")
    ? " Here a drawing counts as what this network reads in it alone, in full size."
    : "";

/** @param {Reading} sum */
function surenessText({ label, lengths }) {
  const length = lengths[label];
  return length < CLEAR_LENGTH
    ? `Its longest capsule has length ${lengthText(length)}. Below ${CLEAR_LENGTH} no digit is clear, so here the lengths warn, too.`
    : `Its longest capsule has length ${lengthText(length)}, as for a clear digit: the lengths do not warn.`;
}

/** @param {Fit} fit of two digits */
const warningText = (fit) =>
  fit.isBad
    ? `The reconstruction error is the warning: what one capsule draws does not cover the ink of two digits. It is ${fixed(fit.error, 1)}, and the picture fits badly.`
    : `The reconstruction error is ${fixed(fit.error, 1)}, and test digits have such errors, too. This time not even the error warns.`;

/** @param {Fit} fit of one digit */
const singleFitText = (fit) =>
  fit.isBad
    ? `The picture fits badly, though there is only one digit. It is smaller than the digits of the training.`
    : `The picture fits as a test digit does.`;

/**
 * Whether the smaller size could be to blame: not told unless it is known what both are.
 * @param {readonly Reading[]} alone
 * @param {readonly (Known | null)[]} truths
 * @param {readonly string[]} names
 */
function sizeText(alone, truths, names) {
  const read = `Alone and just as small, A is read as ${names[alone[0].label]} and B as ${names[alone[1].label]}`;
  const errors = alone.map(({ fit }) => fit && fixed(fit.error, 1));
  const withErrors = errors.every(Boolean) ? `, with errors of ${errors.join(" and ")}` : "";
  const warned = ["A", "B"].filter((_, k) => alone[k].fit?.isBad).join(" and ");
  const caveat = warned
    ? ` But at this size ${warned} alone fits badly, too: the error is no sure sign of two digits.`
    : "";
  return `${read}${withErrors}.${blameText(alone, truths)}${caveat}`;
}

/** @param {readonly Reading[]} alone @param {readonly (Known | null)[]} truths */
function blameText(alone, truths) {
  if (!truths.every(Boolean)) return "";
  const isRight = alone.every(({ label }, k) => truths[k]?.label === label);
  return isRight ? " So the size alone does not mislead it." : " So a part of the trouble is the size.";
}
