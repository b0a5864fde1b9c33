/** A part of a picture, and how a hand changes it. */

/**
 * @typedef {readonly [top: number, left: number, bottom: number, right: number]} Box shares of a picture's height and
 *   width
 *
 * @typedef {{png: Blob, crop: Box}} Photo a picture that was opened, and the part of it that is read
 */

/** @type {Box} */
export const WHOLE = [0, 0, 1, 1];

/** No side of a part is shorter than this share of the picture's. */
const SHORTEST = 0.04;

/** @param {Box} crop */
export const isWhole = (crop) => crop.every((edge, k) => edge === WHOLE[k]);

/** As the server takes it; undefined for the whole picture. @param {Box} crop */
export const cropText = (crop) => (isWhole(crop) ? undefined : crop.map((edge) => +edge.toFixed(4)).join(","));

/**
 * Move some edges of a part. None leaves the picture or passes the edge across from it.
 * @param {Box} crop
 * @param {readonly number[]} edges their places in a box
 * @param {readonly [right: number, down: number]} by shares of the picture
 * @returns {Box}
 */
export function withEdgesMoved(crop, edges, [right, down]) {
  const [top, left, bottom, rightmost] = crop.map((edge, k) =>
    edges.includes(k) ? edge + (k % 2 ? right : down) : edge,
  );
  return [
    Math.max(0, Math.min(top, crop[2] - SHORTEST)),
    Math.max(0, Math.min(left, crop[3] - SHORTEST)),
    Math.min(1, Math.max(bottom, crop[0] + SHORTEST)),
    Math.min(1, Math.max(rightmost, crop[1] + SHORTEST)),
  ];
}

/**
 * The part between two points, or null where it is too small to be meant.
 * @param {readonly [x: number, y: number]} from
 * @param {readonly [x: number, y: number]} to
 * @returns {Box | null}
 */
export function between([x0, y0], [x1, y1]) {
  const inside = (/** @type {number} */ share) => Math.max(0, Math.min(1, share));
  /** @type {Box} */
  const crop = [inside(Math.min(y0, y1)), inside(Math.min(x0, x1)), inside(Math.max(y0, y1)), inside(Math.max(x0, x1))];
  return crop[2] - crop[0] < SHORTEST || crop[3] - crop[1] < SHORTEST ? null : crop;
}

/**
 * @param {unknown} drawing
 * @returns {drawing is Photo}
 */
export const isPhoto = (drawing) => typeof drawing === "object" && drawing !== null && "png" in drawing;
