/** A pose that is pushed as the picture is turned, and turned back, in words. */
/** @import { ViewpointPaths } from "../capsules/paths.js" @import { Name } from "../capsules/viewpoint.js" */
import { TRANSFORMATIONS } from "../capsules/viewpoint.js";
import { fixed, signed } from "../shell/format.js";
import { calledText } from "./path.js";

/** A sum of squares. @param {number} error */
export const errorText = (error) => fixed(error, 1);

/**
 * Why the knob bears its name.
 * @param {Pick<ViewpointPaths, "fitted">} measured
 * @param {{name: Name, called: string, count: number}} of `called` the class, `count` of the pose's numbers
 */
export function knobText({ fitted }, { name, called, count }) {
  return (
    `The knob is called “${TRANSFORMATIONS[name].title}” because it was measured to be that: it pushes all ${count} numbers of the ` +
    `pose along the mean change of ${fitted} training digits of class ${called} ${CHANGES[name]}.`
  );
}

/** One unit of each transformation. @type {Record<Name, string>} */
const CHANGES = {
  rotation: "for each degree that they were turned",
  right: "for each pixel that they were moved to the right",
  down: "for each pixel that they were moved down",
  shear: "for what they were made to lean",
  scale: "for what they were made larger",
  stretch: "for what they were stretched",
  thickness: "for each pixel that they were made thicker",
};

/**
 * How well it works for other digits.
 * @param {{tried: number, pushed_error: number | null, unpushed_error: number | null}} measured
 * @param {{name: Name, called: string}} of
 */
export function typicalText({ tried, pushed_error: with_, unpushed_error: without }, { name, called }) {
  if (with_ === null || without === null) return "";
  return (
    `Over ${tried} test digits of class ${called} and all measured amounts of “${TRANSFORMATIONS[name].title}”, with the upright drawing ` +
    `itself changed for comparison, the mean error is ${errorText(with_)} with the push and ${errorText(without)} without: ` +
    `${gainText(with_, without)}.`
  );
}

/** What a push is worth. @param {number} with_ @param {number} without errors */
export function gainText(with_, without) {
  if (without === 0) return "there is nothing to gain";
  const share = Math.round((100 * (without - with_)) / without);
  if (share === 0) return "the push gains nothing";
  return share > 0 ? `the push takes ${share} % of it away` : `the push makes it worse by ${-share} %`;
}

/**
 * What both pictures of the push are from the picture that the network sees.
 * @param {{pushed: number, still: number, own: number}} errors
 */
export const pushText = ({ pushed, still, own }) =>
  `From the really seen picture: pushed ${errorText(pushed)}, not pushed ${errorText(still)}: ${gainText(pushed, still)}. ` +
  `The seen picture’s own reconstruction is ${errorText(own)} from it.`;

/**
 * How far the push moved the decoded ink, beside how far the slider says; for other changes there is no such number.
 * @param {{name: Name, amount: number, moved: readonly [right: number, down: number]}} of `moved` in pixels
 */
export function movedText({ name, amount, moved: [right, down] }) {
  if (name !== "right" && name !== "down") return "";
  const far = name === "right" ? right : down;
  return `The push moved the middle of the decoded ink by ${signed(far)} px; the slider says ${signed(amount)} px.`;
}

/**
 * How still the stabilised picture stands.
 * @param {{undone: number, left: number}} errors
 */
export const undoText = ({ undone, left }) =>
  `From the upright reconstruction: undone ${errorText(undone)}, not undone ${errorText(left)}: ${undoneText(undone, left)}.`;

/** @param {number} undone @param {number} left */
function undoneText(undone, left) {
  if (left === 0) return "nothing is to be undone";
  const share = Math.round((100 * (left - undone)) / left);
  if (share === 0) return "undoing changes nothing";
  return share > 0 ? `undoing takes ${share} % of the change back` : `undoing makes it worse by ${-share} %`;
}

/** @param {readonly Name[]} names */
export const beyondText = (names) =>
  names.length ? `Beyond what was measured: ${names.map(calledText).join(", ")}. Out there the push is a guess.` : "";

/** @param {string} model */
export const unmeasuredText = (model) =>
  `Nothing was measured of “${model}” under these changes: no direction is known.`;

export const IN_PIECES = "The parts of the picture have changed places. No direction undoes that.";

export const AT_REST = "Turn the knob: upright, nothing is pushed, and nothing is to be undone.";

/** What stands before the rows of the table. */
export const ROWS = {
  pushed: "pushed and decoded",
  seen: "really seen",
  pushedError: "error with the push",
  stillError: "error without",
  ownError: "error of its own reconstruction",
};
