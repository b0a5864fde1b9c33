/** Values to colours. @import { Palette, Rgb } from "../shell/theme.js" */
import { css } from "./canvas.js";

/** @param {Rgb} from @param {Rgb} to @param {number} t in [0, 1] @returns {Rgb} */
export const mix = (from, to, t) => [
  from[0] + (to[0] - from[0]) * t,
  from[1] + (to[1] - from[1]) * t,
  from[2] + (to[2] - from[2]) * t,
];

/** The last place of a ramp: a value in [0, 1] stands at that share of the way. */
export const LAST = 255;

/**
 * @typedef {object} Ramp colours between two, to be looked up instead of mixed
 * @property {string[]} styles (256) for a canvas's `fillStyle`
 * @property {Uint32Array} pixels (256) as the four bytes of a pixel, opaque
 */

/**
 * The ramps that were made, by the colours at their ends: a palette's are the same arrays for as long as it lasts, and
 * a picture that is painted in each frame asks for its ramp in each.
 * @type {WeakMap<Rgb, WeakMap<Rgb, Ramp>>}
 */
const ramps = new WeakMap();

/** @param {Rgb} from at 0 @param {Rgb} to at 1 @returns {Ramp} */
export function rampOf(from, to) {
  const known = ramps.get(from) ?? new WeakMap();
  ramps.set(from, known);
  const made = known.get(to) ?? makeRamp(from, to);
  known.set(to, made);
  return made;
}

/** @param {Rgb} from @param {Rgb} to @returns {Ramp} */
function makeRamp(from, to) {
  const colours = Array.from({ length: LAST + 1 }, (_, k) => mix(from, to, k / LAST));
  const pixels = new Uint32Array(LAST + 1);
  const bytes = new Uint8ClampedArray(pixels.buffer);
  colours.forEach((colour, k) => bytes.set([...colour, 255], 4 * k));
  return { styles: colours.map((colour) => css(colour)), pixels };
}

/** From the surface to the ink. @param {Palette} palette */
export const inkRamp = ({ surface, ink }) => rampOf(surface, ink);

/** Blue below zero, orange above, the surface at zero. @param {Palette} palette */
export const signedRamps = ({ surface, positive, negative }) => ({
  up: rampOf(surface, positive),
  down: rampOf(surface, negative),
});
