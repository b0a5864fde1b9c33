import assert from "node:assert/strict";
import { test } from "node:test";
import { tintsOf } from "../../../static/js/charts/what-was-read.js";

test("ink has one tint, as strong as it is dark, what was left out another, and the paper none", () => {
  const reading = { ink: Uint8Array.of(0, 255, 51, 0), leftOut: Uint8Array.of(0, 0, 0, 1) };
  const tints = tintsOf(reading, [200, 60, 10], [30, 90, 160]);
  const [paper, ink, faint, leftOut] = [0, 4, 8, 12].map((start) => [...tints.subarray(start, start + 4)]);
  assert.deepEqual(paper, [0, 0, 0, 0]);
  assert.deepEqual([ink.slice(0, 3), leftOut.slice(0, 3)], [[200, 60, 10], [30, 90, 160]]); // prettier-ignore
  assert.ok(ink[3] === leftOut[3] && ink[3] > 200);
  assert.equal(faint[3], Math.round(ink[3] / 5));
});
