/** What an intervention changes, as numbers. */

/** The places of the largest values, the largest first. @param {Float32Array} values @param {number} count */
export function strongest(values, count) {
  return Array.from(values.keys())
    .sort((a, b) => values[b] - values[a])
    .slice(0, count);
}

/** The part that some of the terms make up of all positive ones. @param {Float32Array} terms @param {number[]} some */
export function shareOf(terms, some) {
  const positive = terms.reduce((sum, term) => sum + Math.max(0, term), 0);
  return some.reduce((sum, k) => sum + Math.max(0, terms[k]), 0) / (positive || 1);
}

/**
 * The part that the negative terms take away of the sum of all positive ones.
 * @param {Float32Array} terms
 * @returns {number} 0 or more; above 1 where they outweigh the positive ones
 */
export function opposedShare(terms) {
  let [positive, negative] = [0, 0];
  for (const term of terms) {
    if (term > 0) positive += term;
    else negative -= term;
  }
  return negative / (positive || 1);
}

/** @param {Float32Array} after @param {Float32Array} before */
export const difference = (after, before) => after.map((value, k) => value - before[k]);

/** Where a diverging scale of these values ends. @param {Float32Array} values @param {number} least */
export const reachOfChange = (values, least) => values.reduce((most, value) => Math.max(most, Math.abs(value)), least);
