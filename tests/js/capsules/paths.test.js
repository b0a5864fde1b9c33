import assert from "node:assert/strict";
import { test } from "node:test";
import {
  amountsOver,
  cosineWith,
  middleOf,
  nearestAmount,
  placeOn,
  pushed,
  shareIn,
  straightnessOf,
} from "../../../static/js/capsules/paths.js";

const close = (/** @type {number} */ a, /** @type {number} */ b) =>
  assert.ok(Math.abs(a - b) < 1e-6, `${a} is not ${b}`);

/** Two orthonormal directions of four dimensions. @type {[number[], number[]]} */
const PLANE = [
  [0.6, 0.8, 0, 0],
  [0, 0, 1, 0],
];

test("amounts are evenly spaced on each side of rest, which stands in the middle", () => {
  const amounts = amountsOver([0.7, 1.4], 1, 2);
  [0.7, 0.85, 1, 1.2, 1.4].forEach((amount, k) => close(amounts[k], amount));
  assert.equal(amountsOver([-30, 30], 0, 12).length, 25);
});

test("a place on the plane is the displacement from rest along both directions", () => {
  const [x, y] = placeOn([2, 3, 4, 9], [1, 1, 1, 1], PLANE);
  close(x, 0.6 + 1.6);
  close(y, 3);
});

test("the share of a way in a plane is that of the squares", () => {
  const rest = [0, 0, 0, 0];
  close(shareIn([Float32Array.of(0.6, 0.8, 0, 0)], rest, PLANE), 1);
  close(shareIn([Float32Array.of(0, 0, 1, 2)], rest, PLANE), 1 / 5);
  close(shareIn([Float32Array.of(0, 0, 0, 0)], rest, PLANE), 1);
});

test("a straight way has 1, a half circle two over pi, a way there and back 0", () => {
  close(straightnessOf([Float32Array.of(0, 0), Float32Array.of(3, 1.5), Float32Array.of(6, 3)]), 1);
  const circle = Array.from({ length: 2001 }, (_, k) => [
    Math.cos((k * Math.PI) / 2000),
    Math.sin((k * Math.PI) / 2000),
  ]);
  assert.ok(Math.abs(straightnessOf(circle) - 2 / Math.PI) < 1e-4);
  close(straightnessOf([[0], [1], [0]]), 0);
  close(straightnessOf([[1], [1]]), 1);
});

test("the cosine of a displacement with a direction", () => {
  close(cosineWith([2, 1], [1, 1], [3, 0]), 1);
  close(cosineWith([0, 2], [1, 1], [3, 0]), -Math.SQRT1_2);
  close(cosineWith([1, 1], [1, 1], [3, 0]), 0);
});

test("the nearest place of a way may lie between two amounts, and never beyond its ends", () => {
  /** @type {[number, number][]} */
  const way = [
    [0, 0],
    [2, 0],
    [2, 2],
  ];
  const amounts = [-10, 0, 30];
  close(nearestAmount(way, amounts, [0.5, -1]), -7.5);
  close(nearestAmount(way, amounts, [3, 1]), 15);
  close(nearestAmount(way, amounts, [-5, 0]), -10);
  close(nearestAmount(way, amounts, [2, 9]), 30);
});

test("a way that stands still has its first amount", () =>
  close(
    nearestAmount(
      [
        [1, 1],
        [1, 1],
      ],
      [3, 4],
      [0, 0],
    ),
    3,
  ));

test("a pose is pushed along all directions, and back along them", () => {
  const pushes = [
    { direction: [0.5, 0, -1], by: 2 },
    { direction: [0, 0.25, 0], by: -4 },
  ];
  const there = pushed([1, 1, 1], pushes);
  assert.deepEqual([...there], [2, 0, -1]);
  const back = pushes.map(({ direction, by }) => ({ direction, by: -by }));
  assert.deepEqual([...pushed(there, back)], [1, 1, 1]);
  assert.deepEqual([...pushed([1, 2], [])], [1, 2]);
});

test("the middle of the ink counts each pixel as much as it is dark", () => {
  assert.deepEqual(middleOf([0, 0.5, 0, 0, 0.5, 0], 3), [1, 0.5]);
  assert.deepEqual(middleOf([0, 0, 0, 0.25, 0, 0.75], 3), [1.5, 1]);
});
