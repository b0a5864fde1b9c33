import assert from "node:assert/strict";
import { test } from "node:test";
import { couplingsCsv, lengthsCsv } from "../../../../static/js/widgets/export/csv.js";
import { makeTrace } from "../../state/digit/traces.js";

const R = 2;
const { trace } = makeTrace({ iterations: R });
const tensor = (/** @type {Float32Array} */ data, /** @type {number[]} */ ...shape) => ({ data, shape });
const file = {
  metadata: {},
  bytes: {},
  tensors: {
    coupling_coefficients: tensor(trace.coupling_coefficients, R, 1152, 10),
    agreement: tensor(trace.agreement, R, 1152, 10),
    class_capsules: tensor(trace.class_capsules, R, 10, 16),
    lengths: tensor(trace.lengths, R, 10),
  },
};
const rowsOf = (/** @type {string} */ text) =>
  text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",").map(Number));

test("every coupling has its row, and its number as it was", () => {
  const text = couplingsCsv(trace, file);
  assert.equal(text.split("\n")[0], "iteration,capsule,type,row,column,class,coupling,agreement");
  const rows = rowsOf(text);
  assert.equal(rows.length, R * 1152 * 10);
  rows.forEach((row, k) => {
    const capsule = Math.floor(k / 10) % 1152;
    assert.deepEqual(row.slice(0, 6), [
      Math.floor(k / 11520) + 1,
      capsule + 1,
      Math.floor(capsule / 36) + 1,
      Math.floor((capsule % 36) / 6) + 1,
      (capsule % 6) + 1,
      k % 10,
    ]);
    assert.deepEqual(
      [Math.fround(row[6]), Math.fround(row[7])].map(Math.fround),
      [trace.coupling_coefficients[k], trace.agreement[k]].map((value) => Math.fround(Number(value.toPrecision(8)))),
    );
  });
});

test("every class capsule has its row", () => {
  const rows = rowsOf(lengthsCsv(trace, file));
  assert.equal(rows.length, R * 10);
  rows.forEach((row, k) => {
    assert.deepEqual(row.slice(0, 2), [Math.floor(k / 10) + 1, k % 10]);
    assert.ok(Math.abs(row[2] - trace.lengths[k]) < 1e-7);
    assert.ok(row.slice(3).every((value, d) => Math.abs(value - trace.class_capsules[k * 16 + d]) < 1e-7));
  });
});
