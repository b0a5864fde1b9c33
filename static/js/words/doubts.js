/** What may be wrong with the reading of a drawing, in words. */
/** @import { Doubt, PictureReading } from "../capsules/types.js" */
import { lengthEquation } from "../shell/format.js";

/** @type {Record<Doubt, string>} */
const OF_PICTURES = {
  other_marks: "There are other marks on the picture.",
  uneven_paper: "The light or the paper is uneven.",
  no_clear_digit: "This does not look like a digit.",
  fits_badly: "The network’s own picture of it fits badly.",
};

/** @type {Record<Doubt, string>} */
const OF_DRAWINGS = { ...OF_PICTURES, other_marks: "A mark far from the digit is left out." };

/**
 * One sentence for each doubt, in the server's order.
 * @param {readonly Doubt[]} doubts
 * @param {boolean} isPicture whether they are about a picture that was opened, and not about a drawing
 */
export const doubtTexts = (doubts, isPicture) =>
  doubts.map((doubt) => (isPicture ? OF_PICTURES : OF_DRAWINGS)[doubt]).filter(Boolean);

/**
 * What was made of a picture: why nothing was, or the answer and what is in doubt about it.
 * @param {{trouble: string}} looked
 * @param {{name: string, length: number, doubts: readonly Doubt[]} | null} answer
 */
export function lookedText({ trouble }, answer) {
  if (trouble) return trouble;
  if (!answer) return "reading …";
  return [`It reads ${answer.name}, ${lengthEquation(answer.length)}.`, ...doubtTexts(answer.doubts, true)].join(" ");
}

/**
 * What was taken as ink, for those who do not see it.
 * @param {Pick<PictureReading, "box" | "leftOut"> | null} reading
 */
export function readingText(reading) {
  if (!reading) return "The picture that was opened. Nothing in it was taken as ink.";
  const [top, left, bottom, right] = reading.box.map((share) => Math.round(100 * share));
  const others = reading.leftOut.some(Boolean) ? "Other marks were left out." : "Nothing was left out.";
  return `The picture that was opened. The ink lies ${left} to ${right} % from the left and ${top} to ${bottom} % from the top. ${others}`;
}

/** The part of the picture that the frame holds. @param {readonly number[]} crop */
export function cropTextFor([top, left, bottom, right]) {
  const [wide, tall] = [right - left, bottom - top].map((share) => Math.round(100 * share));
  return `The frame holds ${wide} % of the width and ${tall} % of the height.`;
}
