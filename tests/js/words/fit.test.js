import assert from "node:assert/strict";
import { test } from "node:test";
import {
  betterCount,
  comparedText,
  errorText,
  masksText,
  otherIterationsText,
  trustText,
  verdictText,
} from "../../../static/js/words/fit.js";

test("the verdict compares with the test digits, and doubts what the server calls badly fitting", () => {
  const fit = (/** @type {number} */ rank, isBad = false, relativeRank = rank) => ({ rank, relativeRank, isBad });
  assert.equal(
    verdictText("7", fit(38)),
    "As a 7 your drawing fits better than 62 % of the test digits. Digits with little ink have smaller errors than digits with much ink.",
  );
  assert.match(verdictText("8", fit(96.7)), /^As an 8 your drawing fits worse than 96 % of the test digits\. /);
  assert.match(verdictText("7", fit(100, true)), /^As a 7 your drawing fits badly: 99 of 100 .* no digit\.$/);
  assert.match(verdictText("7", fit(97.4, true)), /fits badly: 97 of 100/);
  assert.match(verdictText("1", fit(40, true, 98.2)), /fits badly: for the ink it has, 98 of 100 test digits/);
});

test("a rank is never all of the test digits, and tells the shorter way", () => {
  assert.equal(betterCount({ rank: 99.9, relativeRank: 100, isBad: true }), 99);
  assert.equal(betterCount({ rank: 12, relativeRank: 97.8, isBad: true }), 97);
  const compared = (/** @type {number} */ rank) => comparedText({ rank, relativeRank: 0, isBad: false });
  assert.deepEqual(
    [compared(49.5), compared(50)],
    ["better than 50 % of the test digits", "worse than 50 % of the test digits"],
  );
});

test("how reliable the error is, for each kind of drawing", () => {
  assert.equal(
    trustText({ noise: 0.9999, letters: 0.907, doodles: 0.95, all: 0.97 }),
    "How reliable is this? Compared with a random test digit, a picture of noise has the larger error > 99.9 % of the time, a letter 90.7 %, a doodle 95.0 %.",
  );
  assert.equal(trustText({ letters: 1 }).match(/error 100\.0 %/)?.length, 1);
  assert.match(
    trustText({ letters: 0.9, noise: 1 }, { letters: 156, noise: 156 }),
    / 100\.0 % \(156 of each were tried\)\.$/,
  );
  assert.match(trustText({ letters: 0.9, noise: 1 }, { letters: 156, noise: 99 }), / 100\.0 %\.$/);
  assert.equal(trustText({}), "");
});

test("what is not compared says why", () => {
  assert.match(otherIterationsText(3, 1), /measured with 3 iterations, not with 1\.$/);
  assert.match(errorText({ error: 12.34, median: 20, high: 61.25 }), /12\.3.*median .* 20\.0.*61\.3|61\.2/);
  assert.notEqual(masksText(true), masksText(false));
  for (const isStretched of [true, false]) assert.match(masksText(isStretched), /capsules after the last iteration/);
});
