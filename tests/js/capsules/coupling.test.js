import assert from "node:assert/strict";
import { test } from "node:test";
import {
  couplingReach,
  couplingStrengths,
  decidedShare,
  evenCoupling,
  meanByType,
} from "../../../static/js/capsules/coupling.js";
import { PAPER, SMALL } from "../cards.js";

/**
 * @param {import("../../../static/js/capsules/geometry.js").Geometry} geometry
 * @param {number} reach
 * @param {number[]} couplings
 */
const strengths = (geometry, reach, ...couplings) =>
  Array.from(couplingStrengths(geometry, reach, Float32Array.from(couplings)), (value) => Number(value.toFixed(6)));

test("an even coupling shows nothing, the largest shows most, and as many times less as much below", () => {
  assert.deepEqual(strengths(PAPER, 1, 0.1, 1, 0.01, 0).map(Math.abs), [0, 1, 1, 1]);
  assert.deepEqual(strengths(PAPER, 1, 0.01, 0), [-1, -1]);
  assert.equal(couplingReach(PAPER, Float32Array.of(0.1, 0.1)), 1.1 * 0.1);
});

test("what is even follows from the number of classes", () => {
  assert.equal(evenCoupling(SMALL), 1 / 7);
  assert.deepEqual(strengths(SMALL, 1, 1 / 7, 1, 1 / 49).map(Math.abs), [0, 1, 1]);
  assert.ok(Math.abs(couplingReach(SMALL, new Float32Array(7).fill(1 / 7)) - 1.1 / 7) < 1e-9);
});

test("the mean over a type's positions", () => {
  const couplings = new Float32Array(SMALL.primaries * SMALL.classes);
  for (let k = 0; k < SMALL.perType; k++) couplings[(2 * SMALL.perType + k) * SMALL.classes + 5] = k;
  const means = meanByType(SMALL, couplings);
  assert.equal(means.length, 12 * 7);
  assert.ok(Math.abs(means[2 * 7 + 5] - 11.5) < 1e-4);
  assert.equal(means.filter((mean) => mean !== 0).length, 1);
});

test("a capsule has decided for a class if its coupling to it is 1.2 times the even one", () => {
  const geometry = { ...SMALL, primaries: 2, classes: 4 };
  const couplings = Float32Array.of(0.25, 0.25, 0.25, 0.25, 0.31, 0.23, 0.23, 0.23);
  assert.equal(decidedShare(geometry, couplings, 0), 0.5);
  assert.equal(decidedShare(geometry, couplings, 1), 0);
});
