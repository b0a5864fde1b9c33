/** An outline in a frame, in words. */
import { fixed, signed } from "../shell/format.js";

/** @type {Record<"square" | "diamond" | "between", string>} */
const SEEN = {
  square: "Its sides run along the axes of the frame: in this frame it is a square.",
  diamond: "Its corners lie on the axes of the frame: in this frame it is a diamond.",
  between:
    "Neither its sides nor its corners lie along the axes of the frame: it is a square that is tilted, or a diamond.",
};

/**
 * What one sees.
 * @param {"square" | "diamond" | "between"} name in the frame that is drawn
 * @param {"square" | "diamond" | "between"} onPage in the frame of the page
 */
export const seenText = (name, onPage) =>
  name === onPage ? SEEN[name] : `${SEEN[name]} In the frame of the page it is ${CALLED[onPage]}.`;

/** @type {Record<"square" | "diamond" | "between", string>} */
const CALLED = { square: "a square", diamond: "a diamond", between: "neither" };

/**
 * What stays, however it is turned.
 * @param {{lengths: readonly number[], angles: readonly number[]}} shape
 */
export const shapeText = ({ lengths, angles }) =>
  `Its four sides are ${lengths.map((length) => fixed(length)).join(", ")} long, its angles ${angles
    .map((angle) => `${fixed(angle, 0)}°`)
    .join(", ")}.`;

/** A place in the axes of the frame. @param {number} value */
export const placeText = (value) => signed(value);

/** @param {number} angle whole degrees */
export const angleText = (angle) => `${signed(angle, 0)}°`;
