import assert from "node:assert/strict";
import { test } from "node:test";
import { outlineOf } from "../../../static/js/charts/outline.js";

/**
 * The area inside closed pieces with what is inside on their right hand or left, by the shoelace formula.
 * @param {Float32Array} outline
 */
function area(outline) {
  let twice = 0;
  for (let k = 0; k < outline.length; k += 4) twice += outline[k] * outline[k + 3] - outline[k + 2] * outline[k + 1];
  return twice / 2;
}

test("the outline of a disc is a circle of its radius", () => {
  const side = 28;
  const [radius, middle] = [8, 14];
  const distance = (/** @type {number} */ k) =>
    Math.hypot((k % side) + 0.5 - middle, Math.floor(k / side) + 0.5 - middle);
  // a cone, 0.5 at the radius
  const disc = Float32Array.from({ length: side * side }, (_, k) => 0.5 + (radius - distance(k)) / 10);
  const outline = outlineOf({ width: side, height: side }, disc);
  for (let k = 0; k < outline.length; k += 2) {
    assert.ok(Math.abs(Math.hypot(outline[k] - middle, outline[k + 1] - middle) - radius) < 0.05);
  }
  assert.ok(Math.abs(Math.abs(area(outline)) - Math.PI * radius ** 2) < 1.5, "all pieces run the same way round");
});

test("one pixel is a diamond, and two that touch at a corner are not joined to their background", () => {
  const pixel = new Float32Array(16);
  pixel[5] = 1;
  assert.equal(outlineOf({ width: 4, height: 4 }, pixel).length, 4 * 4);
  assert.ok(Math.abs(Math.abs(area(outlineOf({ width: 4, height: 4 }, pixel))) - 0.5) < 1e-6);
  pixel[10] = 1;
  assert.ok(Math.abs(Math.abs(area(outlineOf({ width: 4, height: 4 }, pixel))) - 1) < 1e-6);
});

test("a blank picture has no outline", () => {
  assert.equal(outlineOf({ width: 28, height: 28 }, new Float32Array(784)).length, 0);
});

test("in a picture that is no square the outline lies where its pixel does", () => {
  const pixel = new Float32Array(3 * 6);
  pixel[1 * 6 + 4] = 1;
  const outline = outlineOf({ width: 6, height: 3 }, pixel);
  for (let k = 0; k < outline.length; k += 2) {
    assert.ok(Math.abs(outline[k] - 4.5) + Math.abs(outline[k + 1] - 1.5) < 0.5 + 1e-6);
  }
  assert.equal(outline.length, 4 * 4);
});
