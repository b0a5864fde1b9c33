import assert from "node:assert/strict";
import { test } from "node:test";
import { sharesAxis } from "../../../static/js/charts/dots.js";

test("the axis of shares goes from the ten per cent below the least to 100, and there is always one", () => {
  const ends = (/** @type {number} */ least) => {
    const { ticks } = sharesAxis(least);
    return [ticks[0].value, ticks[ticks.length - 1].value, ticks.length];
  };
  assert.deepEqual(ends(66), [60, 100, 5]);
  assert.deepEqual(ends(60.5), [50, 100, 6]);
  assert.deepEqual(ends(99.9), [90, 100, 2]);
  assert.deepEqual(ends(0.2), [0, 100, 11]);
  const { position } = sharesAxis(66);
  assert.deepEqual([60, 80, 100].map(position), [0, 0.5, 1]);
});
