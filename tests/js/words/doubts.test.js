import assert from "node:assert/strict";
import { test } from "node:test";
import { cropTextFor, doubtTexts, lookedText, readingText } from "../../../static/js/words/doubts.js";

test("each doubt has a sentence of its own, in the server's order", () => {
  const all = /** @type {const} */ (["other_marks", "uneven_paper", "no_clear_digit", "fits_badly"]);
  const texts = doubtTexts(all, true);
  assert.equal(new Set(texts).size, 4);
  for (const text of texts) assert.match(text, /^[A-Z][^.]{10,45}\.$/);
  assert.deepEqual(doubtTexts(["other_marks"], true), ["There are other marks on the picture."]);
  assert.deepEqual(doubtTexts(["other_marks"], false), ["A mark far from the digit is left out."]);
  assert.deepEqual(doubtTexts([], true), []);
});

test("a doubt that this page does not know yet is passed over", () => {
  assert.deepEqual(doubtTexts(/** @type {any} */ (["of_tomorrow", "uneven_paper"]), true), [
    "The light or the paper is uneven.",
  ]);
});

test("what was made of a picture: why nothing was, or the answer with its doubts", () => {
  const answer = { name: "5", length: 0.934, doubts: /** @type {const} */ (["other_marks"]) };
  assert.equal(lookedText({ trouble: "Nothing stands out." }, answer), "Nothing stands out.");
  assert.equal(lookedText({ trouble: "" }, null), "reading …");
  assert.equal(lookedText({ trouble: "" }, answer), "It reads 5, ‖v‖ = 0.93. There are other marks on the picture.");
});

test("the picture in words says where the ink is and whether marks were left out", () => {
  const box = /** @type {const} */ ([0.1, 0.2, 0.55, 0.75]);
  const text = readingText({ box, leftOut: Uint8Array.of(0, 1) });
  assert.match(text, /20 to 75 % from the left and 10 to 55 % from the top\. Other marks were left out\.$/);
  assert.match(readingText({ box, leftOut: Uint8Array.of(0, 0) }), /Nothing was left out\.$/);
  assert.match(readingText(null), /Nothing in it was taken as ink\.$/);
  assert.equal(cropTextFor(box), "The frame holds 55 % of the width and 45 % of the height.");
});
