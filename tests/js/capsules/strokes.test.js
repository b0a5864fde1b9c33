import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fromBase64Url, toBase64Url } from "../../../static/js/shell/base64.js";
import {
  extendStroke,
  packStrokes,
  readStrokes,
  snap,
  traceStroke,
  unpackStrokes,
} from "../../../static/js/capsules/strokes.js";
/** @import { Stroke } from "../../../static/js/capsules/types.js" */

const fixture = JSON.parse(readFileSync(new URL("../../data/pen_strokes.json", import.meta.url), "utf8"));
/** @type {{label: number, strokes: Stroke[]}[]} */
const digits = Array.isArray(fixture) ? fixture : fixture.digits;

test("real pen strokes survive packing to half a step", () => {
  for (const { strokes } of digits) {
    const restored = unpackStrokes(packStrokes(strokes));
    assert.deepEqual(
      restored.map(({ length }) => length),
      strokes.map(({ length }) => length),
    );
    restored.flat(2).forEach((part, k) => assert.ok(Math.abs(part - strokes.flat(2)[k]) <= 0.5 / 1023 + 1e-9));
  }
});

test("a digit takes less than 400 characters of a link", () => {
  for (const { strokes } of digits) assert.ok(toBase64Url(packStrokes(strokes)).length < 400);
});

test("strokes that break off, or hold a number without end, are refused", () => {
  assert.throws(() => unpackStrokes(Uint8Array.of(5, 1, 1)), RangeError);
  assert.throws(() => unpackStrokes(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff)), RangeError);
});

test("of strokes that break off the beginning can be read", () => {
  const [{ strokes }] = digits;
  const bytes = packStrokes(strokes);
  const { strokes: whole, isWhole } = readStrokes(bytes);
  assert.ok(isWhole);
  const cut = readStrokes(bytes.subarray(0, bytes.length - 1));
  assert.ok(!cut.isWhole);
  assert.equal(cut.strokes.flat().length, whole.flat().length - 1);
  assert.deepEqual(cut.strokes[0][0], whole[0][0]);
});

test("points outside the pad are brought back to its edge", () => {
  assert.deepEqual(
    unpackStrokes(
      packStrokes([
        [
          [-3, 0.5],
          [2, 1.5],
        ],
      ]),
    )[0].map(([x]) => x),
    [0, 1],
  );
});

test("base64 for links has nothing that a URL would escape", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, k) => k);
  const text = toBase64Url(bytes);
  assert.match(text, /^[\w-]+$/);
  assert.deepEqual(fromBase64Url(text), bytes);
});

test("a point that falls on the last adds nothing", () => {
  /** @type {Stroke} */
  const stroke = [[0.5, 0.5]];
  assert.equal(extendStroke(stroke, [0.5005, 0.5]), stroke);
  assert.equal(extendStroke(stroke, [0.6, 0.5]).length, 2);
});

test("a path passes the first and last point and curves between midpoints", () => {
  /** @type {[string, ...number[]][]} */
  const calls = [];
  const path = {
    moveTo: (/** @type {number[]} */ ...at) => calls.push(["move", ...at]),
    lineTo: (/** @type {number[]} */ ...at) => calls.push(["line", ...at]),
    quadraticCurveTo: (/** @type {number[]} */ ...at) => calls.push(["curve", ...at]),
  };
  traceStroke(
    path,
    [
      [0, 0],
      [1, 0],
      [1, 1],
    ],
    10,
  );
  assert.deepEqual(calls, [
    ["move", 0, 0],
    ["curve", 10, 0, 10, 5],
    ["line", 10, 10],
  ]);
});

test("points that the pad has snapped come through a link exactly", () => {
  for (const { strokes } of digits) {
    const snapped = strokes.map((stroke) => stroke.map(snap));
    assert.deepEqual(unpackStrokes(packStrokes(snapped)), snapped);
  }
});

test("a dot leaves ink", () => {
  /** @type {number[][]} */
  const ends = [];
  const end = (/** @type {number[]} */ ...at) => ends.push(at);
  traceStroke({ moveTo: end, lineTo: end, quadraticCurveTo: end }, [[0.5, 0.5]], 10);
  assert.equal(ends.length, 2);
  assert.notDeepEqual(ends[0], ends[1]); // a line without any length is not painted
});

test("bytes of every length come back from base64", () => {
  for (let length = 0; length < 20; length++) {
    const bytes = Uint8Array.from({ length }, (_, k) => 255 - k);
    assert.deepEqual(fromBase64Url(toBase64Url(bytes)), bytes);
  }
});
