import assert from "node:assert/strict";
import { test } from "node:test";
import { rankOf } from "../../../static/js/capsules/gauge.js";

/** The error at k per cent is k²: no straight line. */
const QUANTILES = Array.from({ length: 101 }, (_, k) => k * k);

test("the rank of an error is the share of digits below it", () => {
  assert.equal(rankOf(QUANTILES, 49), 7);
  assert.equal(rankOf(QUANTILES, (49 + 64) / 2), 7.5);
  assert.deepEqual(
    [rankOf(QUANTILES, -1), rankOf(QUANTILES, 0), rankOf(QUANTILES, 10000), rankOf(QUANTILES, 1e9)],
    [0, 0, 100, 100],
  );
});

test("equal quantiles are no trouble", () => assert.equal(rankOf([1, 2, 2, 2, 3], 2), 1));

test("the rank agrees with counting", () => {
  const errors = Array.from({ length: 10000 }, (_, k) => (k / 100) ** 2);
  for (const error of [3, 470, 2501, 8888.8]) {
    const below = errors.filter((other) => other < error).length / 100;
    assert.ok(Math.abs(rankOf(QUANTILES, error) - below) < 0.2, `${error}`);
  }
});
