import assert from "node:assert/strict";
import { test } from "node:test";
import { bestText } from "../../../static/js/lib/study.js";

const text = (/** @type {number[]} */ ...errors) => bestText({ errors, trained_with: 3, digits: 10_000 });

test("the numbers of iterations with the fewest errors are named", () => {
  assert.equal(text(0.9, 0.5, 0.5, 0.7), "2, 3 (0.50 %)");
  assert.equal(text(0.9, 0.7, 0.6, 0.5), "4 (0.50 %)");
});

test("a handful of digits is no difference to speak of", () => {
  assert.equal(text(0.56, 0.5, 0.46, 0.44), "4 (0.44 %), no fewer than with 3 to speak of: 2 digits");
  assert.equal(text(0.56, 0.5, 0.46, 0.45), "4 (0.45 %), no fewer than with 3 to speak of: 1 digit");
});
