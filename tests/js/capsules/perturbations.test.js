import assert from "node:assert/strict";
import { test } from "node:test";
import { byChange, changesOf, pictureAt, rowChanges } from "../../../static/js/capsules/perturbations.js";
import { PAPER } from "../cards.js";

const PIXELS = 784;
const COLUMNS = 11;

/** Row d, column k differs from the middle by d |k - 5| / 1000 in every pixel. */
const grid = {
  offsets: Float32Array.from({ length: 16 * COLUMNS }, (_, k) => ((k % COLUMNS) - 5) / 20),
  perturbations: Float32Array.from({ length: 16 * COLUMNS * PIXELS }, (_, p) => {
    const k = Math.floor(p / PIXELS);
    return 0.4 + (Math.floor(k / COLUMNS) * Math.abs((k % COLUMNS) - 5)) / 1000;
  }),
};

test("a picture's change is the mean difference of its pixels to the middle one", () => {
  const changes = changesOf(PAPER, grid);
  for (let d = 0; d < 16; d++) {
    for (let k = 0; k < COLUMNS; k++) {
      assert.ok(Math.abs(changes[d * COLUMNS + k] - (d * Math.abs(k - 5)) / 1000) < 1e-6);
    }
  }
});

test("a row's change is the mean of its ten moved pictures, and the largest comes first", () => {
  const rows = rowChanges(PAPER, changesOf(PAPER, grid));
  rows.forEach((change, d) => assert.ok(Math.abs(change - (3 * d) / 1000) < 1e-6));
  assert.deepEqual(
    byChange(rows),
    Array.from({ length: 16 }, (_, k) => 15 - k),
  );
  assert.deepEqual(byChange(new Float32Array(3)), [0, 1, 2]);
});

test("a picture is found by its row and column", () => {
  const picture = pictureAt(PAPER, grid, 7, 9);
  assert.equal(picture.length, PIXELS);
  assert.ok(Math.abs(picture[0] - 0.428) < 1e-6);
});
