import assert from "node:assert/strict";
import { test } from "node:test";
import { squashed } from "../../../static/js/capsules/squash.js";

test("the squash follows equation 1", () => {
  assert.equal(squashed(0), 0);
  assert.equal(squashed(1), 0.5);
  assert.ok(Math.abs(squashed(3) - 0.9) < 1e-12);
});

test("no sum is long enough for a capsule of length 1", () => {
  assert.ok(squashed(1e6) < 1);
});
