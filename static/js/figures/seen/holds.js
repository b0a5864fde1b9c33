/** Where the digit can be held: a frame around its ink, its corner, and a knob above its middle. */
/** @import { Trace } from "../../capsules/types.js" @import { Place, Viewpoint } from "../../capsules/viewpoint.js" */
import { boxOf } from "../../capsules/overlap.js";
import { movedPlace } from "../../capsules/viewpoint.js";

/**
 * @typedef {object} Frame around the ink of the upright picture, in pixels from its middle
 * @property {number} left
 * @property {number} top
 * @property {number} right
 * @property {number} bottom
 */

/** So many pixels around the ink. */
const MARGIN = 1;
/** So far the knob stands above the frame. */
const ABOVE = 2;
/** A frame is never narrower on one side of the middle: its corner must be right of it, and below. */
const LEAST = 2;

/** @param {Trace} trace of the upright picture @returns {Frame | null} null without ink */
export function frameOf({ geometry, image }) {
  const box = boxOf(geometry, image);
  if (!box) return null;
  const [middleX, middleY] = [geometry.width / 2, geometry.height / 2];
  return {
    left: Math.min(-LEAST, box.left - middleX - MARGIN),
    top: Math.min(-LEAST, box.top - middleY - MARGIN),
    right: Math.max(LEAST, box.right - middleX + MARGIN),
    bottom: Math.max(LEAST, box.bottom - middleY + MARGIN),
  };
}

/** The corner that is held. @param {Frame} frame @returns {Place} of the upright picture */
export const cornerOf = ({ right, bottom }) => [right, bottom];

/** Where that corner is now. @param {Frame} frame @param {Viewpoint} viewpoint */
export const cornerNow = (frame, viewpoint) => movedPlace(viewpoint, cornerOf(frame));

/**
 * Where the knob is now: it stands above the middle, however the digit leans or is stretched.
 * @param {Frame} frame
 * @param {Viewpoint} viewpoint
 * @returns {Place}
 */
export function knobNow({ top }, { rotation, right, down }) {
  const [angle, radius] = [(rotation * Math.PI) / 180, ABOVE - top];
  return [right - radius * Math.sin(angle), down - radius * Math.cos(angle)];
}
