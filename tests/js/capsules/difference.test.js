import assert from "node:assert/strict";
import { test } from "node:test";
import { difference, opposedShare, reachOfChange, shareOf, strongest } from "../../../static/js/capsules/difference.js";

test("the strongest, and the part of what speaks for a class that they are", () => {
  const terms = Float32Array.of(0.5, -3, 2, 1.5);
  assert.deepEqual(strongest(terms, 2), [2, 3]);
  assert.equal(shareOf(terms, [2, 3]), 3.5 / 4);
  assert.equal(shareOf(terms, [1]), 0);
  assert.equal(opposedShare(terms), 3 / 4);
  assert.equal(opposedShare(Float32Array.of(-1, 0)), 1);
  assert.equal(shareOf(Float32Array.of(-1, 0), [0]), 0);
});

test("a change is what is minus what was, and its scale has a least reach", () => {
  const change = difference(Float32Array.of(1, 0.25), Float32Array.of(2, 0));
  assert.deepEqual([...change], [-1, 0.25]);
  assert.deepEqual([reachOfChange(change, 0.5), reachOfChange(change, 3)], [1, 3]);
});
