/** How far routing has come: three measures of a trace, one number for each iteration. */
import { maximum } from "../shell/math.js";
/** @import { Geometry } from "./geometry.js" */

/** The entropy of couplings that are all alike, in bits. @param {Geometry} geometry */
export const largestEntropy = ({ classes }) => Math.log2(classes);

/**
 * The entropy of c_i, how undecided a primary capsule is: 0 bits where it is coupled to one class alone.
 * @param {Geometry} geometry
 * @param {Float32Array} couplings (R, P, C)
 * @returns {{mean: Float32Array, low: Float32Array, high: Float32Array}} each (R), in bits; low is the most decided
 *   primary capsule, high the least
 */
export function couplingEntropy({ primaries, classes }, couplings) {
  const R = couplings.length / (primaries * classes);
  const [mean, low, high] = [new Float32Array(R), new Float32Array(R), new Float32Array(R)];
  for (let r = 0; r < R; r++) {
    const entropies = Float32Array.from({ length: primaries }, (_, i) =>
      entropy(couplings, (r * primaries + i) * classes, classes),
    );
    mean[r] = entropies.reduce((sum, value) => sum + value, 0) / primaries;
    low[r] = -maximum(entropies.map((bits) => -bits));
    high[r] = maximum(entropies);
  }
  return { mean, low, high };
}

/**
 * The couplings are taken as parts of their sum: as float16 they may miss 1 by a little, and then equal ones would not
 * reach the largest entropy.
 * @param {Float32Array} values
 * @param {number} start of one capsule's couplings
 * @param {number} count C
 */
function entropy(values, start, count) {
  let [sum, bits] = [0, 0];
  for (let k = start; k < start + count; k++) sum += values[k];
  for (let k = start; k < start + count; k++) {
    if (values[k] > 0) bits -= (values[k] / sum) * Math.log2(values[k] / sum);
  }
  return bits;
}

/**
 * The mean size of what an iteration adds to the routing logits, which is the agreement (line 7 of Procedure 1; the
 * paper's Figure A.1).
 * @param {Geometry} geometry
 * @param {Float32Array} agreement (R, P, C)
 * @returns {Float32Array} (R)
 */
export function logitChange({ primaries, classes }, agreement) {
  const step = primaries * classes;
  return Float32Array.from({ length: agreement.length / step }, (_, r) => {
    let sum = 0;
    for (let k = r * step; k < (r + 1) * step; k++) sum += Math.abs(agreement[k]);
    return sum / step;
  });
}

/**
 * How much longer the capsule of a class is than the longest other one; negative where another is longer.
 * @param {Geometry} geometry
 * @param {Float32Array} lengths (R, C)
 * @param {number} label
 * @returns {Float32Array} (R)
 */
export function lead({ classes }, lengths, label) {
  return Float32Array.from({ length: lengths.length / classes }, (_, r) => {
    const now = lengths.subarray(r * classes, (r + 1) * classes);
    return now[label] - Math.max(...now.filter((_length, k) => k !== label));
  });
}
