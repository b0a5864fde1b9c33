/** Where a slider stands when its thumb is dragged. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { sliderValue } from "../../../static/js/widgets/slider-reports.js";

const DIAL = { min: -0.41, max: 0.5, step: 0.001 };

test("a share of the way is a value on a whole step", () => {
  assert.equal(sliderValue(DIAL, 0), -0.41);
  assert.equal(sliderValue(DIAL, 1), 0.5);
  assert.equal(sliderValue(DIAL, 0.5), 0.045);
  assert.equal(sliderValue({ min: 0, max: 0.99, step: 0.01 }, 0.5), 0.5);
  assert.equal(sliderValue({ min: 0, max: 1, step: 0.25 }, 0.37), 0.25);
  assert.equal(sliderValue({ min: 0, max: 1, step: 0.25 }, 0.38), 0.5);
});

test("beyond the ends it stays at the ends", () => {
  assert.equal(sliderValue(DIAL, -3), -0.41);
  assert.equal(sliderValue(DIAL, 1.01), 0.5);
});

test("no binary fraction is left", () => {
  for (let k = 0; k <= 100; k++) assert.match(String(sliderValue(DIAL, k / 100)), /^-?[01](\.\d{1,3})?$/);
});
