/** What the network reads in two digits over each other, and whether that is right, in words. */
import { CLEAR_LENGTH } from "../capsules/limits.js";
import { fixed, narrowLength, withArticle } from "../shell/format.js";

/**
 * @typedef {object} ReadLayer one of the two layers, and what the network reads there
 * @property {string} layer "A" or "B"
 * @property {string} read the class that it names, by its name
 * @property {number} length of that class's capsule, in [0, 1)
 * @property {boolean} isEmpty without ink
 * @property {{name: string, by: "label" | "network"} | null} truth what the layer is; null where that is not known
 *
 * @typedef {readonly [ReadLayer, ReadLayer]} ReadPair
 */

/** Whether both, one or none of the two is right; "" where that is not known. @param {ReadPair} pair */
export function rightText(pair) {
  const shown = pair.filter(({ isEmpty }) => !isEmpty);
  if (shown.some(({ truth }) => !truth)) return "";
  const found = shown.filter((layer) => isFound(layer, pair)).length;
  if (shown.length === 1) return found ? "Right." : "Wrong.";
  if (isTwice(pair)) return found ? "One is right." : "Neither is right.";
  return ["Neither is right.", "One is right.", "Both are right."][found];
}

/**
 * What the verdict rests on, and what there is to know about this pair.
 * @param {ReadPair} pair
 * @param {{isAsTrained: boolean}} routing
 */
export function answerText(pair, { isAsTrained }) {
  return [
    ...truthTexts(pair.filter(({ isEmpty }) => !isEmpty)),
    isTwice(pair) ? TWICE : "",
    ...pair.filter(({ isEmpty }) => isEmpty).map(emptyText),
    ...(isAsTrained ? pair.filter(({ isEmpty, length }) => !isEmpty && length < CLEAR_LENGTH).map(faintText) : []),
  ]
    .filter(Boolean)
    .join(" ");
}

/**
 * Whether the network names what a layer is. Beside another digit it counts wherever it is named, as in the test error.
 * @param {ReadLayer} layer
 * @param {ReadPair} pair
 */
const isFound = ({ truth, read }, pair) =>
  pair.some((one) => one.isEmpty) ? truth?.name === read : pair.some((one) => one.read === truth?.name);

/** Whether both digits are of one class. @param {ReadPair} pair */
const isTwice = ([a, b]) => a.truth !== null && !a.isEmpty && !b.isEmpty && a.truth.name === b.truth?.name;

/** @param {readonly ReadLayer[]} layers with ink */
function truthTexts(layers) {
  const known = layers.flatMap(({ layer, truth }) => (truth ? [{ layer, ...truth }] : []));
  const [first, second] = known;
  if (!second || first.by !== second.by) {
    return known.map(({ layer, name, by }) =>
      by === "label"
        ? `${layer} is a test digit, labelled ${name}.`
        : `${layer} is a drawing: alone, the one-digit network reads it as ${withArticle(name)}.`,
    );
  }
  const isOne = first.name === second.name;
  const names = isOne ? first.name : `${first.name} (A) and ${second.name} (B)`;
  if (first.by === "label") return [`${isOne ? "Both" : "The"} test digits are labelled ${names}.`];
  return [`Of each drawing alone, the one-digit network reads ${names}.`];
}

const TWICE =
  "In training, two digits never had the same class. A class has one capsule, so the network always names a second one.";

/** @param {ReadLayer} empty */
const emptyText = ({ layer, read }) =>
  `Layer ${layer} is empty. This network was trained on two digits only, so it always names two. Its second answer, ${read}, means nothing.`;

/** @param {ReadLayer} faint */
const faintText = ({ read, length }) =>
  `It doubts the ${read}: that capsule is only ${narrowLength(length)} long. Below ${fixed(CLEAR_LENGTH, 1)} a class counts as absent.`;

/** What the longest two capsules are, for those who hear the bars. @param {string} layer "A" or "B" */
export const matchedText = (layer) => `, read as digit ${layer}`;

/**
 * What is below a reconstruction.
 * @param {string} name of the class
 * @param {number} error the sum of squared differences to the true layer
 */
export const drawnText = (name, error) => `drawn from ${name}, Σ² ${fixed(error, 1)}`;

/** Below the true layer. @param {boolean} isEmpty */
export const layerText = (isEmpty) => (isEmpty ? "empty" : "as it lies");

/** Of chosen classes. @param {readonly string[]} read the names of the two that the network reads */
export const chosenText = ([a, b]) => `You chose these classes. The network reads ${a} and ${b}.`;

/**
 * What the three colours of the sum's picture mean.
 * @param {"layers" | "reconstructions"} shown
 * @param {readonly string[]} names of the two classes whose reconstructions are shown
 * @returns {readonly [string, string, string]} of digit A, of digit B, of both
 */
export const coloursText = (shown, [a, b]) =>
  shown === "layers" ? ["digit A", "digit B", "both"] : [`${a}, drawn alone`, `${b}, drawn alone`, "both claim it"];

/** What the picture of the sum shows, for those who hear it. */
export const SHOWN_TEXT = {
  sum: "The sum of both digits.",
  layers: "The sum of both digits, each digit in its colour.",
  reconstructions: "The two reconstructions over the sum, each in its colour.",
};
