/** @param {number} value @param {number} low @param {number} high */
export function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}

/** @param {number} a @param {number} b @param {number} t in [0, 1] */
export function lerp(a, b, t) {
  return a + (b - a) * t;
}

/** Slow at both ends, so that the eye can follow a change. @param {number} t in [0, 1] */
export function ease(t) {
  return t * t * (3 - 2 * t);
}

/** Euclidean length of a slice. @param {ArrayLike<number>} values @param {number} start @param {number} count */
export function lengthOf(values, start, count) {
  let sum = 0;
  for (let k = start; k < start + count; k++) sum += values[k] * values[k];
  return Math.sqrt(sum);
}

/**
 * A vector of another length and the same direction; one without a direction stays as it is.
 * @param {Float32Array} vector
 * @param {number} length
 */
export function toLength(vector, length) {
  const now = lengthOf(vector, 0, vector.length);
  return now === 0 ? vector : vector.map((value) => (value * length) / now);
}

/** The sum of squared differences. @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
export function squaredError(a, b) {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] - b[k]) ** 2;
  return sum;
}

/** @param {ArrayLike<number>} values */
export function maximum(values) {
  let most = -Infinity;
  for (let k = 0; k < values.length; k++) if (values[k] > most) most = values[k];
  return most;
}

/** @param {ArrayLike<number>} values */
export function argmax(values) {
  let best = 0;
  for (let k = 1; k < values.length; k++) if (values[k] > values[best]) best = k;
  return best;
}
