/**
 * The way that some numbers take while a digit is transformed: a pose, or a CNN's features. What is measured here of
 * one digit is what model/explaining/paths.py measures of many.
 */
/** @import { Name } from "./viewpoint.js" */
import { lengthOf } from "../shell/math.js";

/** @typedef {[x: number, y: number]} Place on a plane */
/** @typedef {ArrayLike<number>} Numbers */

/**
 * @typedef {object} ViewpointPaths where the features of 12 digits of a class go under one transformation, measured
 * @property {Name} transformation
 * @property {number} label
 * @property {number[]} amounts (n) from low to high, rest in the middle
 * @property {number[]} direction (F) mean displacement for one unit of the transformation
 * @property {[number[], number[]]} plane (2, F) two orthonormal directions
 * @property {[number, number][][]} paths (12, n, 2) displacements in that plane
 * @property {number} explained share of the variance that lies in the plane
 * @property {number} straightness
 * @property {number} same_direction
 * @property {number} r2 of held-out digits, from the displacement of their numbers
 * @property {number} r2_features the same from the numbers themselves
 * @property {number[]} digits (12) their numbers among the test digits
 * @property {number | null} pushed_error mean sum of squares; null of a CNN
 * @property {number | null} unpushed_error
 * @property {number} fitted training digits of the class behind direction and plane
 * @property {number} tried test digits behind all else
 */

/**
 * Amounts over a range, evenly spaced from each end to rest, which stands in the middle.
 * @param {readonly number[]} range the lowest and the highest
 * @param {number} rest
 * @param {number} steps on each side of rest
 * @returns {number[]} (2 steps + 1)
 */
export function amountsOver([low, high], rest, steps) {
  return Array.from({ length: 2 * steps + 1 }, (_, k) => {
    const share = (k - steps) / steps;
    return rest + Math.abs(share) * ((share < 0 ? low : high) - rest);
  });
}

/**
 * Where numbers stand on a plane through `rest`.
 * @param {Numbers} numbers (F)
 * @param {Numbers} rest (F)
 * @param {readonly [Numbers, Numbers]} plane two orthonormal directions (F)
 * @returns {Place}
 */
export function placeOn(numbers, rest, [first, second]) {
  let [x, y] = [0, 0];
  for (let k = 0; k < numbers.length; k++) {
    const moved = numbers[k] - rest[k];
    x += moved * first[k];
    y += moved * second[k];
  }
  return [x, y];
}

/**
 * Which share of a way's displacements from rest lies in a plane, in squares.
 * @param {readonly Float32Array[]} way (n, F)
 * @param {Numbers} rest (F)
 * @param {readonly [Numbers, Numbers]} plane
 * @returns {number} in [0, 1]; 1 where nothing moves
 */
export function shareIn(way, rest, plane) {
  let [within, whole] = [0, 0];
  for (const numbers of way) {
    const [x, y] = placeOn(numbers, rest, plane);
    within += x * x + y * y;
    whole += distance(numbers, rest) ** 2;
  }
  return whole ? Math.min(1, within / whole) : 1;
}

/**
 * The distance of a way's ends over its length.
 * @param {readonly Numbers[]} way (n, F)
 * @returns {number} 1 for a straight line, and where nothing moves
 */
export function straightnessOf(way) {
  let length = 0;
  for (let k = 1; k < way.length; k++) length += distance(way[k], way[k - 1]);
  return length ? distance(way[way.length - 1], way[0]) / length : 1;
}

/**
 * The cosine between a displacement and a direction.
 * @param {Numbers} numbers (F)
 * @param {Numbers} rest (F)
 * @param {Numbers} direction (F)
 * @returns {number} 0 where one of them has no length
 */
export function cosineWith(numbers, rest, direction) {
  let [dot, moved] = [0, 0];
  for (let k = 0; k < numbers.length; k++) {
    dot += (numbers[k] - rest[k]) * direction[k];
    moved += (numbers[k] - rest[k]) ** 2;
  }
  const lengths = Math.sqrt(moved) * lengthOf(direction, 0, direction.length);
  return lengths ? dot / lengths : 0;
}

/** @param {Numbers} a @param {Numbers} b */
function distance(a, b) {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] - b[k]) ** 2;
  return Math.sqrt(sum);
}

/**
 * The amount at the place of a way that is nearest to a given one; between two places of the way it lies between their
 * amounts.
 * @param {readonly Place[]} way (n)
 * @param {readonly number[]} amounts (n)
 * @param {Place} place
 */
export function nearestAmount(way, amounts, [x, y]) {
  let [best, found] = [Infinity, amounts[0]];
  for (let k = 1; k < way.length; k++) {
    const [[ax, ay], [bx, by]] = [way[k - 1], way[k]];
    const [dx, dy] = [bx - ax, by - ay];
    const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
    const share = Math.min(1, Math.max(0, along));
    const far = Math.hypot(x - ax - share * dx, y - ay - share * dy);
    if (far < best) [best, found] = [far, amounts[k - 1] + share * (amounts[k] - amounts[k - 1])];
  }
  return found;
}

/**
 * A pose pushed along directions.
 * @param {Numbers} pose (D)
 * @param {readonly {direction: Numbers, by: number}[]} pushes `by` so many units of a transformation
 * @returns {Float32Array} (D)
 */
export const pushed = (pose, pushes) =>
  Float32Array.from(pose, (number, d) => pushes.reduce((sum, { direction, by }) => sum + by * direction[d], number));

/**
 * The middle of a picture's ink, each pixel counted as much as it is dark.
 * @param {ArrayLike<number>} image (H, W) in [0, 1]
 * @param {number} width
 * @returns {[right: number, down: number]} in pixels from the upper left pixel; NaN without ink
 */
export function middleOf(image, width) {
  let [right, down, whole] = [0, 0, 0];
  for (let k = 0; k < image.length; k++) {
    right += image[k] * (k % width);
    down += image[k] * Math.floor(k / width);
    whole += image[k];
  }
  return [right / whole, down / whole];
}
