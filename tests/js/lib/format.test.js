import assert from "node:assert/strict";
import { test } from "node:test";
import { lengthEquation, lengthText, narrowLength } from "../../../static/js/lib/format.js";

test("no length is written as 1, which none reaches", () => {
  assert.deepEqual([0, 0.004, 0.5, 0.994, 0.996, 0.9999, 1].map(lengthText), ["0.00", "0.00", "0.50", "0.99", "> 0.99", "> 0.99", "> 0.99"]);
  assert.deepEqual([0.5, 0.999].map(narrowLength), ["0.50", ">0.99"]);
  assert.deepEqual([0.5, 0.999].map(lengthEquation), ["‖v‖ = 0.50", "‖v‖ > 0.99"]);
});
