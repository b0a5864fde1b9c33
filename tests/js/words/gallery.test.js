/** What stands below a picture to choose. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isMisread, readText } from "../../../static/js/words/gallery.js";

const NAMES = Array.from({ length: 10 }, (_, label) => String(label));

/** With ordinary spaces. @param {Parameters<typeof readText>} given */
const told = (...given) => readText(...given).replaceAll("\u00a0", " ");

test("of one digit its class is told, and what it is misread as", () => {
  assert.equal(told([7], [7], NAMES), "7");
  assert.equal(told([7], [2], NAMES), "7 read as 2");
});

test("of a pair both classes are told, and of a misread one the right class keeps its place", () => {
  assert.equal(told([3, 8], [3, 8], NAMES), "3 and 8");
  assert.equal(told([3, 8], [8, 3], NAMES), "3 and 8");
  assert.equal(told([3, 8], [5, 3], NAMES), "3 and 8 read as 3 and 5");
  assert.equal(told([3, 8], [3, 5], NAMES), "3 and 8 read as 3 and 5");
  assert.equal(told([3, 8], [8, 5], NAMES), "3 and 8 read as 5 and 8");
  assert.equal(told([3, 8], [1, 2], NAMES), "3 and 8 read as 1 and 2");
});

test("both classes of a pair stay on one line, and a line may end around what lies between", () => {
  assert.deepEqual(readText([3, 8], [5, 3], NAMES).split(" "), [
    "3\u00a0and\u00a08",
    "read\u00a0as",
    "3\u00a0and\u00a05",
  ]);
});

test("the order of two classes makes no mistake", () => {
  assert.deepEqual(
    [
      isMisread([3, 8], [8, 3]),
      isMisread([3, 8], [3, 8]),
      isMisread([3, 8], [3, 3]),
      isMisread([7], [7]),
      isMisread([7], [1]),
    ],
    [false, false, true, false, true],
  );
});
