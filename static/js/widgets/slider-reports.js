/** Where a slider stands. */
import { clamp } from "../shell/math.js";

/**
 * The value of a slider whose thumb is dragged to a share of its way: on a whole step, as browsers have it.
 * @param {{min: number, max: number, step: number}} slider
 * @param {number} share of the way; beyond 0 and 1 the thumb stays at the end
 */
export function sliderValue({ min, max, step }, share) {
  const value = min + Math.round((clamp(share, 0, 1) * (max - min)) / step) * step;
  return Number(value.toFixed(6)); // without what binary fractions leave
}
