/** A digit from several viewpoints, in words. */
/** @import { Name, Pieces, Viewpoint } from "../capsules/viewpoint.js" */
import { NAMES, REST, isUpright } from "../capsules/viewpoint.js";
import { capital, fixed, narrowLength } from "../shell/format.js";

/** An amount without its sign, and without zeros at its end. @param {number} amount */
const plain = (amount) => String(Number(Math.abs(amount).toFixed(2)));

/** @type {Record<Name, (amount: number) => string>} */
const DONE = {
  thickness: (amount) => `${plain(amount)} px ${amount > 0 ? "thicker" : "thinner"}`,
  scale: (amount) => `${plain(amount)} times as large`,
  stretch: (amount) => `stretched ${plain(amount)} : 1`,
  shear: (amount) => `leaning ${plain(amount)} to the ${amount > 0 ? "right" : "left"}`,
  rotation: (amount) => `turned ${plain(amount)}° ${amount > 0 ? "anticlockwise" : "clockwise"}`,
  right: (amount) => `${plain(amount)} px to the ${amount > 0 ? "right" : "left"}`,
  down: (amount) => `${plain(amount)} px ${amount > 0 ? "down" : "up"}`,
};

/** What happened to the parts of a picture. @type {Record<Pieces, string>} */
export const PIECES_DONE = {
  whole: "",
  "top-bottom": "top and bottom exchanged",
  "left-right": "left and right exchanged",
  quarters: "quarters turned round",
  strips: "strips shuffled",
};

/** From where a digit is seen: "upright", or all that is done to it. @param {Viewpoint} viewpoint */
export function viewText(viewpoint) {
  if (isUpright(viewpoint)) return "upright";
  const moved = NAMES.filter((name) => viewpoint[name] !== REST[name]);
  return [...moved.map((name) => DONE[name](viewpoint[name])), PIECES_DONE[viewpoint.pieces]]
    .filter(Boolean)
    .join(", ");
}

/**
 * Of which viewpoint an answer is, over the answer: it may be an older one while the newest is on its way.
 * @param {Viewpoint} viewpoint
 */
export const answerOf = (viewpoint) => capital(viewText(viewpoint));

/**
 * What both networks read, in one line under the picture; "" while neither has answered.
 * @param {{capsule: string | null, cnn: string | null}} read names of classes; null where there is no answer
 */
export function bothReadText({ capsule, cnn }) {
  if (capsule === null || cnn === null) return (capsule ?? cnn) ? `It is read as ${capsule ?? cnn}.` : "";
  return capsule === cnn ? `Both networks read ${capsule}.` : `The capsules read ${capsule}, the CNN ${cnn}.`;
}

/**
 * A probability of a softmax, which is never 0 nor 1: rounding must not make certainty of it.
 * @param {number} probability
 */
export function probabilityText(probability) {
  const text = `${fixed(100 * probability, 1)} %`;
  if (text === "100.0 %") return "> 99.9 %";
  return text === "0.0 %" ? "< 0.1 %" : text;
}

/** How far numbers moved, in parts of how long they are together. @param {number} share */
const shareText = (share) => `${Math.round(100 * share)} %`;

/**
 * How a pose changed.
 * @param {{length: number, uprightLength: number, moved: number, angle: number}} change `moved` in parts of the upright
 *   pose's length, `angle` in degrees between both
 */
export const poseText = ({ length, uprightLength, moved, angle }) =>
  moved === 0
    ? "These should move with the picture: the equivariant part. Hollow: upright. Filled: now."
    : `They moved by ${shareText(moved)} of the upright pose’s length, and turned its direction by ${Math.round(angle)}°. ` +
      lengthChange(narrowLength(uprightLength), narrowLength(length));

/** @param {string} before @param {string} after */
const lengthChange = (before, after) =>
  before === after ? `The length stayed at ${after}.` : `The length went from ${before} to ${after}.`;

/**
 * How the numbers behind a CNN's answer changed.
 * @param {{moved: number, count: number}} change `moved` in parts of their length for the upright picture
 */
export const featuresText = ({ moved, count }) =>
  moved === 0
    ? `${count} numbers. Above the line: now. Below: upright.`
    : `Above the line: now. Below: upright. These ${count} moved by ${shareText(moved)} of their length: a CNN moves, too. They are another space than the pose’s: do not compare the two shares.`;

/**
 * The networks did not learn from the same digits.
 * @param {{capsule: string, alike: string | null}} names `alike` of a capsule network that learnt from the CNN’s digits
 */
export const learntText = ({ capsule, alike }) =>
  `This CNN did not learn from the same digits as ${capsule}.${alike ? ` The network ${alike} learnt from the CNN’s: to compare like with like, choose it at the top.` : ""}`;
