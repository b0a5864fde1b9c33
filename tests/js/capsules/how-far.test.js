/** @import { ViewpointAccuracy } from "../../../static/js/capsules/how-far.js" */
import assert from "node:assert/strict";
import { test } from "node:test";
import { contestOf, limitsOf, nearestPoint, pointsOf, readRange } from "../../../static/js/capsules/how-far.js";

const AMOUNTS = [-30, -15, 0, 15, 30];

/** A study of 100 digits. @param {number[]} right @param {number[]} [sureWrong] */
const points = (right, sureWrong = right.map(() => 1)) =>
  pointsOf(
    /** @type {ViewpointAccuracy} */ (
      /** @type {unknown} */ ({
        digits: 100,
        sure_above: 0.5,
        transformations: { rotation: { amounts: AMOUNTS, right, sure_wrong: sureWrong } },
        pieces: {},
      })
    ),
    "rotation",
  );

test("counts become shares with their 95 % intervals by Wilson", () => {
  const [point] = points([50, 95, 99, 92, 80], [10, 0, 0, 0, 0]);
  assert.deepEqual([point.amount, point.share, point.sureWrong.share], [-30, 0.5, 0.1]);
  const close = (/** @type {number} */ a, /** @type {number} */ b) => assert.ok(Math.abs(a - b) < 5e-4, `${a} ${b}`);
  close(point.interval[0], 0.4038); // Wilson of 50 in 100, and of 10 in 100
  close(point.interval[1], 0.5962);
  close(point.sureWrong.interval[0], 0.0552);
  close(point.sureWrong.interval[1], 0.1744);
  const study = /** @type {any} */ ({ digits: 100, transformations: {} });
  assert.deepEqual(pointsOf(study, "shear"), [], "of a change that was not measured");
});

test("a network's limit is the last amount before the first one with too few, on each side", () => {
  const limits = limitsOf(points([95, 89, 99, 90, 60]), 0);
  assert.deepEqual(
    [limits?.low.to, limits?.low.beyond?.amount],
    [0, -15],
    "what is better again beyond does not count",
  );
  assert.deepEqual([limits?.high.to, limits?.high.beyond?.amount], [15, 30]);
  assert.deepEqual(limitsOf(points([95, 95, 99, 95, 95]), 0)?.high, { to: 30, beyond: null });
  assert.equal(limitsOf(points([95, 95, 89, 95, 95]), 0), null);
  assert.equal(limitsOf(points([95, 95, 99, 95, 95]), 1), null, "rest was not measured");
});

test("the nearest amount; of two as near the one that stands first", () => {
  const all = points([1, 2, 3, 4, 5]);
  const nearest = (/** @type {number} */ amount) => nearestPoint(all, amount)?.amount;
  assert.deepEqual([-90, -8, 7.5, 8, 29].map(nearest), [-30, -15, 0, 15, 30]);
  assert.equal(nearestPoint([], 3), null);
});

test("only where the intervals lie apart does a network read more, and rest does not count", () => {
  const [a, b] = [points([90, 70, 99, 50, 60]), points([50, 72, 10, 90, 61])];
  assert.deepEqual(contestOf(a, b, 0), { of: 4, first: 1, second: 1 });
  assert.deepEqual(contestOf(b, a, 0), { of: 4, first: 1, second: 1 });
  assert.deepEqual(contestOf(a, a.slice(1, 3), 0), { of: 1, first: 0, second: 0 });
});

test("one digit is read from rest to the first amount where it is not", () => {
  assert.deepEqual(readRange(AMOUNTS, [true, false, true, true, true], 0), [0, 30]);
  assert.deepEqual(readRange(AMOUNTS, [true, true, true, false, true], 0), [-30, 0]);
  assert.equal(readRange(AMOUNTS, [true, true, false, true, true], 0), null);
});
