import assert from "node:assert/strict";
import { test } from "node:test";
import { byPosition, contributions, lastLengths, lengthAt } from "../../../static/js/capsules/contributions.js";
import { PAPER, SMALL, SMALL_CARD } from "../cards.js";
import { makeTrace } from "../state/digit/traces.js";

const { trace, sums } = makeTrace();

test("the contributions to a class capsule add up to the length of its sum", () => {
  for (const [label, iteration] of [
    [7, 1],
    [7, 3],
    [2, 2],
  ]) {
    const total = contributions(trace, label, iteration).reduce((sum, part) => sum + part, 0);
    const length = sums[(iteration - 1) * PAPER.classes + label];
    assert.ok(Math.abs(total - length) < 1e-4 * Math.max(1, length), `${total} and ${length}`);
  }
});

test("all types at a position are one sum", () => {
  const values = new Float32Array(1152);
  [values[5], values[36 + 5], values[7]] = [1, 2, -4];
  const sums = byPosition(PAPER, values);
  assert.deepEqual([sums.length, sums[5], sums[7], sums[0]], [36, 3, -4, 0]);
});

test("so they do in a network of other sizes", () => {
  const { trace: small, sums: smallSums } = makeTrace({ card: SMALL_CARD, favourite: 2 });
  const parts = contributions(small, 2, 3);
  assert.equal(parts.length, SMALL.primaries);
  const total = parts.reduce((sum, part) => sum + part, 0);
  const length = smallSums[2 * SMALL.classes + 2];
  assert.ok(Math.abs(total - length) < 1e-4 * Math.max(1, length), `${total} and ${length}`);
});

test("the last lengths are those of the last iteration", () => {
  const last = lastLengths(trace);
  assert.equal(last.length, PAPER.classes);
  assert.deepEqual(
    [...last],
    [...last.keys()].map((label) => lengthAt(trace, label, trace.iterations)),
  );
  assert.notEqual(last[7], lengthAt(trace, 7, 1));
});
