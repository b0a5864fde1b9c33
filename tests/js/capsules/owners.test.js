/** Which of two digits ink is given to, and how much of it rightly. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { WHOSE, exclusiveInk, rightlyGiven, wronglyGiven } from "../../../static/js/capsules/owners.js";

const { NOBODY, A, B } = WHOSE;
const layers = { a: [0.5, 0.49, 0.9, 0.9, 0], b: [0, 0, 0.09, 0.1, 0.5] };

test("exclusive ink is dark in one layer, and none in the other", () => {
  assert.deepEqual([...exclusiveInk(layers)], [A, NOBODY, A, NOBODY, B]);
});

test("ink is given to the larger map, and to nobody where both are equal", () => {
  const exclusive = exclusiveInk(layers);
  const right = { a: [0.9, 0, 0.5, 0, 0.1], b: [0.1, 0, 0.4, 0, 0.2] };
  assert.deepEqual(rightlyGiven(right, exclusive), { right: 3, pixels: 3 });
  assert.deepEqual(rightlyGiven({ a: right.b, b: right.a }, exclusive), { right: 0, pixels: 3 });
  assert.deepEqual([...wronglyGiven({ a: right.b, b: right.a }, exclusive)], [A, NOBODY, A, NOBODY, B]);
  const equal = { a: [1, 0, 1, 0, 1], b: [1, 1, 0, 1, 1] };
  assert.deepEqual(rightlyGiven(equal, exclusive), { right: 1, pixels: 3 });
  assert.deepEqual([...wronglyGiven(equal, exclusive)], [A, NOBODY, NOBODY, NOBODY, B]);
});

test("of no exclusive ink nothing is given", () => {
  const same = { a: [1, 0.4], b: [1, 0] };
  assert.deepEqual(rightlyGiven(layers, exclusiveInk(same)), { right: 0, pixels: 0 });
});
