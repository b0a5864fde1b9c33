/** Studies of fewer digits, for the tests. */
/** @import { FewerDigits } from "../../../static/js/capsules/fewer-digits.js" */

/**
 * @param {Record<string, Record<number, number[]>>} errors of 1,000 test digits, by network and training digits, of
 *   seed 1, 2, ...
 * @returns {FewerDigits}
 */
export const studyOf = (errors) => ({
  steps: 300,
  batch_size: 64,
  max_shift: 2,
  digits: 1000,
  command: "capsnet study-fewer-digits",
  runs: Object.entries(errors).flatMap(([network, counts]) =>
    Object.entries(counts).flatMap(([count, found]) =>
      found.map((wrong, k) => ({ network, count: Number(count), seed: k + 1, errors: wrong })),
    ),
  ),
});
