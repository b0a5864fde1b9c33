import assert from "node:assert/strict";
import { test } from "node:test";
import { inkOf } from "../../../static/js/capsules/ink.js";

const SIDE = 112;

/** @param {Float32Array} ink */
const total = (ink) => ink.reduce((sum, value) => sum + value, 0);

test("a dot is as large as the pen", () => {
  const ink = inkOf([[[0.5, 0.25]]], 0.1);
  assert.equal(ink.length, SIDE * SIDE);
  assert.ok(Math.abs(total(ink) / (Math.PI * (0.05 * SIDE) ** 2) - 1) < 0.02);
  assert.equal(ink[28 * SIDE + 56], 1);
  assert.equal(ink[56 * SIDE + 56], 0);
});

test("a line is its length times the pen, and its two ends", () => {
  const ink = inkOf([[[0.2, 0.3], [0.8, 0.7]]], 0.08); // prettier-ignore
  const [radius, length] = [0.04 * SIDE, Math.hypot(0.6, 0.4) * SIDE];
  assert.ok(Math.abs(total(ink) / (2 * radius * length + Math.PI * radius ** 2) - 1) < 0.02);
});

test("a curve bends where its handles are, ink on ink is no darker, and beside the pad there is none", () => {
  const bow = inkOf([[[0.1, 0.9], [0.5, 0.1], [0.9, 0.9]]], 0.05); // prettier-ignore
  const rows = Array.from({ length: SIDE }, (_, row) => total(bow.subarray(row * SIDE, (row + 1) * SIDE)));
  const top = rows.findIndex((sum) => sum > 0) / SIDE;
  assert.ok(top > 0.25 && top < 0.6, `${top}`); // between the handle and the ends
  assert.ok(Math.max(...inkOf([[[0.5, 0.5]], [[0.5, 0.5]]], 0.1)) <= 1);
  assert.equal(total(inkOf([[[3, 3]]], 0.1)), 0);
});
