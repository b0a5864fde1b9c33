/** Max pooling: windows of 2 x 2, and where in each its largest number stands. */
/** @import { Maps } from "./types.js" */

/** The side of a window. */
export const WINDOW = 2;

/** Where nothing stands: a window of equal numbers has no largest one. */
export const NOWHERE = -1;

/**
 * One of several maps.
 * @param {Maps} maps
 * @param {number} k from 0
 */
export const mapOf = ({ height, width, values }, k) => values.subarray(k * height * width, (k + 1) * height * width);

/**
 * Where in one map the largest number of each window stands, the first of equal ones as in the network.
 * @param {ArrayLike<number>} map (height, width)
 * @param {Pick<Maps, "height" | "width">} size a last row or column that no window takes in is left out
 * @returns {Int32Array} (height / 2, width / 2): the place within the numbers of the map, or NOWHERE
 */
export function largestPlaces(map, { height, width }) {
  const [rows, columns] = [Math.floor(height / WINDOW), Math.floor(width / WINDOW)];
  return Int32Array.from({ length: rows * columns }, (_, window) => {
    const corner = WINDOW * (Math.floor(window / columns) * width + (window % columns));
    const places = [corner, corner + 1, corner + width, corner + width + 1];
    const largest = places.reduce((best, place) => (map[place] > map[best] ? place : best));
    return places.every((place) => map[place] === map[largest]) ? NOWHERE : largest;
  });
}

/**
 * In how many windows the largest number stands elsewhere.
 * @param {Int32Array} before from `largestPlaces`
 * @param {Int32Array} after the same, once places have changed
 * @returns {{moved: number, windows: number}} `windows` whose numbers are not all equal
 */
export function movedWindows(before, after) {
  const held = [...before.keys()].filter((window) => before[window] !== NOWHERE);
  return { windows: held.length, moved: held.filter((window) => before[window] !== after[window]).length };
}

/**
 * The maps with the largest sums of squares, the strongest first.
 * @param {Maps} maps
 * @param {number} most so many of them
 * @returns {number[]} from 0
 */
export function strongestMaps(maps, most) {
  const strengths = Array.from({ length: maps.count }, (_, k) => squares(mapOf(maps, k)));
  return [...strengths.keys()].sort((a, b) => strengths[b] - strengths[a] || a - b).slice(0, most);
}

/**
 * The share of the squares of some numbers that others do not explain.
 * @param {Float32Array} values
 * @param {Float32Array} others as many
 * @returns {number} 0 where both are equal; above 1 where the others are farther off than nothing would be
 */
export function unexplained(values, others) {
  let missed = 0;
  for (let k = 0; k < values.length; k++) missed += (values[k] - others[k]) ** 2;
  return missed && missed / squares(values);
}

/** @param {Float32Array} values */
const squares = (values) => values.reduce((sum, value) => sum + value * value, 0);
