/** Networks that were trained on few digits, in words: every number is taken from what was measured. */
/** @import { Compared, Curve, FewerDigits, Point } from "../capsules/fewer-digits.js" */
import { capital, fixed, listText, thousands } from "../shell/format.js";
import { countWord } from "./numbers.js";

const CAPSNET = "capsnet";

/** @type {Record<string, string>} */
const NAMES = {
  [CAPSNET]: "CapsNet",
  cnn: "paper’s CNN without pooling",
  "cnn-pooling": "CNN with max pooling",
  "cnn-global": "CNN with global pooling",
};

/** A kind of network, as its curve is called. @param {string} network */
export const nameText = (network) => NAMES[network] ?? network;

/** What is there where nothing was measured. */
export const UNMEASURED =
  "This has not been measured for this server. “capsnet study-fewer-digits” does it in a few hours; its file belongs " +
  "into the folder of the measurements.";

/** @param {number} error in per cent */
const number = (error) => fixed(error, 1);

/** @param {number} count */
const seedsText = (count) => (count === 1 ? "one seed" : `${countWord(count)} seeds`);

/** "12.3 %", and "(11.0 to 13.1), three seeds". @param {Point} point @returns {[mean: string, rest: string]} */
export const pointParts = ({ mean, range: [low, high], errors: { length } }) => [
  `${number(mean)} %`,
  length === 1 ? seedsText(1) : `(${number(low)} to ${number(high)}), ${seedsText(length)}`,
];

/** What the second of two misreads more than the first, in points. @param {Compared} compared */
export const differenceText = ({ points: [a, b], better, isKnown }) => {
  const difference = b.mean - a.mean;
  const sign = difference < 0 ? "−" : "+";
  const doubt = isKnown ? "not told apart" : "too few seeds";
  return `${sign}${number(Math.abs(difference))}${better === null ? `, ${doubt}` : ""}`;
};

/** "10, 20 and 50 digits". @param {readonly Compared[]} compared */
const digitsText = (compared) => `${listText(compared.map(({ count }) => thousands(count)))} digits`;

/** By how much the means differ. @param {readonly Compared[]} compared */
const pointsText = (compared) => {
  const differences = compared.map(({ points: [a, b] }) => number(Math.abs(b.mean - a.mean)));
  return `${listText(differences)} percentage points`;
};

/** By chance two equal networks are told apart so often. @param {Compared} compared @returns {number} in [0, 1] */
export const byChance = ({ points: [{ errors: a }, { errors: b }] }) => {
  const orders = a.reduce((product, _, k) => (product * (b.length + k + 1)) / (k + 1), 1);
  return Math.min(1, 2 / orders);
};

/**
 * What follows from the comparison of two networks.
 * @param {readonly Compared[]} compared
 * @param {readonly [string, string]} networks
 * @returns {string[]} sentences
 */
export function findings(compared, networks) {
  const names = networks.map((network) => `the ${nameText(network)}`);
  const better = /** @type {const} */ ([0, 1]).map((k) => compared.filter((one) => one.better === k));
  const alike = compared.filter((one) => one.isKnown && one.better === null);
  const unknown = compared.filter(({ isKnown }) => !isKnown);
  return [
    ...better.map((found, k) => (found.length ? betterText(found, [names[k], names[1 - k]]) : "")),
    alike.length
      ? `With ${digitsText(alike)} the bars overlap: this measurement does not tell the two networks apart there.`
      : "",
    unknown.length ? unknownText(unknown, names) : "",
    claimText(better, networks, unknown.length),
    chanceText([...better[0], ...better[1], ...alike]),
  ].filter(Boolean);
}

/** @param {readonly Compared[]} found @param {readonly string[]} names the better first */
const betterText = (found, [one, other]) =>
  `Trained on ${digitsText(found)}, ${one} misreads fewer test digits than ${other}, whichever seeds one takes: ` +
  `by ${pointsText(found)} in the mean.`;

/** @param {readonly Compared[]} unknown @param {readonly string[]} names */
function unknownText(unknown, names) {
  const fewer = [0, 1].map((k) => unknown.filter(({ points: p }) => p[k].mean < p[1 - k].mean));
  const told = fewer.map((found, k) => (found.length ? `${names[k]} misreads fewer with ${digitsText(found)}` : ""));
  return (
    `With ${digitsText(unknown)} there are not two seeds of each network yet: too few to tell a difference from chance. ` +
    `As far as it goes, ${told.filter(Boolean).join("; ") || "both misread as many"}.`
  );
}

/**
 * What becomes of the claim that a CapsNet needs fewer digits; nothing where none is compared.
 * @param {readonly (readonly Compared[])[]} better where the first network misreads fewer, and where the second does
 * @param {readonly string[]} networks
 * @param {number} unknown how many numbers of digits have too few seeds
 */
function claimText(better, networks, unknown) {
  const own = networks.indexOf(CAPSNET);
  if (own < 0) return "";
  const [won, lost] = [better[own].length, better[1 - own].length];
  if (won && lost) return "So the claim holds at some of these numbers of digits, and not at others.";
  if (won) return "Where the two are told apart, the claim holds, for these two networks trained in this way.";
  if (lost) {
    return "Where the two are told apart, the opposite of the claim holds, for these two networks trained in this way.";
  }
  return unknown
    ? "So far nothing is said for the claim, or against it."
    : "So this says nothing for the claim, or against it.";
}

/** How far chance goes. @param {readonly Compared[]} known */
function chanceText(known) {
  if (!known.length) return "";
  const most = Math.max(...known.map(byChance));
  return (
    `Few seeds leave room for chance: even of two equally good networks, the bars would lie apart at up to ` +
    `${Math.round(100 * most)} % of these numbers of digits.`
  );
}

/** How all were trained. @param {FewerDigits} study */
export const trainingText = ({ steps, batch_size: batch, max_shift: shift, digits }) =>
  `Every run took ${thousands(steps)} steps of ${batch} pictures, shifted by up to ${shift} pixels. With few digits, the same ` +
  `ones come again and again. Each was tested on ${thousands(digits)} test digits after its last step. Neither kind of network was tuned for this.`;

/** What is to be heard in place of the picture. @param {readonly Curve[]} curves */
export const pictureText = (curves) =>
  curves
    .map(({ network, points }) => {
      const told = points.map(({ count, mean }) => `${thousands(count)} digits ${number(mean)} %`);
      return `${capital(nameText(network))}, test error: ${told.join(", ")}.`;
    })
    .join(" ");
