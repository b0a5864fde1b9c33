import assert from "node:assert/strict";
import { test } from "node:test";
import { namedAlone, plotIn } from "../../../static/js/charts/curves.js";

test("a curve is named where it ends alone; of a crowd only the lit one", () => {
  assert.deepEqual(namedAlone([10, 40, 80], [false, false, false], 12), [0, 1, 2]);
  assert.deepEqual(namedAlone([50, 50, 50, 10], [false, false, false, false], 12), [3], "equal ones are not called 0");
  assert.deepEqual(namedAlone([50, 45, 10], [false, true, false], 12), [1, 2]);
  assert.deepEqual(namedAlone([50, 50], [false, false], 12), []);
});

test("a place of a plot is found again where it stands, and the nearest one beside it", () => {
  const plot = plotIn({ width: 400, height: 200 }, 17);
  for (let place = 1; place <= 17; place++) {
    assert.equal(plot.placeAt(plot.x(place)), place);
    assert.equal(plot.placeAt(plot.x(place) + 0.4 * plot.step), place);
  }
  assert.deepEqual([plot.placeAt(-50), plot.placeAt(1000)], [1, 17]);
  assert.ok(plot.left === plot.x(1) && plot.right > plot.left && plot.bottom > plot.top);
});
