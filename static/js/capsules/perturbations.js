/** How much the pictures of the grid change. @import { Perturbations } from "./types.js" */
/** @import { Geometry } from "./geometry.js" */

/**
 * How far each picture is from the middle one of its row: the mean absolute difference of their pixels.
 * @param {Geometry} geometry
 * @param {Perturbations} grid
 * @returns {Float32Array} (D, columns)
 */
export function changesOf({ pixels, poseDim }, { perturbations, offsets }) {
  const columns = offsets.length / poseDim;
  return offsets.map((_offset, k) => {
    const middle = Math.floor(k / columns) * columns + (columns - 1) / 2;
    let sum = 0;
    for (let p = 0; p < pixels; p++) {
      sum += Math.abs(perturbations[k * pixels + p] - perturbations[middle * pixels + p]);
    }
    return sum / pixels;
  });
}

/**
 * The mean change of a row's moved pictures.
 * @param {Geometry} geometry
 * @param {Float32Array} changes (D, columns)
 * @returns {Float32Array} (D)
 */
export function rowChanges({ poseDim }, changes) {
  const columns = changes.length / poseDim;
  return Float32Array.from({ length: poseDim }, (_, d) => {
    const row = changes.subarray(d * columns, (d + 1) * columns);
    return row.reduce((sum, change) => sum + change, 0) / (columns - 1);
  });
}

/** The rows from the one that changes most to the one that changes least. @param {Float32Array} rows (D) */
export function byChange(rows) {
  return Array.from(rows, (_, d) => d).sort((a, b) => rows[b] - rows[a] || a - b);
}

/**
 * One picture of the grid.
 * @param {Geometry} geometry
 * @param {Perturbations} grid
 * @param {number} dimension
 * @param {number} column
 * @returns {Float32Array} (H, W)
 */
export function pictureAt({ pixels, poseDim }, { perturbations, offsets }, dimension, column) {
  const start = ((dimension * offsets.length) / poseDim + column) * pixels;
  return perturbations.subarray(start, start + pixels);
}
