/** Values to colours. @import { Palette, Rgb } from "../types.js" */
import { clamp, lerp } from "../lib/math.js";

/** @param {Rgb} from @param {Rgb} to @param {number} t in [0, 1] @returns {Rgb} */
export function mix(from, to, t) {
  return [lerp(from[0], to[0], t), lerp(from[1], to[1], t), lerp(from[2], to[2], t)];
}

/**
 * The ramps that were made, by the colours at their ends: a palette's are the same arrays for as long as it lasts, and a
 * picture that is painted in each frame asks for its ramp in each.
 * @type {WeakMap<Rgb, WeakMap<Rgb, Rgb[]>>}
 */
const ramps = new WeakMap();

/** @param {Rgb} from @param {Rgb} to */
function colours(from, to) {
  const known = ramps.get(from) ?? new WeakMap();
  ramps.set(from, known);
  const made = known.get(to) ?? Array.from({ length: 256 }, (_, k) => mix(from, to, k / 255));
  known.set(to, made);
  return made;
}

/**
 * A ramp of 256 colours between two, to look colours up in instead of mixing each.
 * @param {Rgb} from at 0
 * @param {Rgb} to at 1
 * @returns {(value: number) => Rgb}
 */
export function ramp(from, to) {
  const between = colours(from, to);
  return (value) => between[Math.round(clamp(value, 0, 1) * 255)];
}

/** Blue below zero, orange above, the surface at zero. @param {Palette} palette @param {number} reach */
export function diverging(palette, reach) {
  const up = ramp(palette.surface, palette.positive);
  const down = ramp(palette.surface, palette.negative);
  return (/** @type {number} */ value) => (value < 0 ? down(-value / reach) : up(value / reach));
}
