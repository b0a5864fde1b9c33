/** Small traces that obey Procedure 1, for the tests. */
/** @import { Model, Trace } from "../../../../static/js/capsules/types.js" */
import { geometryOf } from "../../../../static/js/capsules/geometry.js";
import { PAPER_CARD } from "../../cards.js";

export { PAPER as GEOMETRY, PAPER_CARD as MODEL } from "../../cards.js";

/** A number in [-0.5, 0.5) that follows from its index alone. @param {number} k */
const pseudoRandom = (k) => ((Math.sin(k * 12.9898) * 43758.5453) % 1) / 2;

/**
 * Procedure 1 in plain loops over made-up votes, of which the first sixty agree on one class.
 * @param {{iterations?: number, model?: string, card?: Model, favourite?: number}} [options]
 * @returns {{trace: Trace, sums: Float64Array}} `sums` are |s_j|, (R, C)
 */
export function makeTrace({ iterations = 3, card = PAPER_CARD, model = card.name, favourite = 7 } = {}) {
  const geometry = geometryOf(card);
  const { classes: CLASSES, poseDim: POSE_DIM, primaries: PRIMARY } = geometry;
  const votes = Float64Array.from({ length: PRIMARY * CLASSES * POSE_DIM }, (_, k) => pseudoRandom(k) / 20);
  for (let i = 0; i < 60; i++) {
    for (let d = 0; d < POSE_DIM; d++) votes[(i * CLASSES + favourite) * POSE_DIM + d] = 0.06;
  }
  const logits = new Float64Array(PRIMARY * CLASSES);
  const [couplings, agreement, capsules, lengths] = [
    PRIMARY * CLASSES,
    PRIMARY * CLASSES,
    CLASSES * POSE_DIM,
    CLASSES,
  ].map((count) => new Float32Array(iterations * count));
  const sums = new Float64Array(iterations * CLASSES);
  for (let r = 0; r < iterations; r++) {
    for (let i = 0; i < PRIMARY; i++) {
      const row = Array.from(logits.subarray(i * CLASSES, (i + 1) * CLASSES), Math.exp);
      const total = row.reduce((sum, value) => sum + value, 0);
      row.forEach((value, j) => (couplings[(r * PRIMARY + i) * CLASSES + j] = value / total));
    }
    for (let j = 0; j < CLASSES; j++) {
      const s = new Float64Array(POSE_DIM);
      for (let i = 0; i < PRIMARY; i++) {
        const c = couplings[(r * PRIMARY + i) * CLASSES + j];
        for (let d = 0; d < POSE_DIM; d++) s[d] += c * votes[(i * CLASSES + j) * POSE_DIM + d];
      }
      const norm = Math.hypot(...s);
      sums[r * CLASSES + j] = norm;
      s.forEach((value, d) => (capsules[(r * CLASSES + j) * POSE_DIM + d] = (value * norm) / (1 + norm * norm)));
      lengths[r * CLASSES + j] = (norm * norm) / (1 + norm * norm);
      for (let i = 0; i < PRIMARY; i++) {
        let dot = 0;
        for (let d = 0; d < POSE_DIM; d++) {
          dot += votes[(i * CLASSES + j) * POSE_DIM + d] * capsules[(r * CLASSES + j) * POSE_DIM + d];
        }
        agreement[(r * PRIMARY + i) * CLASSES + j] = dot;
        logits[i * CLASSES + j] += dot;
      }
    }
  }
  const last = lengths.subarray((iterations - 1) * CLASSES);
  const trace = {
    geometry,
    classNames: card.class_names,
    model,
    label: last.indexOf(Math.max(...last)),
    iterations,
    milliseconds: 1,
    doubts: [],
    image: new Float32Array(geometry.pixels).fill(0.5),
    conv1: new Uint8Array(geometry.maps * geometry.mapHeight * geometry.mapWidth),
    conv1Scale: 1,
    primary_capsules: new Float32Array(PRIMARY * geometry.primaryDim).fill(0.1),
    coupling_coefficients: couplings,
    agreement,
    class_capsules: capsules,
    lengths,
    reconstruction: new Float32Array(geometry.pixels).fill(0.25),
  };
  return { trace, sums };
}
