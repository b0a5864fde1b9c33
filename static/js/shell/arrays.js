/** Copies of arrays with one place changed. Browsers that are a little older have no methods for it. */

/**
 * The same with another value in one place; the given one stays as it is.
 * @template T
 * @param {readonly T[]} array
 * @param {number} index from the end where it is negative
 * @param {T} value
 * @returns {T[]}
 */
export function replaced(array, index, value) {
  const copy = [...array];
  copy[index < 0 ? array.length + index : index] = value;
  return copy;
}

/**
 * The same without what stands in one place.
 * @template T
 * @param {readonly T[]} array
 * @param {number} index
 * @returns {T[]}
 */
export const without = (array, index) => array.filter((_, k) => k !== index);

/**
 * A pair with another value in one of its two places.
 * @template T
 * @param {readonly [T, T]} pair
 * @param {number} k 0 or 1
 * @param {T} value
 * @returns {readonly [T, T]}
 */
export const withOne = ([a, b], k, value) => (k === 0 ? [value, b] : [a, value]);
