/** Digits made as affNIST is, in words: every number is taken from what was measured, or is the paper's. */
/** @import { AffineRow, Counted, Measured } from "../capsules/affine.js" */
import { PAPER } from "../capsules/affine.js";
import { overlapping } from "../capsules/intervals.js";
import { capital, fixed, percentText, thousands } from "../shell/format.js";

/** @type {Record<string, string>} */
const NAMES = {
  capsnet: "CapsNet",
  "cnn-average": "CNN with 9 × 9 kernels and average pooling",
  "cnn-pooling": "small CNN with max pooling",
};

/** @param {AffineRow} row */
export const nameOf = ({ architecture, title }) => NAMES[architecture] ?? title;

/** @param {AffineRow} row */
export const sizeText = ({ parameter_count, epochs, first_weights }) =>
  `${parametersText(parameter_count)}, ${epochsText(epochs)}` +
  (first_weights.startsWith("of ") ? " from a trained network’s weights" : "");

/** @param {number} count */
const parametersText = (count) =>
  count < 1e6 ? `${thousands(count)} parameters` : `${fixed(count / 1e6, 1)} million parameters`;

/** How the paper calls its networks, and what it says of them. */
export const PAPERS = /** @type {const} */ ({
  capsnet: { name: "CapsNet, in the paper", size: "stopped early" },
  cnn: { name: "CNN with max pooling, in the paper", size: "about as many parameters as its CapsNet" },
});

/** "99.21 %" and "(99.02 to 99.37)"; the paper tells no interval. @param {Counted} counted @param {number} digits */
export const countedParts = ({ share, interval }, digits) => [
  `${fixed(100 * share, digits)} %`,
  interval ? `(${interval.map((end) => fixed(100 * end, digits)).join(" to ")})` : "",
];

/** As the paper writes it. @param {number} share */
export const paperText = (share) => `${Number(fixed(100 * share))} %`;

/** "1.2 points more", "as many, to a tenth of a point". @param {number} difference of two shares */
function pointsText(difference) {
  const points = fixed(Math.abs(100 * difference), 1);
  if (points === "0.0") return "as many, to a tenth of a point";
  return `${points} ${points === "1.0" ? "point" : "points"} ${difference > 0 ? "more" : "fewer"}`;
}

/** What a dot plot's row says. @param {string} name @param {{unturned: Counted, affine: Counted}} of */
export const rowText = (name, { unturned, affine }) =>
  `${capital(name)}: ${percentText(unturned.share)} unturned, ${percentText(affine.share)} made so`;

/**
 * What follows from the numbers.
 * @param {readonly Measured[]} measured as `measuredOf` sorts them
 * @returns {string[]} nothing of nothing
 */
export const findings = (measured) =>
  [...measured.map(paperSentence), ...againstTheFirst(measured), levelSentence(measured)].filter(Boolean);

/** How far a network is from the paper's. @param {Measured} measured */
function paperSentence({ row, affine, counterpart }) {
  if (!counterpart) return "";
  const paper = PAPER[counterpart].affine.share;
  const other =
    counterpart === "cnn"
      ? ` It is another network: it has ${parametersText(row.parameter_count)}, the paper’s about as many as its CapsNet.`
      : "";
  return (
    `The paper’s ${counterpart === "cnn" ? "CNN" : "CapsNet"} reads ${paperText(paper)} of affNIST. This ${nameOf(row)} ` +
    `reads ${percentText(affine.share)} of the digits made so: ${pointsText(affine.share - paper)}.${other}`
  );
}

/** @param {readonly Measured[]} measured */
const againstTheFirst = ([first, ...others]) => others.map((other) => pairSentence(first, other));

/** @param {Measured} one @param {Measured} other */
function pairSentence(one, other) {
  const [a, b] = [nameOf(one.row), nameOf(other.row)];
  const [first, second] = [one.affine.interval, other.affine.interval];
  return first && second && overlapping(first, second)
    ? `Which of the ${a} and the ${b} reads more of the digits made so is not settled: their intervals overlap.`
    : `Of the digits made so the ${a} reads ${pointsText(one.affine.share - other.affine.share)} than the ${b}.`;
}

/** Shares of unturned digits that differ by less are called level. */
const LEVEL = 0.0005;

/** Where the networks stand before anything is turned. @param {readonly Measured[]} measured */
function levelSentence(measured) {
  if (!measured.length) return "";
  const shares = measured.map(({ unturned }) => unturned.share);
  const [least, most] = [Math.min(...shares), Math.max(...shares)];
  const papers = Object.values(PAPER).map(({ unturned }) => unturned.share);
  const isLevel = Math.max(...papers, most) - Math.min(...papers, least) < LEVEL;
  const [from, to] = [least, most].map((share) => fixed(100 * share));
  return (
    `Of the unturned digits the paper’s networks read ${paperText(papers[0])} (the CapsNet, whose training was stopped ` +
    `early) and ${paperText(papers[1])}, ${measured.length > 1 ? "those" : "the one"} here ${from === to ? "" : `${from} to `}${to} %. ` +
    (isLevel
      ? "So all begin level."
      : "They do not all begin level, so the other numbers can be compared only roughly.") +
    (most < Math.min(...papers) ? shortOfText(measured) : "")
  );
}

/** None is trained as far as the paper's networks. @param {readonly Measured[]} measured */
function shortOfText(measured) {
  const epochs = measured.map(({ row }) => row.epochs);
  const [fewest, most] = [Math.min(...epochs), Math.max(...epochs)];
  const trained = fewest === most ? epochsText(most) : `${fewest} to ${epochsText(most)}`;
  return measured.length > 1
    ? ` The networks here were trained for ${trained}, and none as far as the paper’s: their order is no order of kinds of networks.`
    : ` It was trained for ${trained}, and not as far as the paper’s.`;
}

/** @param {number} epochs */
const epochsText = (epochs) => (epochs === 1 ? "1 epoch" : `${epochs} epochs`);
