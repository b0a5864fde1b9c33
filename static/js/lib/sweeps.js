/** How much the pictures of the grid change. @import { Perturbations } from "../types.js" */
import { PIXELS, POSE_DIM } from "./network.js";

/**
 * How far each picture is from the middle one of its row: the mean absolute difference of their pixels.
 * @param {Perturbations} grid
 * @returns {Float32Array} (D, columns)
 */
export function changesOf({ perturbations, offsets }) {
  const columns = offsets.length / POSE_DIM;
  return offsets.map((_offset, k) => {
    const middle = Math.floor(k / columns) * columns + (columns - 1) / 2;
    let sum = 0;
    for (let p = 0; p < PIXELS; p++) sum += Math.abs(perturbations[k * PIXELS + p] - perturbations[middle * PIXELS + p]);
    return sum / PIXELS;
  });
}

/** The mean change of a row's moved pictures. @param {Float32Array} changes (D, columns) @returns {Float32Array} (D) */
export function rowChanges(changes) {
  const columns = changes.length / POSE_DIM;
  return Float32Array.from({ length: POSE_DIM }, (_, d) => {
    const row = changes.subarray(d * columns, (d + 1) * columns);
    return row.reduce((sum, change) => sum + change, 0) / (columns - 1);
  });
}

/** The rows from the one that changes most to the one that changes least. @param {Float32Array} rows (D) */
export function byChange(rows) {
  return Array.from(rows, (_, d) => d).sort((a, b) => rows[b] - rows[a] || a - b);
}

/** One picture of the grid. @param {Perturbations} grid @param {number} dimension @param {number} column */
export function pictureAt({ perturbations, offsets }, dimension, column) {
  const start = ((dimension * offsets.length) / POSE_DIM + column) * PIXELS;
  return perturbations.subarray(start, start + PIXELS);
}
