import assert from "node:assert/strict";
import { test } from "node:test";
import { numbersText, voteLines } from "../../../static/js/lib/spoken.js";

test("numbers are said as they are written, with true minus signs", () => {
  assert.equal(numbersText(Float32Array.of(0.5, -0.126, 0, -0.001)), "0.50, −0.13, 0.00, 0.00");
});

test("each vote says its class, its length and its sixteen numbers", () => {
  const votes = new Float32Array(10 * 16);
  votes.set([3, 0, -4], 16 * 7);
  const lines = voteLines(votes);
  assert.equal(lines.length, 10);
  assert.equal(lines[0], `Vote for 0, 0.00 long: ${Array(16).fill("0.00").join(", ")}`);
  assert.equal(lines[7], `Vote for 7, 5.00 long: 3.00, 0.00, −4.00, ${Array(13).fill("0.00").join(", ")}`);
});
