import assert from "node:assert/strict";
import { test } from "node:test";
import { decadesAxis, linearAxis, roundAxis, unitAxis } from "../../../static/js/draw/axis.js";

const texts = (/** @type {import("../../../static/js/draw/axis.js").Axis} */ axis) => axis.ticks.map(({ text }) => text);

test("an axis of lengths ends at the next round number", () => {
  assert.deepEqual(texts(unitAxis(0.13)), ["0", "0.1", "0.2"]);
  assert.deepEqual(texts(unitAxis(0.51)), ["0", "0.5", "1"]);
  assert.equal(unitAxis(0.13).position(0.05), 0.25);
});

test("an axis of errors in per cent ends at the next round number", () => {
  assert.deepEqual(texts(roundAxis(0.61)), ["0", "0.5", "1"]);
  assert.deepEqual(texts(roundAxis(1.08)), ["0", "1", "2"]);
  assert.deepEqual(texts(roundAxis(90)), ["0", "50", "100"]);
  assert.equal(roundAxis(1.08).position(0.5), 0.25);
});

test("a linear axis holds what leaves it at its ends", () => {
  const axis = linearAxis(-1, 1, [-1, 0, 1]);
  assert.deepEqual([-3, -1, 0, 1, 2].map(axis.position), [0, 0, 0.5, 1, 1]);
});

test("a logarithmic axis has whole decades, one at least, and a place for 0", () => {
  const axis = decadesAxis(0.002, 0.3);
  assert.deepEqual(texts(axis), ["10⁻³", "10⁻²", "10⁻¹", "10⁰"]);
  assert.ok(Math.abs(axis.position(0.1) - 2 / 3) < 1e-9);
  assert.equal(axis.position(0), 0);
  assert.deepEqual(texts(decadesAxis(1, 1)), ["10⁰", "10¹"]);
  assert.ok(Number.isFinite(decadesAxis(0, 0).position(0)));
});

test("an axis from 0 ends at 1, 2 or 5 times a power of ten", () => {
  assert.deepEqual([0.93, 1, 1.4, 0.051, 37, 7].map((most) => roundAxis(most).ticks.at(-1)?.value), [1, 1, 2, 0.1, 50, 10]);
});
