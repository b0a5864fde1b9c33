/** How far routing has come: three measures of a trace, one number for each iteration. */
import { maximum } from "./math.js";
import { CLASSES, PRIMARY } from "./network.js";

/** The entropy of couplings that are all 1/10, in bits. */
export const LARGEST_ENTROPY = Math.log2(CLASSES);

/**
 * The entropy of c_i, how undecided a primary capsule is: 0 bits where it is coupled to one class alone.
 * @param {Float32Array} couplings (R, P, C)
 * @returns {{mean: Float32Array, low: Float32Array, high: Float32Array}} each (R), in bits; low is the most decided
 *   primary capsule, high the least
 */
export function couplingEntropy(couplings) {
  const R = couplings.length / (PRIMARY * CLASSES);
  const [mean, low, high] = [new Float32Array(R), new Float32Array(R), new Float32Array(R)];
  for (let r = 0; r < R; r++) {
    const entropies = Float32Array.from({ length: PRIMARY }, (_, i) => entropy(couplings, (r * PRIMARY + i) * CLASSES));
    mean[r] = entropies.reduce((sum, value) => sum + value, 0) / PRIMARY;
    low[r] = -maximum(entropies.map((bits) => -bits));
    high[r] = maximum(entropies);
  }
  return { mean, low, high };
}

/**
 * The ten are taken as parts of their sum: as float16 they may miss 1 by a little, and tenths would not reach log2(10).
 * @param {Float32Array} values
 * @param {number} start of one capsule's C couplings
 */
function entropy(values, start) {
  let [sum, bits] = [0, 0];
  for (let k = start; k < start + CLASSES; k++) sum += values[k];
  for (let k = start; k < start + CLASSES; k++) if (values[k] > 0) bits -= (values[k] / sum) * Math.log2(values[k] / sum);
  return bits;
}

/**
 * The mean size of what an iteration adds to the routing logits, which is the agreement (line 7 of Procedure 1; the
 * paper's Figure A.1).
 * @param {Float32Array} agreement (R, P, C)
 * @returns {Float32Array} (R)
 */
export function logitChange(agreement) {
  const step = PRIMARY * CLASSES;
  return Float32Array.from({ length: agreement.length / step }, (_, r) => {
    let sum = 0;
    for (let k = r * step; k < (r + 1) * step; k++) sum += Math.abs(agreement[k]);
    return sum / step;
  });
}

/**
 * How much longer the capsule of the answer is than the longest other one; negative where another is longer.
 * @param {Float32Array} lengths (R, C)
 * @param {number} label
 * @returns {Float32Array} (R)
 */
export function margin(lengths, label) {
  return Float32Array.from({ length: lengths.length / CLASSES }, (_, r) => {
    const now = lengths.subarray(r * CLASSES, (r + 1) * CLASSES);
    return now[label] - Math.max(...now.filter((_length, k) => k !== label));
  });
}
