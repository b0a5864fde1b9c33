/** Pictures brought to another size by averaging areas. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { rowsOf, scaledTo } from "../../../static/js/capsules/scaling.js";

/** @param {ArrayLike<number>} values */
const sum = (values) => Array.from(values).reduce((total, value) => total + value, 0);

test("a pixel is the mean of the area that it covers", () => {
  const picture = Float32Array.of(0, 1, 1, 0, 0, 0, 1, 0, 1);
  const scaled = scaledTo({ height: 3, width: 3 }, picture, { height: 2, width: 2 });
  // Each covers 1.5 x 1.5: one pixel whole, two by half, one by a quarter.
  const expected = [(0 + 0.5 + 0 + 0) / 2.25, (1 + 0.5) / 2.25, (1 + 0) / 2.25, 1 / 2.25];
  Array.from(scaled).forEach((value, k) => assert.ok(Math.abs(value - expected[k]) < 1e-6, `${k}: ${value}`));
});

test("nothing is centred, and the mean stays", () => {
  const [from, to] = [
    { height: 36, width: 36 },
    { height: 28, width: 28 },
  ];
  const picture = new Float32Array(36 * 36);
  for (let row = 0; row < 9; row++) for (let column = 0; column < 18; column++) picture[row * 36 + column] = 1;
  const scaled = scaledTo(from, picture, to);
  assert.ok(Math.abs(sum(scaled) / 784 - sum(picture) / 1296) < 1e-6);
  assert.deepEqual([scaled[0], scaled[6 * 28 + 13], scaled[7 * 28], scaled[14]], [1, 1, 0, 0]);
});

test("a picture of its own size stays as it is, and sides may differ", () => {
  const picture = Float32Array.from({ length: 12 }, (_, k) => k / 12);
  assert.deepEqual(scaledTo({ height: 3, width: 4 }, picture, { height: 3, width: 4 }), picture);
  const wide = scaledTo({ height: 1, width: 4 }, Float32Array.of(0, 1, 1, 0), { height: 2, width: 2 });
  assert.deepEqual(Array.from(wide), [0.5, 0.5, 0.5, 0.5]);
});

test("rows are numbers in [0, 1]", () => {
  const rows = rowsOf(Float32Array.of(0, 1.0000001, -0.0000001, 0.5), { height: 2, width: 2 });
  assert.deepEqual(rows, [
    [0, 1],
    [0, 0.5],
  ]);
});
