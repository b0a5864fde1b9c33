/** Where an error stands among the errors of the test digits. */

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
