/** The numbers of a trace as tables. @import { Safetensors } from "../../shell/safetensors.js" */
/** @import { Sized } from "../../capsules/geometry.js" */
import { capsuleAddress } from "../../capsules/geometry.js";

/**
 * A row for each iteration, primary capsule and class. All are counted from 1, but the class, which has its name.
 * @param {Sized} network that made the trace
 * @param {Safetensors} trace
 */
export function couplingsCsv({ geometry, classNames }, { tensors: { coupling_coefficients, agreement } }) {
  const [R, P, C] = coupling_coefficients.shape;
  const names = classNames.map(cell);
  const lines = ["iteration,capsule,type,row,column,class,coupling,agreement"];
  let k = 0;
  for (let r = 1; r <= R; r++) {
    for (let i = 0; i < P; i++) {
      const { type, row, column } = capsuleAddress(geometry, i);
      const place = `${r},${i + 1},${type + 1},${row + 1},${column + 1}`;
      for (let label = 0; label < C; label++, k++) {
        lines.push(`${place},${names[label]},${plain(coupling_coefficients.data[k])},${plain(agreement.data[k])}`);
      }
    }
  }
  return `${lines.join("\n")}\n`;
}

/**
 * A row for each iteration and class: the length of the class capsule and its pose.
 * @param {Sized} network that made the trace
 * @param {Safetensors} trace
 */
export function lengthsCsv({ classNames }, { tensors: { lengths, class_capsules } }) {
  const [R, C, D] = class_capsules.shape;
  const header = ["iteration", "class", "length", ...Array.from({ length: D }, (_, d) => `pose_${d + 1}`)];
  const lines = [header.join(",")];
  for (let k = 0; k < R * C; k++) {
    const pose = class_capsules.data.subarray(k * D, (k + 1) * D);
    lines.push(
      [Math.floor(k / C) + 1, cell(classNames[k % C]), plain(lengths.data[k]), ...Array.from(pose, plain)].join(","),
    );
  }
  return `${lines.join("\n")}\n`;
}

/** A name as a table has it: in quotes where it would break the row. @param {string} name */
const cell = (name) => (/[",\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);

/** As many digits as a float32 has, and no more. @param {number} value */
const plain = (value) => String(Number(value.toPrecision(8)));
