import assert from "node:assert/strict";
import { test } from "node:test";
import { PAPER, SMALL } from "../cards.js";
import {
  decadesAxis,
  entropyAxis,
  linearAxis,
  logAxis,
  percentAxis,
  roundAxis,
  unitAxis,
} from "../../../static/js/charts/axis.js";

const texts = (/** @type {import("../../../static/js/charts/axis.js").Axis} */ axis) =>
  axis.ticks.map(({ text }) => text);

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
  assert.deepEqual([texts(roundAxis(0)), roundAxis(0).position(0)], [["0", "0.5", "1"], 0]); // no error at all
});

test("an axis in per cent ends at the next ten, and never beyond a hundred", () => {
  assert.deepEqual(texts(percentAxis(34.5)), ["0 %", "10 %", "20 %", "30 %", "40 %"]);
  assert.deepEqual(texts(percentAxis(65.8)), ["0 %", "20 %", "40 %", "60 %"]);
  assert.equal(percentAxis(65.8).position(70), 1);
  assert.equal(percentAxis(100).ticks.at(-1)?.value, 100);
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
  assert.deepEqual(
    [0.93, 1, 1.4, 0.051, 37, 7].map((most) => roundAxis(most).ticks.at(-1)?.value),
    [1, 1, 2, 0.1, 50, 10],
  );
});

test("an axis of entropies ends at the largest that there can be", () => {
  assert.deepEqual(texts(entropyAxis(PAPER, 3.2)), ["3", "3.32"]);
  assert.deepEqual(texts(entropyAxis(PAPER, 1.5)), ["1", "2", "3", "3.32"]);
  assert.deepEqual(texts(entropyAxis(SMALL, 2.7)), ["2", "2.81"]);
  assert.deepEqual(texts(entropyAxis({ ...SMALL, classes: 8 }, 2.9)), ["2", "3"]);
});

test("a logarithmic axis of per cent goes from 1, 2 or 5 to the next around its values", () => {
  assert.deepEqual(texts(logAxis(1.7, 62)), ["1", "2", "5", "10", "20", "50", "100"]);
  assert.deepEqual(texts(logAxis(2, 20)), ["2", "5", "10", "20"]);
  assert.deepEqual(texts(logAxis(0, 0.01)), ["0.01", "0.02"]);
  assert.deepEqual(texts(logAxis(100, 100)), ["50", "100"]);
  const { position } = logAxis(1, 100);
  assert.deepEqual([position(1), position(10), position(100), position(0)], [0, 0.5, 1, 0]);
});
