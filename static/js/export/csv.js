/** The numbers of a trace as tables. @import { Safetensors } from "../lib/safetensors.js" */
import { CLASSES, PRIMARY, capsuleAddress } from "../lib/network.js";

/**
 * A row for each iteration, primary capsule and class. All are counted from 1, but the class, which is the digit.
 * @param {Safetensors} trace
 */
export function couplingsCsv({ tensors: { coupling_coefficients, agreement } }) {
  const [R] = coupling_coefficients.shape;
  const lines = ["iteration,capsule,type,row,column,class,coupling,agreement"];
  let k = 0;
  for (let r = 1; r <= R; r++) {
    for (let i = 0; i < PRIMARY; i++) {
      const { type, row, column } = capsuleAddress(i);
      const place = `${r},${i + 1},${type + 1},${row + 1},${column + 1}`;
      for (let label = 0; label < CLASSES; label++, k++) {
        lines.push(`${place},${label},${plain(coupling_coefficients.data[k])},${plain(agreement.data[k])}`);
      }
    }
  }
  return `${lines.join("\n")}\n`;
}

/** A row for each iteration and class: the length of the class capsule and its pose. @param {Safetensors} trace */
export function lengthsCsv({ tensors: { lengths, class_capsules } }) {
  const [R, C, D] = class_capsules.shape;
  const header = ["iteration", "class", "length", ...Array.from({ length: D }, (_, d) => `pose_${d + 1}`)];
  const lines = [header.join(",")];
  for (let k = 0; k < R * C; k++) {
    const pose = class_capsules.data.subarray(k * D, (k + 1) * D);
    lines.push([Math.floor(k / C) + 1, k % C, plain(lengths.data[k]), ...Array.from(pose, plain)].join(","));
  }
  return `${lines.join("\n")}\n`;
}

/** As many digits as a float32 has, and no more. @param {number} value */
const plain = (value) => String(Number(value.toPrecision(8)));
