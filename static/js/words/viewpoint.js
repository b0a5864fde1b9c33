/** A digit from several viewpoints, in words. */
/** @import { Name, Pieces, Viewpoint } from "../capsules/viewpoint.js" */
import { NAMES, REST, isUpright } from "../capsules/viewpoint.js";
import { fixed, narrowLength } from "../shell/format.js";

/** @type {Record<Name, (amount: number) => string>} */
const DONE = {
  thickness: (amount) => `${fixed(Math.abs(amount))} px ${amount > 0 ? "thicker" : "thinner"}`,
  scale: (amount) => `${fixed(amount)} times as large`,
  stretch: (amount) => `stretched ${fixed(amount)} : 1`,
  shear: (amount) => `leaning ${fixed(Math.abs(amount))} to the ${amount > 0 ? "right" : "left"}`,
  rotation: (amount) => `turned ${Math.abs(amount)}° ${amount > 0 ? "anticlockwise" : "clockwise"}`,
  right: (amount) => `${fixed(Math.abs(amount))} px to the ${amount > 0 ? "right" : "left"}`,
  down: (amount) => `${fixed(Math.abs(amount))} px ${amount > 0 ? "down" : "up"}`,
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

/** A probability: rounding must not make certainty of it. @param {number} probability */
export function probabilityText(probability) {
  const text = `${fixed(100 * probability, 1)} %`;
  if (text === "100.0 %" && probability < 1) return "> 99.9 %";
  return text === "0.0 %" && probability > 0 ? "< 0.1 %" : text;
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
    ? "Hollow: upright. Filled: now. Turn the picture."
    : `They moved by ${shareText(moved)} of the upright pose’s length, and turned its direction by ${Math.round(angle)}°. ` +
      `The length went from ${narrowLength(uprightLength)} to ${narrowLength(length)}.`;

/**
 * How the numbers behind a CNN's answer changed.
 * @param {{moved: number, count: number}} change `moved` in parts of their length for the upright picture
 */
export const featuresText = ({ moved, count }) =>
  moved === 0
    ? `${count} numbers. Above the line: now. Below: upright.`
    : `Above the line: now. Below: upright. These ${count} moved by ${shareText(moved)} of their length: a CNN moves, too.`;
