/** What is told of whose the ink is. @import { InkShares, OverlapStudy } from "../capsules/types.js" */
/** @import { Given, Reason } from "../capsules/owners.js" */
import { fixed, percent, thousands, withArticle } from "../shell/format.js";
import { countWord } from "./numbers.js";

/** Shares that differ less than this are as good as equal. */
const SAME = 0.005;

/** A share of many pairs. @param {number} share in [0, 1] */
export const studied = (share) => `${fixed(100 * share, 1)} %`;

/** The share of one pair. @param {Given} given of some pixels */
export const shareText = ({ right, pixels }) => percent(right / pixels);

/** @param {Given} given of some pixels */
export const givenText = (given) =>
  `${shareText(given)} of the exclusive ink goes to its own digit (${given.right} of ${given.pixels} pixels).`;

/** @param {number | undefined} share of the exclusive ink in test pairs @param {number} pairs */
export const studiedText = (share, pairs) =>
  share === undefined ? "" : `Over ${thousands(pairs)} test pairs: ${studied(share)}.`;

/** @param {number} iteration @param {number} iterations */
export const iterationText = (iteration, iterations) => `iteration ${iteration} of ${iterations}`;

/** How far receptive fields can tell two digits apart. @param {string} share of the exclusive ink, as text */
export const fieldsText = (share) =>
  `If each capsule gave each class just as much as it sees of that digit’s ink, ${share} would go right.`;

/** What the third picture shows. @param {number} pixels of exclusive ink */
export const exclusiveText = (pixels) =>
  pixels === 1
    ? "One pixel is exclusive ink: dark in one layer, and empty in the other."
    : `${pixels ? thousands(pixels) : "No"} pixels are exclusive ink: dark in one layer, and empty in the other.`;

/**
 * What the colour of a layer stands for.
 * @param {"A" | "B"} layer
 * @param {string | null} name of its class; null without one
 * @param {boolean} isChosen whether somebody chose the class, and the network did not read it
 */
export const legendText = (layer, name, isChosen) =>
  name === null ? layer : `${layer}, ${isChosen ? "shown" : "read"} as ${name}`;

/**
 * Why no share is told.
 * @param {Reason} reason
 * @param {readonly [string, string]} shown the classes that stand for layer A and layer B
 */
export function untoldText(reason, [a, b]) {
  const nobody = "nobody can say how much ink goes to the right digit";
  return {
    empty: "One layer is empty, so all ink belongs to the other. There is nothing to share out.",
    classes: `The pictures show ${withArticle(a)} for A and ${withArticle(b)} for B. At least one layer is another digit, so no share can be told. Choose the true classes further down to measure it.`,
    unknown: `The pictures show ${withArticle(a)} for A and ${withArticle(b)} for B. What the layers are is not known, so ${nobody}.`,
    shared: "No ink belongs to one digit alone. So no share can go to the right one.",
  }[reason];
}

/**
 * What the measurement over test pairs says, of the pairs altogether.
 * @param {InkShares} shares
 * @param {number} iterations as many as in training
 */
export function followsText({ pairs, reconstructions, contributions, fields }, iterations) {
  const last = Math.min(iterations, contributions.length);
  const [first, routed] = [contributions[0], contributions[last - 1]];
  const one = `${studied(first)} after one iteration`;
  const given = last > 1 ? `${one} and ${studied(routed)} after ${countWord(last)}` : one;
  const measured = `Over ${thousands(pairs)} test pairs the reconstructions give ${studied(reconstructions[last - 1])} of the exclusive ink to the right digit, and the contributions ${given}. Half would be guessing.`;
  const unrouted = `With one iteration, in which all couplings are equal, the reconstructions give ${studied(reconstructions[0])}.`;
  const more = last > 1 ? [unrouted, sharpens(first, routed)] : [];
  return [measured, ...more, fieldsText(studied(fields))].join(" ");
}

/** Whether routing on makes it clearer. @param {number} first @param {number} routed */
function sharpens(first, routed) {
  if (routed < first - SAME) return "More iterations do not sharpen it: the share falls.";
  return routed > first + SAME ? "More iterations sharpen it a little." : "More iterations do not sharpen it.";
}

/**
 * Of which pairs the numbers are, and which not.
 * @param {OverlapStudy} study
 * @param {number} iterations
 */
export function studyText({ ink }, iterations) {
  if (!ink) return "";
  const { pairs, reconstructions, contributions } = ink.read;
  const last = Math.min(iterations, contributions.length) - 1;
  return `${followsText(ink.all, iterations)} Of the ${thousands(pairs)} pairs that are read rightly, it is ${studied(reconstructions[last])} and ${studied(contributions[last])}.`;
}

/** @param {string} model */
export const unmeasuredText = (model) =>
  `Over test pairs this has not been measured of this network. Run “capsnet study-overlap --model ${model}” to do it.`;
