/** The way from one pose to another, and the middle of several. */
import { lengthOf, lerp } from "../shell/math.js";

/** So many equal steps make up a walk. */
export const STEPS = 40;

/**
 * The straight line. The poses of one class lie so near each other in direction, 8 to 23 degrees at the median, class
 * by class, of pairs
 * of test digits, that the great circle draws the same pictures; so this one way is enough.
 * @param {Float32Array} from
 * @param {Float32Array} to
 * @returns {Float32Array[]} both ends and what lies between, in equal steps
 */
export function walkBetween(from, to) {
  return Array.from({ length: STEPS + 1 }, (_, step) => from.map((number, d) => lerp(number, to[d], step / STEPS)));
}

/** The mean of vectors of one length, number by number. @param {Float32Array[]} vectors at least one */
export function meanOf(vectors) {
  return vectors[0].map((_, k) => vectors.reduce((sum, vector) => sum + vector[k], 0) / vectors.length);
}

/**
 * The angle between two poses in degrees; 0 where one has no direction.
 * @param {Float32Array} a
 * @param {Float32Array} b
 */
export function angleBetween(a, b) {
  const lengths = lengthOf(a, 0, a.length) * lengthOf(b, 0, b.length);
  const dot = a.reduce((sum, number, d) => sum + number * b[d], 0);
  return lengths ? (Math.acos(Math.min(1, Math.max(-1, dot / lengths))) * 180) / Math.PI : 0;
}

/**
 * The dimensions that change most from one pose to another, those first.
 * @param {Float32Array} from
 * @param {Float32Array} to
 */
export function mostChanged(from, to) {
  const change = from.map((number, d) => Math.abs(to[d] - number));
  return Array.from(change.keys()).sort((a, b) => change[b] - change[a]);
}
