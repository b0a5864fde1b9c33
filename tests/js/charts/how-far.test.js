import assert from "node:assert/strict";
import { test } from "node:test";
import { amountsIn, writtenPlaces } from "../../../static/js/charts/how-far.js";

test("a pointer finds the amount that stands below it, and no other one beyond the ends", () => {
  const amounts = [-90, -45, 0, 45, 90];
  const plot = amountsIn({ width: 500, height: 200 }, amounts);
  for (const amount of [-90, -20.5, 0, 33, 90]) assert.ok(Math.abs(plot.amountAt(plot.x(amount)) - amount) < 1e-9);
  assert.equal(plot.x(0), (plot.left + plot.right) / 2);
  assert.deepEqual([plot.amountAt(-50), plot.amountAt(900)], [-90, 90]);
  assert.equal(plot.x(200), plot.right, "what lies beyond stands at the edge");
});

test("amounts that have no room are left out, and rest is always written", () => {
  assert.deepEqual(writtenPlaces(5, { rest: 2, apart: 50, room: 40 }), [0, 1, 2, 3, 4]);
  assert.deepEqual(writtenPlaces(13, { rest: 6, apart: 20, room: 50 }), [0, 3, 6, 9, 12]);
  assert.deepEqual(writtenPlaces(6, { rest: 2, apart: 20, room: 30 }), [0, 2, 4]);
  assert.deepEqual(writtenPlaces(5, { rest: 1, apart: 0, room: 90 }), [1]);
});
