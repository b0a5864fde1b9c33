import assert from "node:assert/strict";
import { test } from "node:test";
import { cornersIn, nameIn, shapeOf, wrapped } from "../../../static/js/capsules/square.js";

test("the name follows the angle between outline and frame, whichever of them is turned", () => {
  for (const turned of [-90, 0, 90]) assert.equal(nameIn(turned, 0), "square");
  for (const turned of [-45, 45]) assert.equal(nameIn(turned, 0), "diamond");
  assert.equal(nameIn(45, 45), "square");
  assert.equal(nameIn(0, -45), "diamond");
  assert.equal(nameIn(22, 0), "between");
  assert.deepEqual(
    [nameIn(8, 0), nameIn(9, 0), nameIn(36, 0), nameIn(37, 0)],
    ["square", "between", "between", "diamond"],
  );
});

test("corners are those of a square of side 2, told in the frame; its shape stays", () => {
  const rounded = cornersIn(0, 0).map(({ right, up }) => [Math.round(right), Math.round(up)]);
  assert.deepEqual(rounded, [
    [1, 1],
    [-1, 1],
    [-1, -1],
    [1, -1],
  ]);
  const [top] = cornersIn(45, 0);
  assert.ok(Math.abs(top.right) < 1e-12 && Math.abs(top.up - Math.SQRT2) < 1e-12);
  assert.deepEqual(cornersIn(30, 10), cornersIn(20, 0));
  for (const outline of [-90, -33, 0, 17, 45]) {
    const { lengths, angles } = shapeOf(cornersIn(outline, 12));
    for (const length of lengths) assert.ok(Math.abs(length - 2) < 1e-12);
    for (const angle of angles) assert.ok(Math.abs(angle - 90) < 1e-9);
  }
  const { lengths, angles } = shapeOf([
    { right: 0, up: 0 },
    { right: 3, up: 0 },
    { right: 0, up: 4 },
  ]);
  assert.deepEqual(
    [lengths, angles.map(Math.round)],
    [
      [3, 5, 4],
      [90, 53, 37],
    ],
  );
});

test("an angle beyond the ends shows the same within them", () => {
  assert.deepEqual([100, -100, 270, 0, 89].map(wrapped), [-80, 80, -90, 0, 89]);
});
