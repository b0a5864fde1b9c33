import assert from "node:assert/strict";
import { test } from "node:test";
import { clamp, ease, lengthOf } from "../../../static/js/shell/math.js";

test("small sums", () => {
  assert.deepEqual([clamp(2, 0, 1), ease(0), ease(0.5), ease(1)], [1, 0, 0.5, 1]);
  assert.equal(lengthOf([9, 3, 4, 9], 1, 2), 5);
});
