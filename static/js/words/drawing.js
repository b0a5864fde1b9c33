/** What is said of where a drawing comes from. */
import { withArticle } from "../shell/format.js";

/**
 * A test digit, and what it is.
 * @param {number} index
 * @param {string | null} name of its class; null where it is not known
 * @param {boolean} isMisread
 */
export const testDigitText = (index, name, isMisread) =>
  `Test digit ${index}${name === null ? "" : `: ${isMisread ? "truly " : ""}${withArticle(name)}`}`;

/** What a saved figure says of a drawing that is no test digit. */
export const KINDS = { strokes: "drawn on the pad", pixels: "a picture of the visitor’s", empty: "" };

/** What a room says that reads two layers and no picture. */
export const NO_PICTURES =
  "This room reads no picture files. Open the picture in the room Explore, then choose “From Explore” here.";
