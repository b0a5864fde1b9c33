/** What is told of whose the ink is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  exclusiveText,
  followsText,
  givenText,
  legendText,
  studiedText,
  studyText,
  untoldText,
} from "../../../static/js/words/owners.js";

const INK = {
  pairs: 10000,
  pixels: 1500000,
  reconstructions: [0.91, 0.92, 0.928],
  contributions: [0.71, 0.7, 0.69],
  fields: 0.884,
};

test("a share is told with the pixels that it is of", () => {
  assert.equal(
    givenText({ right: 139, pixels: 192 }),
    "72 % of the exclusive ink goes to its own digit (139 of 192 pixels).",
  );
  assert.match(exclusiveText(192), /^192 pixels are/);
  assert.match(exclusiveText(1), /^One pixel is/);
  assert.match(exclusiveText(0), /^No pixels are/);
});

test("of the test pairs, nothing is told of an iteration that was not measured", () => {
  assert.equal(studiedText(0.7123, 10000), "Over 10,000 test pairs: 71.2 %.");
  assert.equal(studiedText(undefined, 10000), "");
});

test("what was measured decides what is said of routing", () => {
  const falls = followsText(INK, 3);
  assert.match(falls, /reconstructions give 92\.8 %/);
  assert.match(falls, /With one iteration, in which all couplings are equal, the reconstructions give \d/);
  assert.match(falls, /contributions 71\.0 % after one iteration and 69\.0 % after three/);
  assert.match(falls, /do not sharpen it: the share falls/);
  assert.match(falls, /88\.4 % would go right/);
  assert.match(followsText({ ...INK, contributions: [0.71, 0.7, 0.712] }, 3), /do not sharpen it\. If/);
  assert.match(followsText({ ...INK, contributions: [0.71, 0.72, 0.76] }, 3), /sharpen it a little/);
  assert.doesNotMatch(followsText(INK, 1), /sharpen/);
  assert.match(followsText(INK, 9), /after three/, "no more than was measured");
});

test("the pairs that are read are told apart; without capsules there is nothing to tell", () => {
  const study = /** @type {import("../../../static/js/capsules/types.js").OverlapStudy} */ ({
    ink: { all: INK, read: { ...INK, pairs: 8520, reconstructions: [0.9, 0.91, 0.94] } },
  });
  assert.match(studyText(study, 3), /Of the 8,520 pairs that are read rightly, it is 94\.0 % and 69\.0 %/);
  assert.equal(studyText({ ...study, ink: null }, 3), "");
});

test("the legend tells a class that was read from one that was chosen", () => {
  assert.equal(legendText("A", "8", false), "A, read as 8");
  assert.equal(legendText("B", "8", true), "B, shown as 8");
  assert.equal(legendText("A", null, true), "A");
});

test("where no share is told, it is said why", () => {
  assert.match(untoldText("classes", ["8", "7"]), /an 8 for A and a 7 for B/);
  assert.match(untoldText("empty", ["8", "7"]), /One layer is empty/);
  assert.match(untoldText("unknown", ["8", "7"]), /not known/);
  assert.match(untoldText("shared", ["8", "7"]), /No ink belongs to one digit alone/);
});
