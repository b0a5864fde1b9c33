/** What is said of a dimension's name; model/explaining/naming.py gives the names, and the server sends them. */
import { fixed, signed } from "../shell/format.js";

/** @import { Dimension, Evidence } from "../capsules/types.js" */

/** Whether a dimension has an effect that is hard to see. @param {Pick<Dimension, "visibility">} dimension */
export const isSlight = ({ visibility }) => visibility === "slight";

/**
 * What a measure does over the dial, below its curve.
 * @param {Pick<Evidence, "title" | "unit" | "change" | "effect">} evidence
 */
export function measureText({ title, unit, change, effect }) {
  const digits = unit === "°" ? 0 : unit === "" ? 2 : 1;
  const amount = `${signed(change, digits)}${unit === "px" ? "\u00a0" : ""}${unit}`;
  return `${title}: ${amount}, ${fixed(Math.abs(effect), 1)}\u00a0×\u00a0spread`;
}

/**
 * Where the name comes from, in a sentence or two.
 * @param {Pick<Dimension, "visibility" | "measures" | "evidence">} dimension
 */
export function restsOn({ visibility, measures, evidence }) {
  if (visibility === "none") return "Something may still change in your drawing, but no measure sees it in all digits.";
  const first = evidence.find(({ measure }) => measure === measures[0]);
  const others = measures.length > 1 ? "; the other words are the next largest changes" : "";
  return `The name begins with the largest change: the ${first?.title} changes by ${fixed(Math.abs(first?.effect ?? 0), 1)} times its spread over real digits of this class${others}.`;
}
