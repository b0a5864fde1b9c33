/** Pictures of two digits over each other. @import { Palette, Rgb } from "../shell/theme.js" */
/** @import { Geometry } from "../capsules/geometry.js" @import { Box } from "./picture.js" */
import { paintEach } from "./pixels.js";
import { drawPicture, pictureIn } from "./picture.js";

/** How much of the sum shows where neither of the two claims a pixel. */
const UNCLAIMED = 0.18;

/**
 * Two pictures in two colours, and a third one where both have ink, over the faint sum.
 * @param {Geometry} geometry
 * @param {CanvasRenderingContext2D} context
 * @param {{a: ArrayLike<number>, b: ArrayLike<number>, sum: ArrayLike<number>}} pictures each (H, W) in [0, 1]
 * @param {Palette} palette
 * @param {Box} box
 */
export function drawTwo(geometry, context, { a, b, sum }, palette, box) {
  const { left, top, width, height } = pictureIn(geometry, box);
  const picture = paintEach(geometry.width, geometry.height, (k) => mixed(a[k], b[k], sum[k], palette));
  context.imageSmoothingEnabled = false;
  context.drawImage(picture, left, top, width, height);
}

/**
 * One picture in a colour of its own.
 * @param {Geometry} geometry
 * @param {CanvasRenderingContext2D} context
 * @param {ArrayLike<number>} values (H, W) in [0, 1]
 * @param {Rgb} colour where a value is 1; the surface's, where it is 0
 * @param {Palette} palette
 * @param {Box} box
 */
export const drawOne = (geometry, context, values, colour, palette, box) =>
  drawPicture(geometry, context, values, { ...palette, ink: colour }, box);

/** @param {number} a @param {number} b @param {number} sum @param {Palette} palette @returns {Rgb} */
function mixed(a, b, sum, palette) {
  const { surface, ink } = palette;
  const larger = Math.max(a, b);
  const claimed = claimedBy(a, b, palette);
  const faint = UNCLAIMED * sum * (1 - larger);
  const channel = (/** @type {0 | 1 | 2} */ c) =>
    surface[c] + (claimed[c] - surface[c]) * larger + (ink[c] - surface[c]) * faint;
  return [channel(0), channel(1), channel(2)];
}

/**
 * The colour of a pixel that A and B claim so much of: that of the larger claim, and the more of the third colour, the
 * closer the smaller claim comes to it.
 * @param {number} a from 0
 * @param {number} b from 0
 * @param {Palette} palette
 * @returns {Rgb}
 */
export function claimedBy(a, b, { first, second, both }) {
  const [own, larger, smaller] = a >= b ? [first, a, b] : [second, b, a];
  return between(own, both, larger ? smaller / larger : 0);
}

/** @param {Rgb} from @param {Rgb} to @param {number} share in [0, 1] @returns {Rgb} */
export const between = (from, to, share) => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
  from[2] + (to[2] - from[2]) * share,
];
