import assert from "node:assert/strict";
import { test } from "node:test";
import { STEPS, angleBetween, meanOf, mostChanged, walkBetween } from "../../../static/js/capsules/poses.js";

const A = Float32Array.of(0, 0.5, -1);
const B = Float32Array.of(1, 0.25, -1);

test("the walk is straight and begins and ends at the two poses", () => {
  const walk = walkBetween(A, B);
  assert.equal(walk.length, STEPS + 1);
  assert.deepEqual([walk[0], walk[STEPS]], [A, B]);
  assert.deepEqual([...walk[STEPS / 4]], [0.25, 0.4375, -1]);
});

test("the mean is number by number", () => {
  assert.deepEqual([...meanOf([A, B, Float32Array.of(2, 0, -1)])], [1, 0.25, -1]);
  assert.deepEqual(meanOf([A]), A);
});

test("angles are in degrees, and the zero vector has none", () => {
  assert.ok(Math.abs(angleBetween(Float32Array.of(1, 0), Float32Array.of(3, 3)) - 45) < 1e-4);
  assert.equal(angleBetween(Float32Array.of(2, 0), Float32Array.of(5, 0)), 0);
  assert.ok(Math.abs(angleBetween(Float32Array.of(0, 1), Float32Array.of(0, -2)) - 180) < 1e-4);
  assert.equal(angleBetween(Float32Array.of(0, 0), Float32Array.of(1, 0)), 0);
});

test("the numbers that change most come first", () => assert.deepEqual(mostChanged(A, B), [0, 1, 2]));
