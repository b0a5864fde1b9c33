/** What is said of the network that answers. @import { Model } from "../capsules/types.js" */
import { epochsText, thousands } from "../shell/format.js";

/** @param {Model} model */
export const networkText = ({ title, dataset, parameter_count: count, command, test_error: error, device }) =>
  `This network is ${title}. It has ${thousands(count)} parameters. It was trained for ${epochsText(command)} epochs. Its last training data: ${dataset}. It misreads ${error.toFixed(2)} % of the 10,000 test digits. It runs on the server’s ${device.toUpperCase()}.`;

/**
 * What the paper's network errs on the same test, and how that one differs. Only where the paper has it: per cent, from
 * Sabour, Frosst and Hinton 2017, Table 1, three iterations and reconstruction.
 * @type {Record<string, string>}
 */
const PAPER = {
  mnist: "0.25 %. This network has its layers, but other training (see the command), and one seed.",
  "mnist-drawn":
    "0.25 %, trained on MNIST alone. This network has its layers, but other training (see the command), and one seed.",
  multimnist: "5.2 %; trained far longer.",
};

/** @param {Model} model @returns {string} "" where the paper has no such network */
export function paperText({ name, task }) {
  const paper = PAPER[name];
  if (!paper) return "";
  return task === "pair" ? `${paper} It answers in the room Overlap.` : paper;
}

/**
 * How often a network for pairs errs, and what to compare that with: the paper's Table 1.
 * @param {Model} model
 */
export const pairErrorText = ({ name, test_error: error }) =>
  `It misreads ${error.toFixed(1)} % of the 10,000 test pairs: both digits must be right.${name in PAPER ? PAPER_OF_PAIRS : ""}`;

const PAPER_OF_PAIRS =
  " The paper’s network errs in 5.2 %, and in 7.5 % with one iteration; the paper’s CNN errs in 8.1 %. They were trained far longer. No CNN for pairs was trained here, so this page does not compare the two kinds.";

/** @param {Model} model */
export const optionText = ({ name, test_error: error }) => `${name}, ${error.toFixed(2)} % test error`;
