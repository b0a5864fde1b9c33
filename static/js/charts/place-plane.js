/** Where votes stand on their plane, and which of them is near. */

/** Room at the edge of the square for what is written there. */
const MARGIN = 18;
/** Where the scale may end, in lengths of a vote: the first that nothing passes. */
const ENDS = [1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 100];

/**
 * @typedef {object} PlaneLayout in CSS pixels
 * @property {number} middle x and y of the zero vector
 * @property {number} radius where the scale ends
 * @property {number} reach the length that stands there
 * @property {(x: number, y: number) => [number, number]} at where a vector stands
 *
 * @param {number} side
 * @param {number} reach
 * @param {"root" | "linear"} distance
 * @returns {PlaneLayout}
 */
export function planeLayout(side, reach, distance) {
  const [middle, radius] = [side / 2, side / 2 - MARGIN];
  return {
    middle,
    radius,
    reach,
    at(x, y) {
      const length = Math.hypot(x, y);
      if (!length) return [middle, middle];
      const shown = radius * (distance === "root" ? Math.sqrt(length / reach) : length / reach);
      return [middle + (x / length) * shown, middle - (y / length) * shown];
    },
  };
}

/**
 * Where a scale ends that has room for all of these vectors, and for the circle of 1.
 * @param {Float32Array} vectors (…, 2)
 */
export function reachOfVectors(vectors) {
  let most = 1;
  for (let k = 0; k < vectors.length; k += 2) most = Math.max(most, Math.hypot(vectors[k], vectors[k + 1]));
  return ENDS.find((end) => most <= end) ?? most;
}

/** Lengths at which rings are drawn, besides 1. @param {number} reach @param {"root" | "linear"} distance */
export function ringsOf(reach, distance) {
  const rings = distance === "root" ? [0.01, 0.1, 0.5, 2, 4, 8, 16, 32, 64] : [0.5, 2, 3, 4, 5, 6, 8, 10, 20, 50];
  return rings.filter((ring) => ring <= reach);
}

/** @param {Float32Array} points (P, 2) @param {PlaneLayout} layout @returns {Float32Array} (P, 2) in CSS pixels */
export function placePoints(points, { at }) {
  const places = new Float32Array(points.length);
  for (let k = 0; k < points.length; k += 2) [places[k], places[k + 1]] = at(points[k], points[k + 1]);
  return places;
}

/**
 * The point next to a place, if one is near.
 * @param {Float32Array} places (P, 2)
 * @param {number} x
 * @param {number} y
 * @param {number} within
 */
export function nearestPoint(places, x, y, within) {
  let [best, least] = [/** @type {number | null} */ (null), within * within];
  for (let i = 0; i < places.length / 2; i++) {
    const distance = (places[2 * i] - x) ** 2 + (places[2 * i + 1] - y) ** 2;
    if (distance < least) [best, least] = [i, distance];
  }
  return best;
}

/**
 * The nearest point to the right, left, above or below, within 45 degrees of that direction.
 * @param {Float32Array} places (P, 2)
 * @param {number} from
 * @param {number} right -1, 0 or 1
 * @param {number} down -1, 0 or 1
 * @returns {number} the same point where there is none
 */
export function pointTowards(places, from, right, down) {
  const [x, y] = [places[2 * from], places[2 * from + 1]];
  let [best, least] = [from, Infinity];
  for (let i = 0; i < places.length / 2; i++) {
    const [dx, dy] = [places[2 * i] - x, places[2 * i + 1] - y];
    const along = dx * right + dy * down;
    const distance = dx * dx + dy * dy;
    if (along > 0 && 2 * along * along >= distance && distance < least) [best, least] = [i, distance];
  }
  return best;
}
