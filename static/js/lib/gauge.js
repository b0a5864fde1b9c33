/** Where an error stands among those of the test digits. */

/** A worse fit than this per cent of the test digits have is said to fit badly. */
const BAD = 99;

/**
 * How many per cent of the test digits have a smaller error, between two quantiles by a straight line.
 * @param {number[]} quantiles the error at 0, 1, .. 100 %
 * @param {number} error
 */
export function rankOf(quantiles, error) {
  const above = quantiles.findIndex((quantile) => quantile >= error);
  if (above === -1) return quantiles.length - 1;
  if (above === 0) return 0;
  const [low, high] = [quantiles[above - 1], quantiles[above]];
  return above - 1 + (error - low) / (high - low);
}

/** @param {number} rank in per cent */
export const fitsBadly = (rank) => rank > BAD;

/** The verdict in words. @param {number} rank in per cent */
export function fitText(rank) {
  if (fitsBadly(rank)) return "is drawn worse than 99 of 100 test digits: perhaps it is no digit";
  if (rank >= 50) return `fits worse than ${Math.floor(rank)} % of the test digits`;
  return `fits better than ${Math.floor(100 - rank)} % of the test digits`;
}
