import assert from "node:assert/strict";
import { test } from "node:test";
import { byPosition, contributions } from "../../../static/js/lib/contributions.js";
import { CLASSES } from "../../../static/js/lib/network.js";
import { makeTrace } from "../state/traces.js";

const { trace, sums } = makeTrace();

test("the contributions to a class capsule add up to the length of its sum", () => {
  for (const [label, iteration] of [[7, 1], [7, 3], [2, 2]]) {
    const total = contributions(trace, label, iteration).reduce((sum, part) => sum + part, 0);
    const length = sums[(iteration - 1) * CLASSES + label];
    assert.ok(Math.abs(total - length) < 1e-4 * Math.max(1, length), `${total} and ${length}`);
  }
});

test("all types at a position are one sum", () => {
  const values = new Float32Array(1152);
  [values[5], values[36 + 5], values[7]] = [1, 2, -4];
  const sums = byPosition(values);
  assert.deepEqual([sums.length, sums[5], sums[7], sums[0]], [36, 3, -4, 0]);
});
