/** How sure a counted share is. `model/explaining/intervals.py` counts the same. */

/** So many standard deviations to either side hold 95 % of a normal distribution. */
const Z_95 = 1.959964;

/**
 * The 95 % interval of Wilson (1927) for a share.
 * @param {number} hits
 * @param {number} of so many were looked at
 * @returns {[low: number, high: number]} within [0, 1]; of nothing it is [0, 1]
 */
export function wilson(hits, of) {
  if (of === 0) return [0, 1];
  const [share, extra] = [hits / of, Z_95 ** 2 / of];
  const middle = share + extra / 2;
  const half = Z_95 * Math.sqrt((share * (1 - share)) / of + extra / (4 * of));
  return [
    hits ? Math.max(0, (middle - half) / (1 + extra)) : 0,
    hits < of ? Math.min(1, (middle + half) / (1 + extra)) : 1,
  ];
}

/**
 * Whether two intervals have something in common.
 * @param {readonly [number, number]} a
 * @param {readonly [number, number]} b
 */
export const overlapping = (a, b) => a[0] <= b[1] && b[0] <= a[1];
