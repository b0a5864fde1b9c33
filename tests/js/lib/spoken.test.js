import assert from "node:assert/strict";
import { test } from "node:test";
import { areAlike, favourText, numbersText, voteLines } from "../../../static/js/lib/spoken.js";

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

test("couplings are alike where they are written alike, whatever they are", () => {
  assert.ok(areAlike(Float32Array.of(0.0141, 0.0143, 0.014)));
  assert.ok(!areAlike(Float32Array.of(0.1, 0.05, 0.1)));
});

test("a primary capsule gives most to one class, and to none while all ten are equal", () => {
  const even = new Float32Array(10).fill(0.0999755859375);
  assert.equal(favourText(even), "It gives all ten the same, c = 0.100.");
  assert.equal(favourText(even.with(3, 0.1004)), "It gives all ten the same, c = 0.100.");
  assert.equal(favourText(even.with(3, 0.1006)), "Hardly decided, it gives most to 3: c = 0.101.");
  assert.equal(favourText(even.with(3, 0.13)), "Now it gives most to 3: c = 0.130.");
});
