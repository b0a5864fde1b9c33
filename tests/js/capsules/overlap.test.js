/** Two digits over each other: their sum, and how far they overlap. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { boxOf, hasInk, INK, laid, moved, overlapOf, sumOf } from "../../../static/js/capsules/overlap.js";
import { PAPER } from "../cards.js";

const GEOMETRY = { ...PAPER, height: 4, width: 5, pixels: 20 };

/** @param {string[]} rows digits 0 to 9, in tenths; a space is 0 */
const picture = (...rows) => Float32Array.from([...rows.join("")].map((text) => Number(text) / 10));

const A = picture("00000", "05500", "05500", "00000");

test("a moved picture loses what leaves it", () => {
  assert.deepEqual(moved(GEOMETRY, A, [1, 0]), picture("00000", "00000", "05500", "05500"));
  assert.deepEqual(moved(GEOMETRY, A, [-1, 3]), picture("00005", "00005", "00000", "00000"));
  assert.deepEqual(moved(GEOMETRY, A, [0, -2]), picture("00000", "50000", "50000", "00000"));
  assert.deepEqual(moved(GEOMETRY, A, [0, 0]), A);
  for (const far of /** @type {const} */ ([
    [9, 0],
    [-9, 0],
    [0, 9],
    [0, -9],
  ])) {
    assert.deepEqual(moved(GEOMETRY, A, [...far]), new Float32Array(20));
  }
});

test("a digit is laid from the middle of a picture, and what lies outside is cut", () => {
  const digit = [
    [0.1, 0.2],
    [0.3, 0.4],
  ];
  assert.deepEqual(laid(GEOMETRY, digit, [0, 0]), picture("00000", "01200", "03400", "00000"));
  assert.deepEqual(laid(GEOMETRY, digit, [-2, 3]), picture("00003", "00000", "00000", "00000"));
  assert.deepEqual(laid(GEOMETRY, digit, [2, -2]), picture("00000", "00000", "00000", "20000"));
  const wide = Array.from({ length: 6 }, (_, row) => [0, 0, 0, 0, 0, 0, row / 10]);
  assert.deepEqual(laid(GEOMETRY, wide, [0, -1]), picture("00001", "00002", "00003", "00004"));
});

test("the sum is at most 1", () => {
  const twice = sumOf(
    A,
    A.map((value) => 1.5 * value),
  );
  assert.equal(Math.max(...twice), 1);
  assert.deepEqual(sumOf(A, new Float32Array(20)), A);
});

test("the box holds the ink and nothing else", () => {
  assert.deepEqual(boxOf(GEOMETRY, A), { top: 1, left: 1, bottom: 3, right: 3 });
  assert.equal(boxOf(GEOMETRY, new Float32Array(20).fill(0.09)), null);
});

test("a picture has ink where it has a box, and an overlap", () => {
  for (const darkest of [0, 0.09, INK, 0.11, 1]) {
    const dot = new Float32Array(20);
    dot[7] = darkest;
    assert.equal(hasInk(dot), darkest >= INK);
    assert.equal(boxOf(GEOMETRY, dot) !== null, hasInk(dot));
    assert.equal(overlapOf(GEOMETRY, A, dot) !== null, hasInk(dot));
    assert.equal(overlapOf(GEOMETRY, dot, A) !== null, hasInk(dot));
  }
});

test("overlap: of the same digit all, of digits apart nothing, without ink unknown", () => {
  assert.deepEqual(overlapOf(GEOMETRY, A, A), { ink: 1, box: 1 });
  assert.deepEqual(overlapOf(GEOMETRY, A, moved(GEOMETRY, A, [0, 2])), { ink: 0, box: 0 });
  assert.equal(overlapOf(GEOMETRY, A, new Float32Array(20)), null);
  const half = overlapOf(GEOMETRY, A, moved(GEOMETRY, A, [0, 1])); // boxes of 4 pixels with 2 in common
  assert.deepEqual(half, { ink: 0.5, box: 2 / 6 });
});

test("shared ink counts against the digit with less of it", () => {
  const dot = picture("00000", "05000", "00000", "00000");
  assert.equal(overlapOf(GEOMETRY, A, dot)?.ink, 1);
});
