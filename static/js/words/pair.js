/** What is told of two digits over each other. @import { Overlap } from "../capsules/overlap.js" */
import { percent } from "../shell/format.js";

/**
 * What a layer is, below its pad.
 * @param {{kind: string, index?: number}} source
 * @param {{name: string, by: "label" | "network"} | null} truth
 */
export function layerTold(source, truth) {
  if (source.kind === "empty") return "Nothing yet.";
  const read = truth && (truth.by === "label" ? `a ${truth.name}` : `read alone as ${truth.name}`);
  if (source.kind === "digit") return [`Test digit ${source.index}`, read].filter(Boolean).join(", ");
  return ["Your drawing", read].filter(Boolean).join(", ");
}

/**
 * What a click on "From Explore" does, or why it does nothing.
 * @param {{is: "free"} | {is: "missing"}
 *   | {is: "unfit", layer: readonly [number, number], picture: readonly [number, number]}} explored
 */
export function exploredTold(explored) {
  if (explored.is === "free") return "Take what you last looked at in the Explore room";
  if (explored.is === "missing") return "";
  const [layer, picture] = [explored.layer, explored.picture].map((sides) => sides.join(" × "));
  return `The picture from the Explore room has ${picture} pixels, and a layer has ${layer}`;
}

/** @param {Overlap | null} overlap */
export const overlapTold = (overlap) =>
  overlap
    ? `They share ${percent(overlap.ink)} of the ink of the smaller one. The boxes around them share ${percent(overlap.box)} of the area that they cover.`
    : "One of the two layers is empty.";

/**
 * @param {readonly (readonly [down: number, right: number])[]} offsets
 * @param {number | null} trained the farthest shift in training; null where that is not known
 */
export function offsetsTold(offsets, trained) {
  const [a, b] = offsets.map(([down, right]) => `(${signed(right)}, ${signed(-down)})`);
  const isFar = trained !== null && offsets.some((offset) => offset.some((by) => Math.abs(by) > trained));
  const far = ` In training, no digit was shifted by more than ${trained} pixels: the network has never seen this.`;
  return `From the middle: A ${a}, B ${b} pixels to the right and up.${isFar ? far : ""}`;
}

/** @param {number} by */
const signed = (by) => (by > 0 ? `+${by}` : by < 0 ? `−${-by}` : "0");
